"""What people say of a decision under a reminder: kept in its record, and shown in place of the buttons."""

from __future__ import annotations

from functools import partial

import structlog
from slack_sdk.models.blocks import Block

from bot.amending import amend
from bot.deciding import NotKept, Refusal, ReviewMoved, review
from bot.errors import SlackRefused
from bot.house_rules import HouseRules
from bot.ports import DecisionLog
from bot.record import DecisionRecord
from bot.slack import decision_words, letter_blocks, words
from bot.slack.access import Access, Permit
from bot.slack.blocks import Message, notice
from bot.slack.button_keys import REVIEW, decode
from bot.slack.incoming import ReviewAnswered
from bot.slack.markup import sections
from bot.slack.publisher import Publisher
from bot.slack.standing import Standing
from bot.slack.web import SlackWeb

log = structlog.get_logger(__name__)


class Reviews:
    """Carries out what was tapped. Raises what the log and Slack raise."""

    def __init__(
        self,
        web: SlackWeb,
        decision_log: DecisionLog,
        house: HouseRules,
        *,
        access: Access,
        standing: Standing,
        publisher: Publisher,
    ) -> None:
        self._web = web
        self._log = decision_log
        self._house = house
        self._access = access
        self._standing = standing
        self._publisher = publisher

    async def answer(self, answered: ReviewAnswered) -> str:
        """Keep the answer and show it; tell whoever comes too late. Returns what became of it."""
        record = await self._log.load(answered.team_id, answered.decision_id)
        if record is None:
            return await self._refuse(answered, words.NOT_KEPT)
        permit = await self._access.permit(record, answered.user_id, answered.channel_id)
        settings = await self._house.of_channel(record.place.team_id, record.place.channel_id)
        after_days = settings.review_after_days
        step = partial(_step, permit=permit, answered=answered, review_after_days=after_days)
        outcome = await amend(self._log, answered.team_id, answered.decision_id, step)
        if isinstance(outcome, DecisionRecord):
            said = letter_blocks.reviewed(outcome, answered.verdict, answered.user_id)
            if not await self._show(answered, said):
                await self._tell(answered, said)
            await self._standing.redraw(outcome)
            return "reviewed"
        if isinstance(outcome, NotKept):
            return await self._refuse(answered, words.CANNOT_TELL if permit.is_in_doubt else words.NOT_KEPT)
        if isinstance(outcome, ReviewMoved) and (last := _last_review(record)):
            await self._show(answered, last)
        return await self._refuse(answered, decision_words.told(outcome, answered.user_id))

    async def _refuse(self, answered: ReviewAnswered, text: str) -> str:
        await self._tell(answered, text)
        return "not_reviewed"

    async def _tell(self, answered: ReviewAnswered, text: str) -> None:
        await self._publisher.tell_whoever_did(answered, notice(text))

    async def _show(self, answered: ReviewAnswered, said: str) -> bool:
        """Put a line in place of the buttons; False where the message cannot be changed."""
        channel_id, ts = answered.channel_id, answered.message_ts
        try:
            message = await self._web.message(channel_id, ts, thread_ts=answered.thread_ts)
            if message is None:
                return False
            blocks = _replaced(message.blocks, answered.decision_id, said)
            await self._web.update(channel_id, ts, Message(tuple(blocks), message.text))
        except SlackRefused as error:
            # It is kept; only the message does not say so.
            log.warning("review_not_shown", decision_id=answered.decision_id, reason=str(error))
            return False
        return True


def _step(
    record: DecisionRecord, *, permit: Permit, answered: ReviewAnswered, review_after_days: int | None
) -> DecisionRecord | Refusal:
    if not permit.allows("review", record):
        return NotKept()
    return review(
        record,
        by=answered.user_id,
        at=answered.at,
        verdict=answered.verdict,
        asked_for=answered.asked_for,
        review_after_days=review_after_days,
    )


def _replaced(blocks: tuple[Block, ...], decision_id: str, said: str) -> list[Block]:
    shown: list[Block] = []
    for block in blocks:
        key = decode(block.block_id or "")
        is_its_row = key is not None and (key.group, key.about) == (REVIEW, decision_id)
        shown += sections(said) if is_its_row else [block]
    return shown


def _last_review(record: DecisionRecord) -> str:
    """Return what was said last, as it stands in place of the buttons; "" if nothing was."""
    last = record.history[-1]
    if last.what != "reviewed" or last.verdict is None:
        return ""
    return letter_blocks.reviewed(record, last.verdict, last.by)
