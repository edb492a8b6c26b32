"""Posts digests, outside of any conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.conversation import Audience
from bot.errors import SlackRefused
from bot.ports import DigestPosting
from bot.replies import DigestPost
from bot.slack import settings_words
from bot.slack.audiences import Audiences
from bot.slack.blocks import Message, draw_digest, notice
from bot.slack.digest_chart import without_charts
from bot.slack.payloads import Me
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb
from bot.slack.web_answers import Said

CLOCKS_DIFFER_BY = timedelta(minutes=10)
MOST_NAMES = 60
REFUSED_BLOCKS = "invalid_blocks"

log = structlog.get_logger(__name__)


class SlackDigests:
    """Implements `bot.ports.DigestChannel`."""

    def __init__(self, web: SlackWeb, audiences: Audiences, viewers: Viewers, me: Me) -> None:
        self._web = web
        self._audiences = audiences
        self._viewers = viewers
        self._me = me

    async def audience_now(self, audience: Audience) -> Audience:
        """Return who may see today what had this audience when it was said: the same people, or fewer."""
        return await self._audiences.now(audience)

    async def drawn(self, digest: DigestPost) -> list[Message]:
        """Return a digest as messages, the first for the channel and the others for its thread."""
        lines = (*digest.decided.lines, *digest.open.lines, *digest.due.lines)
        owners = list(dict.fromkeys(line.owner for line in lines))[:MOST_NAMES]
        return draw_digest(digest, {owner: await self._viewers.name_of(owner) for owner in owners})

    async def post_digest(self, channel_id: str, digest: DigestPost, posting: DigestPosting) -> None:
        """Post a digest and its thread, each part unless it stands there already.

        Raises SlackRefused, NotInChannel and ChannelArchived among it.
        """
        first, *others = await self.drawn(digest)
        ts = await self._posted_before(channel_id, posting)
        thread: Sequence[Said] = await self._web.thread(channel_id, ts) if ts and others else ()
        if not ts:
            ts = await self._post(channel_id, first, posting.post_id, "")
        for number, message in enumerate(others, start=2):
            part_id = f"{posting.post_id}-{number}"
            if not self._find(thread, part_id):
                await self._post(channel_id, message, part_id, ts)

    async def tell_paused(self, user_id: str, channel_id: str) -> None:
        """Tell a person directly that a channel's digest cannot be posted any more. Raises SlackRefused."""
        await self._web.post(user_id, notice(settings_words.digest_paused(channel_id)))

    async def _posted_before(self, channel_id: str, posting: DigestPosting) -> str:
        if posting.tried_since is None:
            return ""
        since: datetime = posting.tried_since - CLOCKS_DIFFER_BY
        return self._find(await self._web.since(channel_id, since), posting.post_id)

    def _find(self, said: Sequence[Said], post_id: str) -> str:
        ours = (message for message in said if message.bot_id == self._me.bot_id)
        return next((message.ts for message in ours if message.reply_id == post_id), "")

    async def _post(self, channel_id: str, message: Message, post_id: str, thread_ts: str) -> str:
        try:
            return await self._web.post(channel_id, message, thread_ts=thread_ts, reply_id=post_id)
        except SlackRefused as error:
            plain = plain_form(message)
            if error.error != REFUSED_BLOCKS or plain == message:
                raise
            log.info("chart_refused", channel_id=channel_id)
        return await self._web.post(channel_id, plain, thread_ts=thread_ts, reply_id=post_id)


def plain_form(message: Message) -> Message:
    """Return a message for a workspace that refuses charts; the same when it has none."""
    return Message(without_charts(message.blocks), message.text)
