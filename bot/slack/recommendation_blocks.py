"""A recommendation as blocks, in the order in which people check it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block, DividerBlock

from bot.conversation import Place
from bot.decision.options import Option
from bot.plain_text import CONFIDENCE_WORDS, told_earlier
from bot.replies import Citation, Earlier, Heard, Reason, Recommend
from bot.slack import escape
from bot.slack.decision_blocks import decision_row
from bot.slack.fitting import shorten
from bot.slack.markup import bullets, context, link, sections, titled

HEADLINE_CHARS = 500
PASSAGE_CHARS = 600
"""A passage is one short section of the glossary; a team's own document may be longer."""


def recommendation(reply: Recommend, place: Place) -> tuple[list[Block], list[Block]]:
    """Return everything that lets people check the answer, and what identifies it and lets them decide."""
    definition = reply.definition
    body = [
        *sections(f"*{shorten(escape.line(reply.leading.headline), HEADLINE_CHARS)}*"),
        *(context("_Provisional: some answers are still missing._") if reply.is_provisional else []),
        *context(*map(escape.line, reply.notes)),
        *(_earlier(reply.earlier, reply.leading.option) if reply.earlier else []),
        *(sections(escape.words(definition.text)) if definition else []),
        *titled("Why", bullets(map(_reason, reply.reasons))),
        *titled("What I heard", bullets(map(heard_line, reply.heard))),
        *titled("What I assumed", bullets(map(escape.line, reply.assumptions))),
        *titled("Provided that", bullets(map(escape.line, reply.conditions))),
        *titled("What would change my mind", bullets(escape.line(flip.text) for flip in reply.flips)),
        *titled("Do next", _numbered([reply.first_step, *reply.next_steps])),
        *titled("What it may cost", bullets(map(escape.line, reply.costs))),
        *titled("Keep in mind", bullets(map(escape.line, reply.cautions))),
        *sources(all_citations(reply)),
    ]
    identity = " · ".join(
        (
            f"Confidence: {reply.confidence} ({CONFIDENCE_WORDS[reply.confidence]})",
            f"policy {reply.policy_version}",
            f"decision {reply.decision_id}",
        )
    )
    return body, [*context(escape.line(identity)), *decision_row(place, reply)]


def _earlier(earlier: Earlier, recommended: Option) -> list[Block]:
    """Return what was decided before, with the way there: people should know before they decide anew."""
    first, *changed = told_earlier(earlier, recommended)
    told = escape.line(first).replace(earlier.decision_id, link(earlier.decision_id, earlier.link))
    return sections("\n".join([f"*Decided before*\n{told}", *bullets(map(escape.line, changed))]))


def heard_line(heard: Heard) -> str:
    """Return one fact in our words, with theirs, marked when it was only assumed."""
    line = escape.line(heard.words)
    match heard.source:
        case "inferred":
            line += " _(assumed)_"
        case "button" | "form":
            line += " _(picked)_"
        case "stated":
            pass
    return f"{line} — “{escape.line(heard.quote)}”" if heard.quote.strip() else line


def sources(citations: Iterable[Citation]) -> list[Block]:
    """Return the cited passages, so that each mark in the text can be looked up."""
    blocks: list[Block] = []
    for citation in citations:
        passage = shorten(escape.line(citation.text), PASSAGE_CHARS)
        lines = [f"[{citation.number}] *{escape.line(citation.term)}* — {escape.line(citation.section)}"]
        if passage:
            lines.append(f"“{passage}”")
        lines += bullets(map(escape.line, citation.sources))
        blocks += context("\n".join(lines))
    return [DividerBlock(), *sections("*Sources*"), *blocks] if blocks else []


def all_citations(reply: Recommend) -> list[Citation]:
    """Return every passage that a recommendation and its definition cite, in the order of their numbers."""
    of_definition = reply.definition.citations if reply.definition else ()
    by_number = {citation.number: citation for citation in (*of_definition, *reply.citations)}
    return [by_number[number] for number in sorted(by_number)]


def _reason(reason: Reason) -> str:
    marks = "".join(f"[{number}]" for number in reason.citations)
    return f"{escape.line(reason.text)} {marks}".rstrip()


def _numbered(steps: Sequence[str]) -> list[str]:
    given = [escape.line(step) for step in steps if step.strip()]
    return [f"{number}. {step}" for number, step in enumerate(given, start=1)]
