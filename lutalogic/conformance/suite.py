# SPDX-License-Identifier: Apache-2.0
"""A suite: a folder of vectors, with what it was made from and what may be left out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lutalogic import strict_json
from lutalogic.conformance.vector import (
    LEVELS,
    VECTOR_SCHEMA,
    read_vectors,
    texts_of,
    vector_line,
    vector_schema,
)
from lutalogic.errors import BadRequest, InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lutalogic.conformance.vector import Vector

SUITE_SCHEMA: Final = "lutalogic/suite/1"
#: Where the suite stands that comes with the package.
PACKAGED: Final = Path(__file__).parent / "suite"
_HEAD: Final = "suite.json"


@dataclass(frozen=True, slots=True)
class Suite:
    """Vectors, and what they were made from.

    Attributes:
        vectors: The vectors, in the order of their files.
        digest: The digest of the rule base that they were made from.
        profiles: For each profile, the needs whose vectors it leaves out.
        settings: What they were made with.
    """

    vectors: tuple[Vector, ...]
    digest: str
    profiles: Mapping[str, frozenset[str]]
    settings: Mapping[str, Any]

    def only(self, *ids: str) -> Suite:
        """Return the suite with the vectors of these names alone.

        Raises:
            BadRequest: It has none of a name.
        """
        known = {vector.id for vector in self.vectors}
        for name in ids:
            if name not in known:
                near = did_you_mean(name, known)
                raise BadRequest(f"the suite has no vector {name!r}{near}", "only")
        return replace(self, vectors=tuple(v for v in self.vectors if v.id in ids))

    def chosen(
        self, *, level: int, policies: Iterable[str] = (), profile: str | None = None
    ) -> tuple[Vector, ...]:
        """Return the vectors to be asked.

        Args:
            level: The highest level that is judged, 0 to 3.
            policies: The policies; none for all.
            profile: What is left out; None for nothing.

        Raises:
            BadRequest: There is no such profile, or no such vector.
        """
        asked = frozenset(policies)
        if profile is not None and profile not in self.profiles:
            near = did_you_mean(profile, self.profiles)
            raise BadRequest(f"the suite has no profile {profile!r}{near}", "profile")
        beyond = self.profiles[profile] if profile is not None else frozenset()
        found = tuple(
            vector
            for vector in self.vectors
            if vector.level <= level
            and (not asked or vector.policy in asked)
            and not vector.needs & beyond
        )
        if not found:
            raise BadRequest("no vector of the suite is of these levels, policies and profile")
        return found


def read_suite(folder: Path) -> Suite:
    """Return the suite of a folder.

    Raises:
        InputError: There is none, or something in it is not of its form.
    """
    try:
        head = strict_json.loads((folder / _HEAD).read_bytes())
        if not isinstance(head, dict) or head.get("schema") != SUITE_SCHEMA:
            raise BadRequest(f"is no suite of the schema {SUITE_SCHEMA}", str(folder / _HEAD))
        vectors: list[Vector] = []
        for file in head["files"]:
            name = _plain(file["name"])
            before = len(vectors)
            if not (folder / name).exists():
                raise BadRequest(f"{name} is missing: make it again", str(folder))
            with (folder / name).open("rb") as lines:
                vectors += read_vectors(lines, name)
            if len(vectors) - before != file["vectors"]:
                raise BadRequest(f"should have {file['vectors']} vectors: make it again", name)
        seen: set[str] = set()
        for vector in vectors:
            if vector.id in seen:
                raise BadRequest("stands twice in the suite: make it again", vector.id)
            seen.add(vector.id)
        profiles = {name: texts_of(needs) for name, needs in head["profiles"].items()}
        if not isinstance(head["rule_base"], str) or not isinstance(head["settings"], dict):
            raise TypeError("no digest, or no settings")
        return Suite(tuple(vectors), head["rule_base"], profiles, head["settings"])
    except OSError as error:
        raise BadRequest(
            f"holds no suite ({error.strerror}); `lutalogic vectors --out` writes one", str(folder)
        ) from None
    except (KeyError, TypeError, AttributeError):
        raise BadRequest("is no whole suite: make it again", str(folder / _HEAD)) from None


def files_of(folder: Path) -> list[str]:
    """Return the names of the files that a suite says are its own, as far as it can be read."""
    try:
        listed = strict_json.loads((folder / _HEAD).read_bytes())["files"]
        return [_plain(file["name"]) for file in listed]
    except (OSError, InputError, KeyError, TypeError):
        return []


def write_suite(suite: Suite, folder: Path) -> None:
    """Write a suite into a folder, which is made if it is not there.

    Raises:
        InputError: A policy has a name that no file can have.
        OSError: It cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[tuple[str, int], list[Vector]] = {}
    for vector in suite.vectors:
        files.setdefault((vector.policy, vector.level), []).append(vector)
    listed = []
    for (policy, level), vectors in sorted(files.items()):
        name = _plain(f"{policy}.L{level}.jsonl")
        put(folder / name, "".join(f"{vector_line(vector)}\n" for vector in vectors))
        listed.append({"name": name, "policy": policy, "level": level, "vectors": len(vectors)})
    head = {
        "schema": SUITE_SCHEMA,
        "vectors": VECTOR_SCHEMA,
        "rule_base": suite.digest,
        "levels": list(LEVELS),
        "profiles": {name: sorted(needs) for name, needs in suite.profiles.items()},
        "settings": dict(suite.settings),
        "files": listed,
    }
    for name, value in (("vector.schema.json", vector_schema()), (_HEAD, head)):
        put(folder / name, strict_json.dumps(value, indent=1) + "\n")


def put(file: Path, text: str) -> None:
    """Write a file whole, or leave it as it was.

    Raises:
        OSError: It cannot be written.
    """
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _plain(name: str) -> str:
    """Return the name of a file that stands in the folder itself."""
    if Path(name).name != name or "\\" in name:
        raise BadRequest(f"{name!r} is no plain name of a file", _HEAD)
    return name
