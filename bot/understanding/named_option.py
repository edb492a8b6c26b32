"""Which outcomes a message names: "why not RAG?", "my boss wants a fine-tune"."""

from __future__ import annotations

import re

from bot.decision.options import Option
from bot.understanding.message import Message

_NAMES: tuple[tuple[Option, re.Pattern[str]], ...] = tuple(
    (option, re.compile(rf"\b(?:{words})\b"))
    for option, words in (
        (Option.RAG, r"rag|retrieval|vector (?:db|database|store|search)|knowledge base|semantic search"),
        (
            Option.FEW_SHOT,
            (
                r"few-shot|many-shot|in-context learning|examples in (?:the|our|a) (?:\w+ )?prompt|"
                r"(?:show|give) it (?:some |a few |more )?examples"
            ),
        ),
        (
            Option.LONG_CONTEXT_CACHE,
            (
                r"(?:prompt |context )?caching|long context|"
                r"(?:all|everything|whole \w+|documents) (?:in|into) the prompt"
            ),
        ),
        (
            Option.STRUCTURED_TOOLS,
            (
                r"structured outputs?|json (?:mode|schema)|schemas?|function calling|tool calling|tools|"
                r"constrained decoding"
            ),
        ),
        (
            Option.CLASSICAL_ML,
            (
                r"classifier|logistic regression|regex(?:es)?|rules|xgboost|random forest|setfit|"
                r"(?:ro|de|modern)?berta?|classical (?:ml|machine learning)"
            ),
        ),
        (Option.DISTIL, r"distil\w*|small(?:er)? model of our own"),
        (
            Option.PREFERENCE_TUNE,
            r"dpo|rlhf|rft|grpo|preference (?:tuning|training)|reinforcement (?:learning|tuning)",
        ),
        (
            Option.FINE_TUNE_SFT,
            (
                r"fine-?tun\w*|finetun\w*|tuning|tuned?|(?:re-?)?train(?:ing)?|lora|qlora|peft|sft|"
                r"(?:our|its|their) own model"
            ),
        ),
        (
            Option.SWITCH_MODEL,
            (
                r"(?:bigger|stronger|larger|better|newer|another|other|different|reasoning) model|"
                r"gpt-[45]\S*|claude\S*|opus|sonnet|gemini\S*|o[134](?:-mini|-pro)?"
            ),
        ),
        (
            Option.IMPROVE_PROMPT,
            r"(?:better|good|clever|longer) prompt|prompt engineering|prompting|dspy|gepa",
        ),
    )
)


def named_options(message: Message) -> tuple[Option, ...]:
    """Return the outcomes that a message names, in the order of their first words."""
    places = [(named.start(), option) for option, words in _NAMES if (named := words.search(message.plain))]
    return tuple(option for _, option in sorted(places))
