"""The outcomes a recommendation can have, in the words that people see."""

from __future__ import annotations

from enum import StrEnum


class Option(StrEnum):
    """One outcome. Ordered from nothing to undo to the dearest to undo."""

    NO_CHANGE = "NO_CHANGE"
    IMPROVE_PROMPT = "IMPROVE_PROMPT"
    FEW_SHOT = "FEW_SHOT"
    LONG_CONTEXT_CACHE = "LONG_CONTEXT_CACHE"
    STRUCTURED_TOOLS = "STRUCTURED_TOOLS"
    SWITCH_MODEL = "SWITCH_MODEL"
    RAG = "RAG"
    EVALS_DATA_FIRST = "EVALS_DATA_FIRST"
    CLASSICAL_ML = "CLASSICAL_ML"
    FINE_TUNE_SFT = "FINE_TUNE_SFT"
    PREFERENCE_TUNE = "PREFERENCE_TUNE"
    RAG_PLUS_FT = "RAG_PLUS_FT"
    DISTIL = "DISTIL"
    ASK = "ASK"
    DEFINE_TERM = "DEFINE_TERM"
    OFF_TOPIC = "OFF_TOPIC"
    DECLINE = "DECLINE"


TRAINING: frozenset[Option] = frozenset(
    {Option.FINE_TUNE_SFT, Option.PREFERENCE_TUNE, Option.RAG_PLUS_FT, Option.DISTIL}
)
"""The outcomes that change a model's weights."""

SHORT_NAMES: dict[Option, str] = {
    Option.NO_CHANGE: "change nothing",
    Option.IMPROVE_PROMPT: "work on the prompt",
    Option.FEW_SHOT: "show examples in the prompt",
    Option.LONG_CONTEXT_CACHE: "keep the material in a cached prompt",
    Option.STRUCTURED_TOOLS: "enforce a schema or give it tools",
    Option.SWITCH_MODEL: "try another model",
    Option.RAG: "use retrieval (RAG)",
    Option.EVALS_DATA_FIRST: "build the test set and the data first",
    Option.CLASSICAL_ML: "use rules or a small trained predictor",
    Option.FINE_TUNE_SFT: "fine-tune",
    Option.PREFERENCE_TUNE: "tune on preferences or on checkable answers",
    Option.RAG_PLUS_FT: "keep retrieval and tune how it is used",
    Option.DISTIL: "distil into a small model",
    Option.ASK: "ask what goes wrong first",
    Option.DEFINE_TERM: "explain the term",
    Option.OFF_TOPIC: "say that it is not our subject",
    Option.DECLINE: "decline",
}
"""Each outcome as the end of the sentence "I would …"."""

EFFORT: dict[Option, str] = {
    Option.NO_CHANGE: "hours, to keep some cases as a test",
    Option.IMPROVE_PROMPT: "a day or two, most of it for the cases to score it on",
    Option.FEW_SHOT: "hours",
    Option.LONG_CONTEXT_CACHE: "hours",
    Option.STRUCTURED_TOOLS: "hours to a few days",
    Option.SWITCH_MODEL: "hours, once there are cases to score it on",
    Option.RAG: "days for a first search, weeks for a good one",
    Option.EVALS_DATA_FIRST: "days, as long as somebody needs who knows what is right",
    Option.CLASSICAL_ML: "days, once there are labels",
    Option.FINE_TUNE_SFT: "weeks, and upkeep after that",
    Option.PREFERENCE_TUNE: "weeks, and upkeep after that",
    Option.RAG_PLUS_FT: "weeks, and upkeep after that",
    Option.DISTIL: "weeks, and upkeep after that",
}
"""What each outcome takes, roughly: what it is for is the order from the cheapest to the dearest."""
