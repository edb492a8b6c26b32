"""Who may see and do what, from where: a table, written out by hand from what was promised to people.

Each cell is tried through the whole surface. A place is where the decision was made; "within" is in that very
conversation, "elsewhere" in a channel that everybody is in. Who is not in a set is refused.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from datetime import timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest

from bot.channel_settings import WORKSPACE, ChannelSettings, KeptSettings
from bot.conversation import Audience
from bot.digest import Period, build_digest, whole_channel
from bot.query import Query
from bot.record import DecisionRecord
from bot.seeing import Look
from bot.slack import settings_form, words
from bot.slack.blocks import draw_digest
from bot.slack.shortcuts import ASK, SAVE
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import TEAM_ID, Channel, Message
from tests.unit.slack.corrected import CORRECT, MAY_TRAIN, recommended, recommended_privately
from tests.unit.slack.surroundings import NOW, RealAdvisor, Surroundings, serving
from tests.unit.slack.test_settings import keep

Place = Literal["public", "private", "group", "direct", "ephemeral", "shared"]
Where = Literal["within", "elsewhere"]
Action = Literal[
    "log",
    "show",
    "home",
    "sources",
    "history",
    "accept",
    "override",
    "correct",
    "condition",
    "rate",
    "withdraw",
    "change owner",
    "change review date",
    "share",
    "ask about",
    "save",
]
Person = Literal[
    "owner",
    "member",
    "colleague",
    "guest",
    "single guest",
    "stranger",
    "other workspace",
    "admin",
    "deactivated",
    "unknown",
]
People = frozenset[Person]

PEOPLE: dict[Person, dict[str, object]] = {
    "owner": {},
    "member": {},
    "colleague": {},  # of the workspace, and not in the conversation
    "guest": {"is_guest": True},
    "single guest": {"is_guest_of_one_channel": True},
    "stranger": {"team_id": "T0CONNECT", "is_stranger": True},
    "other workspace": {"team_id": "T0OTHER"},
    "admin": {"is_admin": True},  # and not in the conversation
    "deactivated": {"is_deleted": True},
    "unknown": {},  # a member of whom Slack says nothing, as long as they try
}
EVERYBODY: People = frozenset(PEOPLE)
NOBODY: People = frozenset()
OWNER: People = frozenset({"owner"})

WITHIN: dict[Place, People] = {
    "public": frozenset({"owner", "member", "guest", "single guest", "unknown"}),
    "private": frozenset({"owner", "member", "guest", "single guest", "unknown"}),
    "group": frozenset({"owner", "member", "unknown"}),
    "direct": frozenset({"owner"}),
    "ephemeral": frozenset({"owner", "member", "guest", "single guest", "unknown"}),
    "shared": frozenset(
        {"owner", "member", "guest", "single guest", "stranger", "other workspace", "unknown"}
    ),
}
"""Who is in the conversation, and can try anything there at all."""

_IN_WORKSPACE: People = frozenset({"owner", "member", "colleague", "admin"})
_BY_PLACE: dict[tuple[Place, Where], People] = {
    ("public", "within"): WITHIN["public"],
    ("private", "within"): WITHIN["private"],
    ("group", "within"): WITHIN["group"],
    ("direct", "within"): OWNER,
    ("ephemeral", "within"): OWNER,
    ("shared", "within"): WITHIN["shared"],
}
_SEES: dict[tuple[Place, Where], People] = {
    **_BY_PLACE,
    ("public", "elsewhere"): _IN_WORKSPACE,
    ("private", "elsewhere"): NOBODY,
    ("group", "elsewhere"): NOBODY,
    ("direct", "elsewhere"): OWNER,
    ("ephemeral", "elsewhere"): OWNER,
    ("shared", "elsewhere"): NOBODY,
}
_ACTS: dict[tuple[Place, Where], People] = {
    **_BY_PLACE,
    # A message that was copied to another channel is only a picture of one.
    **{(place, "elsewhere"): NOBODY for place in WITHIN},
}
_IS_IN_CHARGE: dict[tuple[Place, Where], People] = {
    ("public", "within"): OWNER,
    ("public", "elsewhere"): frozenset({"owner", "admin"}),
    ("private", "within"): OWNER,
    ("private", "elsewhere"): NOBODY,
    ("group", "within"): OWNER,
    ("group", "elsewhere"): NOBODY,
    ("direct", "within"): OWNER,
    ("direct", "elsewhere"): OWNER,
    ("ephemeral", "within"): OWNER,
    ("ephemeral", "elsewhere"): OWNER,
    ("shared", "within"): OWNER,
    ("shared", "elsewhere"): NOBODY,
}
_GIVES_AWAY: dict[tuple[Place, Where], People] = {
    **_IS_IN_CHARGE,
    # What only one person was shown stays that person's.
    **{(place, where): NOBODY for place in ("direct", "ephemeral") for where in ("within", "elsewhere")},
}
_WHOEVER_IS_THERE: dict[tuple[Place, Where], People] = {
    **{(place, "within"): people for place, people in WITHIN.items()},
    **{(place, "elsewhere"): EVERYBODY for place in WITHIN},
}
MAY: dict[Action, dict[tuple[Place, Where], People]] = {
    "log": _SEES,
    "show": _SEES,
    # A Home stands in no channel, so what belongs to one never shows there.
    "home": {cell: people for cell, people in _SEES.items() if cell[1] == "elsewhere"},
    "sources": _ACTS,
    "history": _ACTS,
    "accept": _ACTS,
    "override": _ACTS,
    "correct": _ACTS,
    "condition": _ACTS,
    # It shows nothing, so nothing is hidden: what somebody thinks is theirs to say.
    "rate": {**_WHOEVER_IS_THERE, **{(place, "elsewhere"): NOBODY for place in WITHIN}},
    "withdraw": _IS_IN_CHARGE,
    "change owner": _GIVES_AWAY,
    "change review date": _IS_IN_CHARGE,
    "share": {("ephemeral", "within"): OWNER, ("ephemeral", "elsewhere"): NOBODY},
    # These two are about a message that whoever uses them sees; a channel's settings may keep people out.
    "ask about": _WHOEVER_IS_THERE,
    "save": _WHOEVER_IS_THERE,
}
AFTER_ACCEPTANCE: frozenset[Action] = frozenset({"history", "change owner", "change review date"})
"""What can be pressed only under a decision."""
PARTIAL: frozenset[Action] = frozenset({"home", "share"})
"""What there is in some places only."""
_CHANGES_SETTINGS: dict[tuple[Place, Where], People] = {
    ("public", "within"): frozenset({"owner", "member"}),
    ("private", "within"): frozenset({"owner", "member"}),
    ("group", "within"): frozenset({"owner", "member"}),
    ("direct", "within"): NOBODY,
    ("ephemeral", "within"): frozenset({"owner", "member"}),
    ("shared", "within"): frozenset({"owner", "member"}),
    **{(place, "elsewhere"): _IN_WORKSPACE for place in WITHIN},
}
_CHANGES_DEFAULTS: dict[tuple[Place, Where], People] = {
    **{(place, "within"): NOBODY for place in WITHIN},
    **{(place, "elsewhere"): frozenset({"admin"}) for place in WITHIN},
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


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    async with serving(kind_of_advisor=RealAdvisor) as surroundings:
        yield surroundings


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
        self.id = ""
        self._kept: list[tuple[dict[Any, Any], dict[Any, Any]]] = []
        self._blocks: list[dict[str, object]] = []

    async def decide(self, *, is_accepted: bool = False) -> None:
        """Let the owner ask, get a recommendation, and perhaps accept it."""
        owner = self.people["owner"]
        ask = recommended_privately if self.place == "ephemeral" else recommended
        self.message = await ask(self.around, owner, self.here)
        await self.settled()
        if is_accepted:
            await self.slack.press(owner, self.message, "Accept")
            await self.settled()
            if self.place == "ephemeral":
                self.message = await self.slack.whisper_to(owner, "✓ Accepted by")
        (kept,) = self.around.log.kept.values()
        self.id = kept.id
        self.around.log.kept[TEAM_ID, self.id] = kept.model_copy(update={"context": f"Tune the {SECRET}?"})
        self.remember()

    def remember(self) -> None:
        """Remember how everything is now, for `restore`."""
        around = self.around
        stores: tuple[dict[Any, Any], ...] = (
            around.log.kept,
            around.conversations.kept,
            around.settings.kept,
        )
        self._kept = [(store, dict(store)) for store in stores]
        self._blocks = self.message.blocks

    def restore(self) -> None:
        """Forget whatever the one before did."""
        for store, kept in self._kept:
            store.clear()
            store.update(kept)
        self.around.feedback.kept.clear()
        self.message.blocks = self._blocks
        self.slack.workspace.ephemerals = [self.message] if self.message.only_for else []
        self.slack.views.modals.clear()

    @property
    def record(self) -> DecisionRecord:
        return self.around.log.kept[TEAM_ID, self.id]

    def did(self, user: str, what: str) -> bool:
        """Say whether this person did this last."""
        last = self.record.history[-1]
        return (last.by, last.what) == (user, what)

    async def settled(self) -> None:
        await self.slack.until(lambda: not self.around.inbox._kept, "the inbox was not worked off")

    async def call(self, user: str, channel: Channel, text: str) -> Message:
        """Call a command and return what it answered."""
        before = list(self.slack.workspace.seen_by(user))
        await self.slack.command(user, channel, f"/finetune {text}")
        new = await self.slack.until(
            lambda: [one for one in self.slack.workspace.seen_by(user) if one not in before],
            "nothing was answered",
        )
        return new[-1]

    def modal(self) -> Modal | None:
        """Return the form that was opened, if it is one."""
        opened = self.slack.views.modals[-1:]
        return next((modal for modal in opened if modal.view.get("submit")), None)

    async def open_form(self, user: str, channel: Channel, label: str) -> Modal | None:
        await self.slack.press(user, self.message, label, channel)
        return self.modal()

    async def who(self, tried: Try, people: Collection[Person], channel: Channel) -> set[Person]:
        """Return who of these people did it. The owner comes last: what was shared stays so."""
        did: set[Person] = set()
        for person in sorted(people, key=lambda one: one == "owner"):
            self.restore()
            says_nothing = person == "unknown"
            before = self.slack.stumbles
            if says_nothing:
                self.slack.stumbles = lambda method: Broken(503) if method == "users.info" else None
            if await tried(self, self.people[person], channel):
                did.add(person)
            await self.settled()
            self.slack.stumbles = before
        return did


Try = Callable[[Stage, str, Channel], Awaitable[bool]]


async def log(stage: Stage, user: str, channel: Channel) -> bool:
    return SECRET in (await stage.call(user, channel, "log")).shown


async def show(stage: Stage, user: str, channel: Channel) -> bool:
    return SECRET in (await stage.call(user, channel, f"show {stage.id}")).shown


async def home(stage: Stage, user: str, _: Channel) -> bool:
    await stage.slack.open_app(user, "home")
    return SECRET in await stage.slack.home_of(user)


async def sources(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.slack.press(user, stage.message, "Sources", channel)
    shown = [modal.shown for modal in stage.slack.views.modals if modal.user == user]
    return bool(shown) and words.NO_SOURCES_KEPT not in shown[0]


async def history(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.slack.press(user, stage.message, "History", channel)
    shown = [modal.shown for modal in stage.slack.views.modals if modal.user == user]
    return bool(shown) and words.NOT_KEPT not in shown[0]


async def accept(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.slack.press(user, stage.message, "Accept", channel)
    await stage.settled()
    return stage.did(user, "accepted")


async def override(stage: Stage, user: str, channel: Channel) -> bool:
    if (modal := await stage.open_form(user, channel, "Override…")) is None:
        return False
    await stage.slack.submit(modal, outcome=modal.choices[0], reason="we know better")
    await stage.settled()
    return stage.did(user, "overridden")


async def correct(stage: Stage, user: str, channel: Channel) -> bool:
    if (modal := await stage.open_form(user, channel, CORRECT)) is None:
        return False
    await stage.slack.submit(modal, examples_n="20")
    await stage.settled()
    return stage.did(user, "revised")


async def condition(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.slack.press(user, stage.message, MAY_TRAIN, channel)
    await stage.settled()
    return stage.did(user, "revised")


async def rate(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.slack.rate(user, stage.message, is_helpful=True, channel=channel)
    await stage.settled()
    return [one.by for one in stage.around.feedback.kept.values()] == [user]


async def withdraw(stage: Stage, user: str, channel: Channel) -> bool:
    await stage.call(user, channel, f"withdraw {stage.id}")
    return stage.did(user, "withdrawn")


async def upkeep_form(stage: Stage, user: str, channel: Channel) -> Modal | None:
    """Open it by the decision as it is shown to them, where it offers that."""
    shown = await stage.call(user, channel, f"show {stage.id}")
    if "Change owner or review date…" not in shown.labels:
        # They may still press what others see.
        return await stage.open_form(user, channel, "Change owner or review date…")
    await stage.slack.press(user, shown, "Change owner or review date…", channel)
    return stage.modal()


async def change_owner(stage: Stage, user: str, channel: Channel) -> bool:
    if (modal := await upkeep_form(stage, user, channel)) is None:
        return False
    await stage.slack.submit(modal, owner=stage.people["member"])
    await stage.settled()
    return stage.did(user, "owner_changed")


async def change_review_date(stage: Stage, user: str, channel: Channel) -> bool:
    if (modal := await upkeep_form(stage, user, channel)) is None:
        return False
    await stage.slack.submit(modal, review=(NOW + timedelta(days=10)).date().isoformat())
    await stage.settled()
    return stage.did(user, "review_moved")


async def share(stage: Stage, user: str, channel: Channel) -> bool:
    before = len(channel.messages)
    await stage.slack.press(user, stage.message, "Continue in thread", channel)
    await stage.settled()
    return len(channel.messages) > before and stage.record.audience.kind == "workspace"


async def ask_about(stage: Stage, user: str, channel: Channel) -> bool:
    conversations = stage.around.conversations.kept
    before = set(conversations)
    said = stage.slack.keep(stage.people["member"], channel, "our bot gets the tone wrong")
    await stage.slack.use_shortcut(user, said, ASK)
    await stage.settled()
    return any(one.opened_by == user for place, one in conversations.items() if place not in before)


async def save(stage: Stage, user: str, channel: Channel) -> bool:
    said = stage.slack.keep(stage.people["member"], channel, "we train it")
    await stage.slack.use_shortcut(user, said, SAVE)
    if (modal := stage.modal()) is None:
        return False
    await stage.slack.submit(modal, outcome=modal.choices[0], why="so")
    await stage.settled()
    return any(one.owner == user for id_, one in stage.around.log.kept.items() if id_[1] != stage.id)


TRIES: dict[Action, Try] = {
    "log": log,
    "show": show,
    "home": home,
    "sources": sources,
    "history": history,
    "accept": accept,
    "override": override,
    "correct": correct,
    "condition": condition,
    "rate": rate,
    "withdraw": withdraw,
    "change owner": change_owner,
    "change review date": change_review_date,
    "ask about": ask_about,
    "save": save,
    # The last: what was shared cannot be made private again.
    "share": share,
}
CELLS = [(place, where) for place in WITHIN for where in ("within", "elsewhere")]


def test_the_table_is_whole() -> None:
    assert set(TRIES) == set(MAY)
    for action, cells in MAY.items():
        assert action in PARTIAL or set(cells) == set(CELLS)
        for (place, where), people in cells.items():
            assert people <= (WITHIN[place] if where == "within" else EVERYBODY)
    for table in (DIGESTS, _CHANGES_SETTINGS, _CHANGES_DEFAULTS):
        assert set(table) == set(CELLS)


@pytest.mark.parametrize("is_accepted", [False, True], ids=["recommended", "accepted"])
@pytest.mark.parametrize(("place", "where"), CELLS)
async def test_each_kind_of_person_may_do_what_the_table_says_and_nothing_else(
    around: Surroundings, place: Place, where: Where, *, is_accepted: bool
) -> None:
    stage = Stage(around, place)
    await stage.decide(is_accepted=is_accepted)
    channel = stage.here if where == "within" else stage.there
    trying = WITHIN[place] if where == "within" else EVERYBODY
    expected = {
        action: people
        for action in TRIES
        if (action in AFTER_ACCEPTANCE) == is_accepted
        and (people := MAY[action].get((place, where))) is not None
    }
    did = {action: await stage.who(TRIES[action], trying, channel) for action in expected}
    assert did == expected


@pytest.mark.parametrize(("place", "where"), CELLS)
async def test_settings_are_changed_by_whom_the_table_names_and_nobody_else(
    around: Surroundings, place: Place, where: Where
) -> None:
    stage = Stage(around, place)
    await stage.decide()
    channel = stage.here if where == "within" else stage.there
    trying = WITHIN[place] if where == "within" else EVERYBODY

    def saving(text: str, scope: str) -> Try:
        async def tried(stage: Stage, user: str, channel: Channel) -> bool:
            await stage.slack.command(user, channel, f"/finetune {text}")
            if (modal := stage.modal()) is None:
                return False
            await stage.slack.submit(modal, **{settings_form.WHO: "Nobody: switched off here"})
            await stage.settled()
            kept = stage.around.settings.kept.get((TEAM_ID, scope), KeptSettings())
            return kept.over(ChannelSettings()).who_may_ask == "nobody"

        return tried

    assert await stage.who(saving("settings", channel.id), trying, channel) == _CHANGES_SETTINGS[place, where]
    changed = await stage.who(saving("settings defaults", WORKSPACE), trying, channel)
    assert changed == _CHANGES_DEFAULTS[place, where]


FULL_MEMBERS: People = frozenset({"owner", "member"})
LET_IN: dict[Literal["everyone", "members", "nobody"], People] = {
    "everyone": WITHIN["public"],
    "members": FULL_MEMBERS,
    "nobody": NOBODY,
}
ASKS: frozenset[Action] = frozenset({"accept", "override", "correct", "condition", "ask about", "save"})
LOOKS: frozenset[Action] = frozenset({"log", "show", "sources", "rate"})
"""What a channel's settings keep nobody from."""


@pytest.mark.parametrize("who", LET_IN)
async def test_whom_a_channel_lets_in(
    around: Surroundings, who: Literal["everyone", "members", "nobody"]
) -> None:
    stage = Stage(around, "public")
    await stage.decide()
    keep(around, stage.here.id, who_may_ask=who)
    stage.remember()
    actions = sorted(ASKS | LOOKS)
    did = {action: await stage.who(TRIES[action], WITHIN["public"], stage.here) for action in actions}
    assert did == {action: LET_IN[who] if action in ASKS else WITHIN["public"] for action in actions}


@pytest.mark.parametrize("place", ["private", "group", "shared"])
async def test_nothing_is_done_while_slack_refuses_to_say_who_is_in_a_channel(
    around: Surroundings, place: Place
) -> None:
    stage = Stage(around, place)
    await stage.decide()
    refused = Refused("missing_scope")
    around.slack.stumbles = lambda method: refused if method == "conversations.members" else None
    # Who calls a command is there; a button may be older than its reader's place in the channel.
    acts = {"accept", "override", "correct", "condition"}
    did = {action: await stage.who(TRIES[action], OWNER, stage.here) for action in TRIES if action in acts}
    assert did == dict.fromkeys(did, NOBODY)
    assert set(did) == acts


async def test_what_slack_gives_no_answer_to_is_done_once_it_does(around: Surroundings) -> None:
    stage = Stage(around, "private")
    await stage.decide()
    owner = stage.people["owner"]
    around.slack.stumbles = lambda method: Broken(503) if method == "conversations.members" else None
    await stage.slack.press(owner, stage.message, "Override…", stage.here)
    modal = await stage.slack.modal_of(owner)
    await stage.slack.submit(modal, outcome=modal.choices[0], reason="so")

    def times_asked() -> int:
        return [method for method, _ in around.slack.calls].count("conversations.members")

    before = times_asked()
    await stage.slack.until(lambda: times_asked() > before, "it was not tried again")
    assert stage.record.status == "proposed"
    around.slack.stumbles = lambda _: None
    await stage.settled()
    assert stage.did(owner, "overridden")


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
