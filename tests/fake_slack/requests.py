"""HTTP mode: signed requests, spread over any number of addresses, and tried again as Slack does."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from tests.fake_slack.sockets import Delivery, Sockets

SIGNING_SECRET = "fake-signing-secret"


class SignedRequests(Sockets):
    """Stands where `Sockets` stands, with a balancer that spreads requests over `addresses`."""

    def __init__(self, ack_within_s: float, pauses_s: tuple[float, ...]) -> None:
        super().__init__(ack_within_s, pauses_s)
        self.addresses: list[str] = []
        self.statuses: list[int] = []
        """What was answered, in order; 0 for no answer."""
        self._next_address = itertools.count()

    async def _attempt(self, delivery: Delivery) -> None:
        if not self.addresses:
            delivery.attempts.append(False)
            return
        address = self.addresses[next(self._next_address) % len(self.addresses)]
        headers, body = envelope(delivery)
        try:
            timeout = aiohttp.ClientTimeout(total=self.ack_within_s)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(address, data=body, headers=headers) as response,
            ):
                text = await response.text()
        except (aiohttp.ClientError, TimeoutError):
            self.statuses.append(0)
            delivery.attempts.append(False)
            return
        self.statuses.append(response.status)
        delivery.attempts.append(response.status == 200)
        if response.status == 200 and text:
            delivery.answer = json.loads(text)


def envelope(delivery: Delivery) -> tuple[dict[str, str], str]:
    """Return the headers and the body with which Slack sends a delivery."""
    kind, body = _encoded(delivery.type, delivery.payload)
    headers = {"Content-Type": kind, **signature(body)}
    if delivery.type == "events_api" and delivery.attempts:
        headers |= {"X-Slack-Retry-Num": str(len(delivery.attempts)), "X-Slack-Retry-Reason": "http_error"}
    return headers, body


def signature(body: str, *, at: float | None = None, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Return the headers that say that Slack sent this body, now or at another time."""
    timestamp = str(int(time.time() if at is None else at))
    signed = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signed or ""}


def _encoded(type_: str, payload: dict[str, Any]) -> tuple[str, str]:
    match type_:
        case "events_api":
            return "application/json", json.dumps(payload)
        case "slash_commands":
            return "application/x-www-form-urlencoded", urlencode(payload)
        case "interactive":
            return "application/x-www-form-urlencoded", urlencode({"payload": json.dumps(payload)})
    raise AssertionError(f"unknown kind {type_!r}")
