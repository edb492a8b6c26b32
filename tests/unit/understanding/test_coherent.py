from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.recommendation import recommend
from bot.understanding.learned.coherent import Doubt, most_coherent

NO_ADVICE: dict[str, float] = dict.fromkeys(Option, 1 / len(Option))
DATA = Facts(examples_n=800, tried_prompting="systematic", tried_few_shot=True)


def gap_between(behaviour: float, knowledge: float) -> dict[str, Doubt]:
    return {"gap": Doubt({"behaviour": behaviour, "knowledge": knowledge}, 0.4)}


def test_without_advice_the_likelier_value_is_read_if_it_is_likely_enough() -> None:
    assert most_coherent(gap_between(0.6, 0.3), DATA, NO_ADVICE) == {"gap": "behaviour"}
    assert most_coherent(gap_between(0.3, 0.2), DATA, NO_ADVICE) == {"gap": None}


def test_what_fits_the_usual_advice_is_read_where_words_leave_it_open() -> None:
    usual: dict[str, float] = {Option.RAG: 0.9, Option.FINE_TUNE_SFT: 0.05}
    assert recommend(DATA.with_values({"gap": "knowledge"})).option is Option.RAG
    assert most_coherent(gap_between(0.5, 0.45), DATA, usual) == {"gap": "knowledge"}


def test_no_advice_makes_a_fact_of_what_was_not_said() -> None:
    usual: dict[str, float] = {Option.RAG: 0.99}
    plain = {"gap": Doubt({"behaviour": 0.95}, 0.4)}
    assert most_coherent(plain, DATA, usual)["gap"] != "knowledge"
    assert most_coherent({}, DATA, usual) == {}


def test_readings_that_lead_to_the_same_outcome_support_it_together() -> None:
    likeliest_alone = {"gap": Doubt({"knowledge": 0.5, "format": 0.42}, 0.4)}
    two_against_one = {"gap": Doubt({"knowledge": 0.5, "format": 0.42, "interface": 0.4}, 0.4)}
    assert recommend(Facts(gap="format")).option is recommend(Facts(gap="interface")).option
    assert most_coherent(likeliest_alone, Facts(), NO_ADVICE) == {"gap": "knowledge"}
    assert most_coherent(two_against_one, Facts(), NO_ADVICE) == {"gap": "format"}


def test_words_that_are_clear_outweigh_the_usual_advice() -> None:
    usual: dict[str, float] = {Option.RAG: 0.9, Option.FINE_TUNE_SFT: 0.05}
    assert most_coherent(gap_between(0.93, 0.01), DATA, usual) == {"gap": "behaviour"}


def test_that_such_messages_are_mostly_asked_about_leaves_nothing_unread() -> None:
    usual: dict[str, float] = {Option.ASK: 0.9, Option.FINE_TUNE_SFT: 0.05, Option.RAG: 0.05}
    assert recommend(DATA).option is Option.ASK
    assert most_coherent(gap_between(0.6, 0.3), DATA, usual) == {"gap": "behaviour"}
    unheard_of: dict[str, float] = {
        Option.ASK: 0.7,
        Option.STRUCTURED_TOOLS: 0.25,
        Option.IMPROVE_PROMPT: 0.03,
    }
    assert recommend(Facts(gap="behaviour")).option is Option.IMPROVE_PROMPT
    assert most_coherent({"gap": Doubt({"behaviour": 0.6}, 0.4)}, Facts(), unheard_of) == {"gap": "behaviour"}


@given(
    st.dictionaries(
        st.sampled_from(("tried_rag", "tried_models", "teacher_ok", "satisfied")),
        st.floats(0.1, 0.99),
        max_size=4,
    ),
    st.sampled_from(Option),
)
def test_a_reading_holds_only_values_that_the_words_allow(shares: dict[str, float], usual: Option) -> None:
    doubts = {fact: Doubt({True: share}, 0.35) for fact, share in shares.items()}
    reading = most_coherent(doubts, Facts(), {str(usual): 1.0})
    assert set(reading) == set(doubts)
    assert set(reading.values()) <= {True, None}
    assert reading == most_coherent(doubts, Facts(), {str(usual): 1.0})
