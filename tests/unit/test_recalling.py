from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.conversation import Turn
from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.errors import StoredDataInvalid
from bot.json_reply import reply_as_json
from bot.lookup import Recalled
from bot.plain_text import told_earlier
from bot.recalling import earlier_of, is_similar
from bot.record import DecisionRecord
from bot.replies import Difference, Earlier, Recommend, Reply
from bot.terminal import terminal_turn, with_memory
from tests.fakes.stores import FakeConversations, FakeDecisionLog
from tests.integration.stores.examples import NOW, a_conversation, a_record, a_revision
from tests.unit.slack.surroundings import recommend

FORMAT_THEN = Facts(goal_kind="extraction", gap="format", examples_n=20)
EARLIER = Earlier(
    decision_id="D-0000000007",
    option=Option.RAG,
    decided_on=date(2026, 5, 2),
    question="Tune for refunds?",
    link="",
    distance=0.2,
)


def _said(fact: str, value: object) -> Statement:
    return Statement.model_validate({"fact": fact, "value": value, "quote": "so"})


def _decided(*statements: Statement) -> DecisionRecord:
    revision = a_revision().model_copy(update={"statements": statements})
    return a_record(7, context="Tune for refunds?").model_copy(
        update={"status": "accepted", "revisions": (revision,)}
    )


@pytest.mark.parametrize(
    ("now", "is_so"),
    [
        (Facts(), True),
        (Facts(goal_kind="extraction"), True),
        (Facts(goal_kind="extraction", gap="format", examples_n=900), True),
        (Facts(gap="cost_latency"), False),
        (Facts(goal_kind="classification"), False),
    ],
)
def test_a_near_question_about_another_kind_of_problem_is_not_the_same(now: Facts, *, is_so: bool) -> None:
    assert is_similar(0.3, now, FORMAT_THEN) is is_so
    assert not is_similar(0.7, now, FORMAT_THEN)


def test_what_differs_or_is_known_only_now_is_named() -> None:
    record = _decided(_said("examples_n", 20), _said("eval_set_n", 50), _said("label_count", 4))
    now = Facts(examples_n=900, eval_set_n=50, needs_live_data=True, failure_mode="wrong_facts")
    earlier = earlier_of(Recalled(record, 0.2), now)
    assert [one.fact for one in earlier.differences] == ["examples_n", "needs_live_data"]
    assert earlier.differences[1].then == ""
    assert "20" in earlier.differences[0].then
    assert "900" in earlier.differences[0].now
    assert (earlier.question, earlier.option) == ("Tune for refunds?", Option.RAG)


def test_what_changed_is_asked_only_where_the_answer_did() -> None:
    (agreed,) = told_earlier(EARLIER, Option.RAG)
    assert agreed.startswith("On 2 May 2026 you decided on a similar question (“Tune for refunds?”)")
    assert agreed.endswith("to use retrieval (RAG), too: D-0000000007.")
    (asked,) = told_earlier(EARLIER, Option.FEW_SHOT)
    assert asked.endswith("to use retrieval (RAG): D-0000000007. What changed?")
    difference = Difference(fact="examples_n", then="20 examples", now="900 examples")
    changed = EARLIER.model_copy(update={"differences": (difference,), "question": ""})
    first, second = told_earlier(changed, Option.FEW_SHOT)
    assert first.endswith("to use retrieval (RAG): D-0000000007. What changed? As far as I know:")
    assert second == "20 examples then, 900 examples now"


def test_scripts_read_it_too() -> None:
    assert reply_as_json(recommend())["earlier"] is None
    told = reply_as_json(recommend(earlier=EARLIER))["earlier"]
    assert (told["decision_id"], told["decided_on"]) == ("D-0000000007", "2026-05-02")


async def _recommends(_: Turn) -> Reply:
    return recommend()


async def _answered(log: FakeDecisionLog, question: str) -> Recommend:
    turn = terminal_turn(question, "chat-2", 0, NOW)
    conversations = FakeConversations()
    conversation = a_conversation(turn.place, question=question)
    await conversations.save(conversation.model_copy(update={"statements": ()}))
    reply = await with_memory(_recommends, log, conversations)(turn)
    assert isinstance(reply, Recommend)
    return reply


async def _log(record: DecisionRecord) -> FakeDecisionLog:
    log = FakeDecisionLog()
    mine = terminal_turn("", "chat-1", 0, NOW)
    changes = {"place": mine.place, "audience": mine.audience, "decided_at": NOW - timedelta(days=1)}
    await log.save(record.model_copy(update=changes))
    return log


async def test_the_terminal_recalls_what_was_decided_there() -> None:
    log = await _log(_decided())
    earlier = (await _answered(log, "should we train it for refunds")).earlier
    assert earlier is not None
    assert earlier.decision_id == "D-0000000007"
    assert (await _answered(log, "should we?")).earlier is None


async def test_a_damaged_record_does_not_keep_the_answer_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def damaged(*_: object) -> None:
        raise StoredDataInvalid("decision D-0000000007 cannot be read")

    log = await _log(_decided())
    monkeypatch.setattr(log, "resembling", damaged)
    assert await _answered(log, "should we train it for refunds") == recommend()
