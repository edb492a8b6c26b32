"""An answer arranged by a language model: our sentences beside what the person said, and checked.

The template is always there and always true. Each sentence of the model stands for one of the template's and
takes its place only when it passes `bot.claims`; what does not is left as the template has it, and counted.
The model gets no message of anybody: our sentences, the facts in our words, and the passages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot import phrases
from bot.answer import with_first
from bot.claims import Grounds, check
from bot.errors import ModelUnavailable
from bot.language_model import LanguageModel, NumberedText, Spender, WritingRequest, WrittenSentence
from bot.model_use import ModelUse
from bot.replies import Citation, Definition, Reason, Recommend

_MOST_QUESTION_CHARS = 1_000


@dataclass(frozen=True)
class Writer:
    """A language model that writes."""

    model: LanguageModel
    knows_what_is_covered: bool = False
    """Whether its word counts that the passages do not answer a question."""
    may_be_told_facts: bool = True
    """Whether it may be told what was understood, which may come from earlier messages of a thread."""


@dataclass(frozen=True)
class Explained:
    """A recommendation with its reasons arranged, or as it was; and what it took."""

    reply: Recommend
    uses: tuple[ModelUse, ...] = ()


@dataclass(frozen=True)
class Defined:
    """A definition with the best passage first, or as it was; and what it took."""

    definition: Definition
    notes: tuple[str, ...] = ()
    uses: tuple[ModelUse, ...] = ()


async def explain(reply: Recommend, spender: Spender, writer: Writer) -> Explained:
    """Return the recommendation with its reasons as the model arranged them, as far as they hold."""
    template = {number: _marked(reason) for number, reason in enumerate(reply.reasons, start=1)}
    told = [heard.words for heard in reply.heard if heard.source != "inferred"]
    facts = tuple(told) if writer.may_be_told_facts else ()
    passages = _numbered(reply.citations)
    request = WritingRequest(
        kind="explanation",
        question="",
        outcome=reply.leading.headline,
        sentences=tuple(NumberedText(number, text) for number, text in template.items()),
        facts=facts,
        passages=passages,
    )
    try:
        writing, use = await writer.model.write(request, spender)
    except ModelUnavailable as error:
        noted = reply.model_copy(update={"notes": (*reply.notes, phrases.in_our_own_words(error.why))})
        return Explained(noted, (error.use,) if error.use else ())
    checked = check(writing.sentences, Grounds(template, _texts(passages), facts))
    passed = {one.number: _rewritten(one.text) for one in checked if not one.failure}
    replaced = len(template) - len(passed)
    await writer.model.judged(spender, accepted=len(passed), replaced=replaced)
    reasons = tuple(passed.get(number, one) for number, one in enumerate(reply.reasons, start=1))
    use = use.model_copy(update={"accepted": len(passed), "replaced": replaced})
    return Explained(reply.model_copy(update={"reasons": reasons}), (use,))


async def define(definition: Definition, question: str, spender: Spender, writer: Writer) -> Defined:
    """Return the definition with the passage first that the model thinks answers the question."""
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
        notes = (phrases.in_our_own_words(error.why),)
        return Defined(definition, notes, (error.use,) if error.use else ())
    chosen = _chosen(definition.citations, writing.sentences) if writing.is_covered else None
    accepted, replaced = (0, len(writing.sentences)) if chosen is None else (1, len(writing.sentences) - 1)
    await writer.model.judged(spender, accepted=accepted, replaced=replaced)
    uses = (use.model_copy(update={"accepted": accepted, "replaced": replaced}),)
    if chosen is not None:
        return Defined(with_first(definition, chosen), uses=uses)
    is_doubted = writer.knows_what_is_covered and not writing.is_covered
    return Defined(definition, (phrases.NOT_COVERED,) if is_doubted else (), uses)


def _chosen(citations: Sequence[Citation], sentences: Sequence[WrittenSentence]) -> Citation | None:
    """Return the passage that the first sentence names, if it is one of those that were found."""
    named = sentences[0].number if sentences else 0
    return next((one for one in citations if one.number == named), None)


_MARK = re.compile(r"\s*\[(\d+)\]")


def _rewritten(text: str) -> Reason:
    """Return a checked sentence as a reason, with its marks where reasons have them."""
    numbers = tuple(dict.fromkeys(int(number) for number in _MARK.findall(text)))
    return Reason(text=_MARK.sub("", text).strip(), citations=numbers)


def _marked(reason: Reason) -> str:
    return " ".join((reason.text, *(f"[{number}]" for number in reason.citations)))


def _numbered(citations: Sequence[Citation]) -> tuple[NumberedText, ...]:
    return tuple(NumberedText(one.number, one.text) for one in citations)


def _texts(passages: Sequence[NumberedText]) -> dict[int, str]:
    return {one.number: one.text for one in passages}
