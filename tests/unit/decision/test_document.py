from __future__ import annotations

from difflib import unified_diff
from itertools import islice

import pytest

from bot.decision.options import Option
from bot.decision.policy import POLICY_VERSION, RULES
from bot.decision.policy.gates import GATES
from bot.decision.priors import FAILURES_OF_GAP, GAPS_OF_GOAL, GOALS, PRIORS
from bot.decision.questions import QUESTIONS
from bot.decision.thresholds import THRESHOLDS
from docs.build_decisions import PAGE, TEMPLATE, TemplateInvalid, build, cited, render, values

WRITTEN = PAGE.read_text(encoding="utf-8")
BY_HAND = WRITTEN[WRITTEN.index("## Where we differ") : WRITTEN.index("## How to change")]
FROM_CODE = WRITTEN.replace(BY_HAND, "")
ROWS = frozenset(line.split(" | ")[0].removeprefix("| ").strip("`") for line in FROM_CODE.splitlines())
"""The first cell of every row, but for tables about how we compare."""


def test_page_is_what_the_generator_makes() -> None:
    difference = unified_diff(WRITTEN.splitlines(), build().splitlines(), "docs/decisions.md", "made", n=0)
    first = list(islice(difference, 20))
    assert first == [], "docs/decisions.md is out of date: run `make decisions` and commit it"


def test_template_names_exactly_what_is_rendered() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    with pytest.raises(TemplateInvalid, match="unknown placeholder: no_such_table"):
        render(template + "{{ no_such_table }}", values())
    with pytest.raises(TemplateInvalid, match="placeholder left out: rules"):
        render(template.replace("{{ rules }}", ""), values())


def test_no_placeholder_is_left_in_the_page() -> None:
    assert "{{" not in WRITTEN


@pytest.mark.parametrize(
    ("what", "ids"),
    [
        ("rules", {rule.id for rule in RULES}),
        ("gates", {gate.id for gate in GATES}),
        ("thresholds", {threshold.id for threshold in THRESHOLDS}),
        ("outcomes", set(Option)),
        ("questions", {question.id for question in QUESTIONS}),
        ("priors", {*PRIORS, *GAPS_OF_GOAL, *FAILURES_OF_GAP}),
        ("sources", set(cited())),
    ],
)
def test_each_stands_in_the_page(what: str, ids: set[str]) -> None:
    assert ids - ROWS == set(), f"{what} that have no row in docs/decisions.md: run `make decisions`"


def test_every_weight_of_every_prior_stands_in_the_page() -> None:
    of_facts = {fact: len(weights) for fact, weights in PRIORS.items()}
    in_page = {
        fact: line.count(", ") + 1
        for line in WRITTEN.splitlines()
        for fact in PRIORS
        if line.startswith(f"| `{fact}` |")
        for line in (line.split(" | ")[2],)
    }
    assert in_page == of_facts
    assert all(f"{goal} {weight:.2f}" in WRITTEN for goal, weight in GOALS.items())


def test_page_says_which_version_it_is_about() -> None:
    assert POLICY_VERSION in WRITTEN


def test_every_threshold_says_when_its_sources_were_read() -> None:
    section = WRITTEN.split("## Thresholds")[1].split("\n## ")[0]
    assert values()["read_on"] in section
