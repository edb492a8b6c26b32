from __future__ import annotations

from typing import Any

from bot.decision.conflicts import keep_conflicts_that_matter, settle_carefully
from bot.decision.facts import Facts
from bot.decision.statements import Statement, Understanding, understand


def _clashing(fact: str, one: Any, other: Any, **known: Any) -> Understanding:
    said = {**known, fact: one}
    statements = [Statement(fact=name, value=value, quote="") for name, value in said.items()]
    return understand([*statements, Statement(fact=fact, value=other, quote="")])


def test_a_contradiction_that_changes_the_answer_is_kept() -> None:
    understanding = _clashing("tried_rag", True, False, gap="both", tried_prompting="quick")
    assert keep_conflicts_that_matter(understanding) == understanding
    assert understanding.facts.conflicts == ("tried_rag",)


def test_a_contradiction_that_changes_nothing_is_dropped_and_the_careful_version_counts() -> None:
    understanding = keep_conflicts_that_matter(_clashing("examples_n", 900, 20, gap="knowledge"))
    assert understanding.conflicts == ()
    assert understanding.facts == Facts(gap="knowledge", examples_n=20)
    assert understanding.evidence["examples_n"].value == 20


def test_only_the_contradictions_that_matter_are_kept_of_several() -> None:
    first = [Statement(fact=fact, value=True, quote="") for fact in ("tried_rag", "regulated")]
    second = [Statement(fact=fact, value=False, quote="") for fact in ("tried_rag", "regulated")]
    gap = Statement(fact="gap", value="both", quote="")
    examples = Statement(fact="tried_prompting", value="quick", quote="")
    understanding = understand([gap, examples, *first, *second])
    assert understanding.facts.conflicts == ("tried_rag", "regulated")
    assert keep_conflicts_that_matter(understanding).facts.conflicts == ("tried_rag",)


def test_a_contradiction_asked_about_in_vain_is_settled_carefully() -> None:
    understanding = _clashing("tried_rag", True, False, gap="both", tried_prompting="quick")
    settled = settle_carefully(understanding, ("Q2", "conflict:tried_rag"))
    assert settled.conflicts == ()
    assert settled.facts == Facts(gap="both", tried_prompting="quick", tried_rag=False)


def test_a_contradiction_nobody_was_asked_about_stays_open() -> None:
    understanding = _clashing("tried_rag", True, False, gap="both", tried_prompting="quick")
    assert settle_carefully(understanding, ("Q2", "conflict:gap")) == understanding
