from __future__ import annotations

from pathlib import Path

import pytest

from bot.decision.facts import FACT_NAMES
from bot.decision.options import Option
from bot.decision.questions import BY_ID
from bot.decision.recommendation import recommend
from bot.evaluation.cases import DecisionCase, ReplyCase, load_cases
from bot.evaluation.scoring import score_policy

GOLDEN = Path(__file__).parent
FILES = sorted(GOLDEN.glob("*.jsonl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_cases_have_an_id_of_their_own_and_names_that_exist(path: Path) -> None:
    cases = load_cases([path])
    assert cases
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        if isinstance(case, DecisionCase):
            assert {case.expected, *case.acceptable} <= set(Option), case.id
        if isinstance(case, ReplyCase):
            assert case.question in BY_ID, case.id
            assert set(case.expected) <= {*FACT_NAMES}, case.id


def test_policy_agrees_with_nearly_all_advice_on_given_facts() -> None:
    cases = [case for case in load_cases([GOLDEN / "decisions.jsonl"]) if isinstance(case, DecisionCase)]
    scores = [score for case in cases if (score := score_policy(case)) is not None]
    assert sum(scores) / len(scores) >= 0.95
    assert {recommend(case.facts).option for case in cases if case.facts} > {Option.RAG, Option.ASK}
