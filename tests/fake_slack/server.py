"""A strict Slack on this machine: real HTTP, real WebSockets, and a driver with which tests play people.

async with FakeSlack(scopes) as slack:
    ana = slack.add_user("ana")
    general = slack.add_channel("general", members={ana})
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    question = await slack.reply_in(general, said.ts)
    await slack.press(ana, question, "Not sure")
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
from aiohttp import web

from tests.fake_slack import shapes
from tests.fake_slack.faults import Fault, LostAnswer, NeverAnswers, RateLimited
from tests.fake_slack.requests import SignedRequests
from tests.fake_slack.response_urls import ResponseUrls
from tests.fake_slack.sockets import Delivery, Sockets
from tests.fake_slack.views import Modal, Views
from tests.fake_slack.web_api import Refusal, WebApi, read_arguments
from tests.fake_slack.workspace import BOT_USER_ID, TEAM_ID, Channel, Kind, Message, Workspace, texts_in

DEADLINE_S = 10.0

T = TypeVar("T")


class FakeSlack:
    """One workspace with our app installed."""

    bot_token = "xoxb-fake-token"
    app_token = "xapp-fake-token"
    mention = f"<@{BOT_USER_ID}>"

    def __init__(
        self,
        scopes: frozenset[str],
        *,
        page_size: int = 4,
        ack_within_s: float = 3.0,
        pauses_s: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, 4.0),
        by_http: bool = False,
        team_id: str = TEAM_ID,
    ) -> None:
        self.workspace = Workspace(team_id)
        self.views = Views(time.monotonic)
        self.api = WebApi(self.workspace, scopes, page_size, self.views)
        self.requests = SignedRequests(ack_within_s, pauses_s) if by_http else None
        self.sockets = self.requests or Sockets(ack_within_s, pauses_s)
        self.api.on_posted = self._echo
        self.calls: list[tuple[str, dict[str, Any]]] = []
        """Every Web API call, and every use of a response_url under "response_url"."""
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        """What goes wrong with the next calls of a method."""
        self.stumbles: Callable[[str], Fault | None] = lambda _: None
        """Says what goes wrong with this call of a method, where `faults` says nothing."""
        self.too_early: list[str] = []
        """Methods that were called again before the rate limit allowed it."""
        self._closed_until: dict[str, float] = {}
        self._private = ResponseUrls(self.workspace)
        self._background: set[asyncio.Task[Delivery]] = set()
        self._base = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**22)
        app.router.add_route("*", "/api/{method}", self._serve_api)
        app.router.add_post("/respond/{token}", self._serve_response_url)
        app.router.add_get("/socket", self.sockets.serve)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._base = f"http://{host}:{port}"
        self.api.url = f"{self._base}/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.sockets.close()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"{self._base}/api/"

    # --- what tests do

    def add_user(self, name: str, **traits: Any) -> str:
        """Add a person; `traits` are fields of `Person`, such as `is_guest`."""
        return self.workspace.add_user(name, **traits)

    def add_channel(
        self, name: str, members: set[str], kind: Kind = "public", *, with_bot: bool = True
    ) -> Channel:
        channel_id = self.workspace.add_channel(name, kind, members, with_bot=with_bot)
        return self.workspace.channels[channel_id]

    async def connected(self, sockets: int = 1) -> None:
        """Wait until the bot holds this many sockets."""
        await self.until(lambda: len(self.sockets.open) >= sockets, "no socket was opened")

    async def send_to(self, base_url: str) -> None:
        """Send requests to this replica, too, as soon as it says that it is ready (HTTP mode)."""
        assert self.requests is not None
        end = asyncio.get_running_loop().time() + DEADLINE_S
        async with aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.get(f"{base_url}/ready") as answer:
                        if answer.status == 200:
                            break
                assert asyncio.get_running_loop().time() < end, f"{base_url} did not get ready"
                await asyncio.sleep(0.02)
        self.requests.addresses.append(f"{base_url}/slack/events")

    def keep(self, user: str, channel: Channel, text: str, thread_ts: str = "", **more: Any) -> Message:
        """Put a message into a channel without telling the bot."""
        message = Message(self.workspace.new_ts(), channel.id, user, text, thread_ts, **more)
        channel.messages.append(message)
        return message

    async def say(self, user: str, channel: Channel, text: str, thread_ts: str = "", **more: Any) -> Message:
        """Write a message and wait until Slack has delivered it (twice when it mentions the bot)."""
        message = self.keep(user, channel, text, thread_ts, **more)
        await asyncio.gather(*(self.deliver(payload) for payload in self.events_of(message)))
        return message

    def events_of(self, message: Message) -> list[dict[str, Any]]:
        """Return the events that a message causes: none where the bot is not, two for a mention."""
        channel = self.workspace.channels[message.channel_id]
        if not channel.has_bot:
            return []
        events = [shapes.message_event(message, channel)]
        if self.mention in message.text and channel.kind != "im":
            events.append(shapes.mention_event(message, channel))
        return events

    async def deliver(self, payload: dict[str, Any], type_: str = "events_api") -> Delivery:
        return await self.sockets.deliver(type_, shapes.of_team(payload, self.workspace.team_id))

    async def edit(self, message: Message, text: str) -> Delivery:
        """Edit a message; the same text again stands for a link that Slack unfolded."""
        channel, before = self.workspace.channels[message.channel_id], message.as_json()
        ts = self.workspace.new_ts()
        if text != message.text:
            message.text, message.is_edited, message.edited_ts = text, True, ts
        return await self.deliver(shapes.edit_event(before, message, channel, ts))

    async def delete(self, message: Message) -> Delivery:
        """Delete a message; one with replies leaves a tombstone, as in Slack."""
        channel, before = self.workspace.channels[message.channel_id], message.as_json()
        if channel.thread(message.ts)[1:]:
            message.text, message.user, message.subtype = (
                "This message was deleted.",
                "USLACKBOT",
                "tombstone",
            )
            message.blocks, message.thread_ts = [], message.ts
            event = shapes.edit_event(before, message, channel, self.workspace.new_ts())
        else:
            channel.messages.remove(message)
            event = shapes.deletion_event(message, channel, self.workspace.new_ts())
        return await self.deliver(event)

    async def command(self, user: str, channel: Channel, text: str) -> Delivery:
        """Call a command (`text` begins with it); what came with the acknowledgement is shown to the user."""
        url = self._response_url(channel, user, "")
        trigger_id = self.views.issue_trigger(user)
        payload = shapes.command(
            user, self.workspace.users[user].name, channel, text, url, trigger_id=trigger_id
        )
        delivery = await self.deliver(payload, "slash_commands")
        if delivery.answer.get("text"):
            self._private.show(channel, user, delivery.answer)
        return delivery

    async def tick(self, user: str, message: Message, *labels: str) -> None:
        """Tick boxes; Slack reports each tick."""
        block, element = _find(message, labels[0])
        chosen = [option for option in element["options"] if option["text"]["text"] in labels]
        boxes = self.workspace.ticked.setdefault((user, message.ts), {}).setdefault(block["block_id"], {})
        boxes[element["action_id"]] = chosen
        await self._act(user, message, shapes.ticked_boxes(block, element, chosen))

    async def press(
        self, user: str, message: Message, label: str, channel: Channel | None = None
    ) -> Delivery:
        """Press a button by what is written on it, or by its action_id; or pick what stands in a menu."""
        block, element = _find(message, label)
        if element["type"] == "overflow":
            return await self._act(user, message, shapes.picked_in_menu(block, element, label), channel)
        return await self._act(user, message, shapes.pressed_button(block, element), channel)

    async def rate(
        self, user: str, message: Message, *, is_helpful: bool, channel: Channel | None = None
    ) -> Delivery:
        """Press one of the two buttons for feedback under a message."""
        for block in message.blocks:
            if block["type"] == "context_actions":
                (element,) = block["elements"]
                pressed = shapes.feedback_button(block, element, is_helpful=is_helpful)
                return await self._act(user, message, pressed, channel)
        raise AssertionError("there are no buttons for feedback")

    async def pick(self, user: str, message: Message, label: str) -> Delivery:
        """Answer a question with one of its replies, whether they are buttons or boxes to tick."""
        _, element = _find(message, label)
        if element["type"] == "button":
            return await self.press(user, message, label)
        await self.tick(user, message, label)
        return await self.press(user, message, "Done")

    async def _act(
        self, user: str, message: Message, pressed: dict[str, Any], channel: Channel | None = None
    ) -> Delivery:
        where = channel or self.workspace.channels[message.channel_id]
        chosen = self.workspace.ticked.get((user, message.ts), {})
        state = {
            block_id: {
                action_id: {"type": "checkboxes", "selected_options": options}
                for action_id, options in boxes.items()
            }
            for block_id, boxes in chosen.items()
        }
        payload = shapes.action(
            user=user,
            name=self.workspace.users[user].name,
            channel=where,
            message=message,
            pressed=pressed,
            state=state,
            response_url=self._response_url(where, user, message.ts),
            ts=self.workspace.new_ts(),
            trigger_id=self.views.issue_trigger(user),
        )
        return await self.deliver(payload, "interactive")

    async def invite(self, inviter: str, channel: Channel, who: str = BOT_USER_ID) -> Delivery:
        """Let somebody into a channel, the bot unless said otherwise; everybody who was in it hears of it."""
        channel.members.add(who)
        return await self.deliver(shapes.joined_event(who, inviter, channel, self.workspace.new_ts()))

    async def open_app(self, user: str, tab: str) -> Delivery:
        """Look at one of the app's tabs: "home" or "messages"."""
        channel = self.workspace.channels[self.workspace.direct(user)]
        return await self.deliver(shapes.opened_event(user, tab, channel, self.workspace.new_ts()))

    async def use_shortcut(self, user: str, message: Message, callback_id: str) -> Delivery:
        """Use a shortcut on a message, which may be where the bot is not."""
        channel = self.workspace.channels[message.channel_id]
        payload = shapes.shortcut(
            callback_id=callback_id,
            user=user,
            name=self.workspace.users[user].name,
            channel=channel,
            message=message,
            response_url=self._response_url(channel, user, ""),
            ts=self.workspace.new_ts(),
            trigger_id=self.views.issue_trigger(user),
        )
        return await self.deliver(payload, "interactive")

    async def pick_in_home(self, user: str, label: str) -> Delivery:
        """Choose something in one's Home."""
        view = self.workspace.homes[user]
        select = next(block["accessory"] for block in view["blocks"] if "accessory" in block)
        option = next(option for option in select["options"] if option["text"]["text"] == label)
        picked = {"type": select["type"], "action_id": select["action_id"], "selected_option": option}
        picked |= {"block_id": "abc", "action_ts": self.workspace.new_ts()}
        name, trigger_id = self.workspace.users[user].name, self.views.issue_trigger(user)
        payload = shapes.picked_in_home(user, name, view, picked, trigger_id)
        return await self.deliver(payload, "interactive")

    async def submit(self, modal: Modal, **values: str) -> Delivery:
        """Fill in a modal, by block_id, and submit it."""
        trigger_id = self.views.issue_trigger(modal.user)
        payload = shapes.submission(modal, self.workspace.users[modal.user].name, values, trigger_id)
        delivery = await self.deliver(payload, "interactive")
        if delivery.is_acknowledged:
            self.views.answered(modal, delivery.answer)
        return delivery

    # --- what tests wait for

    async def until(self, holds: Callable[[], T], otherwise: str, timeout_s: float = DEADLINE_S) -> T:
        """Wait until `holds()` is true and return it."""
        end = asyncio.get_running_loop().time() + timeout_s
        while not (value := holds()):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"{otherwise} within {timeout_s} s")
            await asyncio.sleep(0.01)
        return value

    async def reply_in(
        self, channel: Channel, thread_ts: str = "", number: int = 1, timeout_s: float = DEADLINE_S
    ) -> Message:
        """Wait for the bot's `number`-th message in a thread (or at top level) and return it."""
        await self.until(
            lambda: len(self.workspace.ours(channel.id, thread_ts)) >= number,
            f"the bot did not post message {number}",
            timeout_s,
        )
        return self.workspace.ours(channel.id, thread_ts)[number - 1]

    async def whisper_to(self, user: str, containing: str = "", timeout_s: float = DEADLINE_S) -> Message:
        """Wait for an ephemeral message that contains this, and return the newest such."""

        def found() -> list[Message]:
            seen = self.workspace.seen_by(user)
            return [message for message in seen if containing in f"{message.text}\n{message.shown}"]

        return (await self.until(found, f"nobody told {user} about {containing!r}", timeout_s))[-1]

    async def home_of(self, user: str, containing: str = "") -> str:
        """Wait until a person's Home shows this, and return every text in it."""

        def shown() -> str:
            texts = "\n".join(texts_in(self.workspace.homes.get(user, {})))
            return texts if texts and containing in texts else ""

        return await self.until(shown, f"the Home of {user} does not show {containing!r}")

    async def modal_of(self, user: str) -> Modal:
        """Wait for a modal before a person and return the newest."""

        def found() -> list[Modal]:
            return [modal for modal in self.views.modals if modal.user == user and modal.is_open]

        return (await self.until(found, f"no modal was opened for {user}"))[-1]

    # --- what the bot talks to

    async def _serve_api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await read_arguments(request)
        self.calls.append((method, arguments))
        now = asyncio.get_running_loop().time()
        if now < self._closed_until.get(method, 0):
            self.too_early.append(method)
            return RateLimited().answer()
        fault = self._fault(method)
        if isinstance(fault, RateLimited):
            self._closed_until[method] = now + fault.retry_after_s
        if fault is not None and (answer := fault.answer()) is not None:
            return answer
        try:
            result = self._call(method, arguments, request.headers.get("Authorization", ""))
        except Refusal as refusal:
            result = refusal.answer
        if isinstance(fault, LostAnswer) and request.transport is not None:
            request.transport.close()
        if isinstance(fault, NeverAnswers):
            await asyncio.Event().wait()
        # Slack names the token's scopes with every answer.
        return web.json_response(result, headers={"X-OAuth-Scopes": ",".join(sorted(self.api.scopes))})

    def _call(self, method: str, arguments: dict[str, Any], authorization: str) -> dict[str, Any]:
        token = authorization.removeprefix("Bearer ") or str(arguments.get("token", ""))
        if not token:
            raise Refusal("not_authed")
        wanted = self.app_token if method == "apps.connections.open" else self.bot_token
        if token != wanted:
            is_other = token in (self.app_token, self.bot_token)
            raise Refusal("not_allowed_token_type" if is_other else "invalid_auth")
        if method == "apps.connections.open":
            ticket = self.sockets.issue_ticket()
            return {"ok": True, "url": f"{self._base.replace('http', 'ws')}/socket?ticket={ticket}"}
        return self.api.call(method, arguments)

    async def _serve_response_url(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.text())
        self.calls.append(("response_url", body))
        fault = self._fault("response_url")
        if fault is not None and (answer := fault.answer()) is not None:
            return answer
        return self._private.use(request.match_info["token"], body)

    def _fault(self, method: str) -> Fault | None:
        return self.faults[method].popleft() if self.faults[method] else self.stumbles(method)

    def _response_url(self, channel: Channel, user: str, original_ts: str) -> str:
        return f"{self._base}/respond/{self._private.issue(channel, user, original_ts)}"

    def _echo(self, message: Message) -> None:
        """Send the bot's own message back to it, as Slack does."""
        channel = self.workspace.channels[message.channel_id]
        task = asyncio.create_task(self.deliver(shapes.message_event(message, channel)))
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _find(message: Message, label: str) -> tuple[dict[str, Any], dict[str, Any]]:
    for block in message.blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            options = [option["text"]["text"] for option in element.get("options", [])]
            text = element.get("text", {}).get("text")
            if label in (text, element["action_id"], *options):
                return block, element
    raise AssertionError(f"there is no {label!r} among {message.labels}")
