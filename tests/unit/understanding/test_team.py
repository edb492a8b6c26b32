from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "We employ three machine learning specialists at the Singapore office, 30k dollars in all",
        "$40k total, me + 2 other ml engs",
        "two ML engineers",
    ],
)
def test_several_such_people_are_a_team(said: str) -> None:
    assert values(said, "Q13")["team_ml"] == "strong"


@pytest.mark.parametrize(
    "said",
    [
        "there were three ML engineers, nobody is left",
        "three ml people at head office, not ours",
        "Two ML engineers for a day a week",
        "one ML engineer",
    ],
)
def test_people_who_are_not_there_are_none(said: str) -> None:
    assert values(said, "Q13").get("team_ml") != "strong"
