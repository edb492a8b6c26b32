"""The marks of one answer: one number for one passage, also where the answer explains a term besides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from bot.answer import Reference, citation_of, compose_definition, compose_recommendation
from bot.app import KNOWLEDGE, open_evidence
from bot.conversation import Place
from bot.decision.recommendation import recommend
from bot.decision.statements import Statement, understand
from bot.explaining import Writer, explain
from bot.language_model import ChosenPoint, Spender
from bot.plain_text import render
from bot.replies import Recommend
from bot.slack.blocks import draw
from knowledge.passage import Passage
from knowledge.prices import load_prices
from knowledge.providers import load_providers
from tests.fakes.language_model import FakeLanguageModel

UNDERSTOOD = understand(
    [
        Statement.model_validate({"fact": fact, "value": value, "quote": "their words", "author_id": "UANA"})
        for fact, value in {"intent": "decision", "gap": "knowledge", "failure_mode": "wrong_facts"}.items()
    ]
)


def passage(number: int) -> Passage:
    return Passage(
        id=f"rag#{number}",
        slug="rag",
        term="RAG",
        section=f"Section {number}",
        text=f"What passage {number} says.",
        sources=(),
        distance=0.1,
    )


class Found:
    """Implements `bot.ports.Passages`: finds the first three, supports by the third and the fourth."""

    version = "1"

    def __init__(self) -> None:
        self._supporting = [passage(3), passage(4)]

    async def search(self, query: str, limit: int) -> Sequence[Passage]:
        return [passage(number) for number in (1, 2, 3)][:limit] if query else []

    async def nearby(self, query: str) -> Sequence[str]:
        raise AssertionError(f"{query} was found")

    async def lacks_name(self, query: str) -> bool:
        return not query

    async def support(self, claim: str, term: str, evidence: Collection[str]) -> Passage | None:
        return self._supporting.pop(0) if claim and term and evidence else None


async def answer() -> Recommend:
    passages = Found()
    return await compose_recommendation(
        UNDERSTOOD,
        recommend(UNDERSTOOD.facts),
        Reference(
            passages, load_prices(KNOWLEDGE / "prices.yaml"), load_providers(KNOWLEDGE / "providers.yaml")
        ),
        decision_id="D-AAAAAAAAAA",
        is_provisional=False,
        today=date(2026, 11, 28),
        definition=await compose_definition("what is RAG?", passages),
    )


async def test_reason_and_explanation_share_no_number_but_that_of_the_same_passage() -> None:
    reply = await answer()
    assert [reason.citations for reason in reply.reasons] == [(3,), (4,)]
    assert reply.all_citations == tuple(citation_of(passage(number), number) for number in (1, 2, 3, 4))


async def test_what_a_model_adds_has_a_number_that_the_explanation_has_not() -> None:
    reply = (await answer()).model_copy(update={"citations": (), "reasons": ()})
    model = FakeLanguageModel(writes=lambda _: [ChosenPoint(1, ())])
    explained = await explain(reply, UNDERSTOOD, Spender("T1", "C1", "UANA"), Writer(model, open_evidence()))
    (evidence,) = explained.reply.reasons
    assert evidence.citations == (4,)
    assert [one.number for one in explained.reply.all_citations] == [1, 2, 3, 4]


async def test_explanation_in_a_recommendation_has_its_mark() -> None:
    reply = await answer()
    place = Place(team_id="T1", channel_id="C1", thread="1.0")
    (message,) = draw(reply, place, is_private=False)
    assert "RAG: What passage 1 says. [1]" in str([block.to_dict() for block in message.blocks])
    assert "RAG: What passage 1 says. [1]" in render(reply)
