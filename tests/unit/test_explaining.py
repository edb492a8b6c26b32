from __future__ import annotations

import pytest

from bot.app import open_evidence
from bot.assisting import Assistant, arranged
from bot.decision.options import Option
from bot.decision.statements import Statement, understand
from bot.explaining import Writer, define, explain
from bot.hearing import SecondReader
from bot.language_model import ArrangingRequest, ChosenPoint, Spender
from bot.phrases import NOT_COVERED, arranged_by_rules
from bot.replies import Citation, Definition, Heard, Leading, Reason, Recommend
from tests.fakes.language_model import FakeLanguageModel

ANA = Spender("T1", "C1", "UANA")
PASSAGE = "In nearly every comparison retrieval has beaten fine-tuning for new facts [OVA-01]."
CITATION = Citation(number=1, slug="rag", term="RAG", section="When it is right", text=PASSAGE)
KNOWS = "What is missing is knowledge, and in nearly every comparison retrieval has beaten tuning for facts."
SLOW = "Tuning learns facts slowly, and makes up more answers the more of them it learns."
EVIDENCE = open_evidence()
FACTS = {
    "intent": "decision",
    "failure_mode": "wrong_facts",
    "gap": "knowledge",
    "knowledge_change": "weekly",
    "examples_n": 300,
}
UNDERSTOOD = understand(
    [
        Statement.model_validate({"fact": fact, "value": value, "quote": "their words", "author_id": "UANA"})
        for fact, value in FACTS.items()
    ]
)
GETS_WRONG, WEEKLY, EXAMPLES = 1, 2, 3
"""The numbers of what was said."""


def heard(fact: str, value: str | int, words: str, **more: str) -> Heard:
    return Heard.model_validate(
        {"fact": fact, "value": value, "words": words, "quote": "their words", "source": "stated", **more}
    )


def recommendation() -> Recommend:
    return Recommend(
        leading=Leading(
            option=Option.RAG,
            direction=Option.RAG,
            headline="Retrieve the facts; don't train them in",
            rule="D11d",
        ),
        is_provisional=False,
        reasons=(Reason(text=KNOWS, citations=(1,)), Reason(text=SLOW)),
        heard=(
            heard("failure_mode", "wrong_facts", "it gets facts wrong"),
            heard("knowledge_change", "weekly", "the material changes every week or so"),
            heard("examples_n", 300, "300 reviewed examples"),
            heard("base_model", "tune now, says Ben", "base model: tune now, says Ben"),
        ),
        conditions=(),
        flips=(),
        first_step="Index the documents people ask about most.",
        next_steps=(),
        costs=(),
        cautions=(),
        confidence="medium",
        citations=(CITATION,),
        decision_id="D-AAAAAAAAAA",
        policy_version="1",
    )


def chooses(*points: tuple[int, tuple[int, ...]]) -> FakeLanguageModel:
    return FakeLanguageModel(writes=lambda _: [ChosenPoint(*one) for one in points])


def writer(model: FakeLanguageModel) -> Writer:
    return Writer(model, EVIDENCE)


async def offered(reply: Recommend | None = None) -> ArrangingRequest:
    model = chooses()
    await explain(reply or recommendation(), UNDERSTOOD, ANA, writer(model))
    (request,) = model.asked
    assert isinstance(request, ArrangingRequest)
    return request


async def number_of(begins: str) -> int:
    return next(one.number for one in (await offered()).evidence if one.text.startswith(begins))


async def test_what_was_said_is_put_before_the_reason_that_follows_from_it() -> None:
    model = chooses((1, (GETS_WRONG,)))
    explained = await explain(recommendation(), UNDERSTOOD, ANA, writer(model))
    first, second = explained.reply.reasons
    assert first.text == f"You said it gets facts wrong: w{KNOWS[1:]}"
    assert first.citations == (1,)
    assert second.text == SLOW
    assert (explained.uses[0].accepted, explained.uses[0].replaced) == (1, 0)
    assert model.judgements == [(1, 0)]


async def test_evidence_comes_after_our_reasons_with_the_passage_that_it_stands_in() -> None:
    number = await number_of("Training on documents")
    explained = await explain(recommendation(), UNDERSTOOD, ANA, writer(chooses((number, (WEEKLY,)))))
    *ours, evidence = explained.reply.reasons
    assert [one.text for one in ours] == [KNOWS, SLOW]
    assert evidence.text.startswith("You said the material changes every week or so: training on documents")
    (mark,) = evidence.citations
    assert mark == 2
    cited = next(one for one in explained.reply.citations if one.number == mark)
    assert "Training on documents teaches facts slowly" in cited.text
    assert explained.reply.citations[0] == CITATION


@pytest.mark.parametrize(
    "points",
    [
        ((1, (EXAMPLES,)),),
        ((1, (WEEKLY,)),),
        ((1, (4,)),),
        ((1, (99,)),),
        ((1, (GETS_WRONG, GETS_WRONG)),),
        ((99, ()),),
        ((-1, ()),),
        (),
    ],
)
async def test_a_choice_that_was_not_offered_leaves_the_template(
    points: tuple[tuple[int, tuple[int, ...]], ...],
) -> None:
    explained = await explain(recommendation(), UNDERSTOOD, ANA, writer(chooses(*points)))
    assert explained.reply == recommendation()
    assert explained.uses[0].accepted == 0
    assert explained.uses[0].replaced == len(points)


async def test_evidence_is_offered_for_what_decides_and_where_it_is_called_for() -> None:
    texts = [one.text for one in (await offered()).evidence]
    assert any("Mistral-7B" in text for text in texts)
    assert not [text for text in texts if "user's rights" in text]
    at_a_gate = recommendation().leading.model_copy(update={"rule": "D12d", "gate": "G6"})
    reply = recommendation().model_copy(update={"leading": at_a_gate})
    texts = [one.text for one in (await offered(reply)).evidence]
    assert any("With 50 test cases" in text for text in texts)
    assert not [text for text in texts if "Quality beats count" in text]


async def test_what_was_only_inferred_nobody_is_told_to_have_said() -> None:
    inferred = recommendation().heard[0].model_copy(update={"source": "inferred"})
    reply = recommendation().model_copy(update={"heard": (inferred,)})
    assert (await offered(reply)).facts == ()


async def test_nobody_is_told_to_have_said_what_somebody_else_did() -> None:
    model = chooses((1, (GETS_WRONG,)))
    ben = Spender("T1", "C1", "UBEN")
    explained = await explain(recommendation(), UNDERSTOOD, ben, writer(model))
    assert explained.reply == recommendation()
    (request,) = model.asked
    assert isinstance(request, ArrangingRequest)
    assert not [one for one in (*request.reasons, *request.evidence) if one.hangs_on]
    assert any(one.text.startswith("Training on documents") for one in request.evidence)


async def test_the_outcome_and_all_that_follows_from_it_stay() -> None:
    number = await number_of("For rare facts")
    explained = await explain(
        recommendation(), UNDERSTOOD, ANA, writer(chooses((1, (GETS_WRONG,)), (number, ())))
    )
    changed = {"reasons", "citations"}
    assert explained.reply.model_dump(exclude=changed) == recommendation().model_dump(exclude=changed)
    assert len(explained.reply.reasons) == 3


async def test_the_model_gets_our_sentences_and_facts_and_no_words_of_theirs() -> None:
    request = await offered()
    assert [one.text for one in request.reasons] == [KNOWS, SLOW]
    assert [one.text for one in request.facts] == [
        "it gets facts wrong",
        "the material changes every week or so",
        "there are 300 reviewed examples",
    ]
    assert [one.hangs_on for one in request.reasons] == [(GETS_WRONG,), (GETS_WRONG,)]
    assert "their words" not in str(request)
    assert "says Ben" not in str(request)


async def test_where_no_facts_may_be_told_nothing_that_follows_from_them_is_offered() -> None:
    model = chooses()
    silent = Writer(model, EVIDENCE, may_be_told_facts=False)
    await explain(recommendation(), UNDERSTOOD, ANA, silent)
    (request,) = model.asked
    assert isinstance(request, ArrangingRequest)
    assert request.facts == ()
    assert not [one for one in (*request.reasons, *request.evidence) if one.hangs_on]
    assert not [one for one in request.evidence if one.text.startswith("Training on documents")]


async def test_where_there_is_nothing_to_choose_from_no_model_is_asked() -> None:
    model = chooses()
    explained = await explain(recommendation(), UNDERSTOOD, ANA, Writer(model, may_be_told_facts=False))
    assert explained.reply == recommendation()
    assert model.asked == []


async def test_the_time_that_reading_took_is_told() -> None:
    model = chooses()
    await explain(recommendation(), UNDERSTOOD, ANA, writer(model), spent_s=4.5)
    assert model.spent_s == [4.5]


async def test_when_the_model_is_away_the_template_stands_and_says_so() -> None:
    model = FakeLanguageModel(fails="late")
    explained = await explain(recommendation(), UNDERSTOOD, ANA, writer(model))
    assert explained.reply.reasons == recommendation().reasons
    assert explained.reply.notes == (arranged_by_rules("late"),)


OTHER = Citation(number=2, slug="rag", term="RAG", section="When it is not", text="The style is wrong.")
DEFINITION = Definition(text=f"RAG: {PASSAGE}", citations=(CITATION, OTHER))


async def test_the_passage_that_the_model_chooses_comes_first_as_it_stands() -> None:
    defined = await define(DEFINITION, "when is rag wrong?", ANA, Writer(chooses((2, (7,)))))
    assert defined.definition.text == f"RAG (when it is not): {OTHER.text}"
    assert [(one.number, one.section) for one in defined.definition.citations] == [
        (1, "When it is not"),
        (2, "When it is right"),
    ]


async def test_two_passages_are_shown_whole_each_with_its_mark() -> None:
    defined = await define(DEFINITION, "rag: when, when not?", ANA, Writer(chooses((2, ()), (1, ()))))
    assert defined.definition.text == (
        f"RAG (when it is not): {OTHER.text} [1]\n\nRAG (when it is right): {PASSAGE} [2]"
    )
    assert defined.uses[0].accepted == 2


async def test_a_passage_that_nobody_found_is_not_shown() -> None:
    defined = await define(DEFINITION, "is rag better?", ANA, Writer(chooses((7, ()), (0, ()))))
    assert defined.definition == DEFINITION
    assert defined.uses[0].replaced == 2


async def test_a_question_that_the_passages_do_not_answer_is_said_to_be_one() -> None:
    for knows, notes in ((True, (NOT_COVERED,)), (False, ())):
        of_model = Writer(FakeLanguageModel(is_covered=False), knows_what_is_covered=knows)
        defined = await define(DEFINITION, "who sells it?", ANA, of_model)
        assert defined.definition == DEFINITION
        assert defined.notes == notes


@pytest.mark.parametrize(("is_brief", "calls"), [(False, 1), (True, 0)])
async def test_reasons_that_were_read_before_are_not_arranged_again(*, is_brief: bool, calls: int) -> None:
    model = chooses((1, (GETS_WRONG,)))
    reply = recommendation().model_copy(update={"is_brief": is_brief})
    assistant = Assistant(SecondReader(model), writer(model))
    _, uses = await arranged(reply, UNDERSTOOD, "", ANA, assistant)
    assert (len(model.asked), len(uses)) == (calls, calls)
