from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.decision.options import Option
from bot.plain_text import ALL_OF_IT, QUIET_WEEK, render, render_digest
from bot.replies import (
    AskedQuestion,
    Citation,
    Clarify,
    Decline,
    Define,
    Definition,
    DigestLine,
    DigestList,
    DigestPost,
    Flip,
    Heard,
    Leading,
    OffTopic,
    QuickReplyChoice,
    Reason,
    Recommend,
)

CITATION = Citation(
    number=1,
    slug="evals",
    term="Evals",
    section="What it is",
    text="Cases with known answers.",
    sources=("A guide (2026): https://example.com",),
)
LEADING = {
    "option": "EVALS_DATA_FIRST",
    "direction": "FINE_TUNE_SFT",
    "headline": "Build the test set first",
    "rule": "D12e",
    "probability": 0.8,
}
BARE: dict[str, Any] = {
    "leading": LEADING,
    "is_provisional": False,
    "reasons": ({"text": "Nobody could tell whether it helped."},),
    "heard": (),
    "conditions": (),
    "flips": (),
    "first_step": "Put 50 cases aside.",
    "next_steps": (),
    "costs": (),
    "cautions": (),
    "confidence": "low",
    "citations": (),
    "decision_id": "",
    "policy_version": "1",
}
DEFINITION = Definition(text="Evals: cases.", citations=(CITATION,), related=("Prompt", "LoRA"))
FULL: dict[str, Any] = {
    "reasons": (Reason(text="Nobody could tell whether it helped.", citations=(1,)),),
    "heard": (
        Heard(fact="gap", value="behaviour", words="it behaves wrong", quote="it rambles", source="inferred"),
        Heard(fact="tried_rag", value=False, words="no retrieval yet", quote="no RAG", source="stated"),
        Heard(fact="eval_set_n", value=0, words="0 test cases", quote="Nothing yet", source="button"),
        Heard(
            fact="tried_structured", value=False, words="no schema yet", quote="Nothing yet", source="button"
        ),
        Heard(
            fact="tried_models", value=False, words="no stronger model tried yet", quote="", source="button"
        ),
        Heard(fact="examples_n", value=80, words="80 reviewed examples", quote="", source="form"),
    ),
    "assumptions": ("no schema or tools yet",),
    "conditions": ("the base model can be tuned",),
    "flips": (Flip(fact="eval_set_n", to=50, option=Option.FINE_TUNE_SFT, text="If 50 cases: I would tune"),),
    "next_steps": ("Then: fine-tune.",),
    "done": ("Put 50 cases aside.",),
    "costs": ("Training: $10.",),
    "cautions": ("Repeat your safety tests.",),
    "citations": (CITATION,),
    "definition": DEFINITION,
    "decision_id": "D-0000000001",
    "notes": ("Your message is long.",),
    "is_provisional": True,
    "confidence": "medium",
}
SECTIONS = {
    "heard": "What I heard",
    "assumptions": "What I assumed",
    "conditions": "Provided that",
    "flips": "What would change my mind",
    "next_steps": "After that",
    "done": "Done already",
    "costs": "Costs, from your numbers",
    "cautions": "Keep in mind",
    "citations": "Sources",
}


def _recommendation(**parts: Any) -> Recommend:
    return Recommend.model_validate({**BARE, **parts})


def _question(**parts: Any) -> Clarify:
    question = AskedQuestion(
        id="Q8",
        facts=("data_rights",),
        text="Are you allowed to train on that data?",
        quick_replies=(QuickReplyChoice(id="yes", label="Yes"), QuickReplyChoice(id="no", label="No")),
        several=False,
        number=2,
        of=3,
    )
    return Clarify.model_validate({"question": question, "leading": LEADING, "heard": (), **parts})


def test_a_recommendation_reads_from_the_headline_to_how_sure_it_is() -> None:
    assert render(_recommendation(**FULL)).split("\n\n") == [
        "Evals: cases. [1]\n    A guide (2026): https://example.com",
        "Related: Prompt, LoRA",
        "Provisional: Build the test set first",
        "- Nobody could tell whether it helped. [1]",
        (
            "What I heard\n"
            '- it behaves wrong (I gather it from "it rambles")\n'
            '- no retrieval yet (from "no RAG")\n'
            "- 0 test cases; no schema yet (you chose it)\n"
            "- no stronger model tried yet (you did not pick it)\n"
            "- 80 reviewed examples (you entered it)"
        ),
        "What I assumed\n- no schema or tools yet",
        "Provided that\n- the base model can be tuned",
        "What would change my mind\n- If 50 cases: I would tune",
        "First step: Put 50 cases aside.",
        "After that\n- Then: fine-tune.",
        "Done already\n- Put 50 cases aside.",
        "Costs, from your numbers\n- Training: $10.",
        "Keep in mind\n- Repeat your safety tests.",
        "Sources\n  [1] Evals: Cases with known answers.\n      A guide (2026): https://example.com",
        "Your message is long.",
        "D-0000000001 · confidence: medium (stated, not all measured) · policy 1",
    ]


def test_a_bare_recommendation_has_no_empty_sections() -> None:
    assert render(_recommendation()).split("\n\n") == [
        "Build the test set first",
        "- Nobody could tell whether it helped.",
        "First step: Put 50 cases aside.",
        "confidence: low (partly guessed from your words; please check) · policy 1",
    ]


@given(st.sets(st.sampled_from(sorted(FULL))))
def test_a_section_stands_there_exactly_when_it_has_something_to_say(present: set[str]) -> None:
    text = render(_recommendation(**{part: FULL[part] for part in present if part != "definition"}))
    titles = [block.split("\n")[0] for block in text.split("\n\n")]
    for part, title in SECTIONS.items():
        assert (title in titles) == (part in present)
    assert "None" not in text
    assert all(line.strip() not in ("", "-", "Related:") for line in text.replace("\n\n", "\n").split("\n"))


def test_a_question_comes_with_what_was_understood_and_where_it_points() -> None:
    heard = (Heard(fact="examples_n", value=80, words="80 reviewed examples", quote="80", source="stated"),)
    asked = _question(heard=heard, notes=("I could not read that.",), definition=DEFINITION)
    assert render(asked).split("\n\n")[2:] == [
        "I understood\n- 80 reviewed examples",
        "I could not read that.",
        "Are you allowed to train on that data? (2 of at most 3)",
        "  Yes\n  No",
        "Where it points so far (likely): build the test set first.",
    ]


def test_a_question_points_nowhere_while_there_is_nothing_to_go_by() -> None:
    nothing = {**LEADING, "option": "ASK", "direction": "ASK", "probability": None}
    text = render(_question(leading=nothing))
    assert text.split("\n\n") == [
        "Are you allowed to train on that data? (2 of at most 3)",
        "  Yes\n  No",
    ]
    assert "None" not in text


def test_a_direction_without_a_probability_is_called_open() -> None:
    text = render(_question(leading={**LEADING, "probability": None}))
    assert "Where it points so far (open)" in text
    assert "None" not in text


def test_a_definition_carries_its_source_and_names_what_else_there_is() -> None:
    other = CITATION.model_copy(update={"number": 2, "text": "More.", "sources": ()})
    definition = DEFINITION.model_copy(update={"citations": (CITATION, other)})
    assert render(Define(definition=definition)).split("\n\n") == [
        "Evals: cases. [1]\n    A guide (2026): https://example.com",
        "See also\n  [2] Evals: More.",
        "Related: Prompt, LoRA",
    ]


def test_a_passage_of_several_lines_stays_in_its_place() -> None:
    other = CITATION.model_copy(update={"number": 2, "text": "First.\nSecond.", "sources": ()})
    text = render(Define(definition=DEFINITION.model_copy(update={"citations": (CITATION, other)})))
    assert "  [2] Evals: First.\n      Second." in text


def test_short_replies_are_their_text() -> None:
    assert render(OffTopic(text="Not my subject.")) == "Not my subject."
    assert render(Decline(text="No.")) == "No."
    assert render(Define(definition=Definition(text="Evals: cases."))) == "Evals: cases."


def _line(number: int, **more: Any) -> DigestLine:
    line = {
        "decision_id": f"D-{number}",
        "question": "Tune?",
        "headline": "Retrieve",
        "status": "accepted",
        "owner": "U1",
        "link": "",
        "is_provisional": False,
    }
    return DigestLine.model_validate({**line, **more})


def test_a_digest_says_first_what_was_decided_then_what_waits() -> None:
    digest = DigestPost(
        week="2026-W47",
        title="Week in review: 16–22 November 2026",
        asked=2,
        decided=DigestList(lines=(_line(1, link="https://example.com/1", why="we know better"),), count=1),
        open=DigestList(lines=(_line(2, is_provisional=True),), count=4),
        due=DigestList(lines=(_line(3, review_on=date(2026, 11, 26)),), count=1),
        recommended=((Option.RAG, 1), (Option.FEW_SHOT, 1)),
        terms=(("Embedding", 3),),
        learned="Half of the 2 questions had no test set.",
        late="This comes late.",
    )
    assert render_digest(digest).split("\n\n") == [
        "Week in review: 16–22 November 2026",
        "This comes late.",
        "Decided (1)\n- D-1 Retrieve — because: we know better: “Tune?” https://example.com/1",
        "Waiting for an answer (4)\n- D-2 Retrieve (provisional): “Tune?”\n- … and 3 more",
        "Due for review (1)\n- D-3 Retrieve (review on 2026-11-26): “Tune?”",
        "2 questions. I recommended: use retrieval (RAG) (1), show examples in the prompt (1).",
        "Most asked about here: Embedding (3).",
        "Half of the 2 questions had no test set.",
    ]


def test_a_quiet_week_gets_a_kind_line() -> None:
    assert render_digest(DigestPost(week="2026-W47", title="A week")).split("\n\n") == ["A week", QUIET_WEEK]


def test_the_outlook_is_never_shown_as_a_number() -> None:
    leading = Leading.model_validate({**LEADING, "outlook": {"FINE_TUNE_SFT": 0.8}})
    assert "0.8" not in render(_question(leading=leading)) + render(_recommendation(leading=leading))


def test_advice_that_was_read_before_is_told_without_its_reasons() -> None:
    known = {**BARE, "flips": ({"fact": "eval_set_n", "to": 50, "option": "RAG", "text": "If so: that"},)}
    news = {"change": "You told me: 84.", "answered": ("Training: no.",), "conditions": ("it is yours",)}
    whole, brief = (
        render(Recommend(**{**known, **news, "is_brief": is_brief})) for is_brief in (False, True)
    )
    for told in (
        "You told me: 84.",
        "Training: no.",
        "Build the test set first",
        "it is yours",
        "Put 50 cases",
    ):
        assert told in brief
    for reason in ("Nobody could tell", "If so: that"):
        assert reason in whole
        assert reason not in brief
    assert ALL_OF_IT in brief
    assert ALL_OF_IT not in whole
