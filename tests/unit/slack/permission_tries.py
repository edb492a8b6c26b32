"""How each thing is tried by each kind of person, through the whole surface."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Any, Literal

from bot.record import DecisionRecord
from bot.slack import words
from bot.slack.shortcuts import ASK, SAVE
from tests.fake_slack.faults import Broken
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import TEAM_ID, Channel, Message
from tests.unit.slack.corrected import CORRECT, MAY_TRAIN, recommended, recommended_privately
from tests.unit.slack.permission_table import PEOPLE, WITHIN, Action, Person, Place
from tests.unit.slack.surroundings import NOW, Surroundings

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
        await self.around.settled()

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
