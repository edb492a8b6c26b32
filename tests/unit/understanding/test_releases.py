"""What changes with each release."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "300 pages, changes with each release",
        "300 pages, it changes with every release",
        "300 pages, new version with every product release",
        "300 pages, updated every release",
        "300 pages, changes with each new app version",
        "300 pages, changes with each release, 500 requests a day",
    ],
)
def test_how_often_they_release_is_not_guessed(said: str) -> None:
    assert "knowledge_change" not in values(said, "Q6")


@pytest.mark.parametrize(
    ("said", "pace"),
    [
        ("changes at each release, weekly", "weekly"),
        ("changes with each release, every two weeks", "weekly"),
        ("changes with every weekly release", "weekly"),
        ("changes each release, so about monthly", "monthly"),
        ("daily releases change it", "daily"),
        ("every release changes them; we release twice a month", "monthly"),
        ("300 pages, changes on every deploy, and we deploy daily", "daily"),
        ("never, not even with a release", "static"),
        ("the release notes are updated weekly", "weekly"),
        ("every update happens on Monday", "weekly"),
        ("each sprint with a release", "weekly"),
        ("Every Monday with the release", "weekly"),
        ("each version of the handbook lasts a year", "yearly"),
    ],
)
def test_an_interval_that_is_said_counts(said: str, pace: str) -> None:
    assert values(said, "Q6")["knowledge_change"] == pace


def test_the_day_of_the_release_tells_it_in_another_sentence_too() -> None:
    said = "We release on Fridays and the docs change with each release, bot is behind. Should we fine-tune?"
    assert values(said)["knowledge_change"] == "weekly"
