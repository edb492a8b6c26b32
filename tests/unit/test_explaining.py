from __future__ import annotations

import pytest

from bot.decision.options import Option
from bot.explaining import Writer, define, explain
from bot.language_model import Spender, WritingRequest, WrittenSentence
from bot.phrases import NOT_COVERED, in_our_own_words
from bot.replies import Citation, Definition, Heard, Leading, Reason, Recommend
from tests.fakes.language_model import FakeLanguageModel

ANA = Spender("T1", "C1", "UANA")
PASSAGE = "In nearly every comparison retrieval has beaten fine-tuning for new facts [OVA-01]."
CITATION = Citation(number=1, slug="rag", term="RAG", section="When it is right", text=PASSAGE)
KNOWS = "What is missing is knowledge, and in nearly every comparison retrieval has beaten tuning for facts."
SLOW = "Facts are learned slowly by tuning and raise made-up answers."


def recommendation() -> Recommend:
    return Recommend(
        leading=Leading(
            option=Option.RAG,
            direction=Option.RAG,
            headline="Retrieve the facts; don't train them in",
            rule="R1",
        ),
        is_provisional=False,
        reasons=(Reason(text=KNOWS, citations=(1,)), Reason(text=SLOW)),
        heard=(
            Heard(
                fact="failure_mode",
                value="wrong_facts",
                words="it gets facts wrong",
                quote="makes up facts about our products",
                source="stated",
            ),
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


def writes(*sentences: tuple[int, str]) -> FakeLanguageModel:
    return FakeLanguageModel(writes=lambda _: [WrittenSentence(*one) for one in sentences])


GOOD = (
    "You said it gets facts wrong: what is missing is knowledge, and in nearly every comparison retrieval "
    "has beaten tuning for facts [1]."
)


async def test_a_sentence_that_holds_takes_the_templates_place_and_keeps_its_mark() -> None:
    model = writes((1, GOOD))
    explained = await explain(recommendation(), ANA, Writer(model))
    first, second = explained.reply.reasons
    assert first.text == GOOD.replace(" [1]", "")
    assert first.citations == (1,)
    assert second.text == SLOW
    assert (explained.uses[0].accepted, explained.uses[0].replaced) == (1, 1)
    assert model.judgements == [(1, 1)]


@pytest.mark.parametrize(
    "sentence",
    [
        "You should fine-tune the model on your facts [1].",
        "Retrieval has beaten tuning in 97 of 100 comparisons [1].",
        "Retrieval has beaten tuning in nearly every comparison [7].",
        "Everyone at the company agrees that pizza is better than retrieval [1].",
        "",
    ],
)
async def test_a_sentence_that_fails_leaves_the_templates(sentence: str) -> None:
    explained = await explain(recommendation(), ANA, Writer(writes((1, sentence))))
    assert explained.reply.reasons == recommendation().reasons
    assert explained.uses[0].accepted == 0


async def test_what_was_only_inferred_nobody_is_told_to_have_said() -> None:
    inferred = recommendation().heard[0].model_copy(update={"source": "inferred"})
    reply = recommendation().model_copy(update={"heard": (inferred,)})
    explained = await explain(reply, ANA, Writer(writes((1, GOOD))))
    assert explained.reply.reasons == recommendation().reasons


async def test_a_sentence_for_no_template_sentence_is_not_shown() -> None:
    explained = await explain(recommendation(), ANA, Writer(writes((9, GOOD))))
    assert explained.reply == recommendation()


async def test_the_outcome_and_all_that_follows_from_it_stay() -> None:
    explained = await explain(recommendation(), ANA, Writer(writes((1, GOOD))))
    changed = {"reasons"}
    assert explained.reply.model_dump(exclude=changed) == recommendation().model_dump(exclude=changed)


async def test_the_model_gets_our_sentences_and_facts_and_the_cited_passages_and_no_words_of_theirs() -> None:
    model = writes()
    await explain(recommendation(), ANA, Writer(model))
    (request,) = model.asked
    assert isinstance(request, WritingRequest)
    assert [one.text for one in request.sentences] == [f"{KNOWS} [1]", SLOW]
    assert request.facts == ("it gets facts wrong",)
    assert "makes up" not in str(request)
    assert [one.text for one in request.passages] == [PASSAGE]


async def test_when_the_model_is_away_the_template_stands_and_says_so() -> None:
    model = FakeLanguageModel(fails="late")
    explained = await explain(recommendation(), ANA, Writer(model))
    assert explained.reply.reasons == recommendation().reasons
    assert explained.reply.notes == (in_our_own_words("late"),)


OTHER = Citation(number=2, slug="rag", term="RAG", section="When it is not", text="The style is wrong.")
DEFINITION = Definition(text=f"RAG: {PASSAGE}", citations=(CITATION,))


async def test_the_passage_that_the_model_chooses_comes_first_as_it_stands() -> None:
    definition = DEFINITION.model_copy(update={"citations": (CITATION, OTHER)})
    defined = await define(definition, "when is rag wrong?", ANA, Writer(writes((2, "Tune! [2]."))))
    assert defined.definition.text == f"RAG (when it is not): {OTHER.text}"
    assert [(one.number, one.section) for one in defined.definition.citations] == [
        (1, "When it is not"),
        (2, "When it is right"),
    ]


async def test_a_passage_that_nobody_found_is_not_shown() -> None:
    defined = await define(DEFINITION, "is rag better?", ANA, Writer(writes((7, "It was invented in 1987."))))
    assert defined.definition == DEFINITION


async def test_a_question_that_the_passages_do_not_answer_is_said_to_be_one() -> None:
    for knows, notes in ((True, (NOT_COVERED,)), (False, ())):
        writer = Writer(FakeLanguageModel(is_covered=False), knows_what_is_covered=knows)
        defined = await define(DEFINITION, "who sells it?", ANA, writer)
        assert defined.definition == DEFINITION
        assert defined.notes == notes
