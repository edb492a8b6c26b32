"""What can go wrong with a call to Slack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from aiohttp import web


class Fault(Protocol):
    """One thing that goes wrong with one call."""

    def answer(self) -> web.Response | None:
        """Return what is answered instead, or None when the call is made all the same."""
        ...


@dataclass(frozen=True)
class RateLimited:
    """Too many calls; try again after some seconds."""

    retry_after_s: int = 1

    def answer(self) -> web.Response:
        headers = {"Retry-After": str(self.retry_after_s)}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


@dataclass(frozen=True)
class Broken:
    """Slack has an error of its own, and says so in HTML."""

    status: int = 500

    def answer(self) -> web.Response:
        return web.Response(status=self.status, text="<html>Sorry</html>", content_type="text/html")


@dataclass(frozen=True)
class Refused:
    """Slack refuses with this error."""

    error: str

    def answer(self) -> web.Response:
        return web.json_response({"ok": False, "error": self.error})


@dataclass(frozen=True)
class LostAnswer:
    """The call is made, and its answer never arrives."""

    def answer(self) -> None:
        return None


@dataclass(frozen=True)
class NeverAnswers:
    """The call is made, and its answer takes for ever, as when the caller dies meanwhile."""

    def answer(self) -> None:
        return None
