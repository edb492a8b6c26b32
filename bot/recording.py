"""From a recommendation to the record that is kept: deterministic, so that a repeat changes nothing."""

from __future__ import annotations

import base64
import hashlib

from bot.conversation import Conversation, Place, Turn
from bot.decision.options import Option
from bot.decision.recommendation import Recommendation
from bot.errors import ConversationMoved
from bot.ports import DecisionLog
from bot.record import Change, DecisionRecord, Revision, RuleOutcome, UsedPassage
from bot.replies import Recommend

_ID_CHARS = 10


def decision_id(place: Place, opening_message_id: str) -> str:
    """Return the id of the decision that a conversation leads to: the same for the same opening message."""
    name = f"{place.team_id}\x1f{place.channel_id}\x1f{place.thread}\x1f{opening_message_id}"
    digest = hashlib.sha256(name.encode()).digest()
    return f"D-{base64.b32encode(digest).decode()[:_ID_CHARS]}"


def revision_of(
    turn: Turn, conversation: Conversation, recommendation: Recommendation, reply: Recommend, glossary: str
) -> Revision:
    """Return what one recommendation followed from."""
    uses = conversation.model_uses
    return Revision(
        at=turn.said_at,
        message_id=turn.message_id,
        policy_version=recommendation.policy_version,
        glossary_version=glossary,
        statements=conversation.statements,
        rules_tested=tuple(RuleOutcome(rule=rule, fired=fired) for rule, fired in recommendation.tested),
        rule=recommendation.rule.id,
        gate=recommendation.gate.id if recommendation.gate else None,
        direction=recommendation.direction,
        option=recommendation.option,
        headline=recommendation.headline,
        rationale=tuple(reason.text for reason in reply.reasons),
        consequences=(reply.first_step, *reply.next_steps, *reply.cautions),
        conditions=reply.conditions,
        considered_options=tuple(
            dict.fromkeys((recommendation.option, recommendation.direction, *(f.option for f in reply.flips)))
        ),
        thresholds=dict(recommendation.thresholds),
        confidence=reply.confidence,
        is_provisional=reply.is_provisional,
        passages=tuple(
            UsedPassage(slug=citation.slug, section=citation.section, distance=citation.distance)
            for citation in reply.citations
        ),
        asked=conversation.asked,
        model=uses[-1].model if uses else None,
        prompt_version=uses[-1].prompt_version if uses else None,
        model_uses=uses,
    )


def needs_successor(
    kept: DecisionRecord, conversation: Conversation, message_id: str, option: Option
) -> bool:
    """Say whether a recommendation may be no revision: it says something new, and `kept` is decided."""
    is_new = conversation.statements != kept.current.statements or option != kept.current.option
    return kept.status != "proposed" and is_new and not _holds(kept, message_id)


async def log_recommendation(
    log: DecisionLog, conversation: Conversation, revision: Revision, revised: Change
) -> None:
    """Keep a recommendation as a new record, or as a revision of the conversation's record with this change.

    Does nothing when this turn is in the record already, or when a decided one is only told again. Raises
    what `log` raises, and ConversationMoved when the record was decided meanwhile and needs a successor.
    """
    team_id = conversation.place.team_id
    kept = await log.load(team_id, conversation.decision_id)
    if kept is None:
        await log.save(_new_record(conversation, revision))
        return
    if _holds(kept, revision.message_id):
        return
    if kept.status != "proposed":
        if needs_successor(kept, conversation, revision.message_id, revision.option):
            raise ConversationMoved(
                f"someone decided {kept.id} meanwhile; what is new needs a record of its own"
            )
        return
    update = {"revisions": (*kept.revisions, revision), "history": (*kept.history, revised)}
    await log.save(kept.model_copy(update=update))


def _holds(record: DecisionRecord, message_id: str) -> bool:
    return any(revision.message_id == message_id for revision in record.revisions)


def _new_record(conversation: Conversation, revision: Revision) -> DecisionRecord:
    return DecisionRecord(
        id=conversation.decision_id,
        place=conversation.place,
        audience=conversation.audience,
        context=conversation.question,
        context_message_id=conversation.opening_message_id,
        context_by=conversation.question_by,
        link=conversation.link,
        status="proposed",
        owner=conversation.opened_by,
        decided_at=revision.at,
        supersedes=conversation.supersedes or None,
        revisions=(revision,),
        history=(Change(at=revision.at, by=conversation.opened_by, what="proposed"),),
    )
