from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.decision.facts import FACT_NAMES, choices_of, parse_value
from bot.decision.options import Option
from bot.decision.questions import BY_ID, NEWS
from bot.understanding.absence import NOBODY_KNOWS, THERE_IS_NONE
from bot.understanding.asked_outright import OUTRIGHT
from bot.understanding.complications import COMPLICATIONS
from bot.understanding.learned import examples
from bot.understanding.learned.examples import FOLDER, KINDS, NEWS_FOLDER, NEWS_KINDS
from bot.understanding.learned.features import message_sample, reply_sample
from bot.understanding.learned.heads import (
    ADVICE,
    CLAUSE_FACTS,
    CLAUSES,
    INTENT,
    MESSAGE_FACTS,
    MESSAGES,
    NEWS_FACTS,
    REPLIES,
    REPLY_FACTS,
    SAYS,
    SOMETHING,
    WANTS,
)
from bot.understanding.learned.linear import NOTHING, Block, LinearModel, load, save
from bot.understanding.learned.number_examples import absence_examples, number_examples
from bot.understanding.learned.number_model import ABSENCE, NUMBERS, ROLE
from bot.understanding.learned.training import Example, Examples, fit, message_examples, reply_examples
from bot.understanding.mended import TROUBLES
from bot.understanding.number_values import ROLES
from bot.understanding.wanted import KINDS as KINDS_OF_WISHES

WEIGHT_FILES = (CLAUSES, MESSAGES, REPLIES, NUMBERS)
MOST_BYTES = 1_700_000


@pytest.mark.parametrize("name", WEIGHT_FILES)
@pytest.mark.parametrize(("folder", "kinds"), [(FOLDER, KINDS), (NEWS_FOLDER, NEWS_KINDS)])
def test_weights_were_trained_on_the_examples_that_lie_beside_them(
    folder: Path, kinds: tuple[str, ...], name: str
) -> None:
    assert load(folder / name).fingerprint == examples.fingerprint(kinds), (
        "run `make learn` and commit the weights"
    )


@pytest.mark.parametrize("name", WEIGHT_FILES)
@pytest.mark.parametrize("folder", [FOLDER, NEWS_FOLDER])
def test_a_weight_file_is_small_enough_to_be_kept_with_the_code(folder: Path, name: str) -> None:
    assert (folder / name).stat().st_size < MOST_BYTES


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        (CLAUSES, (*CLAUSE_FACTS, *NEWS_FACTS)),
        (MESSAGES, (*MESSAGE_FACTS, INTENT, ADVICE)),
        (REPLIES, (*REPLY_FACTS, *NEWS_FACTS, SAYS, WANTS)),
        (NUMBERS, (ROLE, ABSENCE)),
    ],
)
@pytest.mark.parametrize("folder", [FOLDER, NEWS_FOLDER])
def test_every_head_says_only_what_can_be_said(folder: Path, name: str, heads: tuple[str, ...]) -> None:
    model = load(folder / name)
    assert {head.name for head in model.heads} <= set(heads)
    for head in model.heads:
        values = set(head.classes) - {NOTHING}
        if head.name == ROLE:
            assert values <= set(ROLES)
        elif head.name == ABSENCE:
            assert values == {THERE_IS_NONE, NOBODY_KNOWS}
        elif head.name == ADVICE:
            assert values <= set(Option)
        elif head.name == SAYS:
            assert values == {SOMETHING}
        elif head.name == WANTS:
            assert values == set(KINDS_OF_WISHES)
        elif head.name != INTENT:
            assert head.name in FACT_NAMES
            assert values <= set(choices_of(head.name) or ("True", "False"))


def test_labelled_situations_quote_what_states_each_fact() -> None:
    for situation in examples.situations():
        assert {situation.expected, *situation.acceptable} <= set(Option), situation.id
        for fact, stated in situation.facts.items():
            assert stated.quote in situation.text, (situation.id, fact)
            assert parse_value(fact, stated.value) is not None, (situation.id, fact)


def test_labelled_replies_answer_known_questions_with_known_facts() -> None:
    for reply in examples.replies():
        assert reply.question in BY_ID, reply.id
        assert {*reply.expected, *reply.also_ok, *reply.previous} <= {*FACT_NAMES}, reply.id


def test_labelled_remarks_state_known_facts_and_have_an_id_of_their_own() -> None:
    remarks = list(examples.remarks())
    assert len({one.id for one in remarks}) == len(remarks) > 13_000
    # Two hands may write the same few words. Whether "noted" is a thanks may be left open.
    stated: dict[str, object] = {}
    for remark in remarks:
        assert stated.setdefault(remark.remark, remark.expected) == remark.expected, remark.id
        assert {*remark.expected, *remark.also_ok} <= {*FACT_NAMES}, remark.id


def test_a_remark_is_learned_as_an_answer_to_what_is_new() -> None:
    remark = examples.LabelledRemark(
        id="r", remark="84 now, so?", wants="again", expected={"baseline_score": 0.84}
    )
    ((_, labels),) = reply_examples(Examples((), (), (), (), (remark,), ()))
    assert remark.as_reply.question == NEWS.id
    assert (labels[WANTS], labels[SAYS], labels["gap"]) == ("again", SOMETHING, NOTHING)


AFTER_ADVICE = (
    "remarks.jsonl",
    "later_remarks.jsonl",
    "asked_outright.jsonl",
    "complications.jsonl",
    "more_complications.jsonl",
    "mended.jsonl",
    "steps_done.jsonl",
)


def _labelled_after_advice() -> Iterator[tuple[str, str]]:
    """Yield the id and the words of every labelled message after a recommendation."""
    yield from ((one.id, one.remark) for one in examples.remarks())
    yield from ((one.id, one.remark) for one in examples.verdicts())
    yield from ((one.id, one.remark) for one in examples.complications())
    yield from ((one.id, one.remark) for one in examples.mendings())
    yield from ((one.id, one.remark) for one in examples.done())


def test_no_labelled_text_is_one_that_answers_are_measured_on() -> None:
    golden = Path(__file__).parents[2] / "golden"
    openings = [path for path in golden.glob("*.jsonl") if path.name not in AFTER_ADVICE]
    measured = " ".join(path.read_text(encoding="utf-8").lower() for path in openings)
    assert not [one.id for one in examples.situations() if one.text.lower() in measured]
    remarks = {
        json.loads(line)["remark"].lower()
        for name in AFTER_ADVICE
        for line in (golden / name).read_text("utf-8").splitlines()
    }
    assert not [id_ for id_, remark in _labelled_after_advice() if remark.lower() in remarks]


def test_labelled_verdicts_and_complications_have_an_id_of_their_own_and_words() -> None:
    remarks = {one.id for one in examples.remarks()}
    verdicts, complications = list(examples.verdicts()), list(examples.complications())
    assert len({one.id for one in verdicts}) == len(verdicts) > 4_000
    assert len({one.id for one in complications}) == len(complications) > 1_000
    assert not [one.id for one in verdicts if not one.remark and one.id not in remarks]
    assert {one.asks for one in verdicts} == {"", *OUTRIGHT}
    assert {one.brings for one in complications} == {"", *COMPLICATIONS}
    assert all(one.remark for one in complications)


def test_labelled_ends_of_a_trouble_and_steps_done_have_an_id_of_their_own_and_words() -> None:
    mendings, done = list(examples.mendings()), list(examples.done())
    assert len({one.id for one in mendings}) == len(mendings) > 700
    assert len({one.id for one in done}) == len(done) > 1_000
    assert {one.mends for one in mendings} == {"", *TROUBLES}
    assert all(one.remark for one in mendings)
    assert all(one.remark for one in done)
    assert all(set(one.done) <= set(range(len(one.steps))) for one in done)


WORDS = {"retrieval": ("search", "index"), "tone": ("rude", "curt")}


def small_examples() -> Iterator[Example]:
    for topic, words in WORDS.items():
        for word in words:
            for number in range(8):
                yield message_sample(f"it is {word} in case {number}"), {"topic": topic}


def test_what_was_learned_tells_apart_what_it_was_shown(tmp_path: Path) -> None:
    model = fit(list(small_examples()), ["topic", "absent"], "abc")
    assert [head.name for head in model.heads] == ["topic"]
    for topic, words in WORDS.items():
        shares = model.probabilities(message_sample(f"quite {words[0]} today"))["topic"]
        assert sum(shares.values()) == pytest.approx(1)
        assert max(shares, key=lambda name: shares[name]) == topic
    path = tmp_path / "weights.npz"
    save(model, path)
    kept = load(path)
    assert kept.fingerprint == "abc"
    sample = message_sample("the search is slow")
    assert kept.probabilities(sample)["topic"] == pytest.approx(
        model.probabilities(sample)["topic"], abs=0.02
    )
    first = path.read_bytes()
    save(fit(list(small_examples()), ["topic"], "abc"), path)
    assert path.read_bytes() == first, "the same examples make the same file"


def test_words_that_were_never_seen_count_for_nothing() -> None:
    model: LinearModel = load(FOLDER / MESSAGES)
    rows, values = model.weigh(Block(("zzzz", "qqqq")))
    assert rows == []
    assert len(values) == 0


def test_a_word_without_an_example_counts_as_unknown_where_that_was_learned() -> None:
    block = Block(("known words", "known", "strange"), unknown="*")
    assert block.names({"known"}) == {"known words", "known", "strange", "*"}
    assert block.names({"known", "strange"}) == {"known words", "known", "strange"}
    assert "*" not in Block(("strange",)).names(())


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"expected": {"data_rights": "ok"}}, SOMETHING),
        ({"expected": {"data_rights": None}}, NOTHING),
        ({"unparseable": True}, NOTHING),
        ({"also_ok": {"data_rights": "ok"}}, None),
    ],
)
def test_a_reply_teaches_whether_it_says_anything_unless_that_is_open(
    row: dict[str, Any], says: str | None
) -> None:
    reply = examples.LabelledReply(id="1", question="Q8", reply="as agreed", **row)
    made_of = Examples(situations=(), clauses=(), replies=(reply,), remarks=(), intents=())
    ((_, labels),) = reply_examples(made_of)
    assert labels.get(SAYS) == says


def test_a_situation_is_learned_also_beside_a_question_that_says_nothing_of_it() -> None:
    situation = examples.Situation(id="1", text="the tone is off", facts={}, expected="IMPROVE_PROMPT")
    made_of = Examples(situations=(situation,), clauses=(), replies=(), remarks=(), intents=())
    (alone, labels), (beside, others) = message_examples(made_of)
    assert set(alone.blocks[0].features) < set(beside.blocks[0].features)
    assert others == {head: one for head, one in labels.items() if head != "asks"}


def test_a_reply_counts_its_words_beside_its_question() -> None:
    names = {name for block in reply_sample("no idea", "Q5").blocks for name in block.features}
    assert {"no", "Q5:", "Q5:no", "Q5:no idea"} <= names


@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_a_damaged_weight_file_is_named_with_what_to_do(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    if damage == "cut":
        path.write_bytes((FOLDER / NUMBERS).read_bytes()[:1000])
    elif damage == "other":
        np.savez(path, something=np.zeros(1))
    with pytest.raises(RuntimeError, match=r"weights\.npz cannot be read .*install the program again"):
        load(path)


def roles_of(said: str, **expected: Any) -> list[str]:
    """Return the role of each number of a labelled reply that has one to learn from."""
    reply = examples.LabelledReply(id="x", question="Q5", reply=said, expected=expected)
    return [labels[ROLE] for _, labels in number_examples([], [reply])]


def test_two_numbers_that_add_up_to_the_labelled_count_are_both_learned_as_it() -> None:
    assert roles_of("700 plus another 150", examples_n=850) == ["examples_n", "examples_n"]
    assert roles_of("700, of 150 kinds", examples_n=700) == ["examples_n", NOTHING]


def test_a_number_that_contradicts_what_was_said_before_is_not_learned_as_nothing() -> None:
    assert roles_of("we have 300 good ones", conflicts=["examples_n"]) == []


@pytest.mark.parametrize(("value", "label"), [(0, THERE_IS_NONE), (None, NOBODY_KNOWS), (12, NOTHING)])
def test_an_amount_is_learned_as_nought_or_unknown_by_its_label(value: int | None, label: str) -> None:
    reply = examples.LabelledReply(id="x", question="Q5", reply="hm", expected={"examples_n": value})
    assert [labels[ABSENCE] for _, labels in absence_examples([reply])] == [label]
