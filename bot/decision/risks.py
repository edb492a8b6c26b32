"""What can go wrong with each outcome, and what to do against it: told to whoever asks, it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.decision.conditions import any_of, gap_is, is_false, is_in, is_true, reaches, unless
from bot.decision.facts import Facts
from bot.decision.options import TRAINING, Option
from bot.decision.policy.shared_phrases import HAS_TEST_SET, ON_OWN_MACHINES
from bot.decision.recommendation import Recommendation
from bot.decision.rules import Because
from bot.decision.sentences import fit
from bot.decision.thresholds import BASE_LIFE

_MOST_TOLD = 3
_MOST_TOLD_OF_WHAT_FOLLOWS = 2

_LOSES_SKILLS = Because(
    "A tuned model can lose other skills and some of its safeguards: test both before and after.",
    "fine-tuning",
    ("PAP-09", "PAP-11"),
)
_GIVES_AWAY = Because(
    "What it was trained on can come out in its answers, to anybody who may ask it: take out names, secrets, and whatever not everybody may read.",
    "fine-tuning",
)
_LEARNS_MISTAKES = Because(
    "It learns the mistakes in its examples as well as the rest: have someone who knows read them first.",
    "fine-tuning",
    fits=unless(is_in("data_quality", "curated")),
)
_GOES_WITH_ITS_BASE = Because(
    "A tuned model ends with its base model: keep the examples, since you will train again.",
    "fine-tuning",
    ("NEWS-04",),
    unless(any_of(reaches("base_retire_days", BASE_LIFE), ON_OWN_MACHINES)),
)
_NOT_FOUND = Because(
    "Where the right passage is not found, the answer is made up or missing and sounds as sure as ever: count how often it is found.",
    "retrieval-augmented-generation",
    ("MS-03",),
)
_ANYBODY_READS = Because(
    "Whoever asks can get out what is indexed: filter by the asker's rights in the search, before anything reaches the model.",
    "retrieval-augmented-generation",
    ("PAP-28",),
    unless(is_false("access_control")),
)

RISKS: Mapping[Option, tuple[Because, ...]] = {
    Option.NO_CHANGE: (
        Because(
            "It can get worse unseen, because what people send changes, and so do models behind an interface: keep a test set running.",
            "evals",
        ),
    ),
    Option.IMPROVE_PROMPT: (
        Because(
            "What mends one case can break another: score every version on all cases, not on the one.",
            "evals",
        ),
        Because(
            "A prompt that is tuned for one model need not suit the next: keep its cases with it.", "prompt"
        ),
        Because("Each sentence that is added is paid for with every request.", "prompt"),
    ),
    Option.FEW_SHOT: (
        Because(
            "It copies more of an example than you meant, its length and its mistakes too: vary them, and show only good ones.",
            "few-shot-prompting",
        ),
        Because(
            "Whatever is in an example can come out in an answer: use none with names or secrets.",
            "few-shot-prompting",
        ),
        Because("Each example is paid for with every request.", "few-shot-prompting"),
    ),
    Option.LONG_CONTEXT_CACHE: (
        Because(
            "What stands in the middle of a long text is used less well than what stands at its ends: test with questions about the middle.",
            "context-window",
            ("PAP-24",),
            unless(gap_is("cost_latency")),
        ),
        Because(
            "A cache helps only as long as the text before it stays the same to the letter: put what changes last.",
            "prompt-caching",
        ),
        Because(
            "Everybody who asks can get out what is in the prompt: put nothing there that not all may read.",
            "prompt",
            ("OWASP-LLM07",),
            unless(is_false("access_control")),
        ),
    ),
    Option.STRUCTURED_TOOLS: (
        Because(
            "What fits the schema can still be wrong: check the values in code, too.", "structured-output"
        ),
        Because(
            "A tool that acts can act on a misreading: begin with ones that only read, and put a confirmation before the others.",
            "tool-use",
            fits=unless(gap_is("format")),
        ),
    ),
    Option.SWITCH_MODEL: (
        Because(
            "Another model reads the same prompt in its own way, and what worked may not: run all cases, also those that are right today.",
            "evals",
        ),
        Because(
            "It may be slower or dearer: measure both on your own requests before you move.",
            "inference",
            fits=unless(gap_is("cost_latency")),
        ),
        Because(
            "What the small one gets wrong may be the rare cases that matter most: read its failures, not only its score.",
            "evals",
            fits=gap_is("cost_latency"),
        ),
    ),
    Option.RAG: (
        _NOT_FOUND,
        _ANYBODY_READS,
        Because(
            "An index that is not kept up answers from last year's text: delete in it what is withdrawn.",
            "vector-database",
        ),
    ),
    Option.EVALS_DATA_FIRST: (
        Because(
            "A test set that does not look like your real traffic measures something else: draw it from there.",
            "evals",
        ),
        Because(
            "Whoever looks at the test cases while improving improves on those alone: keep some that nobody looks at.",
            "evals",
        ),
    ),
    Option.CLASSICAL_ML: (
        Because(
            "It knows only the kinds that it was taught, and puts what is new into one of them: let it say when it is unsure, and look at those.",
            "embedding",
        ),
        Because(
            "Where people label the same thing differently, it learns both: settle that first.",
            "evals",
            fits=is_in("goal_kind", "classification"),
        ),
    ),
    Option.FINE_TUNE_SFT: (_LOSES_SKILLS, _GIVES_AWAY, _LEARNS_MISTAKES, _GOES_WITH_ITS_BASE),
    Option.PREFERENCE_TUNE: (
        Because(
            "It learns to please whoever or whatever judges it, also by cheating: read what scores highest.",
            "preference-tuning",
            ("OAI-11",),
        ),
        _LOSES_SKILLS,
        _GIVES_AWAY,
        _GOES_WITH_ITS_BASE,
    ),
    Option.RAG_PLUS_FT: (_NOT_FOUND, _LOSES_SKILLS, _GIVES_AWAY, _GOES_WITH_ITS_BASE),
    Option.DISTIL: (
        Because(
            "The small model learns the large one's mistakes with its skill: have someone check what it is taught.",
            "distillation",
        ),
        Because(
            "The large model's terms may not allow to train on what it writes: read them first.",
            "distillation",
        ),
        Because(
            "What is rare among its examples the small one does not learn: keep the large one for what it is unsure of.",
            "distillation",
            fits=unless(ON_OWN_MACHINES),
        ),
        _GOES_WITH_ITS_BASE,
    ),
}
"""By outcome, the most likely first. Those that are no work of their own have none."""

UNTESTED = Because(
    "Without a test set you will not see any of it before your users do.", "evals", fits=unless(HAS_TEST_SET)
)
OVER_PEOPLE = Because(
    "It decides about people, so let somebody look at what it decides, who can overrule it.",
    "guardrails",
    fits=is_true("about_people"),
)


def find_risks(recommendation: Recommendation, facts: Facts) -> Iterator[str]:
    """Yield what can go wrong with what is advised, and with the training that it leads to; a sentence each."""
    option, later = recommendation.option, recommendation.direction
    first = _told(RISKS.get(option, ()), facts)[:_MOST_TOLD]
    follows = later in TRAINING and option not in TRAINING
    after = [one for one in _told(RISKS[later], facts) if one not in first] if follows else []
    # Who builds a test set anyway need not be told what happens without.
    beside = (OVER_PEOPLE,) if option is Option.EVALS_DATA_FIRST else (UNTESTED, OVER_PEOPLE)
    yield from (*first, *after[:_MOST_TOLD_OF_WHAT_FOLLOWS], *_told(beside, facts))


def _told(risks: tuple[Because, ...], facts: Facts) -> list[str]:
    return [fit(one.text, facts) for one in risks if one.fits.holds(facts)]
