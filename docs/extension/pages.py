# SPDX-License-Identifier: Apache-2.0
"""All pages that are generated, and the writing of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docs.extension.api_pages import command_page, module_pages, python_page
from docs.extension.criterion_pages import criterion_page
from docs.extension.file_pages import file_pages
from docs.extension.knowledge_pages import knowledge_page, ledger_page, theorem_page
from docs.extension.markdown import HEADER
from docs.extension.names import API, RULES, criteria
from docs.extension.names import criterion_page as page_of
from docs.extension.payer_pages import payers_page
from docs.extension.policy_pages import cases_page, policy_page
from docs.extension.register_pages import ambiguity_page, vocabulary_page
from docs.extension.text_pages import texts_page
from docs.extension.vector_pages import vector_page
from lutalogic.rulebase import policies, rule_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


def all_pages() -> Iterator[tuple[str, str]]:
    """Yield the name of each generated page, without suffix, and what it says."""
    for policy in policies():
        folder = f"{RULES}/{policy.name}"
        yield f"{folder}/index", policy_page(policy.name)
        yield f"{folder}/cases", cases_page(policy.name)
        yield f"{folder}/vectors", vector_page(policy.name)
    for name in criteria():
        yield page_of(name), criterion_page(name)
    yield f"{RULES}/vocabulary", vocabulary_page()
    yield f"{RULES}/ambiguities", ambiguity_page()
    yield f"{RULES}/texts", texts_page()
    yield f"{RULES}/payers", payers_page()
    yield f"{RULES}/theorems", theorem_page()
    yield f"{RULES}/knowledge", knowledge_page()
    for document in rule_base().documents:
        yield f"{RULES}/ledger-{document}", ledger_page(document)
    for file, page in file_pages().items():
        yield f"{RULES}/files/{file}", page
    yield f"{API}/python", python_page()
    yield f"{API}/commands", command_page()
    for module, page in module_pages().items():
        yield f"{API}/prolog/{module}", page


def write_pages(app: Sphinx) -> None:
    """Write the pages that changed, and remove those that are no more."""
    if not app.config.kb_write_pages:
        return
    written = set()
    for name, page in all_pages():
        file = Path(app.srcdir) / f"{name}.md"
        written.add(file)
        if not file.exists() or file.read_text(encoding="utf-8") != page:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8")
    for folder in (RULES, API):
        for file in (Path(app.srcdir) / folder).rglob("*.md"):
            if file not in written and file.read_text(encoding="utf-8").startswith(HEADER):
                file.unlink()
