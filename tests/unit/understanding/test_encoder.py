from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import repeat
from pathlib import Path

import numpy as np
import onnx
import pytest

from bot.decision.facts import choices_of
from bot.decision.options import Option
from bot.decision.questions import QUESTIONS
from bot.understanding.absence import NOBODY_KNOWS, THERE_IS_NONE, absence_of, amounts_asked
from bot.understanding.asked_outright import OUTRIGHT
from bot.understanding.complications import COMPLICATIONS
from bot.understanding.learned import examples
from bot.understanding.learned.encoder import (
    ADVISER,
    ENCODER,
    NEWS_ENCODER,
    NOT_READ,
    Encoder,
    advised,
    as_complaint,
    together,
    understood,
)
from bot.understanding.learned.examples import FOLDER, as_often_as_it_counts
from bot.understanding.learned.heads import (
    ADVICE,
    ASKED_OUTRIGHT,
    BROUGHT,
    CARRIED_OUT,
    DONE,
    INTENT,
    MENDED,
    MESSAGE_FACTS,
    NEWS_FACTS,
    REPLY_FACTS,
    SAYS,
    SOMETHING,
    WANTS,
)
from bot.understanding.learned.lesson_examples import TELLINGS
from bot.understanding.learned.linear import NOTHING
from bot.understanding.learned.number_model import ROLE
from bot.understanding.mended import TROUBLES
from bot.understanding.message import Part, prepare
from bot.understanding.number_values import ROLES
from bot.understanding.wanted import KINDS

ABSENCES = {absence_of(fact) for question in QUESTIONS for fact in amounts_asked(question)}
MOST_BYTES = 18_000_000
SAID = "our bot invents prices, and nobody has labelled anything"


@lru_cache(maxsize=3)
def encoder(name: str = ENCODER) -> Encoder:
    return Encoder(FOLDER / name)


def _lessons_of_their_own() -> Iterator[str]:
    """Yield each telling of what was written beside the remarks."""
    for verdict in examples.verdicts():
        tellings = TELLINGS if verdict.asks else 1
        yield from repeat(verdict.id, tellings if verdict.remark else tellings - 1)
    for one in examples.complications():
        yield from repeat(one.id, TELLINGS if one.brings else 1)
    yield from (one.id for one in examples.mendings())
    yield from (one.id for one in examples.done() for _ in one.steps)
    yield from (one.id for one in examples.complications())  # beside a step of no concern


def test_the_encoder_knows_most_of_the_examples_that_lie_beside_it() -> None:
    written = sum(1 for one in examples.situations() if not one.source)
    kinds = (examples.clauses, examples.intents, examples.replies)
    rows = written + sum(1 for kind in kinds for _ in kind())
    assert rows - encoder().taught <= rows // 20, "run `make encoder` and commit what it writes"
    remarks = sum(1 for _ in examples.remarks()) + sum(1 for _ in _lessons_of_their_own())
    news = encoder(NEWS_ENCODER).taught
    assert rows + remarks - news <= (rows + remarks) // 20, (
        "run `make news-encoder` and commit what it writes"
    )


def test_the_adviser_knows_most_of_the_situations_that_lie_beside_it() -> None:
    taught = encoder(ADVISER).taught
    newer = sum(1 for _ in as_often_as_it_counts(examples.situations())) - taught
    assert newer <= taught // 20, "run `make encoder` and commit what it writes"


@pytest.mark.parametrize("name", [ENCODER, ADVISER, NEWS_ENCODER])
def test_an_encoder_is_small_enough_to_be_kept_with_the_code(name: str) -> None:
    assert (FOLDER / name).stat().st_size < MOST_BYTES


def test_the_licence_of_the_published_weights_lies_beside_ours() -> None:
    notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
    assert "sentence-transformers/all-MiniLM-L6-v2" in notice
    assert "Apache License" in notice


ALL_OF_HEAD: Mapping[str, Collection[str]] = {
    SAYS: (SOMETHING,),
    WANTS: KINDS,
    ASKED_OUTRIGHT: OUTRIGHT,
    BROUGHT: COMPLICATIONS,
    MENDED: TROUBLES,
    DONE: (CARRIED_OUT,),
    INTENT: ("decision", "definition", "off_topic", "small_talk", "abuse"),
}
SOME_OF_HEAD: Mapping[str, Collection[str]] = {
    ROLE: ROLES,
    ADVICE: tuple(Option),
    **dict.fromkeys(ABSENCES, (THERE_IS_NONE, NOBODY_KNOWS)),
}


@pytest.mark.parametrize("name", [ENCODER, NEWS_ENCODER])
def test_every_head_of_an_encoder_says_only_what_can_be_said(name: str) -> None:
    for head in encoder(name).heads:
        values = set(head.classes) - {NOTHING}
        if head.name in ALL_OF_HEAD:
            assert values == set(ALL_OF_HEAD[head.name])
        elif head.name in SOME_OF_HEAD:
            assert values <= set(SOME_OF_HEAD[head.name])
        else:
            assert head.name in {*REPLY_FACTS, *MESSAGE_FACTS, *NEWS_FACTS}
            assert values <= set(choices_of(head.name) or ("True", "False"))


def test_a_part_is_read_in_its_context() -> None:
    read = understood(SAID, "Q1")
    alone = understood("nobody has labelled anything", "Q1")
    there = read.shares(Part(SAID.index("nobody"), len(SAID)))
    by_itself = alone.shares(Part(0, 28))
    assert there.keys() == by_itself.keys()
    assert there != by_itself
    for shares in there.values():
        assert sum(shares.values()) == pytest.approx(1)


def test_a_reply_is_read_with_its_question() -> None:
    first, second = (understood("none", question.id).scores for question in QUESTIONS[:2])
    assert first.shape == second.shape
    assert not np.allclose(first, second)


def test_a_long_answer_is_read_by_whoever_reads_what_is_told() -> None:
    short, long = SAID, f"{SAID}, and I think that it has been so ever since we began with this last spring"
    for text, name in ((short, ENCODER), (long, NEWS_ENCODER)):
        read = encoder(name).read(text, QUESTIONS[0].text)
        assert np.allclose(understood(text, QUESTIONS[0].id).scores, read.scores)
    assert as_complaint(long).heads == encoder().heads


def test_a_message_is_read_for_what_it_wants_and_which_advice_is_given_to_its_like() -> None:
    shares = understood(SAID, "").shares(Part(0, len(SAID)))
    assert max(shares[INTENT], key=shares[INTENT].__getitem__) == "decision"
    assert set(shares[ADVICE]) <= set(Option)


def test_the_adviser_knows_advice_alone() -> None:
    shares = advised(SAID)
    assert shares.keys() == {ADVICE}
    assert set(shares[ADVICE]) <= set(Option)
    assert sum(shares[ADVICE].values()) == pytest.approx(1)


def test_who_says_nothing_is_given_no_advice() -> None:
    assert advised("") == {}


def test_what_answers_a_question_that_is_none_of_ours_is_not_read() -> None:
    assert understood(SAID, "which_is_right:gap") is NOT_READ
    assert NOT_READ.shares(Part(0, len(SAID))) == {}


def test_the_same_text_is_read_the_same_way() -> None:
    fresh = Encoder(FOLDER / ENCODER)
    question = QUESTIONS[0].text
    assert (fresh.read(SAID, question).scores == encoder().read(SAID, question).scores).all()


@pytest.mark.parametrize("name", [ENCODER, ADVISER, NEWS_ENCODER])
def test_every_processor_multiplies_to_the_same_sums(name: str) -> None:
    graph = onnx.load(str(FOLDER / name)).graph
    kinds = {one.name: one.data_type for one in graph.initializer}
    weights = [kinds[node.input[1]] for node in graph.node if node.op_type == "MatMulInteger"]
    assert len(weights) > 30
    # Signed ones overflow where a processor has AVX2 and no VNNI.
    assert set(weights) == {onnx.TensorProto.UINT8}


@pytest.mark.parametrize("text", ["", " ", "\u200b", "?", "日本語", "\U0001f600" * 50])
def test_whatever_is_typed_can_be_read(text: str) -> None:
    plain = prepare(text).plain
    read = understood(plain, "Q1")
    assert len(read.scores) == len(read.starts)
    assert read.shares(Part(0, 0)) == {}


def test_a_monstrous_text_is_read_from_its_beginning_only() -> None:
    read = understood("we tried prompts, " * 600, "Q2")
    assert len(read.scores) == 768
    assert read.shares(Part(0, 30))
    assert read.shares(Part(10_000, 10_030)) == {}


def test_both_readers_count_half_of_what_both_know() -> None:
    taken = together({"topic": {"a": 0.8, "b": 0.2}, "other": {"x": 1.0}}, {"topic": {"a": 0.4, "c": 0.6}})
    assert taken["topic"] == pytest.approx({"a": 0.6, "b": 0.2, "c": 0.3})
    assert taken["other"] == {"x": 1.0}


def test_an_encoder_may_count_for_more() -> None:
    taken = together({"topic": {"a": 0.8, "b": 0.2}}, {"topic": {"a": 0.4, "c": 0.6}}, 0.75)
    assert taken["topic"] == pytest.approx({"a": 0.5, "b": 0.2, "c": 0.45})


@pytest.mark.parametrize("damage", ["missing", "cut", "empty"])
def test_a_damaged_encoder_is_named_with_what_to_do(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "encoder.onnx"
    if damage == "cut":
        path.write_bytes((FOLDER / ENCODER).read_bytes()[:100_000])
    elif damage == "empty":
        path.write_bytes(b"")
    with pytest.raises(RuntimeError, match=r"encoder\.onnx cannot be read .*install the program again"):
        Encoder(path)
