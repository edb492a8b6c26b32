"""The shapes in which a model answers.

Lenient about what it says, strict about how: one odd entry among good ones is dropped later, by a check that
knows why, and does not cost the rest.
"""

from __future__ import annotations

from pydantic import BaseModel, Field

from bot.language_model import ChosenPoint, ProposedFact, ProposedReading, Writing
from bot.understanding.proposals import WITNESSED_FACTS

MOST_FACTS = 24
MOST_POINTS = 12
MOST_SAID = 3
"""One more than is taken, so that a model that wants too much is seen to."""
_QUOTE_CHARS, _VALUE_CHARS, _ID_CHARS = 300, 60, 8
"""Bounds for servers that write by grammar: without them a bad model goes on until its limit."""
INTENTS = ("decision", "definition", "both", "answer", "off_topic", "small_talk", "abuse", "not_for_us")


class Fact(BaseModel):
    """One fact that a message states."""

    fact: str = Field(json_schema_extra={"enum": list(WITNESSED_FACTS)})
    value: str = Field(
        description="one of the fact's values, true or false, or the number as it was said",
        json_schema_extra={"maxLength": _VALUE_CHARS},
    )
    quote: str = Field(
        description="the exact words of the message that state it",
        json_schema_extra={"maxLength": _QUOTE_CHARS},
    )
    message: str = Field(
        description="the id of the message, such as m3", json_schema_extra={"maxLength": _ID_CHARS}
    )


class ReadFacts(BaseModel):
    """What the messages say."""

    intent: str = Field(json_schema_extra={"enum": list(INTENTS)})
    facts: list[Fact] = Field(json_schema_extra={"maxItems": MOST_FACTS})

    def proposal(self) -> ProposedReading:
        """Return it as a proposal, cut at what a message can reasonably state."""
        facts = self.facts[:MOST_FACTS]
        return ProposedReading(
            self.intent,
            tuple(
                ProposedFact(
                    one.fact, one.value[:_VALUE_CHARS], one.quote[: 2 * _QUOTE_CHARS], one.message[:_ID_CHARS]
                )
                for one in facts
            ),
        )


class Point(BaseModel):
    """One choice: the number of a reason, of a piece of evidence, or of a passage."""

    number: int
    said: list[int] = Field(
        description="the numbers of what they said, to be put before it",
        json_schema_extra={"maxItems": MOST_SAID},
    )


class ChoosePoints(BaseModel):
    """What is to be said, by number. There is no room for words: none of a model's is ever shown."""

    is_covered: bool = Field(description="whether the passages answer the question")
    points: list[Point] = Field(json_schema_extra={"maxItems": MOST_POINTS})

    def proposal(self) -> Writing:
        """Return it as a proposal, cut at the most that is ever offered."""
        return Writing(
            tuple(ChosenPoint(one.number, tuple(one.said[:MOST_SAID])) for one in self.points[:MOST_POINTS]),
            self.is_covered,
        )
