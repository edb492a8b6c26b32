"""The calls that we make to Slack, with its answers as values and its errors as ours."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
from pydantic import BaseModel, ValidationError
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot import tracing
from bot.errors import ChannelArchived, NotInChannel, SlackRefused, SlackUnavailable
from bot.slack.blocks import Message
from bot.slack.feedback_blocks import has_feedback, plainer
from bot.slack.markup import AsGiven
from bot.slack.payloads import Me
from bot.slack.web_answers import (
    METADATA_TYPE,
    ChannelKind,
    Grant,
    Introduction,
    Said,
    UserKind,
    WebhookAnswer,
)

TIMEOUT_S = 10
RESPOND_TIMEOUT_S = 3
RATE_LIMIT_TRIES = 5
THREAD_PAGE = 200
MEMBERS_PAGE = 1_000
MOST_MEMBER_PAGES = 100
MOST_THREAD_PAGES = 100
"""At Slack's smallest page of 15 these are 1,500 messages, older than which nobody refers to."""
MOST_HISTORY_PAGES = 50
# A private channel that we are not in does not exist for us.
_OUTSIDE = frozenset({"not_in_channel", "channel_not_found"})
NO_LONGER = frozenset({"account_inactive", "invalid_auth", "token_expired", "token_revoked"})
"""Slack's errors for the token of an app that was removed."""
TOKEN_ERRORS = NO_LONGER | {"not_authed"}
_OWN_ERRORS = frozenset(
    {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
)
_BROKEN = "HTTP 5"


_REFUSED_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format"})
_Part = TypeVar("_Part", bound=BaseModel)
_Sent = TypeVar("_Sent")


class _Client(AsyncWebClient):
    """Says so when Slack does not take its token."""

    on_refused: Callable[[], None] | None = None

    async def api_call(self, *args: Any, **options: Any) -> AsyncSlackResponse:
        try:
            return await super().api_call(*args, **options)
        except SlackApiError as error:
            if self.on_refused is not None and _error_code(error) in NO_LONGER:
                self.on_refused()
            raise


def open_client(token: str, api_url: str, on_refused: Callable[[], None] | None = None) -> AsyncWebClient:
    """Return a client that obeys rate limits and repeats nothing else.

    A post whose answer was lost may have been posted: repeating it is for whoever can look first.
    """
    client = _Client(
        token=token,
        base_url=api_url,
        timeout=TIMEOUT_S,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_TRIES)],
    )
    client.on_refused = on_refused
    return client


class SlackWeb:
    """Slack's Web API.

    Every method raises SlackRefused: NotInChannel where we are no member, ChannelArchived where nobody can
    write any more.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._refuses_feedback = False

    async def who_am_i(self) -> Me:
        """Return who the bot's token belongs to."""
        return (await self.introduce()).me

    async def introduce(self) -> Introduction:
        """Return who the bot's token belongs to, and what else Slack says with it."""
        with _translated("auth.test"):
            answer = await self._client.auth_test()
        headers = {name.lower(): str(value) for name, value in answer.headers.items()}
        listed = headers.get("x-oauth-scopes")
        return Introduction(
            Me(
                team_id=str(answer["team_id"]),
                user_id=str(answer["user_id"]),
                bot_id=str(answer.get("bot_id") or ""),
                name=str(answer.get("user") or "the bot"),
            ),
            scopes=None if listed is None else _listed(listed),
            date=headers.get("date"),
        )

    async def check_app_token(self, app_token: str) -> None:
        """Ask for a socket's address, and throw it away."""
        with _translated("apps.connections.open"):
            await self._client.apps_connections_open(app_token=app_token)

    async def exchange(self, code: str, client_id: str, client_secret: str, redirect_url: str) -> Grant:
        """Exchange the code that a person brought back from Slack; it is good once."""
        with _translated("oauth.v2.access"):
            answer = await self._client.oauth_v2_access(
                client_id=client_id, client_secret=client_secret, code=code, redirect_uri=redirect_url
            )
        team = answer.get("team") or {}
        # Tokens of people are not asked for, and would not be kept.
        return Grant(
            team_id=str(team.get("id") or ""),
            team_name=str(team.get("name") or ""),
            is_organisation=bool(answer.get("is_enterprise_install")),
            scopes=_listed(str(answer.get("scope") or "")),
            installed_by=str((answer.get("authed_user") or {}).get("id") or ""),
            token=str(answer.get("access_token") or ""),
        )

    async def revoke(self) -> None:
        """Make our token useless; Slack removes an app from a workspace with its last one."""
        with _translated("auth.revoke"):
            await self._client.auth_revoke()

    async def channel_kind(self, channel_id: str) -> ChannelKind:
        """Return what kind of channel it is."""
        with _translated("conversations.info"):
            answer = await self._client.conversations_info(channel=channel_id)
        return _read(ChannelKind, answer.get("channel"), "conversations.info")

    async def user_kind(self, user_id: str) -> UserKind:
        """Return what kind of member a person is."""
        with _translated("users.info"):
            answer = await self._client.users_info(user=user_id)
        return _read(UserKind, answer.get("user"), "users.info")

    async def is_member(self, channel_id: str, user_id: str) -> bool:
        """Say whether a person is in a channel now, following Slack's pages."""
        ask = partial(self._client.conversations_members, channel=channel_id, limit=MEMBERS_PAGE)
        async for answer in _pages("conversations.members", ask, MOST_MEMBER_PAGES):
            if user_id in (answer.get("members") or ()):
                return True
        return False

    async def thread(self, channel_id: str, ts: str) -> list[Said]:
        """Return a whole thread, its root first, following Slack's pages."""
        rows = await self._thread_rows(channel_id, ts)
        return [_read(Said, row, "conversations.replies") for row in rows]

    async def said(self, channel_id: str, ts: str, *, thread_ts: str = "") -> Said | None:
        """Return one message as it stands there now; None when it is gone."""
        with _translated("conversations.replies"):
            answer = await self._client.conversations_replies(
                channel=channel_id, ts=thread_ts or ts, oldest=ts, latest=ts, inclusive=True
            )
        return next((said for said in _messages(answer, "conversations.replies") if said.ts == ts), None)

    async def posted_in(
        self, channel_id: str, thread_ts: str, bot_id: str, recent: int
    ) -> dict[str, Message]:
        """Return our own messages in a thread, or among the most recent at top level, by their ts."""
        if thread_ts:
            rows = await self._thread_rows(channel_id, thread_ts)
        else:
            with _translated("conversations.history"):
                answer = await self._client.conversations_history(channel=channel_id, limit=recent)
            rows = list(answer.get("messages") or ())
        return {str(row.get("ts")): _shown(row) for row in rows if row.get("bot_id") == bot_id}

    async def _thread_rows(self, channel_id: str, ts: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        ask = partial(
            self._client.conversations_replies,
            channel=channel_id,
            ts=ts,
            limit=THREAD_PAGE,
            include_all_metadata=True,
        )
        async for answer in _pages("conversations.replies", ask, MOST_THREAD_PAGES):
            rows += answer.get("messages") or ()
        # Each page may repeat the root.
        return sorted({str(row.get("ts")): row for row in rows}.values(), key=lambda row: str(row.get("ts")))

    async def message(self, channel_id: str, ts: str, *, thread_ts: str = "") -> Message | None:
        """Return one of our own messages as it stands there now; None when it is gone."""
        with _translated("conversations.replies"):
            answer = await self._client.conversations_replies(
                channel=channel_id, ts=thread_ts or ts, oldest=ts, latest=ts, inclusive=True
            )
        rows = [row for row in answer.get("messages") or () if row.get("ts") == ts]
        return _shown(rows[0]) if rows else None

    async def latest(self, channel_id: str, limit: int) -> list[Said]:
        """Return the newest top-level messages, newest first, following Slack's pages."""
        said: list[Said] = []
        cursor: str | None = None
        while len(said) < limit:
            with _translated("conversations.history"):
                answer = await self._client.conversations_history(
                    channel=channel_id, limit=limit - len(said), cursor=cursor, include_all_metadata=True
                )
            said += _messages(answer, "conversations.history")
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        return said

    async def since(self, channel_id: str, at: datetime) -> list[Said]:
        """Return what was said at top level from a moment on, newest first, following Slack's pages."""
        said: list[Said] = []
        ask = partial(
            self._client.conversations_history,
            channel=channel_id,
            oldest=f"{at.timestamp():.6f}",
            limit=THREAD_PAGE,
            include_all_metadata=True,
        )
        async for answer in _pages("conversations.history", ask, MOST_HISTORY_PAGES):
            said += _messages(answer, "conversations.history")
        return said

    async def permalink(self, channel_id: str, ts: str) -> str:
        """Return the address of a message."""
        with _translated("chat.getPermalink"):
            answer = await self._client.chat_getPermalink(channel=channel_id, message_ts=ts)
        return str(answer.get("permalink") or "")

    async def show_status(self, channel_id: str, thread_ts: str, status: str) -> None:
        """Show under a thread what we are doing; our next message there ends it, and so does ""."""
        with _translated("assistant.threads.setStatus"):
            await self._client.assistant_threads_setStatus(
                channel_id=channel_id, thread_ts=thread_ts, status=status
            )

    async def post(
        self, channel_id: str, message: Message, *, thread_ts: str = "", reply_id: str = ""
    ) -> str:
        """Post and return the new message's ts. Its metadata carries the reply id and nothing else.

        A person's id in the place of the channel's is our direct message with them.
        """
        metadata = {"event_type": METADATA_TYPE, "event_payload": {"id": reply_id}} if reply_id else None

        async def send(blocks: Sequence[Block]) -> str:
            with _translated("chat.postMessage"):
                answer = await self._client.chat_postMessage(
                    channel=channel_id,
                    text=message.text,
                    blocks=blocks,
                    thread_ts=thread_ts or None,
                    metadata=metadata,
                    parse="none",
                    link_names=False,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            return str(answer["ts"])

        return await self._as_taken(message, send)

    async def post_to_one(
        self, channel_id: str, user_id: str, message: Message, *, thread_ts: str = ""
    ) -> None:
        """Show a message to one person only."""

        async def send(blocks: Sequence[Block]) -> None:
            with _translated("chat.postEphemeral"):
                await self._client.chat_postEphemeral(
                    channel=channel_id,
                    user=user_id,
                    text=message.text,
                    blocks=blocks,
                    thread_ts=thread_ts or None,
                    parse="none",
                    link_names=False,
                )

        await self._as_taken(message, send)

    async def update(self, channel_id: str, ts: str, message: Message) -> None:
        """Replace one of our messages."""

        async def send(blocks: Sequence[Block]) -> None:
            with _translated("chat.update"):
                await self._client.chat_update(
                    channel=channel_id,
                    ts=ts,
                    text=message.text,
                    blocks=blocks,
                    parse="none",
                    link_names=False,
                )

        await self._as_taken(message, send)

    async def open_view(self, trigger_id: str, view: View) -> None:
        """Put a modal before the person who pressed something within the last three seconds."""
        with _translated("views.open"):
            await self._client.views_open(trigger_id=trigger_id, view=view)

    async def publish_home(self, user_id: str, view: View) -> None:
        """Put a person's Home in the place of what they see there now."""
        with _translated("views.publish"):
            await self._client.views_publish(user_id=user_id, view=view)

    async def suggest_prompts(self, channel_id: str, title: str, prompts: Sequence[tuple[str, str]]) -> None:
        """Offer things to say in a direct message, each with its title.

        An app with `agent_view` sets them for the whole message tab: with a thread_ts, Slack shows nothing.
        """
        rows = [{"title": name, "message": message} for name, message in prompts]
        with _translated("assistant.threads.setSuggestedPrompts"):
            await self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel_id, title=title, prompts=rows
            )

    async def direct_channel(self, user_id: str) -> str:
        """Return the id of the direct message between a person and us."""
        with _translated("conversations.open"):
            answer = await self._client.conversations_open(users=user_id)
        return str((answer.get("channel") or {}).get("id") or "")

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """Answer a command or a button privately. Slack takes five of these within half an hour."""
        webhook = AsyncWebhookClient(
            response_url,
            timeout=RESPOND_TIMEOUT_S,
            session=self._client.session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_TRIES)],
        )

        async def send(blocks: Sequence[Block]) -> None:
            with _translated("response_url"):
                answer = await webhook.send(
                    text=message.text,
                    blocks=blocks,
                    response_type="ephemeral",
                    replace_original=replace,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            said = WebhookAnswer.read(answer.body)
            if answer.status_code != HTTPStatus.OK or not said.ok:
                code = said.error or _one_line(answer.body) or f"HTTP {answer.status_code}"
                raise SlackRefused("response_url", code)

        await self._as_taken(message, send)

    async def _as_taken(self, message: Message, send: Callable[[Sequence[Block]], Awaitable[_Sent]]) -> _Sent:
        """Send a message, with plainer buttons where this workspace does not take the ones for feedback."""
        if not has_feedback(message.blocks):
            return await send(message.blocks)
        if not self._refuses_feedback:
            try:
                return await send(message.blocks)
            except SlackRefused as error:
                if error.error not in _REFUSED_BLOCKS:
                    raise
        sent = await send(plainer(message.blocks))
        # Not before: it may have been another block that was refused.
        self._refuses_feedback = True
        return sent


async def _pages(
    method: str, ask: Callable[..., Awaitable[AsyncSlackResponse]], most: int
) -> AsyncIterator[AsyncSlackResponse]:
    cursor: str | None = None
    for _ in range(most):
        with _translated(method):
            answer = await ask(cursor=cursor)
        yield answer
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


@contextlib.contextmanager
def _translated(method: str) -> Iterator[None]:
    try:
        with tracing.call(f"slack: {method}"):
            yield
    except SlackApiError as error:
        code = _error_code(error)
        if code in _OUTSIDE:
            raise NotInChannel(method, code) from error
        if code == "is_archived":
            raise ChannelArchived(method, code) from error
        if code in TOKEN_ERRORS | _OWN_ERRORS or code.startswith(_BROKEN):
            raise SlackUnavailable(method, code) from error
        raise SlackRefused(method, code) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SlackUnavailable(method, f"no answer ({type(error).__name__})") from error


def _error_code(error: SlackApiError) -> str:
    response = error.response
    if isinstance(response, AsyncSlackResponse):
        code = response.data.get("error") if isinstance(response.data, dict) else None
        return str(code or f"HTTP {response.status_code}")
    # slack_sdk hands over aiohttp's own response when it could not read the body.
    return f"HTTP {getattr(response, 'status', 'unreadable')}"


def _messages(answer: AsyncSlackResponse, method: str) -> list[Said]:
    return [_read(Said, row, method) for row in answer.get("messages") or ()]


def _shown(row: Mapping[str, Any]) -> Message:
    return Message(tuple(map(AsGiven, row.get("blocks") or ())), str(row.get("text") or ""))


def _read(model: type[_Part], row: Any, method: str) -> _Part:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        raise SlackRefused(method, "answered in a way that we cannot read") from error


def _listed(scopes: str) -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, scopes.split(","))))


def _one_line(body: str) -> str:
    return " ".join(body.split())[:100]
