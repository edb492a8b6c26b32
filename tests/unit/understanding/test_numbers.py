from __future__ import annotations

import pytest

from bot.decision.facts import Range
from bot.understanding.message import prepare
from bot.understanding.numbers import find_quantities


def amounts(text: str) -> list[int | Range | None]:
    return [quantity.as_amount() for quantity in find_quantities(prepare(text))]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("we own 4,250 of them", 4250),
        ("7.5k rows", 7500),
        ("0.6M events", 600_000),
        ("three lakh invoices", 300_000),
        ("2 crore users", 20_000_000),
        ("six hundred and twelve letters", 612),
        ("forty-one of them", 41),
        ("half a million", 500_000),
        ("1.250.000 Zeilen", 1_250_000),
        ("3 000 pages", 3000),
        ("4 250 pages", 4250),
        ("7\u202f300 pages", 7300),
        ("1\u00a0150\u00a0000 rows", 1_150_000),
        ("10^4 rows", 10_000),
        ("3 x 10⁵ rows", 300_000),
        ("15e3 rows", 15_000),
        ("3½k rows", 3500),
        ("1 ¼ million rows", 1_250_000),
        ("we and our partners have dreihundert und die Beispiele", 300),
        ("tenemos con los ejemplos unas cuatro mil", 4000),
        ("nous avons deux cents exemples par jour", 200),
    ],
)
def test_an_amount_is_read_however_it_is_written(said: str, expected: int) -> None:
    assert expected in amounts(said) or any(
        isinstance(one, Range) and one.min is not None and one.min <= expected <= (one.max or expected)
        for one in amounts(said)
    )


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("between 30 and 45", 30, 45),
        ("200 to 350 letters", 200, 350),
        ("4-6k calls", 4000, 6000),
        ("a couple hundred", 150, 250),
        ("a few thousand", 2000, 5000),
        ("several dozen", 36, 96),
        ("dozens of them", 24, 99),
        ("roughly 1,000", 920, 1080),
        ("700 or so", 644, 756),
        ("more than 80", 81, None),
        ("at least 80", 80, None),
        ("no fewer than 80", 80, None),
        ("not less than 80", 80, None),
        ("80+", 80, None),
        ("under 400", 1, 399),
        ("up to 400", 1, 400),
        ("under a thousand", 1, 999),
    ],
)
def test_a_vague_amount_becomes_a_range(said: str, low: int, high: int | None) -> None:
    assert amounts(said) == [Range(min=low, max=high)]


@pytest.mark.parametrize(
    "said",
    [
        "1.200",
        "gpt-4.1 or llama 3",
        "a 13b model",
        "prompt v7",
        "24/7 support",
        "the 3rd floor at 4 pm",
        "10.20.30.40",
        "on the second try",
        "-7",
        "minus seven",
        "we hold −7 of them",
        "a rate of 2e-5",
        "7²",
    ],
)
def test_what_is_ambiguous_or_counts_nothing_is_left_out(said: str) -> None:
    assert amounts(said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("- 300 letters\n- 40 tests", [300, 40]),
        ("-300 letters\n-40 tests", [300, 40]),
        ("20 -30", [Range(min=20, max=30)]),
        ("parts 960 320 14", [960, 320, 14]),
    ],
)
def test_a_dash_or_a_space_between_two_numbers_leaves_them_two(
    said: str, expected: list[int | Range]
) -> None:
    assert amounts(said) == expected


def test_a_table_of_numbers_is_read_from_its_beginning_only() -> None:
    assert len(amounts("17, " * 3000)) <= 160


@pytest.mark.parametrize(
    "said", ["3 points below our target of 90%", "3 short of the 90 we promised", "3 pts off the 90"]
)
def test_what_a_score_is_short_of_another_makes_it(said: str) -> None:
    assert [one.said for one in find_quantities(prepare(said)) if one.unit == "share"] == [0.87]


@pytest.mark.parametrize("said", ["20 under 500", "50 behind 400", "300 off 900", "60 below the 90 we need"])
def test_a_number_below_one_that_is_no_score_makes_no_share_of_it(said: str) -> None:
    assert [one.unit for one in find_quantities(prepare(said))] == ["", ""]


def test_a_share_and_a_number_make_no_range() -> None:
    assert [(one.unit, one.said) for one in find_quantities(prepare("half or 60 pass"))] == [
        ("share", 0.5),
        ("", 60),
    ]
