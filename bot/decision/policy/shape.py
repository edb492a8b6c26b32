"""The form of the answer: broken formats and missing interfaces."""

from __future__ import annotations

from bot.decision.conditions import ALWAYS, all_of, examples_reach, gap_is, is_in, unless, untried
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import ON_OWN_MACHINES, REAL_INPUTS, THE_REST, hold_back
from bot.decision.policy.shared_reasons import ENFORCED, FORM_NOT_TRUTH, PROMPT_BEFORE_TUNING
from bot.decision.rules import Because, Rule, given
from bot.decision.sentences import Phrase
from bot.decision.thresholds import PILOT

SHAPE_RULES: tuple[Rule, ...] = given(
    gap_is("format", "interface"),
    Rule(
        "D7f",
        Option.STRUCTURED_TOOLS,
        all_of(
            gap_is("interface"), untried("tried_structured"), unless(is_in("failure_mode", "invalid_format"))
        ),
        "Give it a tool for what it cannot reach, instead of teaching it",
        (
            Because(
                "What it needs stands in another system or has to be done there; no training puts that into a model.",
                "tool-use",
                ("TOOLFORMER-2023",),
            ),
            Because(
                "A tool definition makes a call of the wrong shape impossible; examples only make it rarer.",
                "tool-use",
            ),
        ),
        "Give the model one function for what people need most, and check its arguments in code.",
        ("Let it look things up first; add actions later, each behind a confirmation.",),
        ("MS-01", "OAI-15"),
    ),
    Rule(
        "D7",
        Option.STRUCTURED_TOOLS,
        untried("tried_structured"),
        "Enforce the shape instead of teaching it",
        (
            Because(
                "A schema or a tool definition makes a wrong shape impossible; examples only make it rarer.",
                "structured-output",
            ),
            *ENFORCED,
        ),
        Phrase(
            "Turn on your provider's structured output or tool calling with the schema you expect.",
            (
                (
                    ON_OWN_MACHINES,
                    "Turn on constrained decoding in the software that serves your model, with the schema you expect.",
                ),
            ),
        ),
        ("Measure what is still wrong once the shape holds: content is another problem.",),
        ("OAI-15",),
    ),
    *given(
        is_in("failure_mode", "invalid_format"),
        Rule(
            "D7b",
            Option.IMPROVE_PROMPT,
            is_in("tried_prompting", "none", "quick"),
            "Ask for a simpler shape, in the right place of the prompt",
            (
                Because(
                    "The shape is only half enforced and the instructions have hardly been worked on: that is the cheaper half.",
                    "prompt",
                ),
                PROMPT_BEFORE_TUNING,
            ),
            "Put the format rules into the system prompt, ask for the simplest format that will do, and retry what does not parse.",
            ("Then enforce the schema while it decodes.",),
            ("OAI-07", "OAI-15"),
        ),
        Rule(
            "D7c",
            Option.STRUCTURED_TOOLS,
            ALWAYS,
            "Enforce the shape where it is decoded, not around it",
            (
                Because(
                    "Output that still breaks was requested, not enforced: real enforcement leaves no token that breaks it.",
                    "structured-output",
                    ("OUTLINES-2023",),
                ),
                *ENFORCED,
            ),
            "Serve the model with constrained decoding, or use one with native structured output, and measure again.",
            ("Watch for well-formed but empty answers.",),
            ("OAI-15",),
        ),
    ),
    Rule(
        "D7d",
        Option.FINE_TUNE_SFT,
        examples_reach(PILOT),
        "The shape holds but the content is wrong: fine-tune on right answers",
        (
            Because(
                "With the schema in force, what remains is a consistent habit, which examples can teach.",
                "fine-tuning",
            ),
            FORM_NOT_TRUTH,
        ),
        hold_back(", then run a small pilot on the best of ", THE_REST, "."),
        (),
        ("MS-01", "OAI-06"),
    ),
    Rule(
        "D7e",
        Option.FEW_SHOT,
        untried("tried_few_shot"),
        "Show a few right answers in the prompt",
        (
            Because(
                "The shape is enforced; three to five good examples are the cheapest way to correct the content.",
                "few-shot-prompting",
            ),
            FORM_NOT_TRUTH,
        ),
        ("Put three to five varied, correct examples into the prompt and score it on ", REAL_INPUTS, "."),
        ("Collect reviewed examples as you correct answers; 50 would allow a pilot.",),
        ("ANT-05",),
    ),
)
