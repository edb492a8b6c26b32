"""Socket Mode: connections, envelopes, acknowledgements, and deliveries that are tried again."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web


@dataclass
class Delivery:
    """One event, command or action on its way to the bot; `attempts` holds whether each was acknowledged."""

    type: str
    payload: dict[str, Any]
    attempts: list[bool] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    """What came with the acknowledgement."""

    @property
    def is_acknowledged(self) -> bool:
        return any(self.attempts)


class Sockets:
    """All open connections; each envelope goes to one of them."""

    def __init__(self, ack_within_s: float, pauses_s: tuple[float, ...]) -> None:
        self.ack_within_s = ack_within_s
        self.pauses_s = pauses_s
        self.deliveries: list[Delivery] = []
        self.open: list[web.WebSocketResponse] = []
        self.connections = 0
        self.is_closed = False
        """New connections are refused."""
        self.is_silent = False
        """Connections stay open, and nothing comes through any more, not even the answer to a ping."""
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._turns = itertools.count()

    def issue_ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        is_known = ticket in self._tickets
        # Used up by the first try, even by one that is refused.
        self._tickets.discard(ticket)
        if not is_known or self.is_closed:
            return web.Response(status=404)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections += 1
        await socket.send_json({"type": "hello", "num_connections": len(self.open) + 1})
        self.open.append(socket)
        try:
            async for message in socket:
                if self.is_silent:
                    await self._wait_for_its_end(socket)
                    break
                if message.type is WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            if socket in self.open:
                self.open.remove(socket)
        return socket

    async def _wait_for_its_end(self, socket: web.WebSocketResponse) -> None:
        # Whoever does not receive does not answer pings either.
        while not socket.closed and self.is_silent:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.02)

    def _hear(self, text: str) -> None:
        answer = json.loads(text)
        waiting = self._waiting.pop(answer.get("envelope_id", ""), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload") or {})

    async def deliver(self, type_: str, payload: dict[str, Any]) -> Delivery:
        """Deliver, again and again when it is an event that is not acknowledged, and return how it went."""
        delivery = Delivery(type_, payload)
        self.deliveries.append(delivery)
        await self._attempt(delivery)
        if type_ == "events_api":
            for pause_s in self.pauses_s:
                if delivery.is_acknowledged:
                    break
                await asyncio.sleep(pause_s)
                await self._attempt(delivery)
        return delivery

    async def deliver_again(self, delivery: Delivery) -> None:
        """Deliver what was acknowledged once more, as Slack does when the acknowledgement gets lost."""
        await self._attempt(delivery)

    async def _attempt(self, delivery: Delivery) -> None:
        envelope_id = secrets.token_hex(8)
        envelope: dict[str, Any] = {
            "envelope_id": envelope_id,
            "type": delivery.type,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.type != "events_api",
        }
        if delivery.type == "events_api":
            envelope["retry_attempt"] = len(delivery.attempts)
            envelope["retry_reason"] = "timeout" if delivery.attempts else ""
        acknowledged: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = acknowledged
        try:
            if not self.open:
                delivery.attempts.append(False)
                return
            socket = self.open[next(self._turns) % len(self.open)]
            await socket.send_json(envelope)
            delivery.answer = await asyncio.wait_for(acknowledged, self.ack_within_s)
            delivery.attempts.append(True)
        except (TimeoutError, ConnectionError):
            delivery.attempts.append(False)
        finally:
            self._waiting.pop(envelope_id, None)

    async def refresh(self) -> None:
        """Ask every connection to reconnect, then close it, as Slack does every few hours."""
        for socket in list(self.open):
            with contextlib.suppress(ConnectionError):
                await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
        for socket in list(self.open):
            await socket.close()

    async def close(self) -> None:
        for socket in list(self.open):
            await socket.close()
