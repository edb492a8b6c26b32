from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("not allowed to send it to third parties", "Q8"),
        ("We can't share it outside the company", "Q8"),
        ("Not allowed to send data out", "Q9"),
        ("No data may go to a third party. The summaries are too long. Fine-tune?", ""),
    ],
)
def test_what_may_not_be_sent_away_may_be_trained_on_at_home(said: str, question: str) -> None:
    read = values(said, question)
    assert read["hosting"] == "on_prem"
    assert "data_rights" not in read


@pytest.mark.parametrize("said", ["no data can leave our network", "Nothing may leave the building."])
def test_what_may_not_leave_runs_at_home(said: str) -> None:
    assert values(f"{said} 3000 contracts with redlines. Fine-tune an open model?")["hosting"] == "on_prem"


def test_people_may_leave() -> None:
    assert "hosting" not in values("people leave our site when it is slow")


def test_a_limit_on_training_stays_one_beside_a_place() -> None:
    read = values("we're not allowed to train on it, and it can't leave the house", "Q8")
    assert read["data_rights"] == "restricted"


def test_a_place_that_was_left_is_not_where_it_runs() -> None:
    assert "hosting" not in values(
        "GPT-4o on Azure, used to be Llama on our own boxes. Summaries too long. Tune?"
    )
    assert "hosting" not in values("We used to run on-prem, now it's all OpenAI. Tone is off. Fine-tune?")
    assert values("It runs on our own servers, on-prem. Tone is off. Fine-tune?")["hosting"] == "on_prem"


@pytest.mark.parametrize(
    "said",
    [
        "We were on GPT-4, must run on our own servers",
        "we moved from OpenAI to our own servers",
        "previously OpenAI, now self-hosted llama",
        "It was on Azure until June, now on our own machines, llama 3",
    ],
)
def test_where_it_runs_now_is_no_place_that_was_left(said: str) -> None:
    assert values(said, "Q9")["hosting"] == "on_prem"


@pytest.mark.parametrize(
    "said",
    [
        "We can't give it to any provider, so no",
        "Not allowed, and it can't leave the network",
        "We're not allowed to, the NDA says do not share outside the company",
    ],
)
def test_a_no_beside_a_place_is_a_no(said: str) -> None:
    assert values(said, "Q8")["data_rights"] == "restricted"
