# SPDX-License-Identifier: Apache-2.0
"""A Sphinx domain of the rule base: its objects, references to them, and three indices.

A directive (``{kb:criterion} L-5``) says that a page is about something of the rule base; a role
(``{kb:criterion}`L-5```) refers to it. Names are those of the rule base: one that is not in it is
an error of the build. Places in a document are objects too: the lines of the ledger.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.directives import ObjectDescription
from sphinx.domains import Domain, Index, IndexEntry, ObjType
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from docs.extension.layout import Scroll
from docs.extension.markdown import slug
from docs.extension.names import criteria, listed, outside, place, shown
from docs.extension.trees import Drawing, Tree
from lutalogic.rulebase import policies, rule_base
from lutalogic.trace import facts_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Element, Node, system_message
    from sphinx.addnodes import desc_signature, pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

KINDS: Final = ("criterion", "policy", "attribute", "reading", "theorem")
_LINES: Final = re.compile(r"(\w+) L(\d+)(?:-(\d+))?")


class Described(ObjectDescription[str]):
    """Says that a page is about something of the rule base.

    Where a heading stands above it that says what it is in words, only its name is left to show.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "no-index": directives.flag,
        "headed": directives.flag,
        "words": directives.unchanged,
    }

    def handle_signature(self, sig: str, signode: desc_signature) -> str:
        """Show what it is in words, then the name; refuse one that the rule base has not."""
        name = sig.strip()
        if place(self.objtype, name) is None:
            raise self.error(f"the rule base has no {self.objtype} {name!r}")
        if "headed" not in self.options:
            told = self.options.get("words") or shown(self.objtype, name)
            signode += addnodes.desc_name(told, told)
        signode += addnodes.desc_addname("", f"{self.objtype} ", nodes.literal(name, name))
        return name

    def add_target_and_index(self, name: str, sig: str, signode: desc_signature) -> None:
        """Note where it is described."""
        del sig
        anchor = f"{self.objtype}-{slug(name)}"
        signode["ids"].append(anchor)
        self.state.document.note_explicit_target(signode)
        domain = self.env.get_domain("kb")
        assert isinstance(domain, RuleBaseDomain)
        domain.note(self.objtype, name, anchor)


class At(SphinxRole):
    """Marks where some lines of a document are told of: ``{kb:at}`premera L46-52```."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the lines as a target."""
        document, first, last = _lines(self.text)
        anchor = f"source-{document}-L{first}"
        domain = self.env.get_domain("kb")
        assert isinstance(domain, RuleBaseDomain)
        domain.note("source", f"{document} {first} {last}", anchor)
        told = f"L{first}" if first == last else f"L{first}-{last}"
        target = nodes.inline(told, told, ids=[anchor])
        self.inliner.document.note_explicit_target(target)  # type: ignore[attr-defined]
        return [target], []


class Id(SphinxRole):
    """Shows the name that programs know something by: ``{kb:id}`p_egfr```; it stands back."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the name."""
        return [nodes.literal(self.text, self.text, classes=["kb-id"])], []


def _lines(place_in: str) -> tuple[str, int, int]:
    found = _LINES.fullmatch(place_in.strip())
    if found is None:
        raise ValueError(f"{place_in!r} names no document and lines, as `premera L46-52` does")
    return found[1], int(found[2]), int(found[3] or found[2])


class _RuleIndex(Index):
    """An index whose entries are sorted into groups."""

    def generate(
        self, docnames: Iterable[str] | None = None
    ) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """Return the entries of the pages that were asked for."""
        groups: dict[str, list[IndexEntry]] = {}
        for group, entry in self.entries():
            if docnames is None or entry.docname in docnames:
                groups.setdefault(group, []).append(entry)
        return list(groups.items()), False

    @abstractmethod
    def entries(self) -> Iterator[tuple[str, IndexEntry]]:
        """Yield each entry with its group."""


class CriterionIndex(_RuleIndex):
    """Every criterion, by policy."""

    name = "criteria"
    localname = "Index of criteria"
    shortname = "criteria"

    def entries(self) -> Iterator[tuple[str, IndexEntry]]:
        """Yield the criteria in the documents' order."""
        for name, (policy, criterion) in criteria().items():
            where = self.domain.data["objects"].get(("criterion", name))
            if where:
                entry = IndexEntry(name, 0, *where, "", "", criterion.sentence)
                yield policy.title, entry


class AttributeIndex(_RuleIndex):
    """Every attribute, with the criteria that read it."""

    name = "attributes"
    localname = "Index of attributes"
    shortname = "attributes"

    def entries(self) -> Iterator[tuple[str, IndexEntry]]:
        """Yield the attributes by their labels, each followed by its readers."""
        objects = self.domain.data["objects"]
        for attribute in sorted(rule_base().attributes.values(), key=lambda a: a.label.lower()):
            where = objects.get(("attribute", attribute.name))
            if where is None:
                continue
            group = attribute.label[0].upper()
            readers = [
                (name, *objects["criterion", name])
                for name, (_, criterion) in criteria().items()
                if attribute.name in facts_read(criterion.node) and ("criterion", name) in objects
            ]
            entry = IndexEntry(attribute.label, 0, *where, attribute.name, "", "")
            yield group, entry
            for policy in policies():
                if attribute.name in outside(policy) and ("policy", policy.name) in objects:
                    at = objects["policy", policy.name]
                    yield group, IndexEntry(policy.title, 2, *at, "", "", "how its criteria join")
            for name, docname, anchor in readers:
                told = criteria()[name][1].sentence
                yield group, IndexEntry(name, 2, docname, anchor, "", "", told)


class SourceIndex(_RuleIndex):
    """Every place in the documents on which a criterion rests."""

    name = "sources"
    localname = "Index of sources"
    shortname = "sources"

    def entries(self) -> Iterator[tuple[str, IndexEntry]]:
        """Yield the places in the order of their lines, each with the criteria that rest on it."""
        objects = self.domain.data["objects"]
        found: dict[tuple[str, int, str], list[str]] = {}
        for name, (_, criterion) in criteria().items():
            for source in criterion.sources:
                told = f"{source.places}: {source.section}"
                key = (source.document.name, source.lines[0][0], told)
                found.setdefault(key, []).append(name)
        assert isinstance(self.domain, RuleBaseDomain)
        for (document, first, told), names in sorted(found.items()):
            where = self.domain.source(f"{document} L{first}")
            if where is not None:
                citation = rule_base().documents[document].citation
                yield citation, IndexEntry(told, 0, *where, "", "", "")
                for name in names:
                    at = objects.get(("criterion", name))
                    sentence = criteria()[name][1].sentence
                    if at:
                        yield citation, IndexEntry(name, 2, *at, "", "", sentence)


class RuleBaseDomain(Domain):
    """The rule base as Sphinx sees it."""

    name = "kb"
    label = "Rule base"
    object_types: ClassVar[dict[str, ObjType]] = {
        kind: ObjType(kind, kind) for kind in (*KINDS, "source")
    }
    directives: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(KINDS, Described),
        "scroll": Scroll,
        "tree": Tree,
        "drawing": Drawing,
    }
    roles: ClassVar[dict[str, Any]] = {
        **{
            kind: XRefRole(warn_dangling=True, innernodeclass=nodes.inline)
            for kind in (*KINDS, "source", "cases", "vector")
        },
        "at": At(),
        "id": Id(),
    }
    indices: ClassVar[list[type[Index]]] = [CriterionIndex, AttributeIndex, SourceIndex]
    initial_data: ClassVar[dict[str, Any]] = {"objects": {}}
    data_version = 1

    def note(self, kind: str, name: str, anchor: str) -> None:
        """Note where something is described."""
        self.data["objects"][kind, name] = (self.env.docname, anchor)

    def clear_doc(self, docname: str) -> None:
        """Forget what a page described."""
        kept = {key: at for key, at in self.data["objects"].items() if at[0] != docname}
        self.data["objects"] = kept

    def merge_domaindata(self, docnames: set[str], otherdata: dict[str, Any]) -> None:
        """Take over what other processes noted."""
        for key, at in otherdata["objects"].items():
            if at[0] in docnames:
                self.data["objects"][key] = at

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every object, for the search and the inventory."""
        for (kind, name), (docname, anchor) in self.data["objects"].items():
            yield name, listed(kind, name), kind, docname, anchor, -1 if kind == "source" else 1

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Element | None:
        """Return the link that a reference stands for."""
        del env
        where = self.source(target) if typ == "source" else self._described(typ, target)
        if where is None:
            return None
        if not node["refexplicit"] and typ != "source":
            told = shown(typ, target)
            contnode = nodes.inline(told, told, classes=["xref", f"kb-{typ}"])
        title = criteria()[target][1].sentence if typ == "criterion" else ""
        return make_refnode(builder, fromdocname, *where, contnode, title or None)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, Element]]:
        """Return nothing: references say of what kind they are."""
        del env, fromdocname, builder, target, node, contnode
        return []

    def _described(self, kind: str, target: str) -> tuple[str, str] | None:
        if kind in ("cases", "vector"):
            return place(kind, target)
        found: tuple[str, str] | None = self.data["objects"].get((kind, target))
        return found

    def source(self, target: str) -> tuple[str, str] | None:
        """Return where the ledger tells of the first line of a place."""
        document, first, _ = _lines(target)
        for (kind, name), where in self.data["objects"].items():
            if kind == "source":
                told, begin, end = name.split()
                if told == document and int(begin) <= first <= int(end):
                    found: tuple[str, str] = where
                    return found
        return None
