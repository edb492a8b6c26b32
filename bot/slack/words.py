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
• I ask at most three questions, and *Just tell me* ends them.
• `/finetune log` lists the decisions that you may see; `/finetune log refund tone` those with these words.
• `/finetune show D-…` shows one of them."""
NOT_AN_ID = (
    "An id looks like `D-AP63XFPSOK`: D, a hyphen, and ten letters or digits. `/finetune log` lists them."
)
NOTHING_TO_CONTINUE = "I no longer have this conversation. Please ask again."


def no_decision(decision_id: str) -> str:
    """Return what a person reads who may not see a decision, and who asks for one that does not exist."""
    return (
        f"I find no decision {decision_id} that you may see from here. `/finetune log` lists what there is."
    )


def nothing_found(searched: str) -> str:
    """Return what stands in place of an empty list; `searched` is escaped already."""
    if searched:
        return (
            f"I find no decision with “{searched}” that you may see from here. Fewer or other words may "
            "help. If it was a question, ask it in a sentence."
        )
    return (
        "No decisions yet that you may see from here. The first one is a sentence away: "
        "`/finetune our bot ignores the refund rules, should we train it?`"
    )


def more_decisions(more: int) -> str:
    """Return how many decisions are not listed."""
    return f"… and {more} more. Add words to narrow it down: `/finetune log refund tone`."


def older_decisions(looked_through: int) -> str:
    """Return that the list does not reach back to the beginning."""
    if looked_through:
        return f"I looked through the newest {looked_through} that you may see; there may be older ones."
    return "I looked through the newest ones only; there may be older ones."


def how_to_look(decision_id: str) -> str:
    """Return how to see a decision and how to search."""
    return f"See one: `/finetune show {decision_id}` · Search: `/finetune log refund tone`"


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
