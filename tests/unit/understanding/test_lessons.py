from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer

from bot.decision.questions import BY_ID
from bot.understanding.learned.encoder import NO_QUESTION
from bot.understanding.learned.examples import (
    LabelledClause,
    LabelledComplication,
    LabelledDone,
    LabelledIntent,
    LabelledMending,
    LabelledRemark,
    LabelledReply,
    LabelledVerdict,
    Situation,
    StatedFact,
)
from bot.understanding.learned.heads import ASKED_OUTRIGHT, BROUGHT, CARRIED_OUT, DONE, MENDED
from bot.understanding.learned.lesson_examples import lessons_of_advice, lessons_of_parts
from bot.understanding.learned.linear import NOTHING
from bot.understanding.learned.training import Examples
from bot.understanding.learned.tuning.lessons import (
    Lesson,
    Stretch,
    Variants,
    heads_of,
    load_lessons,
    write_lessons,
)
from bot.understanding.learned.tuning.pieces import kept_pieces

REPLY = LabelledReply(
    id="1",
    question="Q5",
    reply="It invents prices. We have 300 of them, reviewed twice",
    expected={"failure_mode": "wrong_facts", "examples_n": 300, "data_quality": "curated"},
    also_ok={"goal_kind": "knowledge_qa"},
)

SITUATION = Situation(
    id="1",
    text="Our bot is rude to guests; 400 chats were corrected by the hosts.",
    facts={
        "gap": StatedFact(value="behaviour", quote="is rude"),
        "examples_n": StatedFact(value=400, quote="400 chats"),
        "examples_at_hand": StatedFact(value=True, quote="400 chats were corrected"),
    },
    expected="FINE_TUNE_SFT",
)


NONE = Examples((), (), (), (), (), (), (), (), (), ())


def _lessons(one: LabelledReply | Situation | LabelledClause | LabelledIntent) -> Variants:
    match one:
        case LabelledReply():
            made_of = replace(NONE, replies=[one])
        case Situation():
            made_of = replace(NONE, situations=[one])
        case LabelledClause():
            made_of = replace(NONE, clauses=[one])
        case LabelledIntent():
            made_of = replace(NONE, intents=[one])
    (variants,) = lessons_of_parts(made_of)
    return variants


def _situations(*rows: Situation) -> Examples:
    return replace(NONE, situations=rows)


def test_a_situation_is_learned_as_a_whole_in_its_clauses_and_in_its_numbers() -> None:
    alone, beside_a_question = _lessons(SITUATION)
    assert {alone.question, beside_a_question.question} == {NO_QUESTION}
    for told in (alone, beside_a_question):
        whole, *parts = told.stretches
        assert (whole.start, whole.end) == (0, len(told.text))
        assert whole.labels["gap"] == "behaviour"
        assert whole.labels["advice"] == "FINE_TUNE_SFT"
        assert "examples_at_hand" not in whole.labels, "a clause states it"
        (number,) = (one for one in parts if "role" in one.labels)
        assert (told.text[number.start : number.end], number.labels["role"]) == ("400", "examples_n")
        stating = [one for one in parts if one.labels.get("examples_at_hand") == "True"]
        assert [told.text[one.start : one.end].strip(" .") for one in stating] == [
            "400 chats were corrected by the hosts"
        ]
    assert alone.stretches[0].labels["asks"] == "-"
    assert "asks" not in beside_a_question.stretches[0].labels, "the question beside it asks"


def test_the_adviser_learns_advice_and_nothing_else() -> None:
    ((alone, beside_a_question),) = lessons_of_advice(_situations(SITUATION))
    for told in (alone, beside_a_question):
        (whole,) = told.stretches
        assert (told.question, whole.start, whole.end) == (NO_QUESTION, 0, len(told.text))
        assert whole.labels == {"advice": "FINE_TUNE_SFT"}
    assert alone.text in beside_a_question.text


def test_a_real_case_teaches_the_adviser_twice_and_the_encoder_of_parts_never() -> None:
    real = SITUATION.model_copy(update={"source": "https://example.org/told-here"})
    assert list(lessons_of_parts(_situations(real))) == []
    assert list(lessons_of_advice(_situations(real))) == 2 * list(lessons_of_advice(_situations(SITUATION)))


def test_what_teaches_advice_alone_teaches_nothing_else() -> None:
    made_of = replace(NONE, advised=[SITUATION])
    assert list(lessons_of_parts(made_of)) == []
    assert list(lessons_of_advice(made_of)) == list(lessons_of_advice(_situations(SITUATION)))


def test_a_clause_is_learned_as_what_it_states_by_itself() -> None:
    (lesson,) = _lessons(LabelledClause(text="nobody has tried RAG", facts={"tried_rag": False}))
    (whole,) = lesson.stretches
    assert whole.labels["tried_rag"] == "False"
    assert whole.labels["grader"] == "-"
    assert "gap" not in whole.labels


def test_a_message_is_learned_by_what_it_wants() -> None:
    (lesson,) = _lessons(LabelledIntent(text="book me a table", intent="off_topic"))
    assert lesson.stretches[0].labels["intent"] == "off_topic"
    assert lesson.stretches[0].labels["gap"] == "-"
    (lesson,) = _lessons(LabelledIntent(text="make it kinder", intent="decision"))
    assert lesson.stretches[0].labels == {"intent": "decision"}, "it may describe anything"


def test_a_reply_is_learned_as_a_whole_and_in_its_numbers() -> None:
    first, *_ = _lessons(REPLY)
    whole, number = first.stretches
    assert (whole.start, whole.end) == (0, len(first.text))
    assert whole.labels["failure_mode"] == "wrong_facts"
    assert whole.labels["gap"] == "knowledge"
    assert whole.labels["grader"] == "-"
    assert whole.labels["says"] == "something"
    assert "goal_kind" not in whole.labels
    assert first.text[number.start : number.end] == "300"
    assert number.labels == {"role": "examples_n"}


def test_a_long_reply_is_learned_beside_other_questions_in_turn() -> None:
    variants = _lessons(REPLY)
    assert [one.question for one in variants][::2] == [BY_ID["Q5"].text] * 2
    assert len({one.question for one in variants}) == 3


def test_a_short_reply_means_what_its_question_makes_of_it() -> None:
    variants = _lessons(LabelledReply(id="1", question="Q8", reply="yes", expected={"data_rights": "ok"}))
    assert [one.question for one in variants] == [BY_ID["Q8"].text]


def test_lessons_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    written = [_lessons(REPLY), _lessons(SITUATION)]
    write_lessons(written, tmp_path / "lessons.jsonl")
    assert load_lessons(tmp_path / "lessons.jsonl") == written


def test_a_head_has_the_classes_that_enough_examples_show() -> None:
    said = [("red", 9), ("blue", 8), ("rare", 7)]
    taught = [
        [Lesson("", "x", (Stretch(0, 1, {"colour": one, "always": "same"}),))]
        for one, count in said
        for _ in range(count)
    ]
    (head,) = heads_of(taught)
    assert (head.name, head.classes, head.start) == ("colour", ("blue", "red"), 0)


def test_word_pieces_that_no_text_needs_are_dropped_and_any_word_can_still_be_spelled(tmp_path: Path) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{one}" for one in letters)]
    pieces += ["common", "rare", "needed", "слово"]
    published = tmp_path / "tokenizer.json"
    published.write_text(
        json.dumps(
            {
                "version": "1.0",
                "added_tokens": [],
                "normalizer": None,
                "pre_tokenizer": {"type": "Whitespace"},
                "post_processor": {
                    "type": "TemplateProcessing",
                    "single": [{"Sequence": {"id": "A", "type_id": 0}}],
                    "pair": [{"Sequence": {"id": one, "type_id": 0}} for one in "AB"],
                    "special_tokens": {},
                },
                "decoder": None,
                "truncation": None,
                "padding": None,
                "model": {
                    "type": "WordPiece",
                    "unk_token": "[UNK]",
                    "continuing_subword_prefix": "##",
                    "max_input_chars_per_word": 100,
                    "vocab": {piece: place for place, piece in enumerate(pieces)},
                },
            }
        ),
        encoding="utf-8",
    )
    tokenizer, places = kept_pieces(published, ["needed"], most=len(pieces) - 2)
    assert [pieces[place] for place in places] == [*pieces[:-3], "needed"]
    reading = Tokenizer.from_str(json.dumps(tokenizer))
    assert reading.encode("rare").tokens == ["r", "##a", "##r", "##e"]
    assert reading.encode("слово").tokens == ["[UNK]"]


NEWS_TOLD = LabelledRemark(id="r1", remark="it gets 84 now, so do we train?", wants="again")


OF_NEWS = (ASKED_OUTRIGHT, BROUGHT, MENDED, DONE)


def _heads(made_of: Examples) -> list[dict[str, str]]:
    """Return what each lesson teaches of the heads that only news have."""
    taught = [variants[0].stretches[0].labels for variants in lessons_of_parts(made_of)]
    return [{head: labels[head] for head in OF_NEWS if head in labels} for labels in taught]


def test_a_remark_that_asks_for_a_verdict_is_told_more_often() -> None:
    asks = LabelledVerdict(id="r1", asks="train")
    assert _heads(replace(NONE, remarks=[NEWS_TOLD], verdicts=[asks])) == [{ASKED_OUTRIGHT: "train"}] * 3
    assert _heads(replace(NONE, remarks=[NEWS_TOLD])) == [{}]


def test_what_wants_something_else_and_asks_nothing_asks_for_no_verdict() -> None:
    thanks = LabelledRemark(id="r2", remark="great, thanks", wants="thanks")
    assert _heads(replace(NONE, remarks=[thanks])) == [
        {ASKED_OUTRIGHT: NOTHING, BROUGHT: NOTHING, MENDED: NOTHING}
    ]


def test_a_message_of_its_own_teaches_its_verdict_or_its_complication_alone() -> None:
    ship = LabelledVerdict(id="v", remark="good to go live?", asks="ship")
    none = LabelledVerdict(id="n", remark="when do we go live?")
    drift = LabelledComplication(id="c", remark="it was better in May", brings="drift")
    assert (
        _heads(replace(NONE, verdicts=[none, ship]))
        == [{ASKED_OUTRIGHT: NOTHING}] + [{ASKED_OUTRIGHT: "ship"}] * 3
    )
    assert _heads(replace(NONE, complications=[drift])) == [{BROUGHT: "drift"}] * 3
    (first, *_) = lessons_of_parts(replace(NONE, complications=[drift]))
    assert set(first[0].stretches[0].labels) == {BROUGHT}


def test_the_end_of_a_trouble_is_told_once() -> None:
    over = LabelledMending(id="m", remark="the parser has not thrown since Thursday", mends="invalid_format")
    none = LabelledMending(id="n", remark="it parses for invoices only")
    assert _heads(replace(NONE, mendings=[none, over])) == [{MENDED: NOTHING}, {MENDED: "invalid_format"}]


def test_what_goes_wrong_now_is_not_over() -> None:
    wrong = LabelledRemark(
        id="w", remark="it still makes up prices", expected={"failure_mode": "wrong_facts"}
    )
    assert _heads(replace(NONE, remarks=[wrong])) == [{ASKED_OUTRIGHT: NOTHING, MENDED: NOTHING}]


STEPS_DONE = LabelledDone(id="d", steps=("Index it.", "Show it."), remark="it is indexed now", done=(0,))


def test_a_step_is_read_beside_the_message_that_tells_whether_it_is_done() -> None:
    lessons = [variants[0] for variants in lessons_of_parts(replace(NONE, done=[STEPS_DONE]))]
    assert [(one.question, one.stretches[0].labels[DONE]) for one in lessons] == [
        ("Index it.", CARRIED_OUT),
        ("Show it.", NOTHING),
    ]


def test_what_makes_a_case_harder_tells_that_no_step_is_done() -> None:
    drift = LabelledComplication(id="c", remark="it was better in May", brings="drift")
    *_, last = lessons_of_parts(replace(NONE, done=[STEPS_DONE], complications=[drift]))
    assert (last[0].text, last[0].stretches[0].labels) == ("it was better in may", {DONE: NOTHING})
    assert last[0].question in STEPS_DONE.steps
