"""Write the tables of docs/admin.md, scopes from the manifest, settings from the code: `make decisions`.

Each reason stands once: a scope's in the comment above it in the manifest, a setting's in its description.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import Settings

DOCS = Path(__file__).parent
PAGE = DOCS / "admin.md"
MANIFEST = DOCS.parent / "deploy" / "slack-manifest.yaml"


def build() -> str:
    """Return the page as it stands, with tables that say what holds now."""
    page = PAGE.read_text(encoding="utf-8")
    return _with_rows(_with_rows(page, "Scopes", scope_rows()), "Settings", setting_rows())


def scope_rows() -> list[str]:
    """Return a row for each scope of the bot's token, with its reason."""
    listed = MANIFEST.read_text(encoding="utf-8").partition("    bot:\n")[2].partition("\nsettings:")[0]
    groups = re.findall(r"((?:^ +# .*\n)+) +- (\S+)", listed, re.MULTILINE)
    return [
        f"| `{scope}` | {' '.join(line.strip('# ') for line in comment.splitlines())} |"
        for comment, scope in groups
    ]


def setting_rows() -> list[str]:
    """Return a row for each setting: what holds without it, and what it is for."""
    return [
        f"| `{name.upper()}` | {_shown(setting.default)} | {setting.description} |"
        for name, setting in Settings.model_fields.items()
    ]


def _with_rows(page: str, heading: str, rows: list[str]) -> str:
    """Return the page with these rows in the table under a heading."""
    table = re.search(rf"^## {heading}\n.*?^\|---[^\n]*\n((?:^\|[^\n]*\n)*)", page, re.DOTALL | re.MULTILINE)
    assert table, heading
    return page[: table.start(1)] + "".join(f"{row}\n" for row in rows) + page[table.end(1) :]


def _shown(default: object) -> str:
    if default in (None, "", ()):
        return "–"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8")
