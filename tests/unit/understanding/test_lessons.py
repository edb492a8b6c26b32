from __future__ import annotations

import json
from pathlib import Path

from tokenizers import Tokenizer

from bot.decision.questions import BY_ID
from bot.understanding.learned.examples import LabelledClause, LabelledIntent, LabelledReply, Situation
from bot.understanding.learned.lesson_examples import lessons
from bot.understanding.learned.training import Examples
from bot.understanding.learned.tuning.lessons import (
    Lesson,
    Stretch,
    heads_of,
    load_lessons,
    write_lessons,
)
from bot.understanding.learned.tuning.pieces import kept_pieces

NOBODY = Examples(situations=(), clauses=(), replies=(), intents=())
SITUATION = Situation.model_validate(
    {
        "id": "1",
        "text": "It invents prices. We have 300 reviewed examples.",
        "facts": {
            "failure_mode": {"value": "wrong_facts", "quote": "It invents prices"},
            "examples_n": {"value": 300, "quote": "300 reviewed examples"},
        },
        "expected": "RAG",
    }
)


def made_of(**rows: object) -> list[list[Lesson]]:
    return [list(variants) for variants in lessons(Examples(**{**vars(NOBODY), **rows}))]


def test_a_situation_is_learned_as_a_whole_in_its_clauses_and_in_its_numbers() -> None:
    ((lesson, beside),) = made_of(situations=(SITUATION,))
    whole, first, second, number = lesson.stretches
    assert whole.labels["message:advice"] == "RAG"
    assert whole.labels["message:failure_mode"] == "wrong_facts"
    assert first.labels["clause:failure_mode"] == "wrong_facts"
    assert second.labels["clause:failure_mode"] == "-"
    assert lesson.text[number.start : number.end] == "300"
    assert number.labels == {"number:role": "examples_n"}
    assert "message:asks" in whole.labels
    assert not [head for one in beside.stretches for head in one.labels if head.endswith(":asks")]


def test_a_long_reply_is_learned_beside_other_questions_in_turn() -> None:
    reply = LabelledReply(
        id="1", question="Q8", reply="legal has said that we may use it", expected={"data_rights": "ok"}
    )
    (variants,) = made_of(replies=(reply,))
    assert [one.question for one in variants][::2] == [BY_ID["Q8"].text] * 2
    assert len({one.question for one in variants}) == 3
    assert variants[0].stretches[0].labels["reply:data_rights"] == "ok"
    assert variants[0].stretches[0].labels["reply:says"] == "something"


def test_clauses_and_intents_teach_only_what_they_tell() -> None:
    clause = LabelledClause(text="nobody has touched the prompt", facts={"tried_prompting": "none"})
    intent = LabelledIntent(text="should we tune?", intent="decision")
    (of_clause,), (of_intent,) = made_of(clauses=(clause,), intents=(intent,))
    assert of_clause.stretches[0].labels["clause:tried_prompting"] == "none"
    assert all(head.startswith("clause:") for head in of_clause.stretches[0].labels)
    assert of_intent.stretches[0].labels == {"message:intent": "decision"}


def test_lessons_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    written = made_of(situations=(SITUATION,))
    write_lessons("abc", written, tmp_path / "lessons.jsonl")
    assert load_lessons(tmp_path / "lessons.jsonl") == ("abc", written)


def test_a_head_has_the_classes_that_enough_examples_show() -> None:
    said = [("red", 9), ("blue", 8), ("rare", 7)]
    taught = [
        [Lesson("", "x", (Stretch(0, 1, {"colour": one, "always": "same"}),))]
        for one, count in said
        for _ in range(count)
    ]
    (head,) = heads_of(taught)
    assert (head.name, head.classes, head.start, head.weights) == ("colour", ("blue", "red"), 0, (1.0, 1.0))


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
