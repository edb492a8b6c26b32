"""What the learned models answer: the files of weights, their heads, and the facts that those state."""

from __future__ import annotations

CLAUSES, MESSAGES, REPLIES = "clauses.npz", "messages.npz", "replies.npz"
INTENT, ADVICE = "intent", "advice"
SAYS, SOMETHING = "says", "something"
"""The head that tells whether a reply states anything at all, and its class when it does."""
WANTS = "wants"
"""The head that tells what a message after a recommendation wants of us."""
ASKED_OUTRIGHT = "asked outright"
"""The head that tells which verdict such a message asks for; the encoder alone has it."""
BROUGHT = "brought"
"""The head that tells which complication such a message brings; the encoder alone has it."""
MENDED = "mended"
"""The head that tells which trouble such a message says is over; the encoder alone has it."""
DONE, CARRIED_OUT = "done", "carried out"
"""The head that tells whether the step read beside such a message is done, and its class when it is."""
MESSAGE_FACTS: tuple[str, ...] = ("goal_kind", "gap", "failure_mode", "asks")
"""Facts that a message states as a whole."""
CLAUSE_FACTS: tuple[str, ...] = (
    "satisfied",
    "deterministic",
    "needs_live_data",
    "examples_at_hand",
    "labels_on_demand",
    "data_quality",
    "data_rights",
    "feedback_kind",
    "grader",
    "knowledge_change",
    "citations_needed",
    "access_control",
    "same_prefix",
    "tried_prompting",
    "tried_few_shot",
    "tried_structured",
    "tried_rag",
    "tried_models",
    "tried_caching",
    "tried_small_model",
    "tried_long_context",
    "tried_finetune",
    "teacher_ok",
    "small_model_ok",
    "volume",
    "cost_pressure",
    "hosting",
    "base_tunable",
    "team_ml",
    "domain",
    "regulated",
)
"""Facts that one clause states."""
REPLY_FACTS: tuple[str, ...] = (*CLAUSE_FACTS, *(fact for fact in MESSAGE_FACTS if fact != "asks"))
"""Facts that an answer states."""
NEWS_FACTS: tuple[str, ...] = ("tried_classifier",)
"""Facts that only a message after a recommendation states as far as these models know."""
