"""What people read in their browser while they install the app: a page for each way that it can end.

Nothing that came with the request is ever in them. The name of the workspace is Slack's, and escaped.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from http import HTTPStatus

from aiohttp import web

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color:#222;"
    "background:#fff}h1{font-size:1.4rem}a{color:#1f5c99}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    # The address holds the code and the state.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Sent with every answer about installing."""
_RETRY_AFTER_S = "60"


@dataclass(frozen=True)
class Page:
    """A title and one paragraph, as plain text."""

    status: HTTPStatus
    title: str
    words: str


CANCELLED = Page(HTTPStatus.OK, "Not installed", "You cancelled in Slack, so nothing was installed or kept.")
NOT_BEGUN_HERE = Page(
    HTTPStatus.BAD_REQUEST,
    "Not installed",
    "An installation has to end in the browser window where it began, and this one did not begin here. "
    "If you followed a link that somebody gave you, begin anew from here instead.",
)
TOO_LATE = Page(
    HTTPStatus.BAD_REQUEST,
    "Not installed",
    "This took longer than ten minutes, or the page was loaded a second time.",
)
SLACK_SAID_NO = Page(HTTPStatus.BAD_REQUEST, "Not installed", "Slack did not confirm the installation.")
ORGANISATION = Page(
    HTTPStatus.BAD_REQUEST,
    "Not for a whole organisation",
    "The app keeps each workspace's decisions apart, so it is installed in one workspace at a time. Nothing "
    "was kept. Please remove it from the organisation in Slack's admin pages, and choose one workspace.",
)
NOT_LET_IN = Page(
    HTTPStatus.FORBIDDEN,
    "Not for this workspace",
    "Whoever runs the app has not let this workspace in. Nothing was kept, and the app is removed from it "
    "again. Ask them to add its id; Slack shows that in the address of a workspace, and it begins with a T.",
)
SLACK_AWAY = Page(
    HTTPStatus.SERVICE_UNAVAILABLE, "Not installed yet", "Slack did not answer. Please try again in a minute."
)
WE_ARE_AWAY = Page(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Not installed yet",
    "We cannot keep anything at the moment, so nothing was installed. Please try again in a minute.",
)


def show(page: Page, again: str) -> web.Response:
    """Return a page for whoever has not installed it; `again` is where they begin anew."""
    link = f'<p><a href="{escape(again)}">Begin again</a></p>'
    response = _html(page.status, page.title, f"<p>{escape(page.words)}</p>{link}")
    if page.status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = _RETRY_AFTER_S
    return response


def show_installed(team_name: str) -> web.Response:
    """Return the page for whoever has installed it."""
    where = escape(team_name)
    words = (
        f"<p>The Fine-tune Advisor is in <strong>{where}</strong> now. Ask it with <code>/finetune</code>, "
        "or <code>/invite</code> it to a channel. You can close this window.</p>"
    )
    return _html(HTTPStatus.OK, "Installed", words)


def _html(status: HTTPStatus, title: str, inside: str) -> web.Response:
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>{inside}</main></body></html>"
    )
    return web.Response(status=status, text=text, content_type="text/html", headers=HEADERS)
