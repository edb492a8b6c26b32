"""What a language model is offered in a situation, and every sentence that it could bring about with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import permutations
from pathlib import Path

from bot.answer import Reference, compose_recommendation
from bot.app import open_evidence
from bot.claims import Grounds, Point, say
from bot.claims.check import MOST_SAID
from bot.decision.recommendation import recommend
from bot.decision.statements import Statement, understand
from bot.explaining import Writer, explain
from bot.language_model import ArrangingRequest, Spender
from knowledge.prices import load_prices
from knowledge.providers import load_providers
from tests.fakes.language_model import FakeLanguageModel
from tests.fakes.passages import PassagesAway

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
ANA = Spender("T1", "C1", "UANA")
_MARK = re.compile(r"\s*\[[^\]]*\]")
_evidence = cache(open_evidence)
_prices = cache(lambda: load_prices(KNOWLEDGE / "prices.yaml"))
_providers = cache(lambda: load_providers(KNOWLEDGE / "providers.yaml"))


async def offered(stated: Mapping[str, object]) -> ArrangingRequest:
    """Return what a model is asked when these facts were stated; nothing to choose is an empty offer."""
    statements = [
        Statement.model_validate(
            {
                "fact": fact,
                "value": value,
                "quote": f"words about {fact}",
                "author_id": "UANA",
                "message_id": "1",
                "source": "stated",
            }
        )
        for fact, value in stated.items()
    ]
    understanding = understand(statements)
    reply = await compose_recommendation(
        understanding,
        recommend(understanding.facts),
        Reference(PassagesAway(), _prices(), _providers()),
        decision_id="D-AAAAAAAAAA",
        is_provisional=False,
        today=date(2026, 11, 28),
    )
    model = FakeLanguageModel()
    await explain(reply, understanding, ANA, Writer(model, _evidence()))
    (request,) = model.asked or (ArrangingRequest(reply.leading.headline, (), (), ()),)
    assert isinstance(request, ArrangingRequest)
    return request


def grounds_of(request: ArrangingRequest) -> Grounds:
    """Return what choices from this offer are checked against."""
    ours = {one.number: Point(one.text, frozenset(one.hangs_on)) for one in request.reasons}
    evidence = {
        one.number: Point(one.text, frozenset(one.hangs_on), is_ours=False) for one in request.evidence
    }
    return Grounds(ours | evidence, {one.number: one.text for one in request.facts})


def sayable(grounds: Grounds) -> Iterator[str]:
    """Yield every sentence that any choice could bring about, as `plain` has it."""
    for point in grounds.points.values():
        for count in range(MOST_SAID + 1):
            for numbers in permutations(sorted(point.hangs_on), count):
                yield plain(say(point, [grounds.facts[number] for number in numbers]))


def plain(text: str) -> str:
    """Return a text without marks of citations, and with its spaces, quotes and end in one form."""
    unmarked = " ".join(_MARK.sub("", text).replace("’", "'").split())
    return re.sub(r"\s+([.,;:?])", r"\1", unmarked).removesuffix(".")
