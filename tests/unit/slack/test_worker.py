from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.errors import KeptByNewer, SlackUnavailable, StoreUnavailable
from bot.ports import InboxEntry
from bot.slack.incoming import Incoming, Mentioned
from bot.slack.publisher import Delivery
from bot.slack.worker import GIVE_UP_AFTER_S, MOST_DEATHS, MOST_FAILURES, Pace, Worker
from tests.fakes.stores import FakeInbox
from tests.unit.slack.surroundings import NOW

PACE = Pace(at_once=3, take_wait_s=0.02, keep_every_s=0.01, first_pause_s=0.001, grace_s=5.0)


@dataclass
class Answers:
    """Stands for what answers: remembers, fails on demand, and can be held up."""

    done: list[str] = field(default_factory=list)
    repeats: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    fails: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    apologies: list[tuple[str, str]] = field(default_factory=list)
    at_work: int = 0
    most_at_work: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def answer(self, incoming: Incoming, delivery: Delivery) -> None:
        assert isinstance(incoming, Mentioned)
        self.repeats[incoming.text].append(delivery.is_repeat)
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            await self.gate.wait()
            if self.fails[incoming.text]:
                raise self.fails[incoming.text].pop(0)
            self.done.append(incoming.text)
        finally:
            self.at_work -= 1

    async def apologise(self, incoming: Incoming, reference: str) -> None:
        assert isinstance(incoming, Mentioned)
        self.apologies.append((incoming.text, reference))


@asynccontextmanager
async def _working(inbox: FakeInbox, answers: Answers, pace: Pace = PACE) -> AsyncIterator[None]:
    stop = asyncio.Event()
    running = asyncio.create_task(
        Worker(inbox, answers.answer, answers.apologise, "worker-1", pace).run(stop)
    )
    try:
        yield
    finally:
        stop.set()
        await running


async def _append(inbox: FakeInbox, text: str, key: str = "one") -> None:
    said = Mentioned(team_id="T", channel_id="C", user_id="U", at=NOW, ts="1.1", text=text)
    await inbox.append(said.model_dump_json(), order_key=key, once=text)


async def _until(holds: Callable[[], object]) -> None:
    end = asyncio.get_running_loop().time() + 5
    while not holds():
        assert asyncio.get_running_loop().time() < end, "it did not happen within 5 s"
        await asyncio.sleep(0.002)


async def test_one_conversation_is_answered_in_order() -> None:
    inbox, answers = FakeInbox(), Answers()
    texts = [f"message {number}" for number in range(20)]
    answers.fails["message 3"] = [ValueError(), ValueError()]
    for text in texts:
        await _append(inbox, text)
    async with _working(inbox, answers):
        await _until(lambda: len(answers.done) == len(texts))
    assert answers.done == texts
    assert answers.most_at_work == 1


async def test_many_conversations_are_answered_at_once_but_not_too_many() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.gate.clear()
    for number in range(10):
        await _append(inbox, f"{number}", key=f"{number}")
    async with _working(inbox, answers):
        await _until(lambda: answers.at_work == PACE.at_once)
        answers.gate.set()
        await _until(lambda: len(answers.done) == 10)
    assert answers.most_at_work == PACE.at_once
    assert await inbox.backlog() == 0


async def test_what_is_being_worked_on_is_kept_from_others() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.gate.clear()
    await _append(inbox, "slow")
    async with _working(inbox, answers):
        await _until(lambda: answers.at_work == 1)
        (kept,) = inbox._kept.values()
        inbox.let_go_silent(kept.entry)
        await _until(lambda: not kept.is_silent)
        answers.gate.set()
        await _until(lambda: answers.done)
    assert answers.done == ["slow"]


async def test_repeats_are_told_to_look_before_they_post() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.fails["a"] = [ValueError()]
    await _append(inbox, "a")
    await _append(inbox, "b", key="two")
    (taken,) = [entry for entry in await inbox.take("dead", 2, 1) if '"b"' in entry.body]
    for kept in list(inbox._kept.values()):
        inbox.let_go_silent(kept.entry)
    assert taken.attempts == 1
    async with _working(inbox, answers):
        await _until(lambda: len(answers.done) == 2)
    assert answers.repeats == {"a": [True, True], "b": [True]}


async def test_first_try_does_not_search_and_the_second_does() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.fails["a"] = [ValueError()]
    await _append(inbox, "a")
    async with _working(inbox, answers):
        await _until(lambda: answers.done)
    assert answers.repeats == {"a": [False, True]}


async def test_bad_entry_is_buried_with_an_apology_and_the_rest_goes_on() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.fails["bad"] = [ValueError() for _ in range(MOST_FAILURES)]
    await _append(inbox, "bad")
    await _append(inbox, "good")
    async with _working(inbox, answers):
        await _until(lambda: answers.done)
    ((entry, reason),) = inbox.dead_letters
    assert '"bad"' in entry.body
    ((text, reference),) = answers.apologies
    assert text == "bad"
    assert reason == f"ValueError (reference {reference})"
    assert answers.done == ["good"]


async def test_entry_that_nobody_can_read_is_buried_and_the_rest_goes_on() -> None:
    inbox, answers = FakeInbox(), Answers()
    await inbox.append('{"kind": "from a later version"}', order_key="one", once="x")
    for number in range(MOST_DEATHS - 1):
        (entry,) = await inbox.take(f"older-{number}", 1, 1)
        inbox.let_go_silent(entry)
    await _append(inbox, "good")
    async with _working(inbox, answers):
        await _until(lambda: answers.done)
    assert [reason.split(" (")[0] for _, reason in inbox.dead_letters] == ["cannot be read"]
    assert answers.apologies == []


async def test_entry_of_a_later_version_is_left_to_a_worker_of_that_version() -> None:
    inbox, answers = FakeInbox(), Answers()
    await inbox.append('{"kind": "from a later version"}', order_key="another", once="x")
    await _append(inbox, "good")
    async with _working(inbox, answers):
        await _until(lambda: answers.done)
    assert inbox.dead_letters == []
    (left,) = [kept.entry for kept in inbox._kept.values()]
    inbox.let_go_silent(left)
    assert [entry.body for entry in await inbox.take("newer", 1, 1)] == [left.body]


async def test_entry_about_something_that_a_newer_version_kept_is_left_to_a_worker_of_that_version() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.fails["newer"] = [KeptByNewer("a conversation was kept by a newer version of the bot")]
    await _append(inbox, "newer")
    async with _working(inbox, answers):
        await _until(lambda: answers.repeats["newer"])
    assert (answers.done, answers.apologies, inbox.dead_letters) == ([], [], [])
    (left,) = [kept.entry for kept in inbox._kept.values()]
    inbox.let_go_silent(left)
    # The same class stands for the newer worker: it is not refused any more.
    async with _working(inbox, answers):
        await _until(lambda: answers.done)
    assert answers.done == ["newer"]


async def test_person_is_told_when_no_worker_is_new_enough() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.fails["newer"] = [KeptByNewer("a conversation was kept by a newer version of the bot")]
    await _append(inbox, "newer")
    for number in range(MOST_DEATHS - 1):
        (entry,) = await inbox.take(f"older-{number}", 1, 1)
        inbox.let_go_silent(entry)
    async with _working(inbox, answers):
        await _until(lambda: answers.apologies)
    ((_, reason),) = inbox.dead_letters
    assert reason.startswith("a conversation was kept by a newer version of the bot (reference ")


async def test_entry_that_killed_its_workers_is_not_tried_for_ever() -> None:
    inbox, answers = FakeInbox(), Answers()
    await _append(inbox, "deadly")
    for number in range(MOST_DEATHS + 1):
        (entry,) = await inbox.take(f"dead-{number}", 1, 1)
        inbox.let_go_silent(entry)
    async with _working(inbox, answers):
        await _until(lambda: answers.apologies)
    assert answers.done == []
    assert len(inbox.dead_letters) == 1


async def test_absence_of_the_store_is_not_the_entrys_fault() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.fails["a"] = [StoreUnavailable("away") for _ in range(3 * MOST_FAILURES)]
    await _append(inbox, "a")
    pace = Pace(take_wait_s=0.02, first_pause_s=0.0001, longest_pause_s=0.001)
    async with _working(inbox, answers, pace):
        await _until(lambda: answers.done)
    assert inbox.dead_letters == []


async def test_entry_is_let_go_when_the_store_stays_away() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.fails["a"] = [StoreUnavailable("away")]
    await _append(inbox, "a")
    pace = Pace(take_wait_s=0.02, keep_every_s=0.01, first_pause_s=0.001, away_patience_s=-1)
    async with _working(inbox, answers, pace):
        await _until(lambda: len(answers.repeats["a"]) == 1 and not answers.at_work)
        (kept,) = inbox._kept.values()
        inbox.let_go_silent(kept.entry)
        await _until(lambda: answers.done)
    assert answers.repeats == {"a": [False, True]}


class ImpatientInbox(FakeInbox):
    """Gives what was put back again as soon as its worker has let it go."""

    async def put_back(self, consumer: str, entry: InboxEntry) -> None:
        await super().put_back(consumer, entry)
        asyncio.get_running_loop().call_later(0.005, self.let_go_silent, entry)


async def test_absence_of_slack_is_not_the_entrys_fault_however_long_it_lasts() -> None:
    inbox, answers = ImpatientInbox(), Answers()
    answers.fails["a"] = [SlackUnavailable("chat.postMessage", "HTTP 503") for _ in range(3 * MOST_FAILURES)]
    await _append(inbox, "a")
    pace = Pace(take_wait_s=0.02, keep_every_s=9, away_patience_s=-1)
    async with _working(inbox, answers, pace):
        await _until(lambda: answers.done)
    assert inbox.dead_letters == []
    assert answers.repeats["a"] == [False, *[True] * 3 * MOST_FAILURES]


async def test_what_could_not_be_tried_for_a_day_is_given_up() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.fails["a"] = [SlackUnavailable("chat.postMessage", "token_revoked")]
    await _append(inbox, "a")
    (kept,) = inbox._kept.values()
    kept.entry = replace(kept.entry, age_s=GIVE_UP_AFTER_S + 1)
    async with _working(inbox, answers, Pace(take_wait_s=0.02, away_patience_s=-1)):
        await _until(lambda: answers.apologies)
    ((_, reason),) = inbox.dead_letters
    assert reason.startswith("SlackUnavailable for a day (reference ")


async def test_stopping_finishes_what_was_begun_and_leaves_the_rest() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.gate.clear()
    stop = asyncio.Event()
    for text in ("begun", "not begun"):
        await _append(inbox, text)
    one_at_once = Pace(at_once=1, take_wait_s=0.02)
    worker = asyncio.create_task(Worker(inbox, answers.answer, answers.apologise, "w", one_at_once).run(stop))
    await _until(lambda: answers.at_work == 1)
    stop.set()
    answers.gate.set()
    await worker
    assert answers.done == ["begun"]
    assert await inbox.backlog() == 1


async def test_stopping_does_not_wait_for_ever() -> None:
    inbox, answers = FakeInbox(), Answers()
    answers.gate.clear()
    await _append(inbox, "stuck")
    async with _working(inbox, answers, Pace(take_wait_s=0.02, grace_s=0.05)):
        await _until(lambda: answers.at_work == 1)
    assert answers.done == []
    assert await inbox.backlog() == 1


async def test_inbox_that_goes_away_is_waited_for() -> None:
    inbox, answers = FakeInbox(), Answers()
    inbox.is_down = True
    async with _working(inbox, answers):
        await asyncio.sleep(0)
        inbox.is_down = False
        await _append(inbox, "after")
        await _until(lambda: answers.done)
    assert answers.done == ["after"]
