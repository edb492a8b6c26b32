"""What is said to a recommendation: objections, questions, wishes; and what is none of it."""

from __future__ import annotations

import pytest

from bot.understanding.message import prepare
from bot.understanding.rejoinders import find_rejoinder, leans_on_before, names_another_case


@pytest.mark.parametrize(
    "said",
    [
        "why?",
        "ok but why not just fine-tune right away?",
        "are you sure?",
        "I don't agree. building a test set takes weeks, a fine-tune is done in an afternoon",
        "but my boss wants a fine-tune, he read that everyone does it",
        "but the vendor says fine-tuning is better",
        "my boss insists on fine-tuning. what do I tell him?",
        "hmm that sounds too simple",
        "I disagree",
        "but a fine-tune would be cheaper",
        "convince me",
        "but why RAG first?",
        "why do we need a test set first?",
        "we don't see how a prompt would help",
        "I doubt that examples help",
        "your advice seems odd",
        "that sounds wrong to me",
        "our CFO insists on training our own model",
        "leadership says we should fine-tune",
        "what should I tell my manager?",
        "tuning is done in two days",
        "I'm not sure about that",
    ],
)
def test_an_objection_is_heard(said: str) -> None:
    assert find_rejoinder(prepare(said)) == "why"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("what would change your mind?", "flips"),
        ("when would you fine-tune?", "flips"),
        ("tl;dr?", "summary"),
        ("can you give me three lines for my boss", "summary"),
        ("sum it up for my boss in 3 sentences", "summary"),
        ("short version for my VP", "summary"),
        ("in one sentence?", ""),
        ("say it in one sentence", "summary"),
        ("summary for my boss please", "summary"),
        ("hmm ok. and what did you say again?", "summary"),
        ("and now?", "next"),
        ("what do we do first?", "next"),
        ("how many examples would we need?", "amount"),
        ("how much data does it take?", "amount"),
        ("what will it cost?", "cost"),
        ("how much would tuning cost?", "cost"),
        ("how much would we save?", "cost"),
        ("how long will it take us?", "time"),
        ("how many people and how many weeks would that take?", "time"),
        ("how long would fixing that take one developer?", "time"),
        ("what would a tuned model cost us per month?", "cost"),
        ("under what conditions would you train?", "flips"),
        ("could you give me a short summary?", "summary"),
        ("I need something for my CEO", "summary"),
        ("put it in three bullets please", "summary"),
        ("what are the risks?", "risks"),
        ("what could go wrong?", "risks"),
        ("any downsides to that?", "risks"),
        ("what's the catch?", "risks"),
        ("ok. what do we have to watch out for?", "risks"),
        ("who has to maintain it?", "upkeep"),
        ("how often do we have to retrain?", "upkeep"),
        ("when should we look at this again?", "upkeep"),
        ("how do we notice when it gets worse?", "upkeep"),
        ("will the quality drift over time?", "upkeep"),
        ("what's plan b?", "next"),
        ("what else could we do?", "next"),
        ("what are the alternatives?", "next"),
        ("how much data is needed to fine-tune?", "amount"),
        ("how many labels should we collect first?", "amount"),
    ],
)
def test_what_is_wished_for_is_told_apart(said: str, kind: str) -> None:
    assert find_rejoinder(prepare(said)) == (kind or "summary")


@pytest.mark.parametrize(
    "said",
    [
        "we now have 800 labelled",
        "legal sees no risk in it",
        "there are risks, so training is off",
        "it gets worse on long mails",
        "who maintains the docs left in May",
        "we retrain it every month",
        "customers ask what could go wrong with the boiler",
        "our boss is happy with it",
        "the vendor says the price goes up in March",
        "everyone may see everything",
        "it summarises calls in two sentences",
        "we tried that, it scored 71 on our 150 cases",
        "the summary is too long",
        "what it costs is no problem",
        "how long the answers are I do not know",
        "we spend 9k a month",
        "agents say the answers are better now",
        "we start in January",
        "we have 40 examples, how many test cases are in there I don't know",
        "how many labels would be enough for a human reviewer",
        "users ask how many items they need",
        "the team says training is done",
        "colleagues say the training data is fine",
        "the client says tuning went well, all good",
        "our CEO said the training set must be checked",
        "he told us training is not allowed",
        "the board expects training costs under 5k",
        "management says no training on customer data",
        "we don't see how people could rate it",
        "I doubt users click anything",
        "we disagree on 10% of the labels",
        "not sure about that number, maybe 40",
        "people are not convinced by the tone",
        "this is weak on German",
        "that is wrong, we have no RAG",
        "it looks strange to customers",
        "that's simple",
        "the tone sounds too simple for lawyers",
        "it should answer in three sentences",
        "agents write a summary for the manager",
        "it writes three bullets for our sales team",
        "customers get something for the team",
        "we need a summary for each case",
        "they want a short version of each contract",
        "why users leave is the question it answers",
        "it explains why a claim was rejected",
        "no idea why",
        "training would be cheaper at night",
        "fine-tuning is done in Frankfurt",
        "tuning is better than before on Mondays",
        "when would you like it? is what users are asked",
    ],
)
def test_news_are_no_rejoinder(said: str) -> None:
    assert find_rejoinder(prepare(said)) == ""


def test_a_long_message_tells_something() -> None:
    assert find_rejoinder(prepare("why not? " + "we sort mails into twelve kinds " * 9)) == ""


@pytest.mark.parametrize(
    "said",
    [
        "but we have no labels",
        "so should we still?",
        "is it worth it then?",
        "Do we train now or wait for more letters?",
        "We measured both versions on the 80 cases, 61 and 74 right. Is tuning worth it?",
        "Three of the vets went through the notes again. Do we train on these or sort that out first?",
        "It went from 71% to 83% with your examples. Should we fine-tune?",
    ],
)
def test_what_goes_on_from_before_leans_on_it(said: str) -> None:
    assert leans_on_before(prepare(said))


@pytest.mark.parametrize(
    "said",
    [
        "Should we fine-tune our model?",
        "Our bot makes up facts. Train it?",
        "We run a hotel and guests write to us in six languages. Should we train a model that answers them?",
    ],
)
def test_what_stands_by_itself_leans_on_nothing(said: str) -> None:
    assert not leans_on_before(prepare(said))


def test_another_system_is_another_case() -> None:
    assert names_another_case(prepare("we have a second bot that answers HR questions"))
    assert names_another_case(prepare("another use case: we sort invoices"))
    assert names_another_case(prepare("the other team wants to build a classifier"))
    assert not names_another_case(prepare("we have another 200 examples"))


@pytest.mark.parametrize(
    "said",
    [
        "another team has the labels",
        "the other department needs to sign",
        "a colleague in legal needs to approve it",
        "we compared it with another bot",
        "another agent checks the answer",
        "one more case failed",
    ],
)
def test_others_who_have_to_do_with_it_are_no_other_case(said: str) -> None:
    assert not names_another_case(prepare(said))
