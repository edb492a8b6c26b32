from __future__ import annotations

import json
from pathlib import Path

from tokenizers import Tokenizer

from bot.decision.questions import BY_ID
from bot.understanding.learned.examples import LabelledReply
from bot.understanding.learned.lesson_examples import lessons
from bot.understanding.learned.tuning.lessons import (
    Lesson,
    Stretch,
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


def test_a_reply_is_learned_as_a_whole_and_in_its_numbers() -> None:
    (first, *_) = next(lessons([REPLY]))
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
    (variants,) = lessons([REPLY])
    assert [one.question for one in variants][::2] == [BY_ID["Q5"].text] * 2
    assert len({one.question for one in variants}) == 3


def test_a_short_reply_means_what_its_question_makes_of_it() -> None:
    (variants,) = lessons([LabelledReply(id="1", question="Q8", reply="yes", expected={"data_rights": "ok"})])
    assert [one.question for one in variants] == [BY_ID["Q8"].text]


def test_lessons_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    written = list(lessons([REPLY]))
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
