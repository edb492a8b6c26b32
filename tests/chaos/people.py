"""People who talk with the bot while it is mistreated, and who remember what they were promised.

Every *turn* is something that a person did and that Slack was told is taken in. A turn is answered when its
reply stands where the person looks. What was refused honestly ("I can't remember anything right now") was not
promised; the person does it again.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.slack import words
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.sockets import Delivery
from tests.fake_slack.workspace import Channel, Message

VAGUE = "should we fine-tune our support assistant?"
MAKES_UP = "should we fine-tune? our bot makes up facts about our products"
WAY_OUT = "Just tell me"
TRIES_AGAIN_S = 0.3
LOOKS_EVERY_S = 0.05


@dataclass
class Tally:
    """What became of the turns of one kind."""

    acknowledged: int = 0
    answered: int = 0
    twice: int = 0
    refused: int = 0
    """Told at once that it was not taken in."""

    @property
    def lost(self) -> int:
        return self.acknowledged - self.answered


@dataclass
class Promise:
    """Something that was acknowledged; `holds` says whether its answer is to be seen now."""

    tally: Tally
    what: str
    holds: Callable[[], bool]
    is_kept: bool = False

    def look(self) -> bool:
        """Say whether it was kept, now or before: a private answer may be replaced by the next."""
        self.is_kept = self.is_kept or self.holds()
        return self.is_kept


@dataclass
class Crowd:
    """Everybody, with what they saw. `patience_s` is how long one waits for one answer."""

    slack: FakeSlack
    chance: random.Random
    patience_s: float
    in_threads: Tally = field(default_factory=Tally)
    in_direct_messages: Tally = field(default_factory=Tally)
    decisions: Tally = field(default_factory=Tally)
    private: Tally = field(default_factory=Tally)
    waited_s: list[float] = field(default_factory=list)
    delivered_again: int = 0
    finished: int = 0
    lost: list[str] = field(default_factory=list)
    """What was promised and did not come, for whoever looks into it."""
    doubled: list[str] = field(default_factory=list)
    """What stands in threads where something was answered twice."""
    promises: list[Promise] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    _in_private: list[str] = field(default_factory=list)
    _later: set[asyncio.Task[None]] = field(default_factory=set)
    _begun: int = 0

    async def hold_conversation(self) -> None:
        """Hold one conversation of one of the kinds, up to a decision or until one gives up."""
        number, self._begun = self._begun, self._begun + 1
        person = self.slack.add_user(f"person-{number}")
        kind = (self._by_button, self._by_words, self._both_at_once, self._directly, self._privately)[
            number % 5
        ]
        await kind(person)
        self.finished += 1

    async def settle(self) -> None:
        """Wait until what is still being delivered again has arrived."""
        await asyncio.gather(*self._later)

    def count(self) -> None:
        """Count what was kept, and what stands there twice. Call it when nothing moves any more."""
        for promise in self.promises:
            promise.tally.acknowledged += 1
            promise.tally.answered += promise.look()
            self.lost += [] if promise.is_kept else [promise.what]
        for thread in self.threads:
            if repeats := thread.repeats():
                thread.tally.twice += repeats
                self.doubled.append(thread.told())
        for person in self._in_private:
            seen = [seen for seen in self.slack.workspace.seen_by(person) if seen.blocks]
            self.private.twice += max(0, len(seen) - 1)

    # --- kinds of conversations

    async def _by_button(self, person: str) -> None:
        channel = self._channel(person)
        root = await self._say(person, channel, f"{self.slack.mention} {VAGUE}")
        thread = Thread(self, channel, root.ts, self.in_threads)
        question = await thread.answer(acknowledged=1)
        if question is None or not await self._press(person, question, WAY_OUT, thread):
            return
        recommendation = await thread.answer(acknowledged=2)
        if recommendation is not None:
            await self._accept(person, recommendation)

    async def _by_words(self, person: str) -> None:
        channel = self._channel(person)
        root = await self._say(person, channel, f"{self.slack.mention} {VAGUE}")
        thread = Thread(self, channel, root.ts, self.in_threads)
        if await thread.answer(acknowledged=1) is not None:
            await self._say(person, channel, "just tell me", root.ts)
            await thread.answer(acknowledged=2)

    async def _both_at_once(self, person: str) -> None:
        """Two people answer at the same time; both get an answer, and neither's fact may be lost."""
        channel = self._channel(person)
        other = self.slack.add_user(f"friend of {person}")
        root = await self._say(person, channel, f"{self.slack.mention} {MAKES_UP}")
        thread = Thread(self, channel, root.ts, self.in_threads)
        if await thread.answer(acknowledged=1) is not None:
            facts = ("we have 900 reviewed examples", "our test set has 250 cases")
            await asyncio.gather(
                *(
                    self._say(who, channel, f"{self.slack.mention} {fact}", root.ts)
                    for who, fact in zip((person, other), facts, strict=True)
                )
            )
            if await thread.answer(acknowledged=3) is not None:
                await self._say(person, channel, f"{self.slack.mention} just tell me", root.ts)
                last = await thread.answer(acknowledged=4)
                if last is not None and not ("900" in last.shown and "250" in last.shown):
                    self.lost.append(f"a fact in {channel.id} {root.ts}")

    async def _directly(self, person: str) -> None:
        channel = self.slack.add_channel(person, {person}, kind="im")
        await self._say(person, channel, VAGUE)
        thread = Thread(self, channel, "", self.in_direct_messages)
        if await thread.answer(acknowledged=1) is not None:
            await self._say(person, channel, "just tell me")
            await thread.answer(acknowledged=2)

    async def _privately(self, person: str) -> None:
        self._in_private.append(person)
        channel = self._channel(person)
        while True:
            delivery = await self.slack.command(person, channel, f"/finetune {VAGUE}")
            if delivery.is_acknowledged and not delivery.answer.get("text"):
                break
            self.private.refused += delivery.is_acknowledged
            await asyncio.sleep(TRIES_AGAIN_S)
        question = await self._whisper(person, "Question 1")
        if question is not None and await self._press(person, question, WAY_OUT, self.private):
            await self._whisper(person, "decision D-")

    async def _accept(self, person: str, recommendation: Message) -> None:
        if await self._press(person, recommendation, "Accept", self.decisions):
            what = f"acceptance by {person}"
            await self.wait_for(
                Promise(self.decisions, what, lambda: "✓ Accepted by" in recommendation.shown)
            )

    # --- what people do

    def _channel(self, person: str) -> Channel:
        return self.slack.add_channel(f"channel-{person}", {person})

    async def _say(self, person: str, channel: Channel, text: str, thread_ts: str = "") -> Message:
        """Write; Slack delivers the events of it in any order, and some of them once more, much later."""
        message = self.slack.keep(person, channel, text, thread_ts)
        events = self.slack.events_of(message)
        self.chance.shuffle(events)
        deliveries = []
        for event in events:
            deliveries.append(asyncio.create_task(self.slack.deliver(event)))
            await asyncio.sleep(self.chance.choice((0, 0, 0.02, 0.2)))
        for delivery in await asyncio.gather(*deliveries):
            assert delivery.is_acknowledged, "Slack gave up delivering"
            self._perhaps_again(delivery)
        return message

    async def _press(self, person: str, message: Message, label: str, of: Tally | Thread) -> bool:
        """Press a button until Slack is told that it was taken in; False when the button is gone."""
        while label in message.labels:
            refused = self._refusals(person)
            delivery = await self.slack.press(person, message, label)
            if delivery.is_acknowledged and self._refusals(person) == refused:
                self._perhaps_again(delivery)
                return True
            of.refused += delivery.is_acknowledged
            await asyncio.sleep(TRIES_AGAIN_S)
        # An earlier press was kept although nobody could say so.
        return message.is_edited

    def _refusals(self, person: str) -> int:
        return sum(words.CANNOT_REMEMBER in seen.text for seen in self.slack.workspace.seen_by(person))

    def _perhaps_again(self, delivery: Delivery) -> None:
        async def again() -> None:
            await asyncio.sleep(self.chance.uniform(0, 5))
            await self.slack.sockets.deliver_again(delivery)

        if self.chance.random() < 0.2:
            self.delivered_again += 1
            task = asyncio.create_task(again())
            self._later.add(task)
            task.add_done_callback(self._later.discard)

    async def _whisper(self, person: str, containing: str) -> Message | None:
        def found() -> list[Message]:
            return [seen for seen in self.slack.workspace.seen_by(person) if containing in seen.shown]

        await self.wait_for(Promise(self.private, f"{containing!r} for {person}", lambda: bool(found())))
        return found()[-1] if found() else None

    async def wait_for(self, promise: Promise) -> None:
        """Wait for what was promised, as long as people wait; whether it came is counted at the end."""
        self.promises.append(promise)
        clock = asyncio.get_running_loop().time
        began = clock()
        while not promise.look() and clock() - began < self.patience_s:  # noqa: ASYNC110 - people look
            await asyncio.sleep(LOOKS_EVERY_S)
        self.waited_s.append(clock() - began)


@dataclass
class Thread:
    """One thread, or the top level of a direct message, as its people see it."""

    crowd: Crowd
    channel: Channel
    ts: str
    tally: Tally
    acknowledged: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self.crowd.threads.append(self)

    async def answer(self, *, acknowledged: int) -> Message | None:
        """Wait until so many turns are answered; None when that takes too long."""
        for number in range(self.acknowledged + 1, acknowledged):
            self.crowd.promises.append(self._promise(number))
        self.acknowledged = acknowledged
        await self.crowd.wait_for(self._promise(acknowledged))
        return self._messages()[-1] if len(self._replies()) >= acknowledged else None

    def _promise(self, number: int) -> Promise:
        what = f"answer {number} in {self.channel.id} {self.ts}"
        return Promise(self.tally, what, lambda: len(self._replies()) >= number)

    def repeats(self) -> int:
        """Return how many of our messages repeat another, or answer something that was answered."""
        # What was refused may have been kept all the same, and is then answered, too.
        wanted = self.acknowledged + self.refused
        posted = Counter(self._ids())
        return sum(count - 1 for count in posted.values()) + max(0, len(self._replies()) - wanted)

    def told(self) -> str:
        """Return in one line what stands here of ours, and how much was asked."""
        said = [
            f"{id_} {message.text[:60]!r}" for id_, message in zip(self._ids(), self._messages(), strict=True)
        ]
        asked = f"{self.acknowledged} acknowledged, {self.refused} refused"
        return f"{self.channel.id} {self.ts}: {asked}; {'; '.join(said)}"

    def _messages(self) -> list[Message]:
        return self.crowd.slack.workspace.ours(self.channel.id, self.ts)

    def _ids(self) -> list[str]:
        metadata = [message.metadata or {} for message in self._messages()]
        return [str(part.get("event_payload", {}).get("id")) for part in metadata]

    def _replies(self) -> set[str]:
        """Return the ids of the replies; a long one is posted in parts."""
        return {id_.partition("-")[0] for id_ in self._ids()}
