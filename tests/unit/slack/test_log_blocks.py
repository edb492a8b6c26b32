from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.lookup import Found
from bot.record import Change, DecisionRecord
from bot.slack.blocks import Message, draw_decision, draw_decisions
from tests.fake_slack import block_rules
from tests.integration.stores.examples import NOW, a_record, a_use
from tests.unit.slack.monstrous import RECORDS

LINK = "https://fake.example.com/archives/C1/p1?a=1&b=2"
TODAY = f"<!date^{int(NOW.timestamp())}^{{date_short_pretty}}|16 Nov 2026>"
EVIL = "<!channel> <@U7> <https://evil.example|x> *b* @here"
OUR_MARKUP = re.compile(
    r"<https://[^\s<>|]+\|(?:decision )?D-[0-9A-Z]{10}>"
    r"|<@[UW][A-Z0-9]+>"
    r"|<!date\^\d+\^\{date_short_pretty\}\|[\w ]+>"
)


def _raw(message: Message) -> list[dict[str, Any]]:
    return json.loads(json.dumps([block.to_dict() for block in message.blocks]))  # type: ignore[no-any-return] # JSON


def _texts(messages: list[Message]) -> list[str]:
    return [
        part["text"]
        for message in messages
        for block in _raw(message)
        for part in ([block["text"]] if "text" in block else block["elements"])
    ]


def _full_record() -> DecisionRecord:
    record = a_record(7, context="Should we tune for refunds?")
    current = record.current.model_copy(
        update={
            "statements": (
                Statement(fact="examples_n", value=20, quote="20 of them"),
                Statement(fact="eval_set_n", value=None, quote="no idea"),
            ),
            "conditions": ("you may send the examples to the provider",),
            "consequences": ("Index twenty documents.",),
            "is_provisional": True,
            "gate": "G2",
            "model_uses": (a_use(), a_use(cost_usd=None, failure="late")),
        }
    )
    accepted = Change(at=NOW, by="U2", what="accepted", why="we agree")
    return record.model_copy(
        update={
            "link": LINK,
            "status": "accepted",
            "review_on": date(2027, 2, 1),
            "supersedes": "D-0000000003",
            "revisions": (current,),
            "history": (*record.history, accepted),
        }
    )


def test_a_decision_is_shown_whole_but_for_its_thresholds() -> None:
    (message,) = draw_decision(_full_record())
    assert _texts([message]) == [
        "*Use retrieval*",
        "_Provisional: some answers were still missing._",
        "“Should we tune for refunds?”",
        (
            "*Status*\nAccepted · owner <@U1> · to be reviewed on 1 February 2027 · replaces D-0000000003\n"
            f"• asked by <@U1>, {TODAY}\n• accepted by <@U2>, {TODAY}: “we agree”"
        ),
        "*Why*\n• They change weekly.",
        "*What was heard*\n• 20 reviewed examples — “20 of them”",
        "*Provided that*\n• you may send the examples to the provider",
        "*What follows*\n• Index twenty documents.",
        "*Considered*\n• use retrieval (RAG), fine-tune",
        (
            "*Language model*\n"
            "• openai:gpt-6.1-sol, reading: 800 tokens in, 200 out, $0.0025\n"
            "• openai:gpt-6.1-sol, reading: 800 tokens in, 200 out, cost unknown; it came to nothing: late"
        ),
        (
            "Confidence: medium (stated, not all measured) · rule G2 · policy 1 · glossary g · "
            "<https://fake.example.com/archives/C1/p1?a=1&amp;b=2|decision D-0000000007>"
        ),
    ]
    assert message.text == "D-0000000007 Use retrieval (accepted)"


def test_erased_words_are_said_to_be_erased() -> None:
    assert "_The question was erased._" in _texts(draw_decision(a_record(context="")))


def test_each_decision_has_its_line_and_the_list_says_how_to_go_on() -> None:
    found = Found((_full_record(), a_record(1)), more=3, looked_through=200, may_have_older=True)
    (message,) = draw_decisions(found, "")
    assert _texts([message]) == [
        (
            "*Decisions, newest first*\n"
            "• <https://fake.example.com/archives/C1/p1?a=1&amp;b=2|D-0000000007> *Use retrieval*"
            f" _(provisional)_: “Should we tune for refunds?”\n    accepted · <@U1> · {TODAY}\n"
            f"• D-0000000001 *Use retrieval*: “Tune?”\n    proposed · <@U1> · {TODAY}"
        ),
        "… and 3 more. Add words to narrow it down: `/finetune log refund tone`.",
        "I looked through the newest 200 that you may see; there may be older ones.",
        "See one: `/finetune show D-0000000007` · Search: `/finetune log refund tone`",
    ]
    assert message.text.startswith("D-0000000007 Use retrieval (accepted)\nD-0000000001")


def test_an_empty_log_is_kind_and_an_empty_search_says_what_to_try() -> None:
    (nothing,) = _texts(draw_decisions(Found(), ""))
    assert "The first one is a sentence away" in nothing
    (found_none, older) = _texts(draw_decisions(Found(may_have_older=True), "zebra"))
    assert "no decision with “zebra”" in found_none
    assert older == "I looked through the newest ones only; there may be older ones."


def _plain(text: str) -> str:
    """Return a text without the markup that we make; no other may be in it."""
    return OUR_MARKUP.sub("", text)


def test_words_of_people_cannot_ping_link_or_format() -> None:
    record = _full_record()
    evil = record.current.model_copy(
        update={
            "headline": EVIL,
            "rationale": (EVIL,),
            "conditions": (EVIL,),
            "consequences": (EVIL,),
            "policy_version": EVIL,
            "statements": (Statement(fact="examples_n", value=20, quote=EVIL),),
            "considered_options": tuple(Option),
        }
    )
    history = (Change(at=NOW, by=EVIL, what="overridden", why=EVIL),)
    update = {"context": EVIL, "owner": EVIL, "link": EVIL, "revisions": (evil,), "history": history}
    record = record.model_copy(update=update)
    messages = [
        *draw_decision(record),
        *draw_decisions(Found((record,)), EVIL),
        *draw_decisions(Found(), EVIL),
    ]
    for text in [*_texts(messages), *(message.text for message in messages)]:
        assert "<" not in _plain(text)
        assert "*b*" not in text
        assert "@here" not in text


_SETTINGS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def _check(messages: list[Message]) -> None:
    assert 1 <= len(messages) <= 3
    for message in messages:
        assert message.text.strip()
        block_rules.check(_raw(message))
    for text in _texts(messages):
        assert "<" not in _plain(text), "a link, a name or a date is cut in half, or not ours"


@_SETTINGS
@given(record=RECORDS)
def test_slack_takes_any_decision_and_it_keeps_its_id(record: DecisionRecord) -> None:
    messages = draw_decision(record)
    _check(messages)
    assert record.id in _texts(messages)[-1]


@_SETTINGS
@given(record=RECORDS, count=st.integers(0, 10), searched=st.sampled_from(["", "a b"]))
def test_slack_takes_any_list_and_no_decision_is_lost(
    record: DecisionRecord, count: int, searched: str
) -> None:
    records = tuple(record.model_copy(update={"id": f"D-{number:010d}"}) for number in range(count))
    messages = draw_decisions(Found(records, 10**6, 200, may_have_older=True), searched)
    _check(messages)
    shown = "\n".join(_texts(messages))
    assert all(kept.id in shown for kept in records)
