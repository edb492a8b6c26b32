"""What we say in our own voice, as mrkdwn. Nothing here contains words of people or documents."""

from __future__ import annotations

CANNOT_REMEMBER = (
    "I can't remember anything right now, so I have not taken this in. Please try again in a few minutes."
)
AT_WORK = "is reading and checking…"
"""Stands behind our name, as Slack shows a status."""
PICK_ONE = "Nothing is ticked yet. Tick what applies and press *Done*, or press *Not sure*."
CONTINUED = "Continued in the channel, in a thread that everyone here can see."
HELP = """\
*Should we fine-tune?* Describe your situation. I say what I would do, why, and what would change my mind.
Try: `/finetune Our support bot knows the facts but gets the tone wrong. We have 400 reviewed replies.`
• Only you see the answer, until you press *Continue in thread*.
• In a channel or a thread, mention me instead; in a direct message, just write.
• I ask at most three questions, and *Just tell me* ends them."""
NOTHING_TO_CONTINUE = "I no longer have this conversation. Please ask again."


def invite(bot_name: str) -> str:
    """Return how to let us into a channel."""
    return (
        f"I cannot post here because I am not in this channel. Type `/invite @{bot_name}`, then press "
        "*Continue in thread* again. In a direct message between other people I cannot be added: "
        "write to me directly instead."
    )


def asks(user_id: str, question: str) -> str:
    """Return the first line of a public thread; `question` is escaped already."""
    return f"<@{user_id}> asks: {question}"


def apology(reference: str) -> str:
    """Return what a person reads when we gave up on what they said."""
    return (
        "Sorry, something is wrong on my side and I could not answer this. "
        f"Please try again later; if it stays so, tell whoever runs me the reference `{reference}`."
    )


def collapsed(question: str, answer: str) -> str:
    """Return an answered question as one line; both are escaped already."""
    return f"✓ {question} — {answer}"
