"""Sketches of the pages on which a workspace admin installs the app: where to click, and what to copy.

Slack's own pages cannot be photographed here, and change; names of pages and buttons are Slack's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import yaml

MANIFEST = Path(__file__).parents[2] / "deploy" / "slack-manifest.yaml"

STYLE = """
.steps { display: grid; grid-template-columns: 1fr 1fr; gap: 14px } .step { border: 1px solid #ddd; border-radius: 8px;
overflow: hidden; font-size: 13px } .where { background: #f4ede4; padding: 7px 12px; font-weight: 900 }
.on { display: flex; min-height: 208px } .menu-of-pages { flex: 0 0 116px; background: #faf8f6; padding: 8px 0; font-size: 12px }
.menu-of-pages div { padding: 3px 10px } .menu-of-pages .here { background: #1264a3; color: #fff }
.sheet { padding: 10px 12px; flex: 1; min-width: 0 } .click { outline: 3px solid #e01e5a; outline-offset: 2px }
pre { background: #f8f8f8; border: 1px solid #ddd; border-radius: 4px; padding: 6px 8px; font: 11px/1.4 monospace; margin: 6px 0;
overflow: hidden; text-overflow: ellipsis } .copy { display: flex; gap: 6px; align-items: center } .copy .field { font: 12px monospace; flex: 1; min-height: 0 }
.note { color: #616061; font-size: 12px; margin-top: 6px }
"""

_PAGES = (
    "Basic Information",
    "App Home",
    "Socket Mode",
    "Install App",
    "OAuth & Permissions",
    "App Manifest",
)
_SHOWN_LINES = 7


@dataclass(frozen=True)
class Step:
    """One page, as HTML."""

    where: str
    page: str
    """The entry of the menu of an app's pages; "" before there is an app."""
    sheet: str


def steps() -> Sequence[Step]:
    """Return the pages in the order in which they are visited, with what stands in our manifest."""
    text = MANIFEST.read_text(encoding="utf-8")
    manifest: dict[str, Any] = yaml.safe_load(text)
    name = escape(manifest["display_information"]["name"])
    scopes: Sequence[str] = manifest["oauth_config"]["scopes"]["bot"]
    told = [line for line in text.splitlines() if line and not line.startswith("#")]
    shown = escape("\n".join([*told[:_SHOWN_LINES], "…"]))
    return (
        Step(
            "1. Create New App → From a manifest",
            "",
            f"<b>Paste the manifest</b><pre>{shown}</pre>{_button('Next')}"
            '<div class="note">Choose the workspace first. The whole of deploy/slack-manifest.yaml goes in.</div>',
        ),
        Step(
            "2. Generate the app-level token",
            "Basic Information",
            f"<b>App-Level Tokens</b><br>{_button('Generate Token and Scopes')}"
            '<label>Token name</label><div class="field">socket</div>'
            '<label>Scope</label><div class="field">connections:write</div><br>'
            f'<div class="copy"><div class="field">xapp-1-…</div>{_button("Copy")}</div>',
        ),
        Step(
            f"3. Install {name}",
            "Install App",
            f"<b>Install to your workspace</b><br>{_button('Install to Workspace')}"
            f'<div class="note">Slack lists what it may do ({len(scopes)} scopes): choose <b>Allow</b>.</div>'
            "<label>Bot User OAuth Token</label>"
            f'<div class="copy"><div class="field">xoxb-…</div>{_button("Copy")}</div>',
        ),
        Step(
            "4. In .env, then make run",
            "",
            "<pre>SLACK_BOT_TOKEN=xoxb-…\nSLACK_APP_TOKEN=xapp-1-…</pre>"
            "<pre>$ make run\n…\nserving   team_id=T…</pre>"
            "<pre>$ .venv/bin/python -m bot doctor</pre>"
            '<div class="note">Then in Slack: <b>/finetune should we fine-tune?</b></div>',
        ),
    )


def as_html(of: Sequence[Step]) -> str:
    """Return all pages on one sheet."""
    return f'<div class="steps">{"".join(_drawn(step) for step in of)}</div>'


def _drawn(step: Step) -> str:
    rows = "".join(
        f'<div class="{"here" if page == step.page else ""}">{escape(page)}</div>' for page in _PAGES
    )
    pages = f'<div class="menu-of-pages">{rows}</div>' if step.page else ""
    return (
        f'<div class="step"><div class="where">{step.where}</div>'
        f'<div class="on">{pages}<div class="sheet">{step.sheet}</div></div></div>'
    )


def _button(text: str) -> str:
    return f'<button class="click">{escape(text)}</button>'
