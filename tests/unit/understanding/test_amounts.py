from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.decision.facts import Range
from bot.understanding.message import prepare
from bot.understanding.number_values import measured
from bot.understanding.numbers import find_quantities
from tests.unit.understanding.test_reading import values


def value(said: str, number: str, role: str, question: str = "") -> object:
    """Return what a number of a message is worth in a role."""
    message = prepare(said)
    numbers = measured(message, find_quantities(message), question)
    said_so = [message.plain[one.start : one.end] for one in numbers.quantities]
    return numbers.value(said_so.index(number), role)


@pytest.mark.parametrize(
    ("said", "number", "worth"),
    [
        ("80 cases, 60 are right", "60", 0.75),
        ("50 drafts and it fails 7", "7", 0.86),
        ("we ran 40, 10 of them wrong", "10", 0.75),
        ("set of 60, passing: 45", "45", 0.75),
        ("80 cases, we are at 60", "60", 0.6),
        ("60% are right of 80 cases", "60%", 0.6),
    ],
)
def test_a_number_beside_pass_or_fail_counts_cases(said: str, number: str, worth: float) -> None:
    assert value(said, number, "baseline_score") == worth


def test_who_counts_only_raw_examples_has_no_reviewed_ones() -> None:
    assert values("just 5,000 exported tickets", "Q5") == {"examples_n": 0}
    assert values("5,000 exported tickets, some are checked", "Q5").get("examples_n") is None


def test_a_size_may_be_said_in_words() -> None:
    assert values("300 a day, the prompt is a page and a half", "Q10")["prompt_tokens"] == 600


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("a thousand or two", 1000, 2000),
        ("in the low hundreds", 100, 400),
        ("could be 200, maybe 300", 200, 300),
        ("somewhere btw 40 and 60", 40, 60),
        ("a tad under 500", 460, 500),
    ],
)
def test_a_vague_amount_is_a_range(said: str, low: int, high: int) -> None:
    assert values(said, "Q5")["examples_n"] == Range(min=low, max=high)


def test_what_the_bot_has_no_clue_of_is_not_unknown_to_the_person() -> None:
    assert "gap" not in {
        fact for fact, one in values("invents prices, no clue what we sell", "Q1").items() if not one
    }
    assert values("no clue what goes wrong", "Q1")["gap"] is None


@pytest.mark.parametrize("day", ["a week day", "per weekday", "a workday", "a working day"])
def test_a_day_of_the_week_is_a_day(day: str) -> None:
    assert value(f"400 jobs {day}", "400", "requests_per_day") == 400


def test_what_was_collected_since_may_is_at_hand() -> None:
    assert values("Since May we collected 400 reviewed examples", "Q5")["examples_n"] == 400
    assert "examples_n" not in values("We may get 400 reviewed examples", "Q5")


def test_a_prompt_is_as_long_as_it_is_each_time() -> None:
    read = values("800 mails a day at 3k tokens each", "Q10")
    assert (read["requests_per_day"], read["prompt_tokens"]) == (800, 3000)


@pytest.mark.parametrize("said", ["four figures a day", "daily, in four digits"])
def test_figures_say_how_many_digits_a_number_has(said: str) -> None:
    assert values(said, "Q10")["requests_per_day"] == Range(min=1000, max=9999)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("urgent, normal, spam. 2k labelled", 3),
        ("billing, outage, move or cancel", 4),
        ("no idea, sorry", None),
        ("five or six", Range(min=5, max=6)),
        ("hm, hard to say", None),
        ("not many, ask Tom", None),
    ],
)
def test_kinds_may_be_listed_where_they_are_asked_for(said: str, count: int | None) -> None:
    assert values(said, "Q15").get("label_count") == count


@pytest.mark.parametrize(
    ("said", "tokens"), [("3.000 páginas", 1_200_000), ("1.000.000 tokens", 1_000_000), ("1.200 pages", None)]
)
def test_full_thousands_are_told_by_their_noughts(said: str, tokens: int | None) -> None:
    assert values(said, "Q6").get("corpus_tokens") == tokens


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("12 labels, each with at least 200", {"label_count": 12, "examples_n": Range(min=2400)}),
        ("9 classes, the biggest has 4000, the smallest 15", {"label_count": 9}),
        ("9 classes, 4100 labelled in all, the smallest has 15", {"label_count": 9, "examples_n": 4100}),
        ("no fixed categories", {}),
        ("no labels", {"examples_n": 0}),
    ],
)
def test_one_kind_is_not_all_of_them(said: str, expected: Mapping[str, object]) -> None:
    assert values(said, "Q15") == expected


@pytest.mark.parametrize(
    ("said", "least"),
    [("about 4 GB of PDFs, mostly scans", 1_600_000), ("700 MB of contracts", 280_000)],
)
def test_documents_of_any_make_hold_at_least_so_much(said: str, least: int) -> None:
    assert values(said, "Q6")["corpus_tokens"] == Range(min=least)


@pytest.mark.parametrize("said", ["we have 24GB of VRAM", "3 GB of photos", "200 MB of contracts"])
def test_neither_memory_nor_pictures_nor_few_documents_tell_how_much_text_there_is(said: str) -> None:
    assert "corpus_tokens" not in values(said, "Q6")


def test_two_bounds_make_a_range() -> None:
    assert values("more than 800, less than a thousand", "Q5")["examples_n"] == Range(min=801, max=999)


@pytest.mark.parametrize(
    ("said", "question", "fact", "amount"),
    [
        ("80% vs 90% needed", "Q3", "target_score", 0.9),
        ("95% of the rejected ones are right", "Q3", "baseline_score", 0.95),
        ("88% of the drafts corrected by agents are fine", "Q3", "baseline_score", 0.88),
        ("3000 a day, no hourly breakdown", "Q10", "requests_per_day", 3000),
        ("1000 a day, no weekly report though", "Q10", "requests_per_day", 1000),
        ("500 an hour, from 2 to 3 of our shops", "Q10", "requests_per_day", Range(min=4000, max=12_000)),
        ("20 an hour, from 9 to 12 and 2 to 6", "Q10", "requests_per_day", Range(min=160, max=480)),
        ("We keep scoring 80% of our 200 cases right", "Q3", "eval_set_n", 200),
        ("over 500, under 2000 tokens", "Q10", "requests_per_day", Range(min=501)),
        ("300 cases, we've got 100 of them checked", "Q3", "eval_set_n", 300),
        ("5 kinds and others, 6 people label", "Q15", "label_count", 5),
        ("100k to each of 5 teams", "Q13", "budget_usd", 100_000),
        ("$200 a month for 6 months now", "Q13", "budget_usd", 200),
    ],
)
def test_numbers_beside_each_other_are_not_put_together_without_a_word_for_it(
    said: str, question: str, fact: str, amount: object
) -> None:
    read = values(said, question)
    assert read[fact] == amount
    assert fact == "baseline_score" or "baseline_score" not in read or "%" in said


@pytest.mark.parametrize(
    ("said", "expected", "absent"),
    [
        ("In 62 of the 100 failures the right page was not found. Tune?", {}, "eval_set_n"),
        ("We fine-tuned gpt-4o-mini last spring on 800 chats and it got worse. Retrain?", {}, "eval_set_n"),
        ("Recall at the moment is 70%, we'd like 95. Fine-tune?", {"target_score": 0.95}, "corpus_tokens"),
        (
            "We have a 40-page tone guide in the system prompt. Blurbs read wrong. Tune?",
            {"prompt_tokens": 16_000},
            "corpus_tokens",
        ),
    ],
)
def test_a_number_counts_what_the_words_around_it_say(
    said: str, expected: Mapping[str, object], absent: str
) -> None:
    read = values(said)
    assert expected.items() <= read.items()
    assert absent not in read
