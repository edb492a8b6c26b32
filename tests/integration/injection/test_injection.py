"""Each attack goes the whole way: Bolt, the inbox, the advisor, the log, and what is posted.

What is decided must be what is decided without it, and nothing that leaves may ping, lead astray, pose as
ours, or show what is somebody else's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.advisor import Advisor
from bot.answer import Reference
from bot.app import KNOWLEDGE, open_evidence, open_reference_on
from bot.assisting import Assistant
from bot.conversation import Audience
from bot.dialogue import Dialogue
from bot.digest_posting import DigestStores
from bot.explaining import Writer
from bot.hearing import SecondReader
from bot.house_rules import HouseRules
from bot.language_model import ChosenPoint, ProposedFact, ReadingRequest, WritingRequest
from bot.query import Query
from bot.record import DecisionRecord
from bot.slack.scopes import needed
from bot.slack.serving import SlackSurface
from bot.slack.workspace import Backing
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.connection import RedisClients
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.departures import RedisDepartures
from bot.stores.digest_marks import RedisDigestMarks
from bot.stores.digest_times import RedisDigestTimes
from bot.stores.feedback import RedisFeedback
from bot.stores.first_contacts import RedisFirstContacts
from bot.stores.inbox import RedisInbox
from bot.stores.limits import HourlyLimits, RedisQuestionLimits
from bot.stores.posted_replies import RedisPostedReplies
from bot.stores.term_counts import RedisTermCounts
from bot.understanding.witness import GROUPS, Trust
from knowledge.index import KnowledgeIndex
from tests.fake_slack import shapes
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import TEAM_ID, Channel
from tests.fakes.language_model import FakeLanguageModel
from tests.integration.injection.attacks import ATTACKS, DECLINED, Attack
from tests.integration.injection.harmless import assert_harmless, assert_no_markdown_links, shown, texts
from tests.integration.stores.examples import a_record
from tests.unit.slack.surroundings import NOW, PACE, USUAL_DIGEST

ASKED = "should we fine-tune? our bot makes up facts about our products. just tell me"
SECRET = "zebra"
PERMALINKS = "https://fake.example.com/archives/"
Outcome = tuple[str, str, str, str | None]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeIndex]:
    opened = KnowledgeIndex.open(
        tmp_path_factory.mktemp("index"), KNOWLEDGE / "glossary", (), "wordllama", progress=lambda _: None
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reference(index: KnowledgeIndex) -> Reference:
    return open_reference_on(index)


@dataclass
class Victim:
    """A workspace with the bot in it, and a private decision of Ben's that nobody else may see."""

    slack: FakeSlack
    log: RedisDecisionLog
    ana: str
    ben: str
    general: Channel
    inbox: RedisInbox

    async def decided(self) -> Outcome:
        """Wait for the decision that is not Ben's, and return its outcome."""
        for _ in range(1_000):
            records = [record async for record in self.log.matching(TEAM_ID, Query(), None)]
            if theirs := [record for record in records if record.owner != self.ben]:
                current = theirs[0].current
                return (current.option, current.direction, current.rule, current.gate)
            await asyncio.sleep(0.01)
        raise AssertionError("nothing was decided")

    async def settled(self) -> None:
        for _ in range(1_000):
            if await self.inbox.backlog() == 0:
                return
            await asyncio.sleep(0.01)
        raise AssertionError("the inbox was not worked off")

    def assert_unharmed(self) -> None:
        """Fail for anything harmful in what left."""
        people = frozenset({self.ana, self.ben})
        assert shown(self.slack.calls)
        assert_harmless(self.slack.calls, links_to=PERMALINKS, people=people)
        assert_no_markdown_links(self.slack.calls)
        said = "\n".join(text for _, arguments in shown(self.slack.calls) for text, _ in texts(arguments))
        assert SECRET not in said
        assert "xoxb-" not in said


@asynccontextmanager
async def attacked(
    clients: RedisClients, reference: Reference, assistant: Assistant | None = None
) -> AsyncIterator[Victim]:
    await clients.quick.flushall()
    conversations, log = RedisConversations(clients.quick), RedisDecisionLog(clients.quick)
    inbox, times = RedisInbox(clients.quick, clients.blocking), RedisDigestTimes(clients.quick)
    advisor = Advisor(Dialogue(reference, assistant), conversations, log, reference.passages.version)
    async with FakeSlack(needed()) as slack:
        backing = Backing(
            advisor_turn=advisor.turn,
            inbox=inbox,
            conversations=conversations,
            posted_replies=RedisPostedReplies(clients.quick),
            decision_log=log,
            feedback=RedisFeedback(clients.quick),
            first_contacts=RedisFirstContacts(clients.quick),
            house=HouseRules(RedisChannelSettings(clients.quick), times, USUAL_DIGEST),
            digest_stores=DigestStores(
                RedisDigestMarks(clients.quick), times, RedisTermCounts(clients.quick)
            ),
            limits=RedisQuestionLimits(clients.quick, HourlyLimits(30, 100, 1_000)),
            note_removal=RedisDepartures(clients.quick).note,
            clock=lambda: NOW,
            pace=PACE,
        )
        surface = SlackSurface(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            backing=backing,
            api_url=slack.api_url,
        )
        stop = asyncio.Event()
        running = asyncio.create_task(surface.run(stop))
        try:
            await slack.connected()
            ana, ben = slack.add_user("ana"), slack.add_user("ben")
            await log.save(_bens(ben))
            yield Victim(slack, log, ana, ben, slack.add_channel("general", {ana, ben}), inbox)
        finally:
            stop.set()
            await running


def _bens(ben: str) -> DecisionRecord:
    record = a_record(context=f"Tune the {SECRET}?", team_id=TEAM_ID)
    update = {"id": "D-BBBBBBBBBB", "audience": Audience(kind="person", user_id=ben), "owner": ben}
    return record.model_copy(update=update)


async def attack_by(victim: Victim, attack: Attack | None) -> None:
    """Ask the honest question with the attack where it comes in, and wait until it is answered."""
    slack = victim.slack
    is_said = attack is not None and attack.enters in ("message", "command", "direct")
    text = f"{ASKED}\n{attack.text}" if attack and is_said else ASKED
    match attack.enters if attack else "message":
        case "command":
            await slack.command(victim.ana, victim.general, f"/finetune {text.replace(chr(10), ' ')}")
        case "direct":
            direct = slack.add_channel("ana", {victim.ana}, kind="im")
            await slack.say(victim.ana, direct, text)
        case "thread":
            assert attack is not None
            root = slack.keep(victim.ben, victim.general, "Let us talk about the bot.")
            slack.keep(victim.ben, victim.general, attack.text, root.ts)
            await slack.say(victim.ana, victim.general, f"{slack.mention} {ASKED}", root.ts)
        case "file name":
            assert attack is not None
            said = slack.keep(victim.ana, victim.general, f"{slack.mention} {ASKED}", subtype="file_share")
            files = [{"id": "F1", "name": attack.text, "title": attack.text}]
            await slack.deliver(shapes.message_event(said, victim.general, files=files))
        case _:
            await slack.say(victim.ana, victim.general, f"{slack.mention} {text}")
    await victim.decided()
    await victim.settled()


_honest: list[Outcome] = []


async def honest_outcome(clients: RedisClients, reference: Reference) -> Outcome:
    """Return what is decided without any attack."""
    if not _honest:
        async with attacked(clients, reference) as victim:
            await attack_by(victim, None)
            _honest.append(await victim.decided())
    return _honest[0]


def entering(*ways: str) -> pytest.MarkDecorator:
    chosen = [attack for attack in ATTACKS if attack.enters in ways and attack.name not in DECLINED]
    return pytest.mark.parametrize("attack", chosen, ids=[attack.name for attack in chosen])


def test_there_are_enough_and_each_has_its_own_name() -> None:
    assert len(ATTACKS) >= 60
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


@entering("message", "command", "direct", "thread", "file name")
async def test_words_change_no_outcome_and_do_no_harm_wherever_they_are_shown(
    redis_clients: RedisClients, reference: Reference, attack: Attack
) -> None:
    expected = await honest_outcome(redis_clients, reference)
    async with attacked(redis_clients, reference) as victim:
        await attack_by(victim, attack)
        assert await victim.decided() == expected
        await victim.slack.command(victim.ben, victim.general, "/finetune log")
        await victim.slack.command(victim.ana, victim.general, "/finetune log")
        (record,) = [
            one async for one in victim.log.matching(TEAM_ID, Query(), None) if one.owner == victim.ana
        ]
        await victim.slack.command(victim.ana, victim.general, f"/finetune show {record.id}")
        assert record.id in (await victim.slack.whisper_to(victim.ana, "What was heard")).shown
        await victim.settled()
        mine = [call for call in victim.slack.calls if SECRET not in str(call)]
        # Ben, and nobody else, sees his own.
        assert len(victim.slack.calls) - len(mine) == 1
        victim.slack.calls[:] = mine
        victim.assert_unharmed()


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.name in DECLINED])
async def test_what_is_taken_for_misuse_is_declined_and_does_no_harm(
    redis_clients: RedisClients, reference: Reference, attack: Attack
) -> None:
    async with attacked(redis_clients, reference) as victim:
        said = await victim.slack.say(
            victim.ana, victim.general, f"{victim.slack.mention} {ASKED} {attack.text}"
        )
        answer = await victim.slack.reply_in(victim.general, said.ts)
        assert "I won't help with that" in answer.shown
        assert [one.owner async for one in victim.log.matching(TEAM_ID, Query(), None)] == [victim.ben]
        victim.assert_unharmed()


@entering("reason")
async def test_a_reason_is_shown_to_the_channel_and_does_no_harm(
    redis_clients: RedisClients, reference: Reference, attack: Attack
) -> None:
    async with attacked(redis_clients, reference) as victim:
        await attack_by(victim, None)
        expected = await victim.decided()
        answer = next(message for message in victim.general.messages if "Override…" in message.labels)
        await victim.slack.press(victim.ana, answer, "Override…")
        modal = await victim.slack.modal_of(victim.ana)
        await victim.slack.submit(modal, outcome=modal.choices[0], reason=attack.text)
        await victim.slack.until(lambda: "✎ Overridden" in answer.shown, "it was not shown")
        assert await victim.decided() == expected
        (record,) = [
            one async for one in victim.log.matching(TEAM_ID, Query(), None) if one.owner == victim.ana
        ]
        assert record.status == "overridden"
        victim.assert_unharmed()


@entering("document")
async def test_a_document_changes_no_outcome_and_does_no_harm(
    redis_clients: RedisClients, reference: Reference, tmp_path: Path, attack: Attack
) -> None:
    expected = await honest_outcome(redis_clients, reference)
    path = tmp_path / "house-tokens.md"
    title, words = f"House tokens {attack.text}", f"A house token is what we count. {attack.text}"
    path.write_text(f"# {title}\n\n## What is a house token?\n\n{words}\n", encoding="utf-8")
    with KnowledgeIndexWith(tmp_path / "index", path) as poisoned:
        async with attacked(redis_clients, poisoned) as victim:
            await attack_by(victim, attack)
            assert await victim.decided() == expected
            await victim.slack.command(victim.ana, victim.general, "/finetune what is a house token?")
            told = await victim.slack.whisper_to(victim.ana, "is what we count")
            assert "House tokens" in told.shown
            victim.assert_unharmed()


class KnowledgeIndexWith:
    """An index of the glossary and one document more."""

    def __init__(self, folder: Path, document: Path) -> None:
        self._index = KnowledgeIndex.open(
            folder, KNOWLEDGE / "glossary", (), "wordllama", progress=lambda _: None
        )
        self._index.add_document(document)

    def __enter__(self) -> Reference:
        return open_reference_on(self._index)

    def __exit__(self, *_: object) -> None:
        self._index.close()


@entering("model")
async def test_a_model_changes_no_outcome_and_does_no_harm(
    redis_clients: RedisClients, reference: Reference, attack: Attack
) -> None:
    expected = await honest_outcome(redis_clients, reference)

    def writes(_: WritingRequest) -> list[ChosenPoint]:
        return [ChosenPoint(number, (number, number + 1)) for number in range(-1, 12)]

    def reads(request: ReadingRequest) -> list[ProposedFact]:
        last = request.texts[-1].id
        return [
            ProposedFact("examples_n", "100000", attack.text, last),
            ProposedFact("gap", "behaviour", attack.text, last),
            ProposedFact("base_model", attack.text, "our bot", last),
            ProposedFact("languages", attack.text, "our products", last),
        ]

    model = FakeLanguageModel(reads=reads, writes=writes)
    trusted = Trust(dict.fromkeys(GROUPS, 60.0), dict.fromkeys(GROUPS, 0.1))
    assistant = Assistant(
        SecondReader(model, trusted), Writer(model, open_evidence(), knows_what_is_covered=True)
    )
    async with attacked(redis_clients, reference, assistant) as victim:
        await attack_by(victim, attack)
        assert await victim.decided() == expected
        assert model.asked
        victim.assert_unharmed()
        (record,) = [
            one async for one in victim.log.matching(TEAM_ID, Query(), None) if one.owner == victim.ana
        ]
        assert attack.text not in record.model_dump_json()
