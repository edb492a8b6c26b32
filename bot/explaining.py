"""An answer in a language model's words: the template's sentences rewritten for this person, and checked.

The template is always there and always true. Each sentence of the model stands for one of the template's and
takes its place only when it passes `bot.claims`; what does not is left as the template has it, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot import phrases
from bot.claims import Grounds, check
from bot.errors import ModelUnavailable
from bot.language_model import LanguageModel, NumberedText, Spender, WritingRequest, WrittenSentence
from bot.model_use import ModelUse
from bot.replies import Citation, Definition, Heard, Reason, Recommend

_MOST_QUESTION_CHARS = 1_000
_HEADLINE = 0
"""The number of the headline among the template's sentences; what the model makes of it opens the answer."""


@dataclass(frozen=True)
class Writer:
    """A language model that writes, and the names whose mention needs a date."""

    model: LanguageModel
    vendors: tuple[str, ...]


@dataclass(frozen=True)
class Explained:
    """A recommendation in better words, or as it was; and what it took."""

    reply: Recommend
    uses: tuple[ModelUse, ...] = ()


@dataclass(frozen=True)
class Defined:
    """A definition in better words, or as it was; and what it took."""

    definition: Definition
    notes: tuple[str, ...] = ()
    uses: tuple[ModelUse, ...] = ()


async def explain(reply: Recommend, question: str, spender: Spender, writer: Writer) -> Explained:
    """Return the recommendation with its reasons in the model's words, as far as they hold."""
    of_template = {_HEADLINE: Reason(text=reply.leading.headline), **dict(enumerate(reply.reasons, start=1))}
    template = {number: _marked(reason) for number, reason in of_template.items()}
    facts = tuple(map(_told, reply.heard))
    request = WritingRequest(
        kind="explanation",
        question=question[:_MOST_QUESTION_CHARS],
        outcome=reply.leading.headline,
        sentences=tuple(NumberedText(number, text) for number, text in template.items()),
        facts=facts,
        passages=_numbered(reply.citations),
    )
    try:
        writing, use = await writer.model.write(request, spender)
    except ModelUnavailable as error:
        return Explained(_noted(reply, phrases.WITHOUT_MODEL[error.why]), (error.use,) if error.use else ())
    grounds = Grounds(
        option=reply.leading.option,
        direction=reply.leading.direction,
        template={**template, **_further(reply, len(template))},
        passages={one.number: one.text for one in reply.citations},
        facts=facts,
        vendors=writer.vendors,
    )
    checked = check(_first_of_each(writing.sentences, template.keys()), grounds)
    passed = {one.number: _rewritten(one.text) for one in checked if not one.failure}
    replaced = len(template) - len(passed)
    await writer.model.judged(spender, accepted=len(passed), replaced=replaced)
    opening = passed[_HEADLINE].text if _HEADLINE in passed else ""
    if opening.rstrip(".").casefold() == reply.leading.headline.casefold():
        # It stands right below the headline, which need not be said twice.
        opening = ""
    reasons = tuple(passed.get(number, one) for number, one in enumerate(reply.reasons, start=1))
    explained = reply.model_copy(update={"opening": opening, "reasons": reasons})
    return Explained(explained, (use.model_copy(update={"accepted": len(passed), "replaced": replaced}),))


async def define(definition: Definition, question: str, spender: Spender, writer: Writer) -> Defined:
    """Return the definition as an answer to the question, if every sentence of it holds; else as it was."""
    request = WritingRequest(
        kind="definition",
        question=question[:_MOST_QUESTION_CHARS],
        outcome="",
        sentences=(),
        facts=(),
        passages=_numbered(definition.citations),
    )
    try:
        writing, use = await writer.model.write(request, spender)
    except ModelUnavailable as error:
        return Defined(definition, (phrases.WITHOUT_MODEL[error.why],), (error.use,) if error.use else ())
    grounds = Grounds(
        option=None,
        direction=None,
        template={},
        passages={one.number: one.text for one in definition.citations},
        facts=(),
        vendors=writer.vendors,
    )
    checked = check(writing.sentences, grounds) if writing.is_covered else ()
    holds = bool(checked) and not any(one.failure for one in checked)
    accepted, replaced = (len(checked), 0) if holds else (0, len(checked))
    await writer.model.judged(spender, accepted=accepted, replaced=replaced)
    uses = (use.model_copy(update={"accepted": accepted, "replaced": replaced}),)
    if holds:
        text = " ".join(one.text for one in checked)
        return Defined(definition.model_copy(update={"text": text}), uses=uses)
    return Defined(definition, () if writing.is_covered else (phrases.NOT_COVERED,), uses)


_MARK = re.compile(r"\s*\[(\d+)\]")


def _rewritten(text: str) -> Reason:
    """Return a checked sentence as a reason, with its marks where reasons have them."""
    numbers = tuple(dict.fromkeys(int(number) for number in _MARK.findall(text)))
    return Reason(text=_MARK.sub("", text).strip(), citations=numbers)


def _marked(reason: Reason) -> str:
    return " ".join((reason.text, *(f"[{number}]" for number in reason.citations)))


def _first_of_each(
    sentences: Iterable[WrittenSentence], numbers: Collection[int]
) -> tuple[WrittenSentence, ...]:
    by_number: dict[int, WrittenSentence] = {}
    for one in sentences:
        if one.number in numbers:
            by_number.setdefault(one.number, one)
    return tuple(by_number.values())


def _further(reply: Recommend, start: int) -> dict[int, str]:
    """Return what else the answer says: a sentence may rest on it, and stands for none of it."""
    said = (reply.first_step, *reply.next_steps, *reply.conditions, *reply.cautions)
    return dict(enumerate(said, start=start))


def _told(heard: Heard) -> str:
    return f"{heard.words} (“{heard.quote}”)" if heard.quote else heard.words


def _numbered(citations: Sequence[Citation]) -> tuple[NumberedText, ...]:
    return tuple(NumberedText(one.number, one.text) for one in citations)


def _noted(reply: Recommend, note: str) -> Recommend:
    return reply if note in reply.notes else reply.model_copy(update={"notes": (*reply.notes, note)})
