"""`/finetune digest …` answered, to whoever called alone."""

from __future__ import annotations

import structlog

from bot.channel_settings import ChannelSettings, DigestPlan
from bot.digest_posting import DigestPoster
from bot.errors import ChannelArchived, NotInChannel, SlackRefused
from bot.house_rules import HouseRules
from bot.slack import settings_words as words
from bot.slack.blocks import notice
from bot.slack.digests import SlackDigests, plain_form
from bot.slack.incoming import CommandCalled, is_direct
from bot.slack.payloads import Me
from bot.slack.publisher import Delivery, Publisher
from bot.slack.settings_access import SettingsAccess
from bot.slack.subcommands import (
    DigestCommand,
    NoSuchTime,
    PostDigest,
    PreviewDigest,
    ShowDigest,
    SwitchDigestOff,
    SwitchDigestOn,
)
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb

log = structlog.get_logger(__name__)


class DigestAnswers:
    """Switches a channel's digest on and off, shows it, posts it. Raises what the stores and Slack raise."""

    def __init__(
        self,
        *,
        web: SlackWeb,
        house: HouseRules,
        poster: DigestPoster,
        digests: SlackDigests,
        access: SettingsAccess,
        viewers: Viewers,
        publisher: Publisher,
        me: Me,
    ) -> None:
        self._web = web
        self._house = house
        self._poster = poster
        self._digests = digests
        self._access = access
        self._viewers = viewers
        self._publisher = publisher
        self._me = me

    async def answer(self, called: CommandCalled, wanted: DigestCommand, delivery: Delivery) -> str:
        """Answer privately, and return what kind of answer it was."""
        if is_direct(called.channel_id):
            return await self._tell(called, words.NOT_ADDRESSED_HERE, delivery, "not_here")
        if isinstance(wanted, NoSuchTime):
            return await self._tell(called, words.NO_SUCH_TIME, delivery, "no_such_time")
        if isinstance(wanted, ShowDigest):
            return await self._tell(called, await self._state(called), delivery, "digest")
        refusal = await self._access.refusal(called.user_id, called.channel_id)
        if refusal:
            return await self._tell(called, refusal, delivery, "not_allowed")
        match wanted:
            case SwitchDigestOn():
                return await self._tell(called, await self._switch_on(called, wanted), delivery, "digest_on")
            case SwitchDigestOff():
                return await self._tell(called, await self._switch_off(called), delivery, "digest_off")
            case PreviewDigest():
                return await self._preview(called, delivery)
            case PostDigest():
                return await self._tell(called, await self._post(called), delivery, "digest_now")

    async def _tell(self, called: CommandCalled, text: str, delivery: Delivery, kind: str) -> str:
        await self._publisher.answer_privately(called, [notice(text)], delivery)
        return kind

    async def _state(self, called: CommandCalled) -> str:
        settings = await self._house.of_channel(called.team_id, called.channel_id)
        return await self._told(called, settings)

    async def _told(self, called: CommandCalled, settings: ChannelSettings) -> str:
        plan = settings.digest
        if plan is not None and plan.is_paused:
            return words.digest_is_paused(called.channel_id)
        next_ = await self._house.next_digest(called.team_id, called.channel_id)
        if plan is None or next_ is None or next_.at is None:
            return f"{words.DIGEST_IS_OFF} {words.HOW_TO_SWITCH_ON}"
        return words.digest_is_on(plan, next_.at)

    async def _switch_on(self, called: CommandCalled, wanted: SwitchDigestOn) -> str:
        if not await self._is_here(called.channel_id):
            return words.invite(self._me.name)
        before = await self._house.of_channel(called.team_id, called.channel_id)
        base = before.digest or await self._usual(called)
        plan = DigestPlan(
            weekday=base.weekday if wanted.weekday is None else wanted.weekday,
            at=wanted.at or base.at,
            zone=wanted.zone or base.zone,
            by=called.user_id,
        )
        return await self._told(called, await self._change(called, before, plan))

    async def _switch_off(self, called: CommandCalled) -> str:
        before = await self._house.of_channel(called.team_id, called.channel_id)
        if before.digest is None:
            return f"{words.DIGEST_ALREADY_OFF} {words.HOW_TO_SWITCH_ON}"
        await self._change(called, before, None)
        return f"{words.DIGEST_IS_OFF} {words.HOW_TO_SWITCH_ON}"

    async def _change(
        self, called: CommandCalled, before: ChannelSettings, plan: DigestPlan | None
    ) -> ChannelSettings:
        return await self._house.change(
            called.team_id,
            called.channel_id,
            shown=before,
            wanted=before.model_copy(update={"digest": plan}),
            by=called.user_id,
            at=called.at,
        )

    async def _preview(self, called: CommandCalled, delivery: Delivery) -> str:
        digest = await self._poster.preview(called.channel_id, called.at, await self._usual(called))
        drawn = [notice(words.PREVIEW), *await self._digests.drawn(digest)]
        try:
            await self._publisher.answer_privately(called, drawn, delivery)
        except SlackRefused as error:
            plain = [plain_form(message) for message in drawn]
            if plain == drawn:
                raise
            # Perhaps only the chart; what was shown before is not shown again.
            log.info("preview_refused", channel_id=called.channel_id, reason=str(error))
            again = Delivery(delivery.entry_id, is_repeat=True)
            await self._publisher.answer_privately(called, plain, again)
        return "digest_preview"

    async def _post(self, called: CommandCalled) -> str:
        try:
            outcome = await self._poster.post_now(called.channel_id, called.at, await self._usual(called))
        except (NotInChannel, ChannelArchived):
            return words.invite(self._me.name)
        match outcome:
            case "posted":
                return words.DIGEST_POSTED
            case "being_posted":
                return words.DIGEST_BEING_POSTED
        return words.DIGEST_POSTED_BEFORE

    async def _is_here(self, channel_id: str) -> bool:
        try:
            return (await self._web.channel_kind(channel_id)).is_member
        except NotInChannel:
            return False

    async def _usual(self, called: CommandCalled) -> DigestPlan:
        return self._house.usual_in(await self._viewers.zone_of(called.user_id))
