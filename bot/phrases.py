"""Fixed sentences: one voice, a calm senior colleague."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation import MAX_TEXT_CHARS
from bot.errors import ModelFailure

OFF_TOPIC = (
    "That is outside what I can help with. I advise on whether to fine-tune a language model or do "
    "something else, and I explain AI terms. Try: “Should we fine-tune? Our support bot ignores our refund "
    "rules.”"
)
NOTHING_SAID = (
    "Tell me what you want the model to do and what goes wrong today, in a sentence or two, and I will "
    "say whether to fine-tune. For example: “Our ticket summaries miss the tone we want; we have 300 good "
    "ones.”"
)
GOODBYE = "Any time. Come back when something changes."
DECLINED = (
    "I won't help with that. If you want to know whether to fine-tune a model for your task, tell me what "
    "goes wrong today."
)
ANOTHER_CASE = (
    "That sounds like another case than this one. Begin with “new case:” and tell me what it should do and "
    "what goes wrong, and I will start from nothing."
)
ENGLISH_ONLY = "I read English only for now; please tell me in English, and I will say whether to fine-tune."
ONLY_SUPPOSED = "I keep nothing of what is only supposed; tell me when it is so."
MISREAD = "I could not read an answer from that. Pick one, say it in other words, or say “not sure”."
NOT_READ: Mapping[str, str] = {
    "amount": "I could not read one amount from that. Try 300, a couple hundred, or 3k.",
    "score": "I could not read a score from that. Try 85%, 0.85, or 8 of 10.",
    "words": "I could not read that. Please say it in a few words.",
}
"""By what was wanted of an entry about one fact."""
SHORTENED = f"Your message is long; I read its first {MAX_TEXT_CHARS:,} characters."
FORGOTTEN = (
    "I no longer remember this conversation, so I can't use that answer. Please ask again from the start."
)
ANOTHER_DECISION = (
    "That belongs to an older decision; we have gone on to another one since. Correct that one under its own "
    "message, or tell me in words what is different."
)
_WHY: Mapping[ModelFailure, str] = {
    "over_budget": "Today's budget for the language model is used up",
    "resting": "The language model has failed several times just now",
    "late": "The language model took too long",
    "refused": "The language model could not be asked",
    "unusable": "The language model gave nothing that I could use",
}
NOT_COVERED = "The glossary does not answer that directly; the nearest it has is this."


_A_REMARK = 8
"""In words. Whoever says more than that they ask again told something, too."""


def still(advice: str, said: str) -> str:
    """Return the advice that stands, to who asks for it again and told nothing that was understood."""
    lead = "I read nothing in that which I can use.\n" if len(said.split()) > _A_REMARK else ""
    return f"{lead}{advice}"


def nothing_new(headline: str, said: str) -> str:
    """Return that nothing was read in what was said of a case, whose advice has this headline.

    What we did not understand may matter, so it is not called a reason to keep the advice.
    """
    asks = said.rstrip().endswith("?")
    lead = "I have no answer to that" if asks else "I read nothing in that which I can use"
    return (
        f"{lead}, so by what I know of your case it is still: {headline}. If something changed, tell me in a "
        "few words: what you tried, what it scores now, how many reviewed examples there are. Or ask me why."
    )


def not_in_glossary(nearby: Sequence[str]) -> str:
    """Return that a question is not covered, and what the glossary does hold near it."""
    holds = (
        f"What it does hold near that: {', '.join(nearby)}."
        if nearby
        else "I can explain terms such as fine-tuning, RAG, evals or LoRA."
    )
    return f"The glossary does not cover that. {holds} I can also advise on whether to fine-tune."


def went_on_with(about: str, said: Sequence[str], counts: str) -> str:
    """Return that two statements contradict each other, and which of them the answer rests on."""
    return (
        f"I heard two things about {about}: {'; '.join(said)}. "
        f"I went on with the more careful one, {counts}; tell me if it is the other."
    )


def read_by_rules(why: ModelFailure) -> str:
    """Return that the model did not read along, and why."""
    return f"{_WHY[why]}, so I read your words by rules alone."


def arranged_by_rules(why: ModelFailure) -> str:
    """Return that the model did not arrange the answer, and why."""
    return f"{_WHY[why]}, so I arranged this answer by rules alone."


def left_out(sent: int, of: int) -> str:
    """Return that a language model did not read a whole thread: it was too long, or none of its business."""
    if not sent:
        return "I read the thread by rules alone; the language model read only your message."
    return (
        f"The thread is long: the language model read its newest {sent} of {of} messages, and I read the "
        "rest by rules alone."
    )
