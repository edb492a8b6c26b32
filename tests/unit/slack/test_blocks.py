from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import Place
from bot.correcting import FactField
from bot.decision.facts import FACT_NAMES, YES_NO_FACTS, Range, choices_of, title_of
from bot.decision.options import SHORT_NAMES, Option
from bot.record import Change, UsedPassage
from bot.replies import (
    Clarify,
    Confirmable,
    Define,
    Definition,
    DigestLine,
    DigestList,
    DigestPost,
    Heard,
    OffTopic,
    Reason,
    Recommend,
    Reply,
)
from bot.slack import correction_form, details_view, override_form
from bot.slack.blocks import Message, draw, draw_digest
from bot.slack.decision_blocks import shown_status, status_line, with_status
from bot.slack.feedback_blocks import plainer
from bot.slack.fitting import SHORTENED, shorten, split
from bot.slack.incoming import CorrectionFilled, Shown
from bot.slack.payloads import Me, parse
from bot.slack.recommendation_blocks import parts
from bot.slack.redrawing import shared_by
from bot.slack.sources_view import cited, recorded
from bot.slack.words import NOTHING_CHANGED
from tests.fake_slack import block_rules, shapes
from tests.fake_slack.views import Modal
from tests.integration.stores.examples import a_conversation, a_record
from tests.unit.slack.monstrous import RECOMMENDATIONS, REPLIES, TEXT, citation
from tests.unit.slack.surroundings import DECISION_ID, NOW, QUESTIONS, clarify, recommend

PLACE = Place(team_id="T0FAKE", channel_id="C0123456789", thread="1795000000.000100")
PRIVATE = Place(team_id="T0FAKE", channel_id="C0123456789", thread="command:" + "1" * 60)


def _raw(message: Message) -> list[dict[str, Any]]:
    return json.loads(json.dumps([block.to_dict() for block in message.blocks]))  # type: ignore[no-any-return] # JSON


def _texts(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in _texts(value)]
    if isinstance(part, list):
        return [text for value in part for text in _texts(value)]
    return []


def _shown(messages: list[Message]) -> str:
    return "\n".join(text for message in messages for text in _texts(_raw(message)))


def _labels(messages: list[Message]) -> list[str]:
    return [
        part["text"]["text"]
        for message in messages
        for block in _raw(message)
        if block["type"] == "actions"
        for element in block["elements"]
        for part in (element["options"] if element["type"] == "checkboxes" else [element])
    ]


def test_recommendation_shows_everything_that_can_be_checked() -> None:
    (message,) = draw(recommend(is_provisional=True, notes=("No prices today.",)), PLACE, is_private=False)
    assert _texts(_raw(message)) == [
        "*Show examples in the prompt*",
        "_Provisional_: some answers are still missing · Medium confidence: stated, not all measured",
        "No prices today.",
        "*Why*\n• Twenty examples cost less than a training run. [1]",
        "*What I heard*\n• reviewed examples: 20 — “20 of them”",
        "Correct this…",
        "*Provided that*\n• you may send the examples to the provider",
        "*Do next*\n1. Put ten examples into the prompt.\n2. Score it on your test cases.",
        "*What it may cost*\n• 20 examples x 200 tokens = 4,000 tokens a request",
        "*Keep in mind*\n• Prices change.",
        "[1] Few-shot prompting",
        "policy 1 · decision D-0123456789",
        "Accept",
        "Override…",
        "Sources",
        "Not helpful",
        "Helpful",
    ]
    assert message.text.startswith("Provisional: Show examples in the prompt")


def test_assumptions_are_marked() -> None:
    heard = Heard(
        fact="gap", value="format", words="what is missing: format", quote="JSON", source="inferred"
    )
    assert "what is missing: format _(assumed)_ — “JSON”" in _shown(
        draw(recommend(heard=(heard,)), PLACE, is_private=False)
    )


def test_what_the_table_knows_of_a_model_is_nobodys_word_nor_assumed() -> None:
    heard = Heard(
        fact="base_retire_days", value=45, words="45 days", quote="we use GPT-4o", source="inferred"
    )
    shown = _shown(draw(recommend(heard=(heard,)), PLACE, is_private=False))
    assert "45 days _(what I know of that model)_" in shown


def test_what_news_changed_stands_above_the_headline_and_cannot_ping() -> None:
    change = "You told me: <!here> 84. My advice stays."
    blocks = _shown(draw(recommend(change=change), PLACE, is_private=False))
    assert blocks.index("&lt;!here&gt; 84") < blocks.index("Show examples in the prompt")
    assert "<!here>" not in blocks


def test_advice_that_was_read_before_is_shown_without_its_reasons_and_with_a_way_to_them() -> None:
    whole, brief = (
        draw(
            recommend(change="You told me: 84.", answered=("Training: no.",), is_brief=is_brief),
            PLACE,
            is_private=False,
        )
        for is_brief in (False, True)
    )
    for told in ("You told me: 84.", "Training: no.", "Show examples in the prompt", "Put ten examples"):
        assert told in _shown(brief)
    for known in ("cost less than a training run", "20 of them", "Prices change", "[1]"):
        assert known in _shown(whole)
        assert known not in _shown(brief)
    assert "Details" not in _labels(whole)
    assert [label for label in _labels(brief) if label != "Details"] == _labels(whole)
    assert "Details" in _labels(brief)


def test_question_has_its_replies_two_ways_out_and_room_for_words() -> None:
    messages = draw(clarify(), PLACE, is_private=False)
    assert _labels(messages) == ["It breaks the format", "Too slow or too costly", "Not sure", "Just tell me"]
    assert "Question 1 of at most 3. Or reply in words, right here." in _shown(messages)


def test_private_question_can_be_continued_in_a_thread() -> None:
    messages = draw(clarify(QUESTIONS[1]), PRIVATE, is_private=True)
    assert _labels(messages) == [
        "Examples in the prompt",
        "Retrieval (RAG)",
        "Done",
        "Not sure",
        "Just tell me",
        "Answer in words",
        "Continue in thread",
    ]


def test_words_of_people_and_documents_cannot_ping_link_or_format() -> None:
    evil = "<!channel> <@U1> <https://evil.example|x> *b* @here"
    definition = Definition(text=evil, citations=(citation(1, evil),), related=(evil,))
    replies: list[Reply] = [
        recommend(
            reasons=(Reason(text=evil),),
            heard=(Heard(fact="gap", value="x", words=evil, quote=evil, source="stated"),),
            conditions=(evil,),
            citations=(citation(2, evil),),
            definition=definition,
        ),
        clarify().model_copy(update={"definition": definition, "notes": (evil,)}),
        Define(definition=definition),
        OffTopic(text=evil),
    ]
    for reply in replies:
        for message in draw(reply, PLACE, is_private=False):
            for text in [*_texts(_raw(message)), message.text]:
                assert "<" not in text
                assert "*b*" not in text
                assert "@here" not in text


def test_every_markup_text_is_shown_verbatim() -> None:
    def check(part: object) -> None:
        if isinstance(part, dict):
            assert part.get("type") != "mrkdwn" or part.get("verbatim") is True
            for value in part.values():
                check(value)
        elif isinstance(part, list):
            for value in part:
                check(value)

    for reply in (recommend(), clarify(), clarify(QUESTIONS[1])):
        for message in draw(reply, PLACE, is_private=False):
            check(_raw(message))


def test_what_does_not_fit_says_so_and_keeps_the_question() -> None:
    long = clarify().model_copy(update={"conditions": tuple("word " * 500 for _ in range(60))})
    messages = draw(long, PLACE, is_private=False)
    assert len(messages) == 3
    assert SHORTENED in _shown(messages)
    assert _labels(messages[-1:])[-1] == "Just tell me"
    assert [message.text for message in messages[1:]] == ["(continued, 2 of 3)", "(continued, 3 of 3)"]


def test_what_has_no_room_in_a_recommendation_stands_behind_details() -> None:
    reasons = tuple(Reason(text=f"reason {number} " + "because " * 40) for number in range(60))
    reply = recommend(reasons=reasons)
    (message,) = draw(reply, PLACE, is_private=False)
    assert "… and 57 more in *Details*" in _shown([message])
    assert "Details" in _labels([message])
    whole = "\n".join(_texts(details_view.given(reply).to_dict()))
    assert all(f"reason {number} " in whole for number in range(60))


def test_recommendation_that_fits_has_no_details() -> None:
    assert "Details" not in _labels(draw(recommend(), PLACE, is_private=False))


def test_facts_of_the_same_words_stand_on_one_line() -> None:
    def heard(words: str, source: Literal["stated", "inferred"]) -> Heard:
        return Heard(fact="gap", value="x", words=words, quote="the tone is off", source=source)

    reply = recommend(heard=(heard("it writes", "stated"), heard("it is inconsistent", "inferred")))
    shown = _shown(draw(reply, PLACE, is_private=False))
    assert "• it writes; it is inconsistent _(assumed)_ — “the tone is off”" in shown


def test_condition_that_one_tap_settles_has_a_yes_and_a_no() -> None:
    conditions = ("you may train on this", "it can be tuned")
    confirmable = (Confirmable(id="G1", condition=conditions[0], yes="Yes, we may", no="No, we may not"),)
    reply = recommend(conditions=conditions, confirmable=confirmable)
    messages = draw(reply, PLACE, is_private=False)
    assert _labels(messages)[1:3] == ["Yes, we may", "No, we may not"]
    assert "*Provided that*\n• it can be tuned\n• you may train on this\nYes, we may" in _shown(messages)


def test_recommendation_says_what_it_replaces_and_how_old_its_data_are() -> None:
    reply = recommend(supersedes="D-0000000009", as_of=("prices as of 2026-10-24",))
    shown = _shown(draw(reply, PLACE, is_private=False))
    assert "policy 1 · prices as of 2026-10-24 · decision D-0123456789, in place of D-0000000009" in shown
    assert "_Final_, as things stand" in shown


def _digest_line(**changes: object) -> DigestLine:
    line = {
        "decision_id": "D-0123456789",
        "question": "<!here> tone?",
        "headline": "Show examples",
        "status": "overridden",
        "owner": "U1",
        "link": "https://fake.example.com/archives/C1/p1?a=1&b=2",
    }
    return DigestLine.model_validate({**line, **changes})


def _digest_post(**changes: object) -> DigestPost:
    return DigestPost.model_validate({"week": "2026-W47", "title": "Week in review", **changes})


def test_digest_names_what_was_decided_without_pinging_anyone() -> None:
    decided = DigestList(lines=(_digest_line(why="<!channel> says so"),), count=1)
    (message,) = draw_digest(_digest_post(asked=1, decided=decided), {"U1": "Ana <@U2>"})
    raw = str(_raw(message)) + message.text
    assert _texts(_raw(message))[1] == (
        "*Decided (1)*\n"
        "• <https://fake.example.com/archives/C1/p1?a=1&amp;b=2|D-0123456789> *Show examples*"
        " — decided otherwise: “&lt;!here&gt; tone?” — owner Ana &lt;@\u2060U2&gt;\n"
        "    because “&lt;!channel&gt; says so”"
    )
    assert not any(ping in raw for ping in ("<!", "<@"))


def test_a_long_digest_is_one_message_and_the_rest_in_its_thread() -> None:
    lines = tuple(_digest_line(decision_id=f"D-{number:010d}") for number in range(30))
    main, *thread = draw_digest(_digest_post(open=DigestList(lines=lines, count=42)), {})
    shown = [_shown([main]), _shown(thread)]
    for number in range(30):
        assert [f"D-{number:010d}" in text for text in shown] == [number < 5, number >= 5]
    assert "The rest is in the thread" in shown[0]
    assert "… and 12 more" in shown[1]


def test_a_chart_compares_and_says_nothing_that_is_not_said_in_words() -> None:
    counts = tuple((option, 3) for option in Option if option not in (Option.ASK, Option.DECLINE))
    (message,) = draw_digest(_digest_post(asked=9, recommended=counts), {})
    (chart,) = [block for block in _raw(message) if block["type"] == "data_visualization"]
    assert chart["title"] == "What I recommended"
    assert len(chart["chart"]["axis_config"]["categories"]) == 8
    assert all(SHORT_NAMES[option] in _shown([message]) for option, _ in counts)
    (one,) = draw_digest(_digest_post(asked=9, recommended=((Option.RAG, 9),)), {})
    assert all(block["type"] != "data_visualization" for block in _raw(one))


_DIGEST_LINES = st.builds(
    DigestLine,
    decision_id=st.just("D-0123456789"),
    question=TEXT,
    headline=TEXT,
    status=st.sampled_from(["accepted", "overridden", "proposed"]),
    owner=st.sampled_from(["U1", "U2", "<@U3>"]),
    link=TEXT,
    is_provisional=st.booleans(),
    why=TEXT,
    review_on=st.none() | st.dates(),
)
_DIGEST_LISTS = st.builds(
    DigestList, lines=st.lists(_DIGEST_LINES, max_size=30).map(tuple), count=st.integers(30, 5_000)
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    decided=_DIGEST_LISTS,
    open_=_DIGEST_LISTS,
    terms=st.lists(st.tuples(TEXT, st.integers(1, 99)), max_size=5).map(tuple),
    recommended=st.lists(st.tuples(st.sampled_from(Option), st.integers(1, 999)), max_size=17).map(
        lambda rows: tuple(dict(rows).items())
    ),
    name=TEXT,
)
def test_slack_takes_any_digest(
    decided: DigestList,
    open_: DigestList,
    terms: tuple[tuple[str, int], ...],
    recommended: tuple[tuple[Option, int], ...],
    name: str,
) -> None:
    digest = _digest_post(
        asked=3, decided=decided, open=open_, due=decided, terms=terms, recommended=recommended
    )
    for message in draw_digest(digest, {"U1": name}):
        block_rules.check(_raw(message))
        assert message.text.strip()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(reply=REPLIES, is_private=st.booleans())
def test_slack_takes_any_reply(reply: Reply, *, is_private: bool) -> None:
    messages = draw(reply, PRIVATE if is_private else PLACE, is_private=is_private)
    assert 1 <= len(messages) <= 3
    for message in messages:
        assert message.text.strip()
        block_rules.check(_raw(message))
    if isinstance(reply, Recommend):
        assert len(messages) == 1
        labels, shown = _labels(messages), _shown(messages)
        assert {"Correct this…", "Accept", "Sources"} <= set(labels)
        whole = [line for lines in parts(reply).values() for line in lines]
        assert "Details" in labels or all(line in shown for line in whole)
        block_rules.check_view(json.loads(json.dumps(details_view.given(reply).to_dict())))
    if isinstance(reply, Clarify):
        assert {"Not sure", "Just tell me"} <= set(_labels(messages[-1:]))


_MONSTROUS_REASON = "<@U1> & *so* " * 200


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(reply=RECOMMENDATIONS, question=TEXT, is_private=st.booleans())
def test_slack_takes_any_recommendation_with_what_was_decided_and_with_whose_question_it_was(
    reply: Recommend, question: str, *, is_private: bool
) -> None:
    change = Change(at=NOW, by="U1", what="overridden", why=_MONSTROUS_REASON, outcome=Option.RAG)
    record = a_record().model_copy(update={"id": DECISION_ID, "status": "overridden", "history": (change,)})
    asked = a_conversation(PRIVATE if is_private else PLACE).model_copy(update={"question": question[:2_000]})
    place, above = asked.place, shared_by(asked)
    (message,) = draw(reply, place, is_private=is_private, above=above)
    decided = with_status(message.blocks, record, status_line(record))
    block_rules.check(_raw(Message(tuple(decided), "")))
    block_rules.check(_raw(Message(plainer(decided), "")))
    assert with_status(decided, record, status_line(record)) == decided
    assert shown_status(decided, record.id) == status_line(record)
    assert "<@U1> &" not in status_line(record)


@pytest.mark.parametrize("option", Option)
@pytest.mark.parametrize("place", [PLACE, PRIVATE])
def test_slack_takes_the_form_for_any_recommendation(option: Option, place: Place) -> None:
    shown = Shown(
        place=place,
        decision_id=DECISION_ID,
        option=option,
        message_ts="1795000000.000100",
        thread_ts="1795000000.000100",
        is_ephemeral=False,
        response_url="https://hooks.slack.com/actions/" + "x" * 200,
    )
    view = override_form.form(shown).to_dict()
    block_rules.check_view(json.loads(json.dumps(view)))
    assert Shown.model_validate_json(view["private_metadata"]) == shown


_SHOWN = Shown(
    place=PRIVATE,
    decision_id=DECISION_ID,
    option=Option.FINE_TUNE_SFT,
    message_ts="1795000000.000100",
    thread_ts="1795000000.000100",
    is_ephemeral=True,
    response_url="https://hooks.slack.com/actions/" + "x" * 200,
)
_TEXTS = st.text(st.sampled_from(list("<&>*@ \nab")) | st.characters(codec="utf-8"), max_size=600)
_WORDS = {
    "base_model": st.text(min_size=1, max_size=80),
    "languages": st.lists(st.text(min_size=1)).map(tuple),
}


def _fields(fact: str) -> st.SearchStrategy[FactField]:
    choices = (True, False) if fact in YES_NO_FACTS else choices_of(fact)
    amounts = st.builds(Range, min=st.integers(0, 10**15)) | st.integers(0, 10**15)
    values = st.sampled_from(choices) if choices else _WORDS.get(fact, amounts)
    return st.builds(
        FactField,
        fact=st.just(fact),
        title=st.just(title_of(fact)),
        value=st.none() | values,
        quote=_TEXTS,
        source=st.sampled_from(["stated", "button", "form", "inferred"]),
        choices=st.just(choices),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fields=st.tuples(*map(_fields, sorted(set(FACT_NAMES) - {"intent", "conflicts"}))))
def test_slack_takes_the_form_for_any_facts_and_it_says_nothing_until_it_is_changed(
    fields: tuple[FactField, ...],
) -> None:
    view = json.loads(json.dumps(correction_form.form(_SHOWN, fields).to_dict()))
    block_rules.check_view(view)
    assert "<@" not in "\n".join(_texts(view))
    submitted = shapes.submission(Modal("V1", "U1", view), "ana", {}, "1.2.3")
    filled = parse(submitted, me=Me("T0FAKE", "U0", "B0", "bot"), team_id="T0FAKE", now=NOW)
    assert isinstance(filled, CorrectionFilled)
    assert len(filled.entries) == len(fields)
    assert list(correction_form.checked(filled).values()) == [NOTHING_CHANGED]  # type: ignore[union-attr] # no errors, no dict


@pytest.mark.parametrize("count", [0, 1, 7, 60])
@pytest.mark.parametrize("text", ["", "<@U1> & so on", "word & " * 600, "&" * 2_000, "😀" * 2_000])
def test_slack_takes_any_number_of_sources(count: int, text: str) -> None:
    citations = [citation(number, text) for number in range(1, count + 1)]
    passages = [UsedPassage(slug=text or "s", section=text, distance=None) for _ in citations]
    for view in (cited(citations), recorded(passages)):
        raw = json.loads(json.dumps(view.to_dict()))
        block_rules.check_view(raw)
        assert "<@U1>" not in "\n".join(_texts(raw))


def test_sources_that_do_not_fit_say_so() -> None:
    shown = "\n".join(_texts(cited([citation(number, "text") for number in range(400)]).to_dict()))
    assert "There is more than fits in here" in shown
    assert "[0] *text*" in shown


@given(st.text(alphabet="ab &;\n", max_size=300), st.integers(10, 60))
def test_pieces_hold_every_word(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.text(max_size=300), st.integers(20, 100))
def test_shortened_text_fits_and_says_that_it_was_cut(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or "…" in short


@pytest.mark.parametrize("limit", range(20, 40))
def test_an_escaped_character_is_never_cut_in_half(limit: int) -> None:
    pieces = split("&amp;" * 30, limit)
    assert all(piece.count("&") == piece.count("&amp;") for piece in pieces)
