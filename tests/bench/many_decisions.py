"""A big workspace's decisions, the same ones every time: what people really ask, shuffled."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from bot.answer import Reference
from bot.contradictions import understanding_of
from bot.conversation import Audience, Conversation, Place
from bot.deciding import CHOOSABLE
from bot.decision.recommendation import recommend
from bot.dialogue import Dialogue
from bot.record import Change, DecisionRecord, Revision, Status
from bot.recording import decision_id, revision_of
from bot.replies import Recommend
from bot.terminal import terminal_turn

TEAM_ID = "T0BENCH"
LAST = datetime(2026, 11, 23, 12, tzinfo=UTC)
TIME_SPAN = timedelta(days=730)
OPEN_CHANNELS = [f"C0OPEN{number:03d}" for number in range(160)]
CLOSED_CHANNELS = [f"C0SHUT{number:03d}" for number in range(40)]
PEOPLE = [f"U0{number:05d}" for number in range(2_000)]

_SITUATIONS = Path("bot/understanding/learned/situations")
_REVISIONS = 150
_STATUSES: tuple[Status, ...] = ("proposed", "accepted", "overridden", "superseded", "withdrawn")
_STATUS_WEIGHTS = (48, 26, 9, 9, 8)


def situations() -> list[str]:
    """Return what people wrote, in the labelled examples."""
    lines = [line for path in sorted(_SITUATIONS.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [str(json.loads(line)["text"]) for line in lines]


async def revisions(reference: Reference) -> list[Revision]:
    """Return recommendations as the bot really gave them."""
    chance = random.Random(23)
    dialogue = Dialogue(reference)
    made = []
    for number, text in enumerate(chance.sample(situations(), 3 * _REVISIONS)):
        turn = terminal_turn(f"{text} Just tell me.", f"bench-{number}", 0, LAST)
        answered = await dialogue.answer(turn, None)
        if isinstance(answered.reply, Recommend) and isinstance(answered.conversation, Conversation):
            recommendation = recommend(understanding_of(answered.conversation).facts)
            made.append(revision_of(turn, answered.conversation, recommendation, answered.reply, "bench"))
    return made[:_REVISIONS]


def decisions(count: int, given: list[Revision]) -> Iterator[DecisionRecord]:
    """Yield decisions of two years, oldest first: three in five open to the workspace."""
    chance = random.Random(42)
    texts = situations()
    for number in range(count):
        at = LAST - TIME_SPAN * (1 - number / count)
        owner, other = chance.sample(PEOPLE, 2)
        audience = _audience(chance, owner)
        channel_id = audience.channel_id or f"D{owner}"
        place = Place(team_id=TEAM_ID, channel_id=channel_id, thread=f"{at.timestamp():.6f}")
        status = chance.choices(_STATUSES, _STATUS_WEIGHTS)[0]
        template = chance.choice(given)
        statements = tuple(one.model_copy(update={"author_id": owner}) for one in template.statements)
        revision = template.model_copy(
            update={"at": at, "message_id": place.thread, "statements": statements}
        )
        yield DecisionRecord(
            id=decision_id(place, str(number)),
            place=place,
            audience=audience,
            context=_question(chance, texts),
            link=f"https://bench.slack.com/archives/{channel_id}/p{int(at.timestamp() * 1e6)}",
            status=status,
            owner=owner,
            decided_at=at,
            review_on=(at + timedelta(days=120)).date() if status in ("accepted", "overridden") else None,
            revisions=(revision,),
            history=_history(chance, status, revision, owner, other),
        )


def _audience(chance: random.Random, owner: str) -> Audience:
    kind = chance.choices(("workspace", "conversation", "person"), (60, 25, 15))[0]
    match kind:
        case "workspace":
            return Audience(kind="workspace", channel_id=_often_the_first(chance, OPEN_CHANNELS))
        case "conversation":
            return Audience(kind="conversation", channel_id=_often_the_first(chance, CLOSED_CHANNELS))
        case _:
            return Audience(kind="person", user_id=owner)


def _often_the_first(chance: random.Random, channels: list[str]) -> str:
    """Return a channel; few of them hold most of the talk."""
    return channels[int(len(channels) * chance.random() ** 2)]


def _question(chance: random.Random, texts: list[str]) -> str:
    """Return a question of one to three sentences out of two that people asked."""
    sentences = [part for text in chance.sample(texts, 2) for part in text.split(". ")]
    return ". ".join(chance.sample(sentences, min(len(sentences), chance.randint(1, 3))))[:600]


def _history(
    chance: random.Random, status: Status, revision: Revision, owner: str, other: str
) -> tuple[Change, ...]:
    asked = Change(at=revision.at, by=owner, what="proposed")
    if status == "proposed":
        return (asked,)
    later = revision.at + timedelta(hours=chance.randint(1, 90))
    if status == "withdrawn":
        return (asked, Change(at=later, by=owner, what="withdrawn"))
    outcome = chance.choice(CHOOSABLE) if status == "overridden" else revision.option
    what: Literal["accepted", "overridden"] = "overridden" if status == "overridden" else "accepted"
    decided = Change(at=later, by=other, what=what, why="as we agreed in the meeting", outcome=outcome)
    if status == "superseded":
        return (asked, decided, Change(at=later + timedelta(days=30), by=other, what="superseded"))
    return (asked, decided)
