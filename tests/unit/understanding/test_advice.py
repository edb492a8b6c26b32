"""What the adviser may do to a reading, and what it must not."""

from __future__ import annotations

import pytest

from bot.decision.options import Option
from bot.decision.questions import BY_ID
from bot.understanding.learned import likelihoods
from bot.understanding.learned.encoder import ADVISER, Encoder, Shares
from bot.understanding.learned.examples import FOLDER
from bot.understanding.learned.heads import ADVICE, MESSAGES
from bot.understanding.learned.linear import load
from bot.understanding.learned.reader import find_learned
from bot.understanding.message import prepare

OUTCOMES = (Option.RAG, Option.FINE_TUNE_SFT, Option.FEW_SHOT, Option.SWITCH_MODEL, Option.STRUCTURED_TOOLS)
PLAIN = "No thumbs, no ratings, no pairs, the answers ignore our guidelines."
IN_DOUBT = "Responses miss what our experts would say."
GERMAN = (
    "Unser Bot erfindet Preise, die nirgends in unserem Katalog stehen, und unsere Kunden beschweren sich "
    "jeden Tag darüber"
)


def _gap(said: str, monkeypatch: pytest.MonkeyPatch, usual: Option | None) -> object:
    def always(_: str) -> Shares:
        return {ADVICE: {usual: 1.0}} if usual else {}

    monkeypatch.setattr(likelihoods, "advised", always)
    return {one.fact: one.value for one in find_learned(prepare(said))}.get("gap")


@pytest.mark.parametrize("usual", [None, *OUTCOMES])
def test_what_is_said_plainly_stands_whatever_is_usual(
    usual: Option | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _gap(PLAIN, monkeypatch, usual) == "behaviour"


def test_what_is_in_doubt_is_tipped_by_what_is_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _gap(IN_DOUBT, monkeypatch, Option.RAG) == "knowledge"
    assert _gap(IN_DOUBT, monkeypatch, Option.FEW_SHOT) == "behaviour"


def test_neither_an_answer_nor_another_language_is_given_to_the_adviser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(plain: str) -> Shares:
        raise AssertionError(plain)

    monkeypatch.setattr(likelihoods, "advised", never)
    assert list(find_learned(prepare("we have tried retrieval and it did not help"), BY_ID["Q2"]))
    list(find_learned(prepare(GERMAN)))
    with pytest.raises(AssertionError, match="ignore our guidelines"):
        list(find_learned(prepare(PLAIN)))


def test_the_adviser_knows_whatever_the_linear_model_may_advise_of_a_situation() -> None:
    (known,) = (set(head.classes) for head in Encoder(FOLDER / ADVISER).heads)
    (linear,) = (set(head.classes) for head in load(FOLDER / MESSAGES).heads if head.name == ADVICE)
    assert linear - known <= {Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE}
