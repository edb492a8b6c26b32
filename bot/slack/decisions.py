"""What people decide about a recommendation: kept in its record, and shown where it stands."""

from __future__ import annotations

from functools import partial

import structlog

from bot.amending import Step, amend
from bot.deciding import NotKept, Refusal, RevisedSince, accept, keep_earlier, override
from bot.errors import SlackRefused, SlackUnavailable
from bot.house_rules import HouseRules
from bot.likeness import DECIDED
from bot.lookup import Lookup
from bot.permissions import Action
from bot.ports import Conversations, DecisionLog
from bot.record import DecisionRecord
from bot.replies import Recommend
from bot.slack import decision_words, words
from bot.slack.access import Access, Permit
from bot.slack.blocks import notice
from bot.slack.decision_blocks import status_line
from bot.slack.incoming import AcceptPressed, KeepEarlierPressed, OverrideSubmitted, Shown
from bot.slack.publisher import Publisher
from bot.slack.redrawing import drawn_again
from bot.slack.standing import Standing, decided
from bot.slack.viewers import Viewers
from bot.slack.web import SlackWeb

Decided = AcceptPressed | KeepEarlierPressed | OverrideSubmitted

log = structlog.get_logger(__name__)


class Decisions:
    """Carries out what was pressed under a recommendation. Raises what the log and Slack raise."""

    def __init__(
        self,
        web: SlackWeb,
        decision_log: DecisionLog,
        conversations: Conversations,
        publisher: Publisher,
        house: HouseRules,
        *,
        lookup: Lookup,
        viewers: Viewers,
        access: Access,
        standing: Standing,
    ) -> None:
        self._lookup = lookup
        self._viewers = viewers
        self._web = web
        self._access = access
        self._standing = standing
        self._log = decision_log
        self._conversations = conversations
        self._publisher = publisher
        self._house = house

    async def decide(self, incoming: Decided) -> str:
        """Keep the decision and show it under the recommendation; tell whoever came too late.

        The same press again changes nothing and shows the same. Returns what became of it, for the log line.
        """
        shown = incoming.shown
        record = await self._log.load(incoming.team_id, shown.decision_id)
        if record is None:
            return await self._refuse(incoming, words.NOT_KEPT)
        permit = await self._access.permit(record, incoming.user_id, incoming.channel_id)
        wanted = await self._step(incoming)
        if wanted is None:
            return await self._refuse(incoming, words.EARLIER_IS_GONE)
        newer = await self._standing.newer_than(shown, record)
        step = _permitted(permit, incoming, wanted, is_outdone=newer is not None)
        outcome = await amend(self._log, incoming.team_id, shown.decision_id, step)
        if isinstance(outcome, DecisionRecord):
            if newer is None and not await self._show(shown, outcome):
                await self._publisher.tell_whoever_did(incoming, notice(status_line(outcome)))
            await self._standing.redraw(outcome, except_ts="" if newer else shown.message_ts)
            return outcome.status
        if isinstance(outcome, NotKept):
            return await self._refuse(incoming, words.CANNOT_TELL if permit.is_in_doubt else words.NOT_KEPT)
        if newer is not None:
            await self._standing.redraw(record)
            return await self._refuse(incoming, decision_words.newer_answer(newer.decision_id, newer.link))
        record = await self._log.load(incoming.team_id, shown.decision_id)
        if record is not None:
            # The message may be the one that nobody updated.
            await self._show(shown, record)
        return await self._refuse(incoming, decision_words.told(outcome, incoming.user_id))

    async def _refuse(self, incoming: Decided, text: str) -> str:
        await self._publisher.tell_whoever_did(incoming, notice(text))
        return "not_decided"

    async def _step(self, incoming: Decided) -> Step | None:
        """Return what is to be done with the record; None when the earlier decision is not there to keep."""
        settings = await self._house.of_channel(incoming.team_id, incoming.channel_id)
        match incoming:
            case AcceptPressed():
                return partial(
                    accept,
                    by=incoming.user_id,
                    at=incoming.at,
                    shown=incoming.shown.option,
                    review_after_days=settings.review_after_days,
                )
            case OverrideSubmitted():
                return partial(
                    override,
                    by=incoming.user_id,
                    at=incoming.at,
                    shown=incoming.shown.option,
                    outcome=incoming.outcome,
                    why=incoming.why,
                    review_after_days=settings.review_after_days,
                )
            case KeepEarlierPressed():
                viewer = await self._viewers.viewer(incoming.user_id, incoming.channel_id)
                earlier = await self._lookup.find_one(incoming.team_id, viewer, incoming.earlier_id)
                if earlier is None or earlier.status not in DECIDED:
                    return None
                return partial(keep_earlier, by=incoming.user_id, at=incoming.at, earlier=earlier)

    async def _show(self, shown: Shown, record: DecisionRecord) -> bool:
        """Show under a recommendation what was decided; False when it is not there or says something else."""
        if record.status == "proposed" or record.current.option != shown.option:
            return False
        try:
            return await (self._redraw(shown, record) if shown.is_ephemeral else self._update(shown, record))
        except SlackUnavailable:
            raise  # it is tried again until the message says so
        except SlackRefused as error:
            # It is decided and kept; only the message does not say so.
            log.warning("decision_not_shown", decision_id=record.id, reason=str(error))
            return False

    async def _update(self, shown: Shown, record: DecisionRecord) -> bool:
        channel_id = shown.place.channel_id
        message = await self._web.message(channel_id, shown.message_ts, thread_ts=shown.thread_ts)
        if message is None:
            return False
        await self._web.update(channel_id, shown.message_ts, decided(message, record))
        return True

    async def _redraw(self, shown: Shown, record: DecisionRecord) -> bool:
        """Replace a private recommendation, which Slack does not give back to us, by what was kept of it."""
        conversation = await self._conversations.load(shown.place)
        reply = conversation.last_reply if conversation else None
        if conversation is None or not isinstance(reply, Recommend) or reply.decision_id != record.id:
            return False
        message = drawn_again(reply, conversation, shown.message_ts)
        await self._web.respond(shown.response_url, decided(message, record), replace=True)
        return True


def _permitted(permit: Permit, incoming: Decided, step: Step, *, is_outdone: bool) -> Step:
    """Return the step for a record of this conversation that this person may decide.

    A message can be copied elsewhere, and a form be older than its reader's place in the channel. Under a
    message that is outdone nothing is decided; what was decided there before, and comes again, counted.
    """
    # To keep an earlier decision is to decide as an acceptance does.
    action: Action = "override" if isinstance(incoming, OverrideSubmitted) else "accept"

    def checked(record: DecisionRecord) -> DecisionRecord | Refusal:
        is_allowed = incoming.shown.belongs_to(record.place) and permit.allows(action, record)
        if not is_allowed:
            return NotKept()
        outcome = step(record)
        return RevisedSince(record.id) if is_outdone and outcome != record else outcome

    return checked
