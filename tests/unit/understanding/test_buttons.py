"""What taps state, and what they leave as it was said."""

from __future__ import annotations

from bot.decision.facts import FactValue
from bot.decision.questions import BY_ID
from bot.decision.statements import Source, Statement, understand
from bot.understanding.buttons import statements_from_buttons, what_boxes_leave
from bot.understanding.reading import read

TRIED = BY_ID["Q2"]


def _tapped(*picked: str, known: tuple[str, ...] = ()) -> dict[str, tuple[object, str]]:
    statements = statements_from_buttons(TRIED, picked, "ada", "1", lambda _name: None, known=known)
    return {one.fact: (one.value, one.quote) for one in statements}


def test_what_is_not_picked_of_several_was_not_tried_and_quotes_nothing() -> None:
    assert _tapped("rag") == {
        "tried_rag": (True, "Retrieval (RAG)"),
        "tried_prompting": ("quick", ""),
        "tried_few_shot": (False, ""),
        "tried_structured": (False, ""),
        "tried_models": (False, ""),
    }


def test_an_empty_box_takes_nothing_back() -> None:
    tapped = _tapped("rag", known=("tried_structured", "tried_few_shot"))
    assert tapped.keys() == {"tried_rag", "tried_prompting", "tried_models"}


def test_what_is_picked_counts_whatever_was_known() -> None:
    assert _tapped("rag", known=("tried_rag",))["tried_rag"] == (True, "Retrieval (RAG)")


def test_nothing_picked_states_nothing() -> None:
    assert _tapped() == {}


def test_the_same_by_numbers() -> None:
    earlier = read(
        "We enforce a JSON schema. Should we fine-tune our extractor?", author_id="ada", message_id="1"
    )
    assert {one.fact: one.value for one in earlier.statements}["tried_structured"] is True
    answer = read("2, 4", pending=TRIED, author_id="ada", message_id="2", earlier=earlier.statements)
    said = {one.fact: one.value for one in answer.statements}
    assert said["tried_few_shot"] is True
    assert said["tried_rag"] is False
    assert "tried_structured" not in said


def test_who_had_tried_nothing_and_ticks_a_box_has_begun() -> None:
    earlier = read("Nothing is built yet", pending=TRIED, author_id="ada", message_id="1").statements
    assert {one.fact: one.value for one in earlier}["tried_prompting"] == "none"
    assert "tried_prompting" not in what_boxes_leave(understand(earlier))
    answer = read("2, 4", pending=TRIED, author_id="ada", message_id="2", earlier=earlier)
    assert {one.fact: one.value for one in answer.statements}["tried_prompting"] != "none"


def test_an_empty_box_leaves_what_was_said_or_tapped_and_holds() -> None:
    def known(value: FactValue, source: Source) -> frozenset[str]:
        fact = "tried_rag" if isinstance(value, bool) else "tried_prompting"
        one = Statement(fact=fact, value=value, quote="", source=source, author_id="ada", message_id="1")
        return what_boxes_leave(understand([one]))

    assert known(True, "stated") == known(True, "button") == {"tried_rag"}
    assert known("quick", "stated") == {"tried_prompting"}
    assert not known(True, "inferred") | known(False, "button") | known("none", "stated")


def test_a_contradiction_is_no_fact_that_a_box_could_take_back() -> None:
    said = [
        Statement(fact="examples_n", value=value, quote="", author_id=who)
        for value, who in ((400, "a"), (20, "b"))
    ]
    understanding = understand(said)
    assert understanding.conflicts
    assert what_boxes_leave(understanding) == {"examples_n"}
