"""Every rule and every gate explains itself by two to four reasons, each with a passage that bears it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.answer import Reference
from bot.app import open_reference
from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.given_facts import advise_on_facts
from bot.settings import Settings
from tests.unit.decision.situations import GATE_CASES, RULE_CASES

AT = datetime(2026, 11, 23, tzinfo=UTC)
NO_ADVICE = frozenset({Option.DEFINE_TERM, Option.OFF_TOPIC, Option.DECLINE})
SITUATIONS = {case.rule: case.facts for case in RULE_CASES if case.option not in NO_ADVICE} | {
    f"{case.gate}, {case.direction.name}": case.facts for case in GATE_CASES
}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"), redis_url=None, slack_bot_token=None, slack_app_token=None
    )
    with open_reference(settings, lambda _line: None) as opened:
        yield opened


@pytest.mark.parametrize("facts", SITUATIONS.values(), ids=SITUATIONS)
async def test_advice_has_two_to_four_reasons_and_a_citation_for_each(
    facts: Facts, reference: Reference
) -> None:
    reasons = (await advise_on_facts(facts, reference, AT)).reasons
    assert 2 <= len(reasons) <= 4
    assert all(reason.citations for reason in reasons)
    assert len({reason.text for reason in reasons}) == len(reasons)


@pytest.mark.parametrize("facts", SITUATIONS.values(), ids=SITUATIONS)
async def test_a_figure_in_a_reason_stands_in_the_passage_that_it_cites(
    facts: Facts, reference: Reference
) -> None:
    advice = await advise_on_facts(facts, reference, AT)
    passages = {citation.number: citation.text for citation in advice.citations}
    for reason in advice.reasons:
        cited = " ".join(passages[number] for number in reason.citations)
        missing = set(re.findall(r"\d[\d,.]*(?<![,.])", reason.text)) - set(
            re.findall(r"\d[\d,.]*(?<![,.])", cited)
        )
        assert missing == set(), reason.text


async def test_the_weights_of_a_vendor_are_not_priced_as_what_it_sells(reference: Reference) -> None:
    tuned = {"gap": "behaviour", "goal_kind": "extraction", "examples_n": 900, "eval_set_n": 90}
    told = {
        model: " ".join(
            (await advise_on_facts(Facts.model_validate({**tuned, "base_model": model}), reference, AT)).costs
        )
        for model in ("gemma", "gemini 2.5 flash")
    }
    assert "Gemini" not in told["gemma"]
    assert "Gemini" in told["gemini 2.5 flash"]


async def test_the_end_of_what_cannot_run_there_is_not_told(reference: Reference) -> None:
    tried = {"gap": "behaviour", "base_model": "gpt-4o", "hosting": "on_prem"}
    for fits, count in ((True, 1), (False, 0)):
        facts = Facts.model_validate({**tried, "base_fits_hosting": fits})
        cautions = (await advise_on_facts(facts, reference, AT)).cautions
        assert len([one for one in cautions if "GPT-4o" in one]) == count
