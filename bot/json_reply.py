"""Replies as JSON for scripts: a stable shape, described in docs/command-line.md."""

from __future__ import annotations

from typing import Any

from bot.plain_text import render
from bot.replies import Citation, Clarify, Define, Heard, Leading, Recommend, Reply

Json = dict[str, Any]


def reply_as_json(reply: Reply) -> Json:
    """Return the reply as JSON values. Keys that make no sense for a kind of reply are null or empty."""
    parts: Json = {
        "reply": reply.reply,
        "leading": None,
        "outlook": {},
        "question": None,
        "conditions": [],
        "first_step": None,
        "facts": {},
        "rule": None,
        "gate": None,
        "confidence": None,
        "flips": [],
        "citations": [],
        "earlier": None,
        "decision_id": None,
        "text": render(reply),
    }
    match reply:
        case Recommend():
            parts |= _leading(reply.leading) | {
                "conditions": list(reply.conditions),
                "first_step": reply.first_step,
                "facts": _facts(reply.heard),
                "confidence": reply.confidence,
                "flips": [flip.model_dump(mode="json") for flip in reply.flips],
                "citations": _citations(reply.citations),
                "earlier": reply.earlier.model_dump(mode="json") if reply.earlier else None,
                "decision_id": reply.decision_id or None,
            }
        case Clarify():
            question = reply.question
            parts |= _leading(reply.leading) | {
                "question": {
                    "id": question.id,
                    "facts": list(question.facts),
                    "text": question.text,
                    "quick_replies": [choice.model_dump() for choice in question.quick_replies],
                },
                "conditions": list(reply.conditions),
                "facts": _facts(reply.heard),
            }
        case Define(definition=definition):
            parts["citations"] = _citations(definition.citations)
    return parts


def _leading(leading: Leading) -> Json:
    return {
        "leading": {
            "option": leading.option,
            "direction": leading.direction,
            "probability": leading.probability,
            "headline": leading.headline,
        },
        "outlook": {str(option): probability for option, probability in leading.outlook.items()},
        "rule": leading.rule,
        "gate": leading.gate,
    }


def _facts(heard: tuple[Heard, ...]) -> Json:
    return {
        one.fact: {
            "value": one.model_dump(mode="json")["value"],
            "quote": one.quote,
            "source": one.source,
        }
        for one in heard
    }


def _citations(citations: tuple[Citation, ...]) -> list[Json]:
    return [
        {
            "slug": citation.slug,
            "section": citation.section,
            "text": citation.text,
            "distance": citation.distance,
        }
        for citation in citations
    ]
