"""What may be asked: the questions, their quick replies, and what answering them takes.

Questions are the unit, not facts: one answer may set several facts. A quick reply's values are exactly the
facts that a tap on it states; `None` says "I do not know".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.decision.conditions import ALWAYS, Condition, all_of, gap_is, is_false, is_in, unless
from bot.decision.facts import FactValue, Range
from bot.decision.thresholds import CORPUS, EVAL_CASES, LABELS, PILOT, VOLUME

MEMORY, LOOKING_UP, ASKING = 1, 2, 3
"""What it takes to answer: nothing, a look at a number, or a word with somebody else."""


@dataclass(frozen=True)
class QuickReply:
    """One tap. `values` maps each fact that it states to its value; empty for a reply that states nothing."""

    id: str
    label: str
    values: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question. With `several`, more than one reply may be picked and what is not picked is untried."""

    id: str
    text: str
    why: str
    """What the policy does with the answer, for whoever asks back."""
    replies: tuple[QuickReply, ...]
    facts: tuple[str, ...]
    """Every fact that an answer may set, by tap or in words."""
    several: bool = False
    unpicked: Mapping[str, FactValue] = field(default_factory=dict)
    """What a multiple choice says about the options that were not picked."""
    effort: int = MEMORY
    """What answering takes."""
    implies: tuple[str, ...] = ()
    """Facts that code concludes from an answer, such as whether the model named can be tuned."""
    makes_sense: Condition = ALWAYS
    """When people would understand why it is asked."""

    @property
    def tells(self) -> frozenset[str]:
        """Return the facts that a tap settles."""
        stated = {fact for reply in self.replies for fact in reply.values}
        return frozenset(stated) | self.unpicked.keys() | frozenset(self.implies)

    def reply(self, reply_id: str) -> QuickReply:
        """Return one quick reply. Raises KeyError."""
        for reply in self.replies:
            if reply.id == reply_id:
                return reply
        raise KeyError(reply_id)


def _q(
    id_: str,
    text: str,
    why: str,
    facts: str,
    *replies: QuickReply,
    effort: int = MEMORY,
    implies: str = "",
    makes_sense: Condition = ALWAYS,
) -> Question:
    return Question(
        id_,
        text,
        why,
        replies,
        tuple(facts.split()),
        effort=effort,
        implies=tuple(implies.split()),
        makes_sense=makes_sense,
    )


_ABOUT_MATERIAL = gap_is("knowledge", "both")
_HAS_RETRIEVAL = all_of(_ABOUT_MATERIAL, unless(is_false("tried_rag")))
_SORTS = is_in("goal_kind", "classification")
_IS_BUILT = unless(is_in("tried_prompting", "none"))
_IS_A_MATTER_OF_TASTE = all_of(
    _IS_BUILT, unless(is_in("goal_kind", "classification", "extraction", "format"))
)


def _r(id_: str, label: str, **values: FactValue) -> QuickReply:
    return QuickReply(id_, label, values)


UNTRIED: Mapping[str, FactValue] = {
    "tried_prompting": "none",
    "tried_few_shot": False,
    "tried_rag": False,
    "tried_structured": False,
    "tried_models": False,
}

QUESTIONS: tuple[Question, ...] = (
    _q(
        "Q1",
        "What goes wrong today?",
        "Missing facts, wrong behaviour, a broken format and high cost each need another cure.",
        "gap failure_mode goal_kind tried_prompting",
        _r("knowledge", "It doesn't know our facts", gap="knowledge"),
        _r("behaviour", "It knows, but behaves wrong (tone, rules)", gap="behaviour"),
        _r("both", "Both of these", gap="both"),
        _r("format", "It breaks the format", gap="format"),
        _r("capability", "It reasons badly", gap="capability"),
        _r("cost", "Too slow or too costly", gap="cost_latency"),
        _r("nothing", "Nothing is built yet", tried_prompting="none"),
    ),
    Question(
        "Q2",
        "What have you tried so far? Pick all that apply.",
        "What is quickly tried and undone comes before training, so I look for what is left of it.",
        (
            _r("nothing", "Nothing yet", **UNTRIED),
            _r("quick", "A quick prompt", tried_prompting="quick"),
            _r("scored", "Prompt versions scored on test cases", tried_prompting="systematic"),
            _r("examples", "Examples in the prompt", tried_few_shot=True),
            _r("rag", "Retrieval (RAG)", tried_rag=True),
            _r("schema", "A JSON schema or tools", tried_structured=True),
            _r("stronger", "A stronger model", tried_models=True),
        ),
        ("tried_prompting", "tried_few_shot", "tried_rag", "tried_structured", "tried_models"),
        several=True,
        # Whoever tried anything at all had a prompt to try it with.
        unpicked={**UNTRIED, "tried_prompting": "quick"},
        # What was tuned with success learned from examples what all of these would tell it.
        makes_sense=unless(is_in("tried_finetune", "worked")),
    ),
    _q(
        "Q3",
        "Do you have test cases, and what score do you get against what you need?",
        f"With fewer than {EVAL_CASES.value} test cases a test set comes before any training, "
        "and a score that meets the need already leaves nothing to train for but the cost.",
        "eval_set_n baseline_score target_score",
        _r("none", "No test set", eval_set_n=0),
        _r("few", "Under 50 cases", eval_set_n=Range(min=1, max=49)),
        _r("some", "50 to 200", eval_set_n=Range(min=50, max=200)),
        _r("many", "Over 200", eval_set_n=Range(min=201)),
        effort=LOOKING_UP,
    ),
    _q(
        "Q4",
        "When an answer is wrong, did the search over your material (RAG) find the right passage?",
        "If it is missing, retrieval has to be repaired; if it is there, the model has to use it better.",
        "failure_mode gap tried_rag",
        _r("missing", "No, it is missing", failure_mode="retrieval_miss", tried_rag=True),
        _r("misused", "Yes, but it is used badly", failure_mode="wrong_use_of_context", tried_rag=True),
        _r("no_search", "There is no search yet", tried_rag=False),
        _r("unchecked", "There is a search, unchecked", tried_rag=True),
        effort=LOOKING_UP,
        makes_sense=_HAS_RETRIEVAL,
    ),
    _q(
        "Q5",
        "How many reviewed input-output examples do you have?",
        f"Fewer than {PILOT.value} are too few even for a trial of fine-tuning, "
        "and what nobody has reviewed has to be read before a model learns from it.",
        "examples_n data_quality labels_on_demand pairs_pref_n",
        _r("none", "None", examples_n=0),
        _r("under_50", "Under 50", examples_n=Range(min=1, max=49)),
        _r("to_100", "50 to 100", examples_n=Range(min=50, max=100)),
        _r("to_500", "100 to 500", examples_n=Range(min=100, max=500)),
        _r("to_5000", "500 to 5,000", examples_n=Range(min=500, max=5000)),
        _r("more", "More than 5,000", examples_n=Range(min=5001)),
        _r("raw", "Only unreviewed logs", data_quality="unreviewed", examples_n=0),
        effort=LOOKING_UP,
    ),
    _q(
        "Q6",
        "How big is the material, and how often does it change?",
        f"Up to {CORPUS.value:,} tokens, some 500 pages, can stand in the prompt if they change slowly; "
        "more has to be looked up, and live records need a tool.",
        "corpus_tokens knowledge_change needs_live_data",
        _r(
            "small_static",
            "Under 500 pages, rarely changes",
            corpus_tokens=Range(max=200_000),
            knowledge_change="yearly",
        ),
        _r(
            "small_often",
            "Under 500 pages, changes weekly or daily",
            corpus_tokens=Range(max=200_000),
            knowledge_change="weekly",
        ),
        _r("large", "More than 500 pages", corpus_tokens=Range(min=200_001)),
        _r("live", "Live records", needs_live_data=True, knowledge_change="realtime"),
        effort=LOOKING_UP,
        makes_sense=_ABOUT_MATERIAL,
    ),
    _q(
        "Q7",
        "May everyone see all of the material, and must answers cite their sources?",
        "If people may see different documents, I do not put all of them into one prompt; "
        "whether answers must cite their sources is only kept for the record.",
        "access_control citations_needed",
        _r("open", "Everyone, no citations", access_control=False, citations_needed=False),
        _r("cited", "Everyone, with citations", access_control=False, citations_needed=True),
        _r("permissions", "Permissions differ by person", access_control=True),
        makes_sense=_ABOUT_MATERIAL,
    ),
    _q(
        "Q8",
        "Are you allowed to train on that data?",
        "If you may not train on it, I advise something that needs no training, whatever the numbers say.",
        "data_rights",
        _r("yes", "Yes", data_rights="ok"),
        _r("no", "No, or it holds personal data we can't use", data_rights="restricted"),
        effort=ASKING,
    ),
    _q(
        "Q9",
        "Which model is it, and where must it run?",
        "Some models cannot be tuned, retire too soon or cannot run where yours must; "
        "then another model comes before any training.",
        "base_model base_tunable base_retire_days hosting base_fits_hosting",
        _r("openai", "OpenAI", base_model="openai"),
        _r("claude", "Claude", base_model="anthropic-claude"),
        _r("gemini", "Gemini", base_model="google-gemini"),
        _r("bedrock", "Nova on Bedrock", base_model="amazon-nova"),
        _r("open", "Open weights", base_model="open-weights"),
        _r("own", "Our own servers only", hosting="on_prem"),
        implies="base_tunable",
    ),
    _q(
        "Q10",
        "How many requests a day, and how long is the fixed part of the prompt?",
        f"From about {VOLUME.value:,} requests a day on, a small model of your own can pay for itself, "
        "and a long fixed prompt can be cached.",
        "requests_per_day prompt_tokens volume",
        _r("under_1k", "Under 1,000 a day", requests_per_day=Range(max=999)),
        _r("to_7k", "1,000 to 7,000 a day", requests_per_day=Range(min=1000, max=6_666)),
        _r("to_100k", "7,000 to 100,000 a day", requests_per_day=Range(min=6_667, max=100_000)),
        _r("over_100k", "Over 100,000 a day", requests_per_day=Range(min=100_001)),
        effort=LOOKING_UP,
    ),
    _q(
        "Q11",
        "Can a program check whether an answer is right, or is it a matter of taste?",
        "Where a program can check the answers, a model can be trained against those checks.",
        "grader",
        _r("program", "A program can check it", grader="programmatic"),
        _r("taste", "People judge it, by taste or as experts", grader="human"),
        _r("neither", "Neither: nobody can tell", grader="none"),
        makes_sense=unless(is_in("goal_kind", "style_tone")),
    ),
    _q(
        "Q12",
        "Does a large model already pass, and have you tried a small one?",
        "A large model that gets it right can teach a small one; "
        "a small one that gets it right needs no training to be cheaper.",
        "teacher_ok small_model_ok tried_small_model tried_caching",
        _r(
            "large_only",
            "Large passes, small fails",
            teacher_ok=True,
            tried_small_model=True,
            small_model_ok=False,
        ),
        _r("both", "Both pass", teacher_ok=True, tried_small_model=True, small_model_ok=True),
        _r("neither", "Neither passes", teacher_ok=False, tried_small_model=True, small_model_ok=False),
        _r("untried", "Large passes, small not tried", teacher_ok=True, tried_small_model=False),
        effort=LOOKING_UP,
        makes_sense=_IS_BUILT,
    ),
    _q(
        "Q13",
        "Who would own retraining, and with what budget?",
        "A tuned model must be trained again when its base or its data change; "
        "with nobody and no budget for that, I do not advise it.",
        "team_ml budget_usd",
        _r("nobody", "Nobody, no budget", team_ml="none", budget_usd=0),
        _r("some", "Some ML help", team_ml="some"),
        _r("team", "An ML team", team_ml="strong"),
        effort=ASKING,
    ),
    _q(
        "Q14",
        "Do people tell you which answers are good?",
        "Verdicts on answers are what preference tuning learns from, so it becomes possible with them.",
        "feedback_kind pairs_pref_n",
        _r("pairs", "They pick the better of two", feedback_kind="pairs"),
        _r("thumbs", "Thumbs, or accept and reject", feedback_kind="unpaired"),
        _r("clicks", "We see clicks", feedback_kind="clicks"),
        _r("no", "No", feedback_kind="none"),
        makes_sense=_IS_A_MATTER_OF_TASTE,
    ),
    _q(
        "Q15",
        "How many kinds are there to sort into, and how many labelled examples in all?",
        f"What a rule can sort needs no model, and {LABELS.value} labelled examples are enough "
        "for a small classifier.",
        "label_count examples_n deterministic labels_on_demand",
        _r("rule", "A rule could do it", deterministic=True),
        _r("few", "Under 100 labelled", examples_n=Range(max=99)),
        _r("some", "100 to 500 labelled", examples_n=Range(min=100, max=500)),
        _r("many", "More than 500 labelled", examples_n=Range(min=501)),
        effort=LOOKING_UP,
        makes_sense=_SORTS,
    ),
    _q(
        "Q16",
        "Have you fine-tuned already?",
        "If tuning has failed once, I look at examples, tests and retrieval before I advise it again.",
        "tried_finetune",
        _r("no", "No", tried_finetune="none"),
        _r("worked", "Yes, it worked", tried_finetune="worked"),
        _r("failed", "Yes, but it was no better", tried_finetune="failed"),
        _r("forgot", "Yes, and it forgot other things", tried_finetune="forgot"),
        makes_sense=_IS_BUILT,
    ),
    _q(
        "Q17",
        "Which languages, and is the field specialised or regulated (health, finance, law)?",
        "In a specialised field I fine-tune a sorting task sooner; "
        "the languages and the rules of the field are only kept for the record.",
        "languages domain regulated",
        _r("general", "Everyday language", domain="general"),
        _r("specialised", "Specialised or regulated", domain="specialised"),
    ),
)

BY_ID: Mapping[str, Question] = {question.id: question for question in QUESTIONS}

OPENING = BY_ID["Q1"]
"""Without an answer to it, nothing points anywhere."""
OPENING_AGAIN = replace(
    OPENING, text="What decides most is still open: when an answer is no good, what is wrong with it?"
)
"""The same in other words, for whoever answered something else."""

NEWS = Question("NEWS", "What is new: what did you do, and what came of it?", "", (), ())
"""Never asked: what is told after a recommendation is read as an answer to it."""
READ_BESIDE: Mapping[str, Question] = {**BY_ID, NEWS.id: NEWS}
"""What a message may be read as an answer to, by id."""

MOST_QUESTIONS = 3
"""After this many, the answer is given as provisional."""
