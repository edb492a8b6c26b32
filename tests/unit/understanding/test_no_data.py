"""No data, where the right to it is asked for."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "no data yet",
        "we have no data",
        "None yet",
        "nothing yet",
        "we don't have any data",
        "there is nothing to train on yet",
        "haven't got any data",
        "there isn't any data",
        "no examples yet",
    ],
)
def test_who_has_no_data_says_nothing_of_the_right_to_it(said: str) -> None:
    assert values(said, "Q8") == {"examples_n": 0}


@pytest.mark.parametrize(
    "said",
    [
        "No",
        "none of it",
        "no, we are not",
        "none",
        "nope",
        "no data may leave",
        "we have no data we're allowed to use",
        "we have no data rights",
        "we have no right to it",
        "no, we have no consent",
        "No. The hospital won't let us. No data.",
        "customers said no, so there's no data",
        "data stays with the client, we have none",
        "no limits. We have none.",
    ],
)
def test_a_no_to_the_right_stays_one(said: str) -> None:
    read = values(said, "Q8")
    assert read["data_rights"] == "restricted"
    assert "examples_n" not in read


@pytest.mark.parametrize("said", ["yes, it's all synthetic so no real data, so yes", "no issues, no records"])
def test_beside_a_right_to_the_data_there_is_some(said: str) -> None:
    assert values(said, "Q8") == {"data_rights": "ok"}


@pytest.mark.parametrize("said", ["NDAs? We have none.", "none at all"])
def test_what_there_is_none_of_need_not_be_data(said: str) -> None:
    assert "examples_n" not in values(said, "Q8")


def test_who_cannot_ask_has_not_said_that_there_is_no_data() -> None:
    assert "examples_n" not in values("no data scientist to ask", "Q8")
