"""Who may see and do what, from where: a table, written out by hand from what was promised to people.

Each cell is tried through the whole surface. A place is where the decision was made; "within" is in that very
conversation, "elsewhere" in a channel that everybody is in. Who is not in a set is refused.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import JUST_TELL_ME, Audience
from bot.digest import Period, build_digest, whole_channel
from bot.query import Query
from bot.record import DecisionRecord
from bot.seeing import Look
from bot.slack import words
from bot.slack.blocks import draw_digest
from tests.fake_slack.workspace import TEAM_ID, Channel, Message
from tests.unit.slack.surroundings import DECISION_ID, NOW, Surroundings

Place = Literal["public", "private", "group", "direct", "ephemeral", "shared"]
Where = Literal["within", "elsewhere"]
Action = Literal["log", "show", "withdraw", "accept", "override", "sources", "share"]
Person = Literal[
    "owner", "member", "colleague", "guest", "stranger", "other workspace", "admin", "deactivated"
]

PEOPLE: dict[Person, dict[str, object]] = {
    "owner": {},
    "member": {},
    "colleague": {},  # of the workspace, and not in the conversation
    "guest": {"is_guest": True},
    "stranger": {"team_id": "T0CONNECT", "is_stranger": True},
    "other workspace": {"team_id": "T0OTHER"},
    "admin": {"is_admin": True},  # and not in the conversation
    "deactivated": {"is_deleted": True},
}
EVERYBODY = frozenset(PEOPLE)
NOBODY: frozenset[Person] = frozenset()

WITHIN: dict[Place, frozenset[Person]] = {
    "public": frozenset({"owner", "member", "guest"}),
    "private": frozenset({"owner", "member", "guest"}),
    "group": frozenset({"owner", "member"}),
    "direct": frozenset({"owner"}),
    "ephemeral": frozenset({"owner", "member", "guest"}),
    "shared": frozenset({"owner", "member", "guest", "stranger", "other workspace"}),
}
"""Who is in the conversation, and can try anything there at all."""

_SEES: dict[tuple[Place, Where], frozenset[Person]] = {
    ("public", "within"): frozenset({"owner", "member", "guest"}),
    ("public", "elsewhere"): frozenset({"owner", "member", "colleague", "admin"}),
    ("private", "within"): frozenset({"owner", "member", "guest"}),
    ("private", "elsewhere"): NOBODY,
    ("group", "within"): frozenset({"owner", "member"}),
    ("group", "elsewhere"): NOBODY,
    ("direct", "within"): frozenset({"owner"}),
    ("direct", "elsewhere"): frozenset({"owner"}),
    ("ephemeral", "within"): frozenset({"owner"}),
    ("ephemeral", "elsewhere"): frozenset({"owner"}),
    ("shared", "within"): frozenset({"owner", "member", "guest", "stranger", "other workspace"}),
    ("shared", "elsewhere"): NOBODY,
}
_ACTS: dict[tuple[Place, Where], frozenset[Person]] = {
    ("public", "within"): frozenset({"owner", "member", "guest"}),
    ("private", "within"): frozenset({"owner", "member", "guest"}),
    ("group", "within"): frozenset({"owner", "member"}),
    ("direct", "within"): frozenset({"owner"}),
    ("ephemeral", "within"): frozenset({"owner"}),
    ("shared", "within"): frozenset({"owner", "member", "guest", "stranger", "other workspace"}),
    # A message that was copied to another channel is only a picture of one.
    **{(place, "elsewhere"): NOBODY for place in WITHIN},
}
_WITHDRAWS: dict[tuple[Place, Where], frozenset[Person]] = {
    ("public", "within"): frozenset({"owner"}),
    ("public", "elsewhere"): frozenset({"owner", "admin"}),
    ("private", "within"): frozenset({"owner"}),
    ("private", "elsewhere"): NOBODY,
    ("group", "within"): frozenset({"owner"}),
    ("group", "elsewhere"): NOBODY,
    ("direct", "within"): frozenset({"owner"}),
    ("direct", "elsewhere"): frozenset({"owner"}),
    ("ephemeral", "within"): frozenset({"owner"}),
    ("ephemeral", "elsewhere"): frozenset({"owner"}),
    ("shared", "within"): frozenset({"owner"}),
    ("shared", "elsewhere"): NOBODY,
}
MAY: dict[Action, dict[tuple[Place, Where], frozenset[Person]]] = {
    "log": _SEES,
    "show": _SEES,
    "withdraw": _WITHDRAWS,
    "accept": _ACTS,
    "override": _ACTS,
    "sources": _ACTS,
    "share": {("ephemeral", "within"): frozenset({"owner"}), ("ephemeral", "elsewhere"): NOBODY},
}
DIGESTS: dict[tuple[Place, Where], bool] = {
    ("public", "within"): True,
    ("public", "elsewhere"): False,
    ("private", "within"): True,
    ("private", "elsewhere"): False,
    ("group", "within"): True,
    ("group", "elsewhere"): False,
    ("direct", "within"): False,
    ("direct", "elsewhere"): False,
    ("ephemeral", "within"): False,
    ("ephemeral", "elsewhere"): False,
    ("shared", "within"): True,
    ("shared", "elsewhere"): False,
}
"""Whether a digest that is posted there shows the decision."""

SECRET = "zebra"
_KINDS: dict[Place, Literal["public", "private", "mpim", "im", "shared"]] = {
    "public": "public",
    "private": "private",
    "group": "mpim",
    "direct": "im",
    "ephemeral": "public",
    "shared": "shared",
}


class Stage:
    """One decision of the owner at a place, and everybody who may try something with it."""

    def __init__(self, around: Surroundings, place: Place) -> None:
        self.around = around
        self.slack = around.slack
        self.people = {
            person: around.slack.add_user(person.replace(" ", "-"), **traits)
            for person, traits in PEOPLE.items()
        }
        inside = {self.people[person] for person in WITHIN[place]}
        self.here = around.slack.add_channel("here", inside, kind=_KINDS[place])
        self.there = around.slack.add_channel("there", set(self.people.values()), kind="shared")
        self.place = place
        self.message = Message("", "", "", "")
        self._record: DecisionRecord | None = None
        self._blocks: list[dict[str, object]] = []

    async def decide(self) -> None:
        """Let the owner ask, and get a recommendation."""
        owner = self.people["owner"]
        match self.place:
            case "ephemeral":
                await self.slack.command(owner, self.here, "/finetune our bot gets the tone wrong")
                await self.slack.press(owner, await self.slack.whisper_to(owner), "Just tell me")
                self.message = await self.slack.whisper_to(owner, "Put ten examples")
            case "direct":
                await self.slack.say(owner, self.here, "should we fine-tune?")
                await self.slack.press(owner, await self.slack.reply_in(self.here), "Just tell me")
                self.message = await self.slack.reply_in(self.here, number=2)
            case _:
                said = await self.slack.say(owner, self.here, f"{self.slack.mention} should we fine-tune?")
                await self.slack.press(owner, await self.slack.reply_in(self.here, said.ts), "Just tell me")
                self.message = await self.slack.reply_in(self.here, said.ts, number=2)
        await self.settled()
        assert around_picked(self.around) == (JUST_TELL_ME,)
        kept = self.around.log.kept[TEAM_ID, DECISION_ID]
        self._record = kept.model_copy(update={"context": f"Tune the {SECRET}?"})
        self._blocks = self.message.blocks

    def restore(self) -> None:
        """Forget whatever the one before did."""
        assert self._record is not None
        self.around.log.kept[TEAM_ID, DECISION_ID] = self._record
        self.message.blocks = self._blocks
        self.slack.workspace.ephemerals = [self.message] if self.message.only_for else []
        self.slack.views.modals.clear()

    @property
    def record(self) -> DecisionRecord:
        return self.around.log.kept[TEAM_ID, DECISION_ID]

    async def settled(self) -> None:
        await self.slack.until(lambda: not self.around.inbox._kept, "the inbox was not worked off")

    async def call(self, user: str, channel: Channel, text: str) -> str:
        """Call a command and return what it answered."""
        before = list(self.slack.workspace.seen_by(user))
        await self.slack.command(user, channel, f"/finetune {text}")
        new = await self.slack.until(
            lambda: [one for one in self.slack.workspace.seen_by(user) if one not in before],
            "nothing was answered",
        )
        return new[-1].shown


def around_picked(around: Surroundings) -> tuple[str, ...]:
    return around.advisor.turns[-1].picked


async def log(stage: Stage, user: str, channel: Channel) -> bool:
    return SECRET in await stage.call(user, channel, "log")


async def show(stage: Stage, user: str, channel: Channel) -> bool:
    return SECRET in await stage.call(user, channel, f"show {DECISION_ID}")


async def withdraw(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.call(user, channel, f"withdraw {DECISION_ID}")
    return stage.record.status == "withdrawn"


async def accept(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.slack.press(user, stage.message, "Accept", channel)
    await stage.settled()
    return stage.record.status == "accepted" and stage.record.history[-1].by == user


async def override(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.slack.press(user, stage.message, "Override…", channel)
    if not stage.slack.views.modals:
        return False
    modal = await stage.slack.modal_of(user)
    await stage.slack.submit(modal, outcome=modal.choices[0], reason="we know better")
    await stage.settled()
    return stage.record.status == "overridden" and stage.record.history[-1].by == user


async def sources(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.slack.press(user, stage.message, "Sources", channel)
    shown = [modal.shown for modal in stage.slack.views.modals if modal.user == user]
    return bool(shown) and words.NO_SOURCES_KEPT not in shown[0]


async def share(stage: Stage, user: str, channel: Channel) -> bool:
    before = len(channel.messages)
    await stage.slack.press(user, stage.message, "Continue in thread", channel)
    await stage.settled()
    return len(channel.messages) > before and stage.record.audience.kind == "workspace"


TRIES: dict[Action, Callable[[Stage, str, Channel], Awaitable[bool]]] = {
    "log": log,
    "show": show,
    "withdraw": withdraw,
    "accept": accept,
    "override": override,
    "sources": sources,
    "share": share,
}
CELLS = [(action, place, where) for action, cells in MAY.items() for place, where in cells]


def test_the_table_is_whole() -> None:
    assert set(TRIES) == set(MAY)
    everywhere = {(place, where) for place in WITHIN for where in ("within", "elsewhere")}
    assert set(DIGESTS) == everywhere
    for action, cells in MAY.items():
        assert action == "share" or set(cells) == everywhere
        for (place, where), people in cells.items():
            assert people <= (WITHIN[place] if where == "within" else EVERYBODY)


@pytest.mark.parametrize(
    ("action", "place", "where"), CELLS, ids=[f"{action}-{place}-{where}" for action, place, where in CELLS]
)
async def test_who_may(around: Surroundings, action: Action, place: Place, where: Where) -> None:
    stage = Stage(around, place)
    await stage.decide()
    channel = stage.here if where == "within" else stage.there
    did: set[Person] = set()
    # The owner comes last: what was shared cannot be made private again.
    trying = sorted(WITHIN[place] if where == "within" else EVERYBODY, key=lambda one: one == "owner")
    for person in trying:
        stage.restore()
        if await TRIES[action](stage, stage.people[person], channel):
            did.add(person)
    assert did == MAY[action][place, where]


async def as_it_was(audience: Audience) -> Audience:
    return audience


@pytest.mark.parametrize(("place", "where"), DIGESTS)
async def test_what_a_digest_shows(around: Surroundings, place: Place, where: Where) -> None:
    stage = Stage(around, place)
    await stage.decide()
    stage.restore()
    channel = stage.here if where == "within" else stage.there
    period = Period("2026-W47", "2026-W48", ZoneInfo("UTC"))
    sees = Look(whole_channel(channel.id), as_it_was).reaches
    digest = await build_digest(around.log.matching(TEAM_ID, Query(), None), sees, period, NOW.date())
    said = str([block.to_dict() for message in draw_digest(digest, {}) for block in message.blocks])
    assert (SECRET in said) is DIGESTS[place, where]
