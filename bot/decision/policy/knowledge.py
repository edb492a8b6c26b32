"""It does not know your facts, or has them and misuses them."""

from __future__ import annotations

from dataclasses import replace

from bot.decision.conditions import (
    ALWAYS,
    SOMETHING_IS_WRONG,
    all_of,
    any_of,
    examples_reach,
    fits,
    gap_is,
    is_in,
    is_known,
    is_not_true,
    is_true,
    misses,
    reaches,
    unless,
    untried,
)
from bot.decision.options import Option
from bot.decision.policy.shared_phrases import (
    ENOUGH_FOR_A_PILOT,
    HAS_TEST_SET,
    ON_OWN_MACHINES,
    THE_REST,
    TWENTY_CASES,
    TWENTY_QUESTIONS,
    hold_back,
)
from bot.decision.policy.shared_reasons import (
    EVALS_BEFORE_SPENDING,
    GUESSING,
    PROMPT_BEFORE_TUNING,
    REAL_FAILURES,
    SMALL_BEATS_LARGE,
)
from bot.decision.rules import Because, Rule, first_that_fits, given
from bot.decision.sentences import Phrase
from bot.decision.thresholds import CORPUS, EVAL_CASES, PILOT

_RETRIEVAL_FALLS_SHORT = all_of(
    is_in("failure_mode", "retrieval_miss", "wrong_facts"), unless(gap_is("both"))
)

_CHANGES_FAST = is_in("knowledge_change", "realtime", "daily", "weekly")

_IS_NO_QUESTION = is_in(
    "goal_kind",
    "generation",
    "translation",
    "extraction",
    "classification",
    "reasoning",
    "format",
    "style_tone",
)
"""What has to be known stands in entries that a case needs, not in documents that people ask about."""

_TUNE_ON_TOP = (
    "Build training examples from a question, the right passage and some wrong ones, with the answer you want.",
    "Measure retrieval and answers apart, so that you see which of the two improved.",
)

NOBODY_MEASURES = Rule(
    "D2c",
    Option.EVALS_DATA_FIRST,
    all_of(
        unless(SOMETHING_IS_WRONG),
        unless(
            any_of(is_in("tried_prompting", "none"), is_known("tried_finetune"), is_known("feedback_kind"))
        ),
        any_of(
            misses("eval_set_n", EVAL_CASES),
            all_of(is_in("grader", "none"), unless(reaches("eval_set_n", EVAL_CASES))),
        ),
    ),
    Phrase(
        "Find out what fails before you change anything",
        ((is_known("failure_mode"), "Measure how often it fails before you change anything"),),
    ),
    (GUESSING, replace(REAL_FAILURES, fits=HAS_TEST_SET), EVALS_BEFORE_SPENDING),
    Phrase(
        "Read a hundred real cases, note the first thing that is wrong in each, and count the kinds.",
        (
            (
                all_of(is_known("failure_mode"), unless(HAS_TEST_SET)),
                "Put 50 real cases aside, mark those that fail in this way, and mark them again after each change.",
            ),
        ),
    ),
    (
        Phrase(
            "Turn the most frequent kinds into a test set of 50 cases.",
            (
                (HAS_TEST_SET, "Add the most frequent kinds to your test set."),
                (
                    is_known("failure_mode"),
                    "Begin with the cheapest change: instructions, then a few good examples.",
                ),
            ),
        ),
    ),
    ("OAI-05", "PRA-02"),
)
"""Facts and habits are not blamed where nobody named a fault, and nobody could.

Tested here and not first of all: there, what it reads would be open in every branch of the outlook, which took
several times as long.
"""

_BY_WHERE_IT_WAS_LOST = ("If it was missing, repair retrieval; if it was there, work on the instructions.",)

_WHERE_FACTS_ARE_MISSING: tuple[Rule, ...] = given(
    gap_is("knowledge", "both"),
    *given(
        untried("tried_rag"),
        Rule(
            "D11",
            Option.FINE_TUNE_SFT,
            any_of(
                all_of(
                    gap_is("both"),
                    is_known("goal_kind"),
                    unless(is_in("goal_kind", "knowledge_qa", "summarisation")),
                    any_of(examples_reach(PILOT), is_true("tried_models")),
                ),
                all_of(
                    is_in("goal_kind", "classification", "extraction", "translation"),
                    is_in("base_tunable", "yes"),
                    unless(is_in("tried_prompting", "quick")),
                    unless(_CHANGES_FAST),
                    unless(fits("corpus_tokens", CORPUS)),
                ),
            ),
            "Fine-tune: the task itself is what it has to learn",
            (
                Because(
                    "It is one task with its own conventions, not questions about documents, so examples teach more than passages.",
                    "fine-tuning",
                ),
                SMALL_BEATS_LARGE,
            ),
            hold_back(", then run a small pilot on the best of ", THE_REST, "."),
            ("Put what changes, such as terms and rules, into the prompt all the same.",),
            ("META-03", "GOO-03"),
        ),
        Rule(
            "D11b",
            Option.RAG_PLUS_FT,
            all_of(gap_is("both"), examples_reach(PILOT)),
            "Retrieve the facts, and tune how the model uses them",
            (
                Because(
                    "Both gaps are real: retrieval brings the facts, examples teach the behaviour.",
                    "retrieval-augmented-generation",
                ),
                Because("Tuning is for habits, not for facts.", "fine-tuning"),
            ),
            "Build the retrieval first and measure what is still wrong.",
            _TUNE_ON_TOP,
            ("META-02", "PAP-12", "PAP-04"),
        ),
    ),
    Rule(
        "D11c",
        Option.LONG_CONTEXT_CACHE,
        all_of(
            any_of(untried("tried_rag"), _RETRIEVAL_FALLS_SHORT),
            fits("corpus_tokens", CORPUS),
            is_not_true("access_control"),
            unless(_CHANGES_FAST),
            untried("tried_long_context"),
        ),
        "Put all of the material into the prompt and cache it",
        (
            *first_that_fits(
                Because(
                    "It fits into one prompt and changes slowly enough, so nothing needs to be searched or trained.",
                    "context-window",
                    fits=is_known("knowledge_change"),
                ),
                Because(
                    "It fits into one prompt and, as far as I know, changes slowly, so nothing needs to be searched or trained.",
                    "context-window",
                ),
            ),
            *first_that_fits(
                Because(
                    "With caching, a question does not have the same material read from the beginning again.",
                    "prompt-caching",
                    fits=ON_OWN_MACHINES,
                ),
                Because(
                    "With caching, repeated questions read the material at a fraction of the price.",
                    "prompt-caching",
                ),
            ),
        ),
        ("Paste the material before the question, see that it is cached, and try ", TWENTY_QUESTIONS, "."),
        (
            Phrase(
                "",
                (
                    (
                        is_true("citations_needed"),
                        "Number its paragraphs, have each claim name the number, and check in code that it is there.",
                    ),
                ),
            ),
            "Move to retrieval when the material outgrows the prompt or people may see different parts.",
        ),
        ("ANT-06", "PAP-19"),
    ),
    *given(
        untried("tried_rag"),
        Rule(
            "D11h",
            Option.IMPROVE_PROMPT,
            all_of(
                is_in("tried_prompting", "quick"),
                is_in("goal_kind", "classification", "extraction", "tool_use"),
                unless(
                    any_of(_CHANGES_FAST, is_true("access_control"), is_in("failure_mode", "retrieval_miss"))
                ),
                unless(reaches("corpus_tokens", CORPUS)),
            ),
            "Write what it does not know into the prompt",
            (
                Because(
                    "One task needs few facts: names, terms and rules, which mostly fit into the instructions.",
                    "prompt",
                ),
                PROMPT_BEFORE_TUNING,
            ),
            "List the names, terms and rules of twenty failures, put them into the prompt, and run the same cases again.",
            ("When the list outgrows the prompt, fetch the part that each request needs.",),
            ("OAI-07", "ANT-01"),
        ),
        Rule(
            "D11d",
            Option.RAG,
            ALWAYS,
            "Retrieve the facts; don't train them in",
            (
                Because(
                    "What is missing is knowledge, and in nearly every comparison retrieval has beaten tuning for facts.",
                    "retrieval-augmented-generation",
                ),
                Because(
                    "Tuning learns facts slowly, and makes up more answers the more of them it learns.",
                    "hallucination",
                ),
            ),
            Phrase(
                (
                    "Index the documents people ask about most and try ",
                    TWENTY_QUESTIONS,
                    " with the passages found.",
                ),
                (
                    (
                        _IS_NO_QUESTION,
                        (
                            "Index what it has to know (terms, tables, rules, earlier cases), and run ",
                            TWENTY_CASES,
                            " with what fits each of them in the prompt.",
                        ),
                    ),
                ),
            ),
            (
                Phrase(
                    "For each wrong answer, note whether the right passage was found: the cures differ.",
                    (
                        (
                            _IS_NO_QUESTION,
                            "For each wrong result, note whether the right entry was found: the cures differ.",
                        ),
                    ),
                ),
                Phrase(
                    "Show the sources beside the answer.",
                    ((all_of(_IS_NO_QUESTION, unless(is_true("citations_needed"))), ""),),
                ),
                Phrase(
                    "",
                    ((is_true("access_control"), "Search only in what the person who asks may see."),),
                ),
                Phrase(
                    "",
                    (
                        (
                            _CHANGES_FAST,
                            "Index a document anew whenever it changes, and drop what it replaces.",
                        ),
                    ),
                ),
            ),
            ("PAP-05", "PAP-06", "MS-03"),
        ),
    ),
    Rule(
        "D11e",
        Option.RAG,
        _RETRIEVAL_FALLS_SHORT,
        "Repair the retrieval you have",
        (
            Because(
                "When the right passage does not reach the model, no training can make up for that.",
                "retrieval-augmented-generation",
            ),
            Because(
                "Keyword search beside embeddings, and context on each chunk, find much of what was missed.",
                "chunking",
            ),
        ),
        "Take twenty misses and note where each passage was lost: not in the index, out of date, cut badly, or ranked too low.",
        (
            "Add keyword search beside the embeddings, then a reranker.",
            "Check how documents are cut: tables and headings get lost first.",
            "Take superseded versions out of the index, or filter by date.",
        ),
        ("ANT-07", "OAI-13"),
    ),
    Rule(
        "D11i",
        Option.EVALS_DATA_FIRST,
        all_of(
            gap_is("knowledge"),
            unless(is_known("failure_mode")),
            unless(is_known("baseline_score")),
            unless(reaches("eval_set_n", EVAL_CASES)),
        ),
        "Measure the retrieval you have before you change anything",
        (
            Because(
                "Retrieval is in place, and I do not know yet whether it finds the right passage.",
                "evals",
            ),
            GUESSING,
        ),
        "Write down thirty real requests with the passage that each needs, and count how often it is found.",
        _BY_WHERE_IT_WAS_LOST,
        ("OAI-05", "OAI-13"),
    ),
    Rule(
        "D11f",
        Option.RAG,
        gap_is("knowledge"),
        "Look at how retrieval fails before you train anything",
        (
            Because(
                "Facts still go wrong although retrieval exists: either the passage is missing or it is misused.",
                "retrieval-augmented-generation",
            ),
            Because(
                "Tuning is for a model that has the facts and behaves wrongly; first find out whether it has them.",
                "retrieval-augmented-generation",
                ("OAI-13",),
            ),
        ),
        "Take twenty failures and look whether the right passage was among the results.",
        _BY_WHERE_IT_WAS_LOST,
        ("OAI-13",),
    ),
    Rule(
        "D11g",
        Option.RAG_PLUS_FT,
        ALWAYS,
        Phrase(
            "Keep retrieval, and collect examples to tune how it is used",
            ((ENOUGH_FOR_A_PILOT, "Keep retrieval, and tune how it is used on your examples"),),
        ),
        (
            Because(
                "With retrieval in place, what it finds still has to be used rightly, and that can be taught.",
                "retrieval-augmented-generation",
            ),
            Because(
                "Training on questions with the right document among distractors teaches the model to ignore noise.",
                "retrieval-augmented-generation",
            ),
        ),
        Phrase(
            "Collect reviewed answers that use the passages rightly; 50 allow a pilot.",
            (
                (
                    ENOUGH_FOR_A_PILOT,
                    "Fetch the passages for each of your {examples_n} examples, and keep those whose answer uses them rightly; 50 allow a pilot.",
                ),
                (
                    is_in("feedback_kind", "unpaired", "pairs"),
                    "Collect answers that people marked good and that use the passages rightly; 50 reviewed ones allow a pilot.",
                ),
            ),
        ),
        _TUNE_ON_TOP,
        ("PAP-12",),
    ),
)

KNOWLEDGE_RULES: tuple[Rule, ...] = (NOBODY_MEASURES, *_WHERE_FACTS_ARE_MISSING)
