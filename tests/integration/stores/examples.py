"""Conversations and records to store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.conversation import Audience, Conversation, Place
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.language_model import Budgets, Spender
from bot.model_use import ModelUse
from bot.ports import Installation
from bot.record import Change, DecisionRecord, Revision
from bot.replies import OffTopic

NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
TOKEN_KEY = "plantedplantedplantedplantedplantedplantedA="
PLACE = Place(team_id="T1", channel_id="C1", thread="1700000000.000100")
OTHER_PLACE = Place(team_id="T1", channel_id="C1", thread="1700000000.000200")
AUDIENCE = Audience(kind="conversation", channel_id="C1")
STATEMENT = Statement(fact="goal_kind", value="classification", quote="sort our mail", author_id="U1")


def a_conversation(place: Place = PLACE, *, revision: int = 1, question: str = "Tune?") -> Conversation:
    return Conversation(
        place=place,
        audience=AUDIENCE,
        opened_by="U1",
        opened_at=NOW,
        question=question,
        statements=(STATEMENT,),
        last_reply=OffTopic(text="…"),
        decision_id="D-0000000001",
        revision=revision,
    )


def a_waiting_one(
    place: Place = PLACE, *, revision: int = 1, question: str = "Tune?", opened_by: str = "U1"
) -> Conversation:
    waits = {"pending": "Q1", "asked": ("Q1",), "opened_by": opened_by}
    return a_conversation(place, revision=revision, question=question).model_copy(update=waits)


def a_revision(*, message_id: str = "m1", quote: str = "sort our mail") -> Revision:
    return Revision(
        at=NOW,
        message_id=message_id,
        policy_version="1",
        glossary_version="g",
        statements=(STATEMENT.model_copy(update={"quote": quote}),),
        rules_tested=(),
        rule="R1",
        gate=None,
        direction=Option.RAG,
        option=Option.RAG,
        headline="Use retrieval",
        rationale=("They change weekly.",),
        consequences=(),
        conditions=(),
        considered_options=(Option.RAG, Option.FINE_TUNE_SFT),
        thresholds={"T1": 50},
        confidence="medium",
        is_provisional=False,
        passages=(),
        asked=(),
    )


def a_record(
    number: int = 1, *, team_id: str = "T1", decided_at: datetime = NOW, context: str = "Tune?"
) -> DecisionRecord:
    return DecisionRecord(
        id=f"D-{number:010d}",
        place=PLACE.model_copy(update={"team_id": team_id}),
        audience=AUDIENCE,
        context=context,
        link="",
        status="proposed",
        owner="U1",
        decided_at=decided_at,
        revisions=(a_revision(),),
        history=(Change(at=NOW, by="U1", what="proposed"),),
    )


def changed(record: DecisionRecord, change: Change) -> DecisionRecord:
    return record.model_copy(update={"history": (*record.history, change)})


ACCEPTED = Change(at=NOW, by="U2", what="accepted", why="we agree")
ERASED = Change(at=NOW, by="U1", what="erased", why="the message was deleted")
OVERRIDDEN = Change(at=NOW, by="U3", what="overridden", why="we know better")

DAY = "2026-11-28"
SPENDER = Spender(team_id="T1", channel_id="C1", user_id="U1")
PLENTY = Budgets(
    tokens_per_person=1_000_000,
    tokens_per_channel=1_000_000,
    tokens_per_workspace=1_000_000,
    usd_per_workspace=5,
)


def a_use(
    tokens_in: int = 800, tokens_out: int = 200, *, cost_usd: float | None = 0.0025, failure: str = ""
) -> ModelUse:
    return ModelUse(
        purpose="reading",
        model="openai:gpt-6.1-sol",
        prompt_version="p1",
        tokens_in=tokens_in,
        tokens_cached=tokens_in // 2,
        tokens_out=tokens_out,
        latency_ms=900,
        cost_usd=cost_usd,
        accepted=3,
        replaced=1,
        failure=failure,
    )


def an_installation(team_id: str = "T1", **changes: Any) -> Installation:
    given: dict[str, Any] = {
        "team_id": team_id,
        "team_name": f"Team {team_id}",
        "bot_user_id": "U0BOT",
        "bot_id": "B0BOT",
        "bot_name": "finetune",
        "scopes": frozenset({"chat:write", "commands"}),
        "installed_by": "U1",
        "installed_at": NOW,
        "token": f"xoxb-planted-{team_id}",
    }
    return Installation(**{**given, **changes})
