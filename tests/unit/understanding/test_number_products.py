"""What a number is times: each of several, for so long, in so many hours."""

from __future__ import annotations

import pytest

from bot.decision.facts import Range
from tests.unit.understanding.test_amounts import value
from tests.unit.understanding.test_reading import values


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
        ("40 users, each user asks ten times a day", 400),
        ("30 people, each of them sends 5 a day", 150),
        ("6 nurses, ten times a shift each", 60),
        ("300 shops, every shop does three a week", 129),
        ("twice a day for each of our 600 patients", 1200),
        ("once a day we run a batch of 4000", 4000),
        ("twice a day", 2),
        ("twice a day, at 9 and at 17", 2),
        ("once a day, with 12 examples in the prompt", 1),
        ("once daily", 1),
        ("once or twice a week", Range(max=1)),
        ("40 stores, each store at peak 30 a day", Range(min=1, max=1200)),
        ("5 questions per ticket, 200 tickets a day", 1000),
        ("it costs $0.40 a contract and we see 30k contracts a month, 1,200 are annotated", 1000),
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
def test_traffic_is_put_together(said: str, daily: int) -> None:
    assert values(said, "Q10")["requests_per_day"] == daily


@pytest.mark.parametrize("said", ["2,000 users", "we pay 500 a month", "5 million tokens a day"])
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
    ("said", "daily"),
    [
        ("9,000 emails a day and each belongs to one of 5 teams", 9000),
        ("9k tickets a day each belongs to one of 23 queues", 9000),
        ("700 letters a day, each goes to one of 8 desks", 700),
        ("our clinic gets 400 referrals a day and each must go to one of the 30 wards", 400),
        ("1,500 messages a day, each with one of 12 tags", 1500),
        ("one of 40 codes each, 3,000 notes a day", 3000),
        ("6,000 reviews a day are sorted into 9 topics each", 6000),
        ("each ticket has one of 14 labels, 900 tickets a day", 900),
    ],
)
def test_what_is_of_one_kind_each_makes_no_more_requests(said: str, daily: int | Range) -> None:
    assert values(said, "Q10")["requests_per_day"] == daily


def test_what_is_of_one_kind_each_makes_no_more_requests_in_an_opening() -> None:
    said = "We get 9,000 emails a day and each belongs to one of 5 teams. Should we fine-tune?"
    read = values(said)
    assert (read["requests_per_day"], read["label_count"]) == (9000, 5)


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        ("600 labelled tickets and each belongs to one of 12 queues", "Q5", "examples_n", 600),
        ("200 cases and each is one of 6 types", "Q3", "eval_set_n", 200),
        ("400 pages and each belongs to one of 5 manuals", "Q6", "corpus_tokens", 160_000),
    ],
)
def test_what_is_of_one_kind_each_is_not_multiplied(said: str, question: str, fact: str, count: int) -> None:
    assert values(said, question)[fact] == count


@pytest.mark.parametrize(
    ("said", "question", "fact", "count"),
    [
        ("12 categories with 50 examples each", "Q5", "examples_n", 600),
        ("50 examples each for 12 categories", "Q5", "examples_n", 600),
        ("50 labelled each, sorted into 12 classes", "Q15", "examples_n", 600),
        ("one of 12 queues, 50 labelled ones in each", "Q15", "examples_n", 600),
        ("12 categories, 50 each labelled", "Q5", "examples_n", 600),
        ("12 annotators with 50 each is what we have", "Q5", "examples_n", 600),
        ("40 users send codes, each sends 10 a day", "Q10", "requests_per_day", 400),
        ("each ticket goes to one of 12 queues, 50 labelled per queue", "Q15", "examples_n", 600),
        ("20 categories, 300 requests per category every day", "Q10", "requests_per_day", 6000),
        ("our 23 queues each get 400 a day", "Q10", "requests_per_day", 9200),
        ("40 users, each asks ten times a day", "Q10", "requests_per_day", 400),
        ("40 branches, 35 scripts each, every day", "Q10", "requests_per_day", 1400),
        ("6 batches of 500 twice a day", "Q10", "requests_per_day", 3000),
        ("20 kinds, 50 each are labelled", "Q15", "examples_n", 1000),
        ("8 codes, 300 cases each must be labelled", "Q15", "examples_n", 2400),
        ("10 categories, 200 requests a day each", "Q10", "requests_per_day", 2000),
        ("into 12 branches, 200 requests a day each", "Q10", "requests_per_day", 2400),
        ("split into 4 teams, each sends 200 a day", "Q10", "requests_per_day", 800),
        ("40 agents, 50 tickets a day each get summarised", "Q10", "requests_per_day", 2000),
        ("9 kinds of mail, 300 of each a day", "Q10", "requests_per_day", 2700),
    ],
)
def test_so_many_of_each_kind_are_multiplied(said: str, question: str, fact: str, count: int) -> None:
    assert values(said, question)[fact] == count
