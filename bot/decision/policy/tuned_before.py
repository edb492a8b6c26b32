"""They have tuned already, and it did not do what they wanted."""

from __future__ import annotations

from bot.decision.conditions import (
    ALWAYS,
    all_of,
    any_of,
    examples_reach,
    gap_is,
    is_false,
    is_in,
    is_some,
    is_true,
    misses,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import (
    HARDEST_CASES,
    HAS_A_FEW_EXAMPLES,
    HOW_OFTEN_IT_SUCCEEDS,
    STRONGEST_MODEL,
    TWENTY_QUESTIONS,
)
from bot.decision.policy.shared_reasons import (
    AIM_OF_DISTILLING,
    LIMIT_OF_THE_MODEL,
    TEST_BEFORE_TRAINING,
)
from bot.decision.rules import Because, Rule, first_that_fits, given
from bot.decision.sentences import Phrase
from bot.decision.thresholds import PILOT

_TRAINED_ON_A_FEW = all_of(is_some("examples_n"), misses("examples_n", PILOT))
_FACTS_WERE_TRAINED_IN = all_of(
    any_of(
        gap_is("knowledge"),
        all_of(is_in("goal_kind", "knowledge_qa"), unless(gap_is("behaviour"))),
    ),
    unless(_TRAINED_ON_A_FEW),
)
_FACTS_BY_TUNING = Because(
    "Facts are learned slowly by tuning and bring more made-up answers with them.", "fine-tuning"
)

TUNED_BEFORE_RULES: tuple[Rule, ...] = given(
    is_in("tried_finetune", "failed", "forgot", "worse"),
    Rule(
        "D4e",
        Option.STRUCTURED_TOOLS,
        all_of(
            any_of(
                gap_is("interface"),
                all_of(
                    is_true("needs_live_data"), unless(gap_is("behaviour", "both", "cost_latency", "format"))
                ),
            ),
            untried("tried_structured"),
        ),
        "Let it call a tool; training does not replace one",
        (
            Because(
                "What it needs is kept in another system; weights are a snapshot, and a lookup is not.",
                "tool-use",
                ("TOOLFORMER-2023",),
            ),
            Because(
                "Training on tool examples is for when there are many tools, and clear descriptions were not enough.",
                "tool-use",
                ("MS-01",),
            ),
        ),
        "Give the model one read-only function for the record people ask about most, and check its arguments in code.",
        ("Add actions later, each behind a confirmation.",),
        ("MS-01",),
    ),
    Rule(
        "D4",
        Option.RAG,
        all_of(_FACTS_WERE_TRAINED_IN, untried("tried_rag")),
        "Stop training facts in; retrieve them",
        (
            _FACTS_BY_TUNING,
            Because(
                "Retrieval puts the facts in front of the model for each question.",
                "retrieval-augmented-generation",
            ),
        ),
        ("Index the documents and try ", TWENTY_QUESTIONS, " with the right passage in the prompt."),
        ("Keep the tuned model only if it helps with tone or format.",),
        ("PAP-06", "PAP-09"),
    ),
    Rule(
        "D4c",
        Option.RAG,
        _FACTS_WERE_TRAINED_IN,
        "Stop training facts in; mend the retrieval you have",
        (
            _FACTS_BY_TUNING,
            Because(
                "When the right passage does not reach the model, no training can make up for that.",
                "retrieval-augmented-generation",
            ),
        ),
        "Take twenty failures and look whether the right passage was among the results.",
        ("If it was missing, repair retrieval; if it was there, work on the instructions.",),
        ("PAP-06", "ANT-07"),
    ),
    Rule(
        "D4h",
        Option.FINE_TUNE_SFT,
        is_in("tried_finetune", "forgot"),
        "Train again, gently, with general examples mixed in",
        (
            Because(
                "Skills are lost to one-sided examples and strong training; both can be changed.",
                "fine-tuning",
            ),
            Because(
                "Low-rank adapters forget less than full tuning does.",
                "lora",
            ),
        ),
        "Mix general examples into yours, train an adapter at a lower rate, and test the old skills beside the new one.",
        ("Stop earlier: one pass over the examples is often enough.",),
        ("PAP-09",),
    ),
    Rule(
        "D4d",
        Option.SWITCH_MODEL,
        all_of(
            gap_is("capability"),
            untried("tried_models"),
            unless(is_in("hosting", "edge")),
            unless(all_of(examples_reach(PILOT), is_in("base_tunable", "yes"))),
        ),
        "Try a stronger model before you train again",
        (LIMIT_OF_THE_MODEL, TEST_BEFORE_TRAINING),
        ("Run ", HARDEST_CASES, " through ", STRONGEST_MODEL, "."),
        ("If it succeeds and is too dear, let it teach a small one.",),
        ("ANT-02",),
    ),
    Rule(
        "D4f",
        Option.DISTIL,
        all_of(
            is_false("small_model_ok"),
            unless(is_false("teacher_ok")),
            unless(gap_is("format", "interface")),
        ),
        "Let a large model show the small one how",
        (
            Because(
                "Training did not help, and the small model does not pass; a large model that does can show it how.",
                "distillation",
            ),
            AIM_OF_DISTILLING,
        ),
        "Let a large model solve a few hundred cases, and have someone check them.",
        ("See first whether the large model gets them right.",),
        ("OAI-12", "PAP-14"),
    ),
    Rule(
        "D4g",
        Option.PREFERENCE_TUNE,
        all_of(
            is_in("tried_finetune", "failed"),
            is_in("grader", "programmatic"),
            unless(is_true("teacher_ok")),
            unless(gap_is("format", "interface", "cost_latency", "knowledge", "both")),
        ),
        "Tune with a grader instead of with examples",
        (
            Because(
                "Copying examples did not teach it, and a program can check its own attempts.",
                "preference-tuning",
            ),
            Because(
                "Reinforcement strengthens ways of answering that the model already finds now and then.",
                "preference-tuning",
            ),
        ),
        HOW_OFTEN_IT_SUCCEEDS,
        ("Look for ways to cheat the grader before training does.",),
        ("OAI-10", "OAI-11"),
    ),
    Rule(
        "D4b",
        Option.EVALS_DATA_FIRST,
        ALWAYS,
        "Look at the data and the tests before you train again",
        (
            Because(
                "When a round of training disappoints, better examples or a clearer task mend more than more data does.",
                "fine-tuning",
                ("MS-05",),
            ),
            *first_that_fits(
                Because(
                    "Your test cases can tell which of the two it was.", "evals", fits=is_some("eval_set_n")
                ),
                Because("Without a test set nobody can tell which of the two it was.", "evals"),
            ),
        ),
        Phrase(
            "Read fifty training examples and fifty failures side by side, and note what the examples never show.",
            (
                (
                    HAS_A_FEW_EXAMPLES,
                    "Read your {examples_n} training examples and fifty failures side by side, and note what the examples never show.",
                ),
            ),
        ),
        (
            "Compare the base model with your best prompt against the tuned one on held-out cases.",
            "Mix general examples in if other skills were lost.",
        ),
        ("OAI-04", "PAP-09"),
    ),
)
