from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app import KNOWLEDGE, open_evidence
from bot.decision.facts import parse_value
from bot.decision.policy import RULES
from bot.decision.policy.gates import GATES
from knowledge.errors import ReferenceDataInvalid
from knowledge.evidence import Evidence, load_evidence
from knowledge.passage import Passage

EVIDENCE = open_evidence()
BY_TEXT = pytest.mark.parametrize("one", EVIDENCE, ids=[one.text[:40] for one in EVIDENCE])
PASSAGE = Passage(
    id="rag/what-it-is",
    slug="rag",
    term="RAG",
    section="What it is",
    text="It looks things up. Unless they are few, it helps [PAP-01]. It costs a search.",
    sources=(),
)


def loaded(tmp_path: Path, says: str, *passages: Passage) -> tuple[Evidence, ...]:
    path = tmp_path / "evidence.yaml"
    path.write_text(f'evidence:\n  - says: "{says}"\n    bears_out: [D4]\n', encoding="utf-8")
    return load_evidence(path, passages or (PASSAGE,))


@pytest.mark.parametrize(
    ("says", "text"),
    [
        ("It looks things up.", "It looks things up."),
        ("Unless they are few, it helps [PAP-01].", "Unless they are few, it helps."),
        (
            "Unless they are few, it helps [PAP-01]. It costs a search.",
            "Unless they are few, it helps. It costs a search.",
        ),
    ],
)
def test_whole_sentences_are_taken_over_without_their_citations(tmp_path: Path, says: str, text: str) -> None:
    (one,) = loaded(tmp_path, says)
    assert (one.text, one.passage, one.bears_out) == (text, PASSAGE, ("D4",))


@pytest.mark.parametrize(
    "says",
    [
        "It helps [PAP-01].",
        "it helps [PAP-01].",
        "Unless they are few, it helps.",
        "It looks things up. It costs a search.",
        "It costs a search. It looks things up.",
        "It never helps.",
    ],
)
def test_what_is_cut_spliced_or_made_up_is_refused(tmp_path: Path, says: str) -> None:
    with pytest.raises(ReferenceDataInvalid, match="stands in 0 passages"):
        loaded(tmp_path, says)


def test_what_stands_in_two_passages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataInvalid, match="stands in 2 passages"):
        loaded(tmp_path, "It costs a search.", PASSAGE, PASSAGE)


@BY_TEXT
def test_evidence_is_for_rules_and_requirements_that_there_are(one: Evidence) -> None:
    assert set(one.bears_out) <= {rule.id for rule in RULES} | {gate.id for gate in GATES}


@BY_TEXT
def test_evidence_is_called_for_by_values_that_facts_can_have(one: Evidence) -> None:
    for fact, values in one.said.items():
        assert [parse_value(fact, value) for value in values] == list(values)


@BY_TEXT
def test_evidence_does_not_lean_on_what_stands_before_it(one: Evidence) -> None:
    leaning = r"(?:It|They|This|That|These|Those|Both|Otherwise|Such|Yes|No|Not|Then|So|But|And|Or|If not)\b"
    assert not re.match(leaning, one.text)
    assert "?" not in one.text
    assert not one.text.startswith('"')


@BY_TEXT
def test_evidence_promises_no_price(one: Evidence) -> None:
    assert not re.search(r"\$|\bprices?\b|per million|a month", one.text)


def test_what_may_stand_behind_a_colon_begins_with_no_name() -> None:
    glossary = " ".join(path.read_text(encoding="utf-8") for path in (KNOWLEDGE / "glossary").glob("*.md"))
    common = set(re.findall(r"\b[a-z][a-z-]*\b", glossary))
    capitalised = set(re.findall(r"(?<=[a-z,] )[A-Z][\w-]*", glossary))
    names = {word for word in capitalised if word.lower() not in common}
    because = [one.text for rule in RULES for one in rule.because] + [gate.because.text for gate in GATES]
    led = [text.split()[0] for text in (*because, *(one.text for one in EVIDENCE if one.said))]
    assert "Mistral-7B" in names
    assert [word for word in led if word in names] == []


def test_no_evidence_only_repeats_a_reason() -> None:
    because = {b.text for rule in RULES for b in rule.because} | {gate.because.text for gate in GATES}
    assert not because & {one.text for one in EVIDENCE}
