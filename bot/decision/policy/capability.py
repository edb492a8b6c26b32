"""It cannot do the thinking."""

from __future__ import annotations

from bot.decision.conditions import ALWAYS, all_of, gap_is, is_in, labels_reach, unless, untried
from bot.decision.options import Option
from bot.decision.policy.cost import MUST_OWN
from bot.decision.rules import Because, Rule, given
from bot.decision.thresholds import PILOT

CAPABILITY_RULES: tuple[Rule, ...] = given(
    gap_is("capability"),
    Rule(
        "D11",
        Option.SWITCH_MODEL,
        all_of(untried("tried_models"), unless(MUST_OWN)),
        "Try a stronger model before anything else",
        (
            Because(
                "Weak reasoning is mostly a limit of the model, and another one takes an afternoon to try.",
                "large-language-model",
            ),
        ),
        "Run your twenty hardest cases through the strongest model you may use.",
        ("Let it think step by step, or use a reasoning model, before you compare.",),
        ("ANT-02",),
    ),
    Rule(
        "D11b",
        Option.PREFERENCE_TUNE,
        is_in("grader", "programmatic"),
        "Tune with a grader: a program can check the answers",
        (
            Because(
                "Answers that a program can check are what reinforcement tuning needs, if the base sometimes succeeds.",
                "preference-tuning",
            ),
        ),
        "Measure how often the base model already succeeds; above zero is required.",
        ("Look for ways to cheat the grader before training does.",),
        ("OAI-10", "OAI-11"),
    ),
    Rule(
        "D11c",
        Option.FINE_TUNE_SFT,
        labels_reach(PILOT),
        "Fine-tune on worked examples",
        (
            Because(
                "A stronger model did not help and you have reviewed examples of the right thinking.",
                "fine-tuning",
            ),
        ),
        "Hold back a test set, then run a small pilot with the reasoning written out in the examples.",
        (),
        ("OAI-02", "MS-06"),
    ),
    Rule(
        "D11d",
        Option.EVALS_DATA_FIRST,
        ALWAYS,
        "Collect hard cases with right answers first",
        (
            Because(
                "Nothing here can be trained or measured until there are cases with known answers.", "evals"
            ),
        ),
        "Write down 50 hard cases with the right answer and how to check it.",
        ("If a program can check them, reinforcement tuning becomes possible.",),
        ("OAI-05", "OAI-11"),
    ),
)
