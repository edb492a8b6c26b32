"""The documentation as a site: it builds, and a link that leads nowhere does not pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from knowledge.glossary import load_glossary

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.filterwarnings("default")  # MkDocs and its theme warn about themselves


def build_site(docs: Path, site: Path) -> None:
    build(load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("site")
    build_site(ROOT / "docs", built)
    return built


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a copy of the pages, to be changed."""
    return Path(shutil.copytree(ROOT / "docs", tmp_path / "docs"))


def test_every_term_has_a_page_that_the_list_leads_to(site: Path) -> None:
    listed = (site / "glossary" / "index.html").read_text(encoding="utf-8")
    for term in load_glossary(ROOT / "knowledge" / "glossary"):
        page = (site / "glossary" / f"{term.slug}.html").read_text(encoding="utf-8")
        assert f'href="{term.slug}.html"' in listed
        assert all(source.url in page for source in term.sources)


def test_every_decision_about_the_code_is_listed(site: Path) -> None:
    listed = (site / "adr" / "index.html").read_text(encoding="utf-8")
    for page in (ROOT / "docs" / "adr").glob("*.md"):
        assert f'href="{page.stem}.html"' in listed


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    assert "fonts.g" not in start
    assert 'src="http' not in start


@pytest.mark.parametrize(
    "link", ["[gone](gone.md)", "[gone](using.md#gone)", "[gone](glossary/gone.md)", "[gone](/gone.md)"]
)
def test_a_link_that_leads_nowhere_is_an_error(docs: Path, tmp_path: Path, link: str) -> None:
    with (docs / "index.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{link}\n")
    with pytest.raises(Abort):
        build_site(docs, tmp_path / "site")
