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


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("41 of 60 pass", {"eval_set_n": 60, "baseline_score": 0.6833}),
        ("120 reports, threw out twenty as duplicates", {"eval_set_n": 100}),
        ("8 of 10 are fine", {"baseline_score": 0.8}),
        ("8 of our 10 cases are fine", {"eval_set_n": 10, "baseline_score": 0.8}),
        ("3 points short of the 85 we promised", {"baseline_score": 0.82, "target_score": 0.85}),
        ("5 points below the 90 we need", {"baseline_score": 0.85, "target_score": 0.9}),
        ("no idea about the score, 40 test cases though", {"eval_set_n": 40, "baseline_score": None}),
    ],
)
def test_the_numbers_of_an_answer_about_tests_each_state_their_own(
    said: str, expected: Mapping[str, object]
) -> None:
    assert values(said, "Q3") == expected


@pytest.mark.parametrize(
    ("said", "daily"),
    [
        ("each run makes 10 calls and we do 200 runs a day", 2000),
        ("400 jobs a day, 6 calls per job", 2400),
        ("5 calls for each of the 30 shops, three times a day", 450),
        ("12 calls a run, 400 runs a day", 4800),
        ("400 calls a day, 6 tokens per call", 400),
    ],
)
def test_calls_are_counted_through_what_makes_them(said: str, daily: int) -> None:
    worth = {value(said, number, "requests_per_day") for number in ("200", "400", "three") if number in said}
    assert worth == {daily}


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


@pytest.mark.parametrize(
    "said", ["200 cases, score 70, 90 is good", "200 cases, ok is 90", "200 cases, 90 is fine"]
)
def test_a_number_that_is_called_good_enough_is_a_score(said: str) -> None:
    assert value(said, "90", "target_score") == 0.9


@pytest.mark.parametrize("day", ["a week day", "per weekday", "a workday", "a working day"])
def test_a_day_of_the_week_is_a_day(day: str) -> None:
    assert value(f"400 jobs {day}", "400", "requests_per_day") == 400


def test_what_was_collected_since_may_is_at_hand() -> None:
    assert values("Since May we collected 400 reviewed examples", "Q5")["examples_n"] == 400
    assert "examples_n" not in values("We may get 400 reviewed examples", "Q5")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "30 cases, 21 pass, we need 27",
            {"eval_set_n": 30, "baseline_score": 0.7, "target_score": 0.9},
        ),
        (
            "of 50 prompts 31 come out right, we want 45",
            {"eval_set_n": 50, "baseline_score": 0.62, "target_score": 0.9},
        ),
        ("28 of 40 pass, needs 36", {"eval_set_n": 40, "baseline_score": 0.7, "target_score": 0.9}),
        (
            "200 cases, 150 pass, we need 95",
            {"eval_set_n": 200, "baseline_score": 0.75, "target_score": 0.95},
        ),
        ("60 cases in March, 41 pass", {"eval_set_n": 60, "baseline_score": 0.6833}),
        ("80 cases, 60 now, we need 90", {"eval_set_n": 80, "baseline_score": 0.6, "target_score": 0.9}),
        ("rated 1 to 5, mean 3.5, we need 4.5", {"baseline_score": 0.7, "target_score": 0.9}),
        ("on a scale of ten it gets 6, needs 8", {"baseline_score": 0.6, "target_score": 0.8}),
        ("all but 3 of 45 pass", {"eval_set_n": 45, "baseline_score": 0.9333}),
        ("target 90, current 75", {"baseline_score": 0.75, "target_score": 0.9}),
        ("v1 64%, v2 71%, v3 79%", {"baseline_score": 0.79}),
        ("None pass", {"baseline_score": 0.0}),
        ("the old prompt had 61%, the one in production now 74%", {"baseline_score": 0.74}),
        (
            "30 checks, 21 pass today. All 30 have to",
            {"eval_set_n": 30, "baseline_score": 0.7, "target_score": 1.0},
        ),
    ],
)
def test_scores_are_counted_out_of_what_the_others_are(said: str, expected: Mapping[str, object]) -> None:
    assert values(said, "Q3") == expected


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("500 but 200 are duplicates", 300),
        ("1,500, minus the 300 nobody checked", 1200),
        ("900, only two thirds are usable", 600),
        ("1,200, half of it rubbish", 600),
        ("two sheets of 75", 150),
        ("600 reviewed, 400 of them by legal", 600),
        ("800 labelled mails, 40% are spam", 800),
        ("700 reviewed and 300 unreviewed", 700),
        ("300 emails and 150 chats, all reviewed", 450),
        ("about 400, but half of them are junk", Range(min=184, max=216)),
        ("300 reviewed and want 500", 300),
    ],
)
def test_what_is_worthless_counts_for_nothing(said: str, count: int | Range) -> None:
    assert values(said, "Q5")["examples_n"] == count


@pytest.mark.parametrize(
    ("said", "tokens"),
    [
        ("80 PDFs, 12 pages each", 384_000),
        ("1,200 articles. half a page on average", 240_000),
        ("22 dossiers of 60 pages", 528_000),
        ("8,000 products, 40 words a product", 426_667),
        ("a quarter of a million words", 333_333),
        ("40 people wrote it, 90 pages", 36_000),
        ("40 clients, a 200 page handbook", 80_000),
        ("our 6 teams have 400 pages of docs", 160_000),
        ("10 folders with 100 docs each, 4 pages per doc", 1_600_000),
    ],
)
def test_a_size_is_times_the_things_that_have_it(said: str, tokens: int) -> None:
    assert values(said, "Q6")["corpus_tokens"] == tokens


def test_the_size_of_one_thing_is_not_that_of_all() -> None:
    assert "corpus_tokens" not in values("around 40 letters, the longest is 3 pages", "Q6")


@pytest.mark.parametrize(
    ("said", "daily"),
    [
        ("a call every five minutes around the clock", 288),
        ("one request every ten seconds, eight hours a day", 2880),
        ("20 clerks, a question every 30 minutes each, 8 hours", 320),
        ("70 seats, a seat takes 45 calls a day", 3150),
        ("each user sends 3 a day and we have 40 users", 120),
        ("normally 5k a day, 40k at Christmas", 5000),
        ("2 requests a second on average", 172_800),
        ("3 million a quarter", 33_333),
        ("18,600 calls in november", 620),
        ("average 80 an hour, ten hours a day", 800),
        ("20 requests every 5 minutes, around the clock", 5760),
        ("on average 10 a minute, 8 hours a day", 4800),
        ("20 users and a 1000 requests a day", 1000),
        ("our 40 agents each handle 25 tickets a day", 1000),
        ("2 cents per call at 80k calls a day", 80_000),
        ("twelve shops, each fires off maybe 50 a day", Range(min=552, max=648)),
        ("40 branches, 35 scripts each, every day", 1400),
        ("40 branches times 35 scripts each, every day", 1400),
    ],
)
def test_traffic_is_put_together(said: str, daily: int | Range) -> None:
    assert values(said, "Q10")["requests_per_day"] == daily


@pytest.mark.parametrize(
    "said", ["2,000 users", "we pay 500 a month", "5 million tokens a day", "3 times a week"]
)
def test_people_money_and_tokens_are_no_requests(said: str) -> None:
    assert not {"requests_per_day", "prompt_tokens"} & values(said, "Q10").keys()


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        ("3 reviewers each checked all 400", "Q5", "examples_n", 400),
        ("each of our 3 annotators checked the same 200", "Q5", "examples_n", 200),
        ("we had each of our 4 experts review 500 examples in total", "Q5", "examples_n", 500),
        ("each of our 3 prompt versions was run on 120 cases", "Q3", "eval_set_n", 120),
        ("each of our 20 agents handles 400 a day together", "Q10", "requests_per_day", 400),
        ("10,000 calls, 50 per user, every day", "Q10", "requests_per_day", 10_000),
    ],
)
def test_what_several_share_is_not_multiplied(said: str, question: str, fact: str, count: int) -> None:
    assert values(said, question)[fact] == count


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        ("120 cases, accuracy dropped 12 percent", "Q3", "eval_set_n", 120),
        ("200 cases, bot rejected 20%", "Q3", "eval_set_n", 200),
        ("60 test cases. We dropped half of the prompts", "Q3", "eval_set_n", 60),
        ("1000 examples, annotation took 60% of the budget", "Q5", "examples_n", 1000),
        ("We have 400 examples. We removed a third of the fields", "Q5", "examples_n", 400),
        ("300 examples, took a 50 person team", "Q5", "examples_n", 300),
    ],
)
def test_what_drops_or_is_taken_elsewhere_leaves_the_count(
    said: str, question: str, fact: str, count: int
) -> None:
    assert values(said, question)[fact] == count


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
    ("said", "question", "expected"),
    [
        ("billing 120, tech 80, sales 40", "Q15", {"label_count": 3, "examples_n": 240}),
        ("billing (120), tech (80) and sales (40)", "Q15", {"label_count": 3, "examples_n": 240}),
        ("bugs, ideas, rants (350 / 120 / 90)", "Q15", {"label_count": 3, "examples_n": 560}),
        ("billing, outage, move, other. 80 of each", "Q15", {"label_count": 4, "examples_n": 320}),
        ("sales 120, support 80, me 30", "Q5", {"examples_n": 230}),
        ("100 each from sales, support and legal", "Q5", {"examples_n": 300}),
        ("reviewed 80, raw 500", "Q5", {"examples_n": 80}),
        ("three folders, 250 checked ones in each", "Q5", {"examples_n": 750}),
        ("each of our 12 producers did fifty", "Q5", {"examples_n": 600}),
        ("15 binders, 200 pages a pop", "Q6", {"corpus_tokens": 1_200_000}),
    ],
)
def test_counts_listed_with_what_they_count_are_added_up(
    said: str, question: str, expected: Mapping[str, object]
) -> None:
    read = values(said, question)
    assert {fact: read.get(fact) for fact in expected} == expected


@pytest.mark.parametrize(
    ("said", "examples"),
    [
        ("600 but 85% is noise", 90),
        ("5% of 20k", 1000),
        ("1500 in total, one in three has been checked", 500),
        ("of 900, we threw out 320", 580),
        ("1,000 but we removed 250", 750),
        ("900 to begin with. Then compliance struck out a third", 600),
        ("1,200 but knock off 10 %", 1080),
    ],
)
def test_what_does_not_count_is_taken_off(said: str, examples: int) -> None:
    assert values(said, "Q5")["examples_n"] == examples


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("40 pass, 10 fail", {"eval_set_n": 50, "baseline_score": 0.8}),
        ("30 right and 10 wrong", {"eval_set_n": 40, "baseline_score": 0.75}),
        ("a sheet of 200 questions, 130 of them pass", {"eval_set_n": 200, "baseline_score": 0.65}),
        ("0 pass, 0 fail", {"eval_set_n": None}),
        ("88% and we need 2% more", {"baseline_score": 0.88, "target_score": 0.9}),
        ("88%, 2 points more would do", {"baseline_score": 0.88, "target_score": 0.9}),
    ],
)
def test_scores_are_told_by_both_sides_and_by_what_is_missing(
    said: str, expected: Mapping[str, object]
) -> None:
    read = values(said, "Q3")
    assert {fact: read.get(fact) for fact in expected} == expected


def test_money_for_two_things_is_one_budget() -> None:
    assert values("$5k for compute + $7k for labelling", "Q13")["budget_usd"] == 12_000


def test_a_bare_number_more_is_of_the_same_thing() -> None:
    assert values("the contract is 80 pages, the annexes another 35", "Q6")["corpus_tokens"] == 46_000


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("61% error rate on 300", 0.39),
        ("two thirds get thrown out", 0.3333),
        ("writers reject 70%", 0.3),
        ("rejection rate is 12%", 0.88),
        ("40% get corrected by doctors", 0.6),
        ("40% of the summaries have to be redone", 0.6),
        ("62% of drafts get approved unchanged", 0.62),
    ],
)
def test_a_share_that_is_no_good_is_turned_round(said: str, score: float) -> None:
    assert values(said, "Q3")["baseline_score"] == score
    opening = f"We draft texts with GPT-4o. {said}. Should we fine-tune?"
    assert values(opening)["baseline_score"] == score


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


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("52 old claims. It gets 39 of them. Boss wants nine in ten", (52, 0.75, 0.9)),
        (
            "120 reports, then threw out twenty as dupes. Of what's left 88 come out fine. needs 95%",
            (100, 0.88, 0.95),
        ),
        ("80% of our 200 cases pass, needs 90", (200, 0.8, 0.9)),
    ],
)
def test_cases_are_counted_where_they_are_told(said: str, expected: tuple[int, float, float]) -> None:
    facts = ("eval_set_n", "baseline_score", "target_score")
    assert values(said, "Q3") == dict(zip(facts, expected, strict=True))


def test_a_share_that_is_held_back_is_the_test_set() -> None:
    assert values("we hold back one in twenty of our 3,000 orders for that", "Q3") == {"eval_set_n": 150}


def test_two_bounds_make_a_range() -> None:
    assert values("more than 800, less than a thousand", "Q5")["examples_n"] == Range(min=801, max=999)


@pytest.mark.parametrize(
    ("said", "question", "fact", "amount"),
    [
        ("$2k a month for half a year", "Q13", "budget_usd", 12_000),
        ("$2k a month for six months", "Q13", "budget_usd", 12_000),
        ("500 dollars a month", "Q13", "budget_usd", 500),
        ("Five thousand dollars for each of the four garages", "Q13", "budget_usd", 20_000),
        ("they see two drafts and choose one. 35 a week, twenty weeks so far", "Q14", "pairs_pref_n", 700),
        ("200 tickets per day for 3 days", "Q10", "requests_per_day", 200),
    ],
)
def test_what_comes_again_is_counted_for_as_long_as_it_came(
    said: str, question: str, fact: str, amount: int
) -> None:
    assert values(said, question)[fact] == amount


def test_whether_each_of_several_did_so_much_is_not_guessed() -> None:
    assert "examples_n" not in values("six TAs did 25 a week for four weeks", "Q5")


@pytest.mark.parametrize(
    ("said", "classes"),
    [
        ("14 perils plus an 'other', so fifteen. 200 labelled of each", 15),
        ("14 genres, or 15 with 'other', which we do count", 15),
        ("14 genres, 15 labelled of each", 14),
    ],
)
def test_the_class_for_the_rest_counts(said: str, classes: int) -> None:
    assert values(said, "Q15")["label_count"] == classes


@pytest.mark.parametrize(
    ("said", "daily"),
    [
        ("200 an hour and we're open ten til six", 1600),
        ("fifteen an hour while the yard's open, which is 7 till 7", 180),
        ("30 an hour, from 8 to 20", 360),
        ("200 an hour, open 9-5", 1600),
        ("60 per hour in an eight hour day", 480),
    ],
)
def test_hours_are_told_by_when_it_opens_and_closes(said: str, daily: int) -> None:
    assert values(said, "Q10")["requests_per_day"] == daily


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        (
            "twenty-four, but the owner merged four of them into others, so it's 20",
            "Q15",
            "label_count",
            20,
        ),
        (
            "62 codes, nobody has used more than nineteen, so we'd go with the nineteen",
            "Q15",
            "label_count",
            19,
        ),
        (
            "180, but thirty were under our noses, so I'd count the other hundred and fifty",
            "Q3",
            "eval_set_n",
            150,
        ),
        ("20 folders with 30 each, so 600", "Q5", "examples_n", 600),
    ],
)
def test_the_number_that_is_concluded_counts(said: str, question: str, fact: str, count: int) -> None:
    assert values(said, question)[fact] == count


def test_scores_held_against_each_other_count_nothing_and_set_no_target() -> None:
    read = values("the 8B does as well as the flagship, 93 against 94", "Q12")
    assert not {"eval_set_n", "target_score"} & read.keys()


@pytest.mark.parametrize(
    ("said", "question", "fact", "amount"),
    [
        ("25 cases from each of our 3 clinics", "Q3", "eval_set_n", 75),
        ("7 editors choose between two drafts, did 100 each", "Q14", "pairs_pref_n", 700),
        ("90k a month, fixed part 1,100 tokens", "Q10", "prompt_tokens", 1_100),
        ("1.4M a day. wait, per week", "Q10", "requests_per_day", 200_000),
        ("Each of our twelve branches asks it fifty things a day", "Q10", "requests_per_day", 600),
    ],
)
def test_what_each_of_several_has_is_multiplied(said: str, question: str, fact: str, amount: int) -> None:
    assert values(said, question)[fact] == amount


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
