"""Labels that are known to be faulty or out of date."""

from __future__ import annotations

import pytest

from bot.decision.questions import BY_ID
from bot.decision.statements import Statement
from bot.understanding.faulty_labels import find_faulty_labels
from bot.understanding.message import prepare
from bot.understanding.reading import read
from tests.unit.understanding.test_reading import values

_FAULTY = (
    "the inspectors made lots of mistakes in the old codes",
    "a fifth of the labels are wrong",
    "the labels follow the old policy",
    "the tags are inconsistent",
    "half the annotations are outdated",
    "15% of our training labels are wrong",
    "the labels aren't always consistent",
    "some of the old codes are full of errors",
    "the codes are from the old catalogue",
)


@pytest.mark.parametrize("said", _FAULTY)
@pytest.mark.parametrize(
    "opening", ["We want to sort claims, 2,000 are labelled. {}. Should we fine-tune?", "{}"]
)
def test_labels_that_are_faulty_are_of_mixed_quality(said: str, opening: str) -> None:
    question = "" if "sort" in opening else "Q5"
    assert values(opening.format(said.capitalize()), question)["data_quality"] == "mixed"


@pytest.mark.parametrize("said", _FAULTY)
def test_labels_that_are_faulty_are_heard_beside_how_many_there_are(said: str) -> None:
    read_as = values(f"5 kinds, 2,000 labelled, but {said}", "Q15")
    assert (read_as["examples_n"], read_as["data_quality"]) == (2000, "mixed")


@pytest.mark.parametrize("said", _FAULTY)
def test_labels_that_are_faulty_are_heard_after_a_recommendation(said: str) -> None:
    told = [Statement(fact="goal_kind", value="classification", quote="", message_id="1")]
    reading = read(said, message_id="2", earlier=told, continues=True)
    assert reading.intent == "answer"
    assert {one.fact: one.value for one in reading.statements}["data_quality"] == "mixed"


@pytest.mark.parametrize(
    "said",
    [
        "We sort complaints. The inspectors made lots of mistakes in the old codes",
        "We want to triage bugs, 15% of our training labels are wrong",
        "Claims come in as letters. The labels follow the old policy",
    ],
)
def test_an_opening_has_to_name_people_or_the_data(said: str) -> None:
    assert find_faulty_labels(prepare(said), may_be_bare=False) is not None


@pytest.mark.parametrize(
    "said",
    [
        "A fifth of the labels are wrong",
        "Our tags are inconsistent",
        "GPT-4o assigns billing codes to claims. The annotators made mistakes in the codes",
        "We let an LLM tag photos, the clerks mislabelled some",
        "Our training data is outdated, the bot does not know new products",
        "There are coding errors in the generated SQL",
        "Customers complain they were misclassified",
        "The ground truth is often inconsistent in our contracts",
    ],
)
def test_else_an_opening_may_speak_of_what_a_model_gives(said: str) -> None:
    assert find_faulty_labels(prepare(said), may_be_bare=False) is None


@pytest.mark.parametrize(
    "said",
    [
        "the tags are wrong half of the time, which is the problem; we have 800 reviewed",
        "800 reviewed examples, some codes are obsolete ICD-9",
        "our zip codes are often wrong, but 800 records were reviewed",
        "nurses sometimes make mistakes in the codes, so we have 800 corrected pairs",
    ],
)
def test_faults_that_are_not_of_the_labels_or_are_mended_do_not_count(said: str) -> None:
    assert values(said, "Q5") == {"examples_n": 800}


@pytest.mark.parametrize(
    "said",
    [
        "GPT-4o assigns billing codes to claims. 15% of the codes are wrong, we need under 5%",
        "30% of the codes are wrong and we need 95%",
    ],
)
def test_a_score_stays_beside_faulty_labels(said: str) -> None:
    assert "baseline_score" in values(f"{said}. Should we fine-tune?")


@pytest.mark.parametrize(
    "said",
    [
        "The model makes mistakes in the codes",
        "It tags wrongly in a fifth of cases",
        "Its labels are wrong",
        "Our classifier's labels are wrong in 20% of cases",
        "The labels it gives are inconsistent",
        "The bot assigns wrong labels",
        "Labels come out wrong",
        "Our LLM tags articles. The tags are inconsistent between runs",
        "The codes the model writes are wrong half the time",
        "We have 2,000 labelled tickets, we corrected all label errors",
        "Every label was checked, there are no mistakes in them",
        "The product labels on our shelves are wrong; the bot reads them",
        "Our prompts are outdated",
        "What if the labels are wrong? We have 2,000",
    ],
)
def test_what_the_model_labels_wrongly_says_nothing_of_the_data(said: str) -> None:
    assert values(f"{said}. Should we fine-tune?").get("data_quality") != "mixed"


def test_asked_what_goes_wrong_they_speak_of_the_labels_that_it_gives() -> None:
    assert "data_quality" not in values("the labels are wrong", "Q1")


@pytest.mark.parametrize(
    "said",
    [
        "about 2,000, checked by experts, though a tenth of the labels are wrong",
        "2,000 curated ones. The tags are inconsistent",
    ],
)
def test_labels_that_were_reviewed_as_well_have_one_quality_as_ever(said: str) -> None:
    reading = read(said, pending=BY_ID["Q5"])
    assert [one.value for one in reading.statements if one.fact == "data_quality"] == ["mixed"]
