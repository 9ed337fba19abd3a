# SPDX-License-Identifier: Apache-2.0
"""Packages of npm, each of one version with one checksum.

They are fetched by the `npm` of this machine from wherever that is set up to fetch from, kept in
``build/npm/``, and used only if their bytes are those that the checksum is of.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
CACHE: Final = ROOT / "build/npm"


@dataclass(frozen=True, slots=True)
class Package:
    """A package of npm, in one version.

    Attributes:
        name: Its name.
        version: Its exact version.
        sha512: The SHA-512 of its archive, in base64.
    """

    name: str
    version: str
    sha512: str

    @property
    def archive(self) -> Path:
        """Return where its archive is kept."""
        return CACHE / f"{self.name}-{self.version}.tgz"


#: SWI-Prolog compiled to WebAssembly, version 10.1.10 of it. BSD-2-Clause.
SWIPL_WASM: Final = Package(
    "swipl-wasm",
    "8.0.5",
    "IkffjSlJx9SHqpaluuRxku7R11/tqpZQg/iPjyoIC7heZ8Y1lzIhQR8ddDGSyVN15WD3mYw3CxrWoco5zizr0Q==",
)
#: The accessibility checks, for the tests alone. MPL-2.0.
AXE: Final = Package(
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)


def unpacked(package: Package) -> Path:
    """Return the folder of an unpacked package, fetched if it is not there yet.

    Raises:
        SystemExit: There is no npm, it fetches nothing, or what it fetches is something else.
    """
    if package.archive.is_dir():
        raise SystemExit(f"{package.archive} is a folder, where the archive belongs; remove it")
    if not package.archive.exists():
        _fetch(package)
    found = package.archive.read_bytes()
    if base64.b64encode(hashlib.sha512(found).digest()).decode() != package.sha512:
        package.archive.unlink()
        raise SystemExit(
            f"{package.archive.name} is not the archive that {Path(__file__).name} has the "
            "checksum of, and was removed: build again, and if it happens again do not use it"
        )
    folder = CACHE / f"{package.name}-{package.version}"
    # Python before 3.11.4 knows no filters, and needs none here: the checksum says what it is
    safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(package.archive) as archive:
        archive.extractall(folder, **safely)
    return folder / "package"


def _fetch(package: Package) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(
            "the playground needs npm and node, which are not installed; "
            "on Debian, as root: apt-get install nodejs npm"
        )
    CACHE.mkdir(parents=True, exist_ok=True)
    asked = f"{package.name}@{package.version}"
    done = subprocess.run(
        [npm, "pack", "--silent", "--pack-destination", str(CACHE), asked],
        cwd=CACHE,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode or not package.archive.exists():
        raise SystemExit(f"npm could not fetch {asked}; what it said stands above")


if __name__ == "__main__":
    for each in (SWIPL_WASM, AXE):
        print(unpacked(each))
