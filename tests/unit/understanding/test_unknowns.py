from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.decision.questions import BY_ID
from bot.understanding.message import prepare
from bot.understanding.reading import read
from bot.understanding.unknowns import find_unknowns

ASKED = ("gap", "failure_mode")


@pytest.mark.parametrize(
    "said",
    [
        "I don't know what we are doing wrong",
        "not sure what our bot gets wrong",
        "no idea how our search fails",
        "im not sure what our users complain about",
    ],
)
def test_who_cannot_say_what_goes_wrong_does_not_know_it(said: str) -> None:
    unknown = find_unknowns(prepare(said), ASKED)
    assert unknown is not None
    assert unknown.facts == ASKED


@pytest.mark.parametrize(
    "said", ["no clue what we sell", "has no idea about our products", "it hasn't a clue, so it invents"]
)
def test_what_everybody_there_knows_is_unknown_to_the_bot_alone(said: str) -> None:
    assert find_unknowns(prepare(said), ASKED) is None


@pytest.mark.parametrize(
    ("question", "said", "facts"),
    [
        ("Q13", "Money: dunno, ask the board. Six ML engineers would own it", {"budget_usd"}),
        ("Q7", "Sources... hm, no idea, never came up", {"citations_needed"}),
        ("Q10", "prompt length I haven't the foggiest, 800 requests a day", {"prompt_tokens"}),
        ("Q12", "large ones, couldn't say. we did try an 8B", {"teacher_ok"}),
        ("Q17", "no clue which languages, it's consumer credit", {"languages"}),
        ("Q7", "auditors want sources; as to who may read what, I honestly do not know", {"access_control"}),
        ("Q2", "RAG and JSON mode are on. No idea about other models", {"tried_models"}),
        ("Q15", "The number of categories is still under discussion, 1,800 tagged", {"label_count"}),
        ("Q10", "I have no traffic numbers. Prompt is 3k tokens", {"requests_per_day"}),
        ("Q3", "Currently 71%. What we need, nobody's ever said", {"target_score"}),
        ("Q3", "40 cases, 71%, boss has never once said what good enough would be", {"target_score"}),
        ("Q2", "No idea if Tom put sample answers in the prompt, search is in", {"tried_few_shot"}),
    ],
)
def test_words_before_a_doubt_or_in_it_name_what_is_not_known(
    question: str, said: str, facts: set[str]
) -> None:
    unknown = find_unknowns(prepare(said), BY_ID[question].facts)
    assert unknown is not None
    assert unknown.is_named
    assert set(unknown.facts) == facts


@pytest.mark.parametrize(
    ("question", "said", "facts"),
    [
        ("Q5", "honestly no idea, but every one was checked by two editors", {"data_quality": "curated"}),
        ("Q2", "no idea if it's any good but there is RAG in place", {"tried_rag": True}),
        ("Q9", "couldn't tell you. it runs on our own servers", {"hosting": "on_prem"}),
        ("Q9", "haven't picked a model, but it runs on our own servers", {"hosting": "on_prem"}),
    ],
)
def test_what_is_said_beside_a_doubt_counts(question: str, said: str, facts: dict[str, FactValue]) -> None:
    read_as = {one.fact: one.value for one in read(said, pending=BY_ID[question]).statements}
    assert facts.items() <= read_as.items()
    assert None in read_as.values()


@pytest.mark.parametrize(
    ("question", "said"),
    [("Q8", "not sure, the contract says something"), ("Q1", "no idea, users just say it is bad")],
)
def test_what_follows_a_doubt_about_one_thing_or_about_what_goes_wrong_is_its_reason(
    question: str, said: str
) -> None:
    assert {one.value for one in read(said, pending=BY_ID[question]).statements} == {None}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Q2", "not sure, should we try RAG first?"),
        ("Q9", "no idea, IT might want it on our own servers"),
        ("Q6", "hard to say if it's daily, weekly or monthly"),
        ("Q17", "no idea, ask compliance"),
    ],
)
def test_what_is_only_asked_or_supposed_beside_a_doubt_is_not_said(question: str, said: str) -> None:
    assert {one.value for one in read(said, pending=BY_ID[question]).statements} == {None}


@pytest.mark.parametrize(
    ("question", "said", "facts"),
    [
        ("Q2", "RAG tried, no idea about the rest", {"tried_rag": True}),
        ("Q2", "prompts, RAG, not sure what else", {"tried_rag": True, "tried_prompting": "quick"}),
        ("Q6", "500 pages, no idea", {"corpus_tokens": 200_000}),
    ],
)
def test_what_is_told_before_a_doubt_is_not_what_is_doubted(
    question: str, said: str, facts: dict[str, FactValue]
) -> None:
    read_as = {one.fact: one.value for one in read(said, pending=BY_ID[question]).statements}
    assert {fact: value for fact, value in read_as.items() if value is not None} == facts
    assert None in read_as.values()


@pytest.mark.parametrize(
    "said",
    [
        "it quotes things nobody ever said",
        "users ask it about prices",
        "chatbot can't remember our rules",
        "users can't really tell",
    ],
)
def test_what_others_cannot_do_is_no_doubt_of_whoever_speaks(said: str) -> None:
    assert find_unknowns(prepare(said), ASKED) is None


def test_a_long_word_takes_no_longer_than_a_long_text() -> None:
    # Tried in every way that it can be cut up, this would take minutes, and the test would not end.
    assert find_unknowns(prepare("a" * 2000 + " b c d e, no idea"), BY_ID["Q13"].facts) is not None


@pytest.mark.parametrize(
    "said",
    [
        "It could not tell our plans apart and makes up prices",
        "The format isn't fixed, it breaks JSON",
        'It says "I do not know" although it is in the docs',
        "The bot has not replied in the right tone",
        "Legal has not replied but the data is ours, so yes",
    ],
)
def test_what_the_bot_cannot_do_or_others_left_open_is_no_doubt(said: str) -> None:
    assert find_unknowns(prepare(said), ASKED) is None
