"""It knows, but behaves wrong; also a task whose gap nobody has named."""

from __future__ import annotations

from bot.decision.conditions import (
    ALWAYS,
    all_of,
    is_false,
    is_in,
    labels_reach,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.rules import Because, Rule
from bot.decision.thresholds import COMFORT, PILOT

_PILOT_STEP = "Hold back a test set, then run a small pilot on the best of your reviewed examples."

BEHAVIOUR_RULES: tuple[Rule, ...] = (
    Rule(
        "D12",
        Option.IMPROVE_PROMPT,
        is_in("tried_prompting", "none"),
        "Write proper instructions first",
        (
            Because(
                "Nobody has worked on the instructions yet; that takes minutes and can be undone.", "prompt"
            ),
        ),
        "Write the task, the steps and what a good answer looks like; try it on ten real inputs.",
        ("Score each version on the same cases, so that you see what helped.",),
        ("OAI-07", "ANT-01"),
    ),
    Rule(
        "D12b",
        Option.FINE_TUNE_SFT,
        all_of(
            labels_reach(COMFORT),
            unless(is_in("tried_prompting", "quick")),
            unless(is_false("tried_few_shot")),
        ),
        "Fine-tune: you have the examples for it",
        (
            Because(
                "Consistent behaviour is what tuning teaches well, and you have enough reviewed examples.",
                "fine-tuning",
            ),
            Because("The gain has to show on cases that the tuning never saw.", "evals"),
        ),
        _PILOT_STEP,
        (),
        ("OAI-02", "MS-05", "GOO-01"),
    ),
    Rule(
        "D12c",
        Option.IMPROVE_PROMPT,
        unless(is_in("tried_prompting", "systematic")),
        "Work on the prompt, and score each version",
        (
            Because(
                "As far as I know the prompt has not been measured on cases; that is the cheapest step left.",
                "prompt",
            ),
        ),
        "Write down 20 real inputs with what a good answer is, and score three versions of the prompt on them.",
        ("Stop when eight of ten real requests pass.",),
        ("PRA-01", "ANT-03", "PAP-16"),
    ),
    Rule(
        "D12d",
        Option.FEW_SHOT,
        untried("tried_few_shot"),
        "Show three to five good examples in the prompt",
        (
            Because(
                "The instructions are exhausted; examples show what words cannot, and need no training.",
                "few-shot-prompting",
            ),
        ),
        "Put three to five varied, excellent examples into the prompt and score it on the same cases.",
        ("Try picking examples close to each request; choice helps more than number.",),
        ("ANT-05", "PAP-17", "PAP-18"),
    ),
    Rule(
        "D12e",
        Option.FINE_TUNE_SFT,
        labels_reach(PILOT),
        "Fine-tune, as a pilot",
        (
            Because(
                "Instructions and examples are exhausted and measured; what remains is a habit that tuning can teach.",
                "fine-tuning",
            ),
            Because("The gain has to show on cases that the tuning never saw.", "evals"),
        ),
        _PILOT_STEP,
        (),
        ("OAI-02", "OAI-03"),
    ),
    Rule(
        "D12f",
        Option.EVALS_DATA_FIRST,
        ALWAYS,
        "Collect reviewed examples first",
        (
            Because(
                "The cheaper steps are exhausted, and there are too few reviewed examples to train on.",
                "fine-tuning",
            ),
        ),
        "Collect 50 answers that someone has corrected to what you want.",
        ("Keep 50 more cases aside as the test set.",),
        ("OAI-02", "GOO-01"),
    ),
)
