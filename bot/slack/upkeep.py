"""A decision's owner and review date changed by its form: kept, and shown wherever the decision stands."""

from __future__ import annotations

from functools import partial

import structlog

from bot.amending import amend
from bot.deciding import NotKept, Refusal, change_upkeep
from bot.errors import SlackRefused
from bot.ports import DecisionLog
from bot.record import DecisionRecord
from bot.slack import decision_words, upkeep_form, words
from bot.slack.access import Access, Permit
from bot.slack.blocks import notice
from bot.slack.incoming import UpkeepSubmitted
from bot.slack.payloads import Me
from bot.slack.publisher import Publisher
from bot.slack.standing import Standing
from bot.slack.viewers import as_viewer, is_full_member
from bot.slack.web import SlackWeb

NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})

log = structlog.get_logger(__name__)


class Upkeep:
    """Carries out what was submitted. Raises what the log and Slack raise."""

    def __init__(
        self,
        web: SlackWeb,
        decision_log: DecisionLog,
        publisher: Publisher,
        me: Me,
        *,
        access: Access,
        standing: Standing,
    ) -> None:
        self._web = web
        self._log = decision_log
        self._publisher = publisher
        self._me = me
        self._access = access
        self._standing = standing

    async def change(self, submitted: UpkeepSubmitted) -> str:
        """Keep the change and show it; tell the person what became of it. Returns it for the log line."""
        record = await self._log.load(submitted.team_id, submitted.shown.decision_id)
        if record is None:
            return await self._refuse(submitted, words.NOT_KEPT)
        permit = await self._access.permit(record, submitted.user_id, submitted.channel_id)
        if permit.is_in_doubt:
            return await self._refuse(submitted, words.CANNOT_TELL)
        if submitted.owner != record.owner:
            wrong = await self._wrong_with(submitted.owner, record)
            if wrong and permit.allows("see", record):
                return await self._refuse(submitted, wrong)
        step = partial(_step, permit=permit, submitted=submitted)
        outcome = await amend(self._log, submitted.team_id, record.id, step)
        if not isinstance(outcome, DecisionRecord):
            return await self._refuse(submitted, decision_words.told(outcome, submitted.user_id))
        await self._standing.redraw(outcome)
        await self._publisher.tell_whoever_did(submitted, notice(_kept(record, outcome)))
        return "upkeep_changed"

    async def _wrong_with(self, owner: str, record: DecisionRecord) -> str:
        """Return why this person cannot own the decision, or ""."""
        if record.audience.kind == "person":
            return upkeep_form.ONLY_THEIRS
        try:
            kind = await self._web.user_kind(owner)
        except SlackRefused as error:
            log.warning("new_owner_unknown", user_id=owner, reason=str(error))
            return upkeep_form.NO_MEMBER if error.error in NOBODY else upkeep_form.CANNOT_ASK
        if not is_full_member(kind, self._me):
            return upkeep_form.NO_MEMBER
        permit = await self._access.permit_viewer(record, as_viewer(kind, owner, "", self._me))
        if permit.is_in_doubt:
            return upkeep_form.CANNOT_ASK
        return "" if permit.allows("see", record) else upkeep_form.NO_MEMBER

    async def _refuse(self, submitted: UpkeepSubmitted, text: str) -> str:
        await self._publisher.tell_whoever_did(submitted, notice(text))
        return "upkeep_refused"


def _step(record: DecisionRecord, *, permit: Permit, submitted: UpkeepSubmitted) -> DecisionRecord | Refusal:
    if not permit.allows("see", record):
        return NotKept()
    return change_upkeep(
        record,
        by=submitted.user_id,
        at=submitted.at,
        is_admin=permit.viewer.is_admin,
        owner=submitted.owner,
        review_on=submitted.review_on,
    )


def _kept(before: DecisionRecord, after: DecisionRecord) -> str:
    if (before.owner, before.review_on) == (after.owner, after.review_on):
        return upkeep_form.NOTHING_NEW
    review = decision_words.calendar_day(after.review_on) if after.review_on else "no day"
    return f"{after.id} is <@{after.owner}>'s now; its next review is on {review}."
