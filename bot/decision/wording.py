"""Facts in words: each known value as a short claim that people can agree or disagree with."""

from __future__ import annotations

import math
from collections.abc import Mapping

from bot.decision.facts import SCORE_FACTS, Facts, FactValue, FailureMode, Range, title_of
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.language_names import language_name
from bot.decision.options import SHORT_NAMES, Option

_CLAIMS: Mapping[str, Mapping[object, str]] = {
    "intent": {
        "decision": "you are deciding something",
        "definition": "you are asking what a term means",
        "off_topic": "it is about something else",
        "abuse": "it asks for something harmful",
    },
    "asks": {
        "whether": "you ask whether to train at all",
        "which": "you ask which of several ways",
        "how_much_data": "you ask how many examples it takes",
        "where_to_start": "you ask where to start",
        "what_went_wrong": "you ask what went wrong",
        "how_to": "you ask how it is done",
    },
    "satisfied": {True: "it is good enough as it is", False: "it is not good enough as it is"},
    "goal_kind": {
        "knowledge_qa": "it answers questions from your material",
        "classification": "it sorts things into kinds",
        "extraction": "it pulls fields out of text",
        "style_tone": "it writes in a certain style",
        "format": "it must keep a fixed format",
        "reasoning": "it has to work something out",
        "tool_use": "it works with other systems",
        "generation": "it writes texts",
        "summarisation": "it summarises",
        "translation": "it translates",
        "cost_latency": "it should get cheaper or faster",
        "prediction_tabular": "it predicts from columns of data",
    },
    "gap": {
        "knowledge": "it lacks your facts",
        "behaviour": "it knows, but behaves wrong",
        "both": "it lacks facts and behaves wrong",
        "format": "it breaks the format",
        "interface": "it cannot reach the systems it needs",
        "capability": "it reasons badly",
        "cost_latency": "it is too slow or too costly",
    },
    "failure_mode": {
        "retrieval_miss": "the right passage is not found",
        "wrong_facts": "it gets facts wrong",
        "wrong_use_of_context": "the right passage is there but misused",
        "ignores_instructions": "it ignores instructions",
        "inconsistent_style": "its style is inconsistent",
        "invalid_format": "its output does not parse",
        "weak_reasoning": "its reasoning is wrong",
        "too_slow": "it is too slow",
        "too_expensive": "it is too expensive",
        "unsafe": "it says things that are not safe",
    },
    "deterministic": {True: "a rule or arithmetic settles it", False: "no simple rule settles it"},
    "needs_live_data": {True: "it needs live records or actions", False: "it needs no live records"},
    "examples_at_hand": {
        True: "you have examples of your own",
        False: "you have no examples yet",
    },
    "same_prefix": {
        True: "the same long text is sent every time",
        False: "no long text is sent again and again",
    },
    "labels_on_demand": {
        True: "you can label as many as needed",
        False: "you cannot label more",
    },
    "feedback_kind": {
        "none": "people give no feedback",
        "pairs": "people pick the better of two answers",
        "unpaired": "people mark answers good or bad",
        "clicks": "you see what people click",
    },
    "tried_finetune": {
        "none": "you have not fine-tuned yet",
        "failed": "you fine-tuned, and it was no better",
        "forgot": "you fine-tuned, and it lost other skills",
        "worse": "you fine-tuned, and it got worse",
        "worked": "you fine-tuned, and it worked",
    },
    "grader": {
        "none": "nobody and nothing checks answers",
        "human": "people judge the answers",
        "model": "a model judges the answers",
        "programmatic": "a program can check the answers",
    },
    "data_quality": {
        "unreviewed": "nobody has reviewed the data",
        "mixed": "the data is of mixed quality",
        "curated": "the data has been reviewed",
    },
    "data_rights": {
        "ok": "you may train on the data",
        "restricted": "you may not train on the data",
    },
    "knowledge_change": {
        "static": "the material never changes",
        "yearly": "the material changes about once a year",
        "monthly": "the material changes every one to three months",
        "weekly": "the material changes every week or so",
        "daily": "the material changes every day",
        "realtime": "the material changes all the time",
    },
    "citations_needed": {True: "answers must cite sources", False: "no citations are needed"},
    "access_control": {
        True: "people may see different documents",
        False: "everyone may see everything",
    },
    "tried_prompting": {
        "none": "nobody has worked on the prompt",
        "quick": "the prompt was tried but not measured",
        "systematic": "prompt versions were scored on test cases",
    },
    "tried_few_shot": {
        True: "examples in the prompt were tried",
        False: "no examples in the prompt yet",
    },
    "tried_structured": {True: "a schema or tools are in use", False: "no schema or tools yet"},
    "tried_rag": {True: "retrieval is in place", False: "no retrieval yet"},
    "tried_models": {True: "a stronger model was tried", False: "no stronger model tried yet"},
    "tried_caching": {True: "prompt caching is on", False: "prompt caching is not on"},
    "tried_small_model": {True: "a smaller model was tried", False: "no smaller model tried yet"},
    "tried_classifier": {
        True: "a small classifier was tried",
        False: "no small classifier tried yet",
    },
    "tried_long_context": {
        True: "all material in the prompt was tried",
        False: "all material in the prompt is untried",
    },
    "teacher_ok": {True: "a large model gets it right", False: "even a large model fails"},
    "small_model_ok": {True: "a small model gets it right", False: "a small model fails"},
    "volume": {"low": "volume is low", "medium": "volume is moderate", "high": "volume is high"},
    "cost_pressure": {
        "low": "cost hardly matters",
        "medium": "cost matters somewhat",
        "high": "cost matters a lot",
    },
    "hosting": {
        "any_api": "any hosted model will do",
        "region_locked": "it must stay in a region",
        "vpc": "it must run in your own cloud network",
        "on_prem": "it must run on your own machines",
        "air_gapped": "it must run without a network",
        "edge": "it must run on devices",
    },
    "base_tunable": {
        "yes": "the base model can be tuned",
        "no": "the base model cannot be tuned by you",
        "unknown": "whether the base model can be tuned is unclear",
    },
    "base_fits_hosting": {
        True: "the base model can run where it must",
        False: "the base model cannot run where it must",
    },
    "team_ml": {
        "none": "nobody would own a tuned model",
        "some": "there is some ML help",
        "strong": "there is an ML team",
    },
    "domain": {"general": "the domain is general", "specialised": "the domain is specialised"},
    "regulated": {True: "the domain is regulated", False: "the domain is not regulated"},
    "about_people": {True: "it decides about people", False: "it decides about nobody"},
}

_UNITS: Mapping[str, str] = {
    "examples_n": "reviewed examples",
    "raw_examples_n": "unreviewed items",
    "pairs_pref_n": "preference pairs",
    "label_count": "kinds to sort into",
    "corpus_tokens": "tokens of material",
    "eval_set_n": "test cases",
    "requests_per_day": "requests a day",
    "prompt_tokens": "tokens of fixed prompt",
    "output_tokens": "tokens an answer",
    "latency_budget_ms": "milliseconds allowed",
    "base_retire_days": "days until the base model retires",
    "budget_usd": "dollars of budget",
}


VAGUENESS = 0.08
"""How far "about N" may be off; our reading, narrower than ten percent so that small counts stay near."""
_THOUSAND = 1_000
_DIGITS_SHOWN = 3
"""A range is never known so closely that more digits of its ends would tell anything."""


def amount_in_words(value: int | Range) -> str:
    """Return an amount as people write it: "1,200", "about 200", "50 to 100", "50 or more", "at most 49"."""
    if not isinstance(value, Range):
        return f"{value:,}"
    if value.max is None:
        low = value.min or 0
        return f"more than {low - 1:,}" if low % _THOUSAND == 1 < low else f"{low:,} or more"
    if value.min is None:
        return f"at most {value.max:,}"
    middle = round((value.min + value.max) / 2)
    if value == around(middle):
        return f"about {middle:,}"
    return f"{_rounded(value.min):,} to {_rounded(value.max):,}"


def number_in_words(fact: str, value: FactValue | None) -> str:
    """Return a number as it stands before its noun: "1,200", "200 or so", "80%".

    Raises TypeError for what is no number, or not known.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Range):
        raise TypeError(f"{fact} is no number: {value}")
    if not isinstance(value, Range) and (isinstance(value, float) or fact in SCORE_FACTS):
        return percent(value)
    words = amount_in_words(value)
    return f"{words.removeprefix('about ')} or so" if words.startswith("about ") else words


def percent(share: float) -> str:
    """Return a share of 1 in percent, with a digit after the point only where it is one: "60%", "97.5%"."""
    return f"{round(share * 100, 1):g}%"


def around(amount: float) -> Range:
    """Return what "about" so many may be, in whole numbers."""
    low = math.ceil(amount * (1 - VAGUENESS))
    return Range(min=low, max=max(low, math.floor(amount * (1 + VAGUENESS))))


def _rounded(amount: int) -> int:
    return round(amount, min(0, _DIGITS_SHOWN - len(str(amount))))


def advice_in_words(option: Option, facts: Facts) -> str:
    """Return an outcome as the end of "I would …", in words for such a case.

    Where cost is the trouble there is no material to keep, and a tool is no schema.
    """
    gap = facts.gap or GAP_OF_FAILURE.get(facts.failure_mode or "")
    if option is Option.RAG and facts.tried_rag:
        return "repair the retrieval, or see how it fails"
    if option is Option.LONG_CONTEXT_CACHE and gap == "cost_latency":
        return "cache the fixed part of the prompt"
    if option is Option.STRUCTURED_TOOLS and facts.failure_mode != "invalid_format" and facts.gap != "format":
        return "give it a tool that looks things up or does them"
    return SHORT_NAMES[option]


def supposed_in_words(fact: str, value: FactValue) -> str:
    """Return one fact as what stands behind an "if": "there are 500 test cases"."""
    words = fact_in_words(fact, value)
    if fact == "base_model":
        return f"the base model is {value}"
    return f"there are {words}" if fact in _UNITS and fact != "latency_budget_ms" else words


OVER: Mapping[FailureMode, str] = {
    "retrieval_miss": "the right passage is found now",
    "wrong_facts": "its facts are right now",
    "wrong_use_of_context": "it uses what it is given now",
    "ignores_instructions": "it follows its instructions now",
    "inconsistent_style": "its style is right now",
    "invalid_format": "its output parses now",
    "weak_reasoning": "its reasoning holds now",
    "too_slow": "it is fast enough now",
    "too_expensive": "its cost is fine now",
    "unsafe": "it says nothing unsafe any more",
}
"""A trouble that is over, as a claim without a full stop."""


def fact_in_words(fact: str, value: FactValue) -> str:
    """Return one fact as a claim without a full stop: "retrieval is in place", "500 test cases"."""
    if (claims := _CLAIMS.get(fact)) and value in claims:
        return claims[value]
    if fact in _UNITS and isinstance(value, int | Range) and not isinstance(value, bool):
        return f"{amount_in_words(value)} {_UNITS[fact]}"
    if fact == "baseline_score" and isinstance(value, int | float):
        return f"it scores {percent(value)} today"
    if fact == "target_score" and isinstance(value, int | float):
        return f"you need {percent(value)}"
    if fact == "agreement" and isinstance(value, int | float):
        return f"people agree in {percent(value)}"
    if fact == "languages" and isinstance(value, tuple):
        return f"{title_of(fact)}: {', '.join(map(language_name, value))}"
    if isinstance(value, tuple):
        return f"{title_of(fact)}: {', '.join(value)}"
    return f"{title_of(fact)}: {value}"
