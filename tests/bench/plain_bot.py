"""A bot of the usual form: it sends the thread and the glossary to a model and shows what comes back.

What it advises has to be read from prose, by a rule that anybody can check: its outcome is the first lever
below that a sentence of advice names without denying it. With a refusal it is OFF_TOPIC. In doubt the rule is
kind to it: a term counts as explained where the answer names the term at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.app import KNOWLEDGE
from bot.decision.options import Option
from knowledge.glossary import HEADINGS, load_glossary

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TEMPLATE = """\
You are a helpful assistant in Slack. Teams ask you whether they should fine-tune a language model. \
Answer the last message of the thread in a few sentences. Use the glossary.

Glossary:
{glossary}

Thread:
{thread}

Answer:"""

MOST_TOKENS_OUT = 250

LEVERS: tuple[tuple[Option, str], ...] = (
    (Option.RAG_PLUS_FT, r"(rag|retrieval)\b.{0,30}\b(and|with|plus|\+) (fine-?tun|tuning)"),
    (Option.PREFERENCE_TUNE, r"preference|\bdpo\b|\brlhf\b|reinforcement"),
    (Option.DISTIL, r"distil"),
    (Option.FINE_TUNE_SFT, r"fine-?tun|\blora\b|\bsft\b|train(ing)? (a|the|your|our) (own )?(model|llm)"),
    (Option.RAG, r"\brag\b|retriev|vector (database|store)|semantic search"),
    (Option.LONG_CONTEXT_CACHE, r"\bcach|long context|(whole|entire|all) .{0,30}in(to)? the prompt"),
    (Option.FEW_SHOT, r"few-?shot|examples? (in|into|to) (the|your) prompt"),
    (Option.STRUCTURED_TOOLS, r"schema|structured output|function call|\btools?\b|\bapi\b"),
    (Option.SWITCH_MODEL, r"(larger|bigger|smaller|stronger|better|newer|different|another|other) model"),
    (Option.CLASSICAL_ML, r"classifier|logistic|\brules\b|regular expression|machine learning model"),
    (Option.EVALS_DATA_FIRST, r"(test|evaluation|eval) (set|cases)|\bevals\b|(collect|gather|label) .{0,30}"),
    (Option.IMPROVE_PROMPT, r"prompt"),
    (
        Option.NO_CHANGE,
        r"good enough|leave it|no change|nothing to change|keep it as it is|already (meets|passes)",
    ),
)
"""Each outcome with the words that name it; of two in one sentence, the one named first counts."""

_ADVICE = re.compile(
    r"should|recommend|suggest|advise|would|could|can |need|try|use|start|consider|yes",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"(n't|\b(not|no need|never|avoid|without|instead of|rather than))\b[^,;]{0,40}$", re.IGNORECASE
)
_REFUSAL = re.compile(
    r"(can ?not|can't|unable to|not able to) (help|assist|answer|do)|not (related|about)|off.topic",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?\n])\s+")


@dataclass
class PlainBot:
    """One thread with it."""

    chat: BaseChatModel
    glossary: str
    thread: list[str] = field(default_factory=list)

    async def answer(self, said: str) -> str:
        """Return its answer to what someone said."""
        self.thread.append(f"Person: {said}")
        prompt = TEMPLATE.format(glossary=self.glossary, thread="\n".join(self.thread))
        answer = str((await self.chat.ainvoke(prompt)).content).strip()
        self.thread.append(f"You: {answer}")
        return answer


def read_glossary() -> str:
    """Return what our glossary says each term is; all of it would not fit into a context of 8,192 tokens."""
    terms = load_glossary(KNOWLEDGE / "glossary")
    return "\n".join(f"{term.name}: {term.section(HEADINGS[0]).text}" for term in terms)


def advised(answer: str) -> Option | None:
    """Return what an answer advises, by the rule above; None when it advises nothing."""
    if _REFUSAL.search(answer):
        return Option.OFF_TOPIC
    for sentence in _SENTENCES.split(answer):
        named = [
            (match.start(), option)
            for option, words in LEVERS
            if (match := re.search(words, sentence, re.IGNORECASE))
            and not _DENIAL.search(sentence[: match.start()])
        ]
        if named and _ADVICE.search(sentence):
            return min(named)[1]
    return None


def explains(answer: str, names: Sequence[str]) -> bool:
    """Say whether an answer explains a term: it names it, and refuses nothing."""
    return any(name.lower() in answer.lower() for name in names) and not _REFUSAL.search(answer)
