"""Write docs/decisions.md from its template and the policy: `make decisions`.

The template is prose with placeholders such as `{{ rules }}`; what the code knows is rendered from the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from bot.counsel import COUNSEL
from bot.decision import next_question, questions
from bot.decision.conditions import LABELS_ON_DEMAND, Assumptions, Condition
from bot.decision.facts import Facts, FactValue, title_of
from bot.decision.gates import Gate
from bot.decision.implied import GAP_OF_FAILURE, GAP_OF_GOAL
from bot.decision.options import SHORT_NAMES, TRAINING, Option
from bot.decision.policy import (
    POLICY_VERSION,
    RULES,
    after_a_classifier,
    behaviour,
    capability,
    classification,
    cost,
    first,
    knowledge,
    shape,
    signals,
    tuned_before,
)
from bot.decision.policy.gates import GATES
from bot.decision.priors import FAILURES_OF_GAP, GAPS_OF_GOAL, GOALS, PRIORS, Value, Weights
from bot.decision.questions import QUESTIONS, Question
from bot.decision.recommendation import TEACHER_TERMS, WITH_TRAINING
from bot.decision.risks import OVER_PEOPLE, RISKS, UNTESTED
from bot.decision.rules import Because, Rule
from bot.decision.sentences import Sentence
from bot.decision.thresholds import READ_ON, THRESHOLDS
from bot.decision.upkeep import LOOK_AGAIN, MEASURE_AGAIN, OWNER, UPKEEP
from bot.decision.wording import fact_in_words
from knowledge.glossary import load_glossary

DOCS = Path(__file__).parent
TEMPLATE, PAGE = DOCS / "decisions.template.md", DOCS / "decisions.md"
_KNOWLEDGE = DOCS.parent / "knowledge"

BRANCHES: tuple[tuple[ModuleType, tuple[Rule, ...]], ...] = (
    (first, first.FIRST_RULES),
    (tuned_before, tuned_before.TUNED_BEFORE_RULES),
    (signals, signals.SIGNAL_RULES),
    (shape, shape.SHAPE_RULES),
    (after_a_classifier, after_a_classifier.AFTER_A_CLASSIFIER_RULES),
    (cost, cost.COST_RULES),
    (capability, capability.CAPABILITY_RULES),
    (classification, classification.CLASSIFICATION_RULES),
    (knowledge, knowledge.KNOWLEDGE_RULES),
    (behaviour, behaviour.BEHAVIOUR_RULES),
)
"""The rules by branch, in the order in which they are tested; each module's docstring is its heading."""

_SHORT = 84
"""A condition of at most so many characters stays on one line."""
_INDENT = "&emsp;"
_EFFORTS = {
    questions.MEMORY: "from memory",
    questions.LOOKING_UP: "look it up",
    questions.ASKING: "ask someone",
}
_PLACEHOLDER = re.compile(r"\{\{ *(\w+) *\}\}")


class TemplateInvalid(Exception):
    """The template names something that is not rendered, or leaves out something that is."""


def build() -> str:
    """Return the page."""
    return render(TEMPLATE.read_text(encoding="utf-8"), values())


def render(template: str, rendered: Mapping[str, str]) -> str:
    """Return the template with each placeholder filled in. Raises TemplateInvalid."""
    named = set(_PLACEHOLDER.findall(template))
    if unknown := named - rendered.keys():
        raise TemplateInvalid(f"unknown placeholder: {', '.join(sorted(unknown))}")
    if unused := rendered.keys() - named:
        raise TemplateInvalid(f"placeholder left out: {', '.join(sorted(unused))}")
    return _PLACEHOLDER.sub(lambda match: rendered[match[1]], template)


def values() -> dict[str, str]:
    """Return what each placeholder stands for."""
    return {
        "version": POLICY_VERSION,
        "read_on": READ_ON.isoformat(),
        "rule_count": str(len(RULES)),
        "gate_count": str(len(GATES)),
        "most_questions": str(questions.MOST_QUESTIONS),
        "labels_on_demand": f"{LABELS_ON_DEMAND:,}",
        "outcomes": _outcomes(),
        "implied": _implied(),
        "rules": _rules(),
        "gates": _gates(),
        "cautions": "\n".join(
            [
                *(f"- {text} {_only_where(concerns)}".rstrip() for concerns, text in WITH_TRAINING),
                f"- {TEACHER_TERMS} *[{Option.DISTIL}]*",
            ]
        ),
        "risks": _afterwards("what can go wrong, and what to do against it", RISKS, _risk),
        "upkeep": _afterwards("beside measuring again", UPKEEP, _told),
        "risks_of_all": "\n".join(f"- {_risk(one)}" for one in (UNTESTED, OVER_PEOPLE)),
        "upkeep_of_all": "\n".join(f"- {_told(one)}" for one in (MEASURE_AGAIN, OWNER, LOOK_AGAIN)),
        "counsel": _counsel(),
        "thresholds": _thresholds(),
        "assumptions": _assumptions(),
        "questions": _questions(),
        "constants": _constants(),
        "goals": _weights_table("what it is for", [("any", GOALS)]),
        "gaps": _weights_table("what it is for", GAPS_OF_GOAL.items()),
        "failures": _weights_table("what is missing", FAILURES_OF_GAP.items()),
        "priors": _priors(),
        "sources": _sources(),
    }


def _table(columns: str, rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; `columns` are separated by a bar."""
    names = [name.strip() for name in columns.split("|")]
    cells = chain([names, ["---"] * len(names)], ([cell.replace("|", "\\|") for cell in row] for row in rows))
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def in_words(condition: Condition) -> str:
    """Return a condition for a table cell: what has to hold together, a line each."""
    return _together(conjuncts(condition))


def _together(conditions: Iterable[Condition]) -> str:
    return "<br>*and* ".join(_lines(part, depth=1) for part in conditions) or "otherwise"


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Return what has to hold together; nothing for what always holds."""
    if condition.join == "all" and not _is_named(condition):
        return tuple(part for inner in condition.parts for part in conjuncts(inner))
    return (condition,) if condition.words else ()


def _is_named(condition: Condition) -> bool:
    """Say whether the condition goes by words of its own, not by those of its parts."""
    words = [part.words for part in condition.parts]
    spelt = {
        "all": "; ".join(word for word in words if word),
        "any": f"({', or '.join(words)})",
        "not": f"not ({''.join(words)})",
    }
    return not condition.join or condition.words != spelt[condition.join]


def _alternatives(condition: Condition) -> tuple[Condition, ...]:
    if condition.join == "any" and not _is_named(condition):
        return tuple(part for inner in condition.parts for part in _alternatives(inner))
    return (condition,)


def _lines(condition: Condition, depth: int) -> str:
    """Return a condition on one line if it is short, else its parts on lines of their own, indented."""
    inline = _inline(condition)
    if _is_named(condition) or len(inline) <= _SHORT:
        return inline
    if condition.join == "not":
        return f"none of:{_bullets(_alternatives(condition.parts[0]), depth)}"
    if condition.join == "any":
        return f"at least one of:{_bullets(_alternatives(condition), depth)}"
    return f"all of:{_bullets(conjuncts(condition), depth)}"


def _bullets(conditions: Iterable[Condition], depth: int) -> str:
    return "".join(f"<br>{_INDENT * depth}• {_lines(part, depth + 1)}" for part in conditions)


def _inline(condition: Condition) -> str:
    if _is_named(condition):
        return _words(condition)
    if condition.join == "not":
        inner = _inline(condition.parts[0])
        return f"*not* {inner}" if inner.startswith("(") else f"*not* ({inner})"
    if condition.join == "any":
        return f"({' *or* '.join(_inline(part) for part in _alternatives(condition))})"
    return f"({' *and* '.join(_inline(part) for part in conjuncts(condition))})"


def _words(condition: Condition) -> str:
    """Return the condition's own words; "a smaller model: yes" stands for its having been tried."""
    tried = next((fact for fact in condition.reads if fact.startswith("tried_")), None)
    if tried and condition.words.startswith(f"{title_of(tried)}: "):
        return condition.words.replace(":", " (tried):", 1)
    return condition.words


def _ids(sources: Iterable[str]) -> str:
    return ", ".join(sources) or "–"


def _outcomes() -> str:
    return _table(
        "outcome | I would … | changes weights",
        ([f"`{option}`", SHORT_NAMES[option], "yes" if option in TRAINING else ""] for option in Option),
    )


def _implied() -> str:
    rows = [
        ["failure", failure, fact_in_words("failure_mode", failure), gap]
        for failure, gap in GAP_OF_FAILURE.items()
    ]
    rows += [["task", goal, fact_in_words("goal_kind", goal), gap] for goal, gap in GAP_OF_GOAL.items()]
    return _table("from the | value | in words | follows the gap", rows)


def _rules() -> str:
    if tuple(chain.from_iterable(rules for _, rules in BRANCHES)) != RULES:
        raise TemplateInvalid("BRANCHES and RULES differ: name every branch here, in the order of RULES")
    return "\n\n".join(_branch(module, rules) for module, rules in BRANCHES)


def _branch(module: ModuleType, rules: tuple[Rule, ...]) -> str:
    needed = [conjuncts(rule.when) for rule in rules]
    shared = next(
        (number for number, parts in enumerate(zip(*needed, strict=False)) if len(set(parts)) > 1),
        min(len(parts) for parts in needed),
    )
    lines = [f"### {(module.__doc__ or '').strip().splitlines()[0].rstrip('.')}"]
    if shared:
        lines.append(f"All of these only where: {'; '.join(_inline(part) for part in needed[0][:shared])}.")
    rows = (
        [
            rule.id,
            _together(parts[shared:]),
            f"`{rule.option}`",
            _read(rule.headline, rule.because, rule.first_step, *rule.next_steps),
            _ids(rule.sources),
        ]
        for rule, parts in zip(rules, needed, strict=True)
    )
    return "\n\n".join([*lines, _table("rule | holds when | outcome | what people read | sources", rows)])


def _read(headline: Sentence, because: Iterable[Because], *steps: Sentence) -> str:
    """Return what people read, a line each, with where other words are said."""
    reasons = (f"{_only_where(reason.fits)}{reason.text}" for reason in because)
    return "<br>".join([_told(headline, bold="**"), *reasons, *(f"→ {_told(step)}" for step in steps)])


def _told(sentence: Sentence, bold: str = "") -> str:
    if isinstance(sentence, str):
        return f"{bold}{sentence}{bold}"
    if isinstance(sentence, tuple):
        return "".join(map(_told, sentence))
    others = (f"{_inline(condition)}: “{_told(words)}”" for condition, words in sentence.instead)
    return f"{_told(sentence.usual, bold) or '–'} *[{'; '.join(others)}]*"


def _only_where(condition: Condition) -> str:
    return f"*[{_inline(condition)}]* " if condition.words else ""


def _gates() -> str:
    return _table(
        "gate | tested for | fails when | then first | what people read | condition while unknown | sources",
        (
            [
                gate.id,
                "all training" if gate.applies_to == TRAINING else _options(gate),
                in_words(gate.fails_when),
                _instead(gate),
                _read(gate.headline, [gate.because], gate.first_step),
                gate.condition or "–",
                _ids(gate.sources),
            ]
            for gate in GATES
        ),
    )


def _options(gate: Gate) -> str:
    if gate.applies_to > TRAINING:
        return "all training, " + ", ".join(f"`{option}`" for option in sorted(gate.applies_to - TRAINING))
    return ", ".join(f"`{option}`" for option in sorted(gate.applies_to))


def _instead(gate: Gate) -> str:
    if len(gate.instead) == 1:
        return f"`{gate.instead[0][1]}`"
    return "<br>".join(f"`{option}`{_where(condition)}" for condition, option in gate.instead)


def _where(condition: Condition) -> str:
    return f" where {_words(condition)}" if condition.words else " otherwise"


_Told = TypeVar("_Told")


def _afterwards(
    column: str, by_option: Mapping[Option, Iterable[_Told]], told: Callable[[_Told], str]
) -> str:
    return _table(
        f"outcome | {column}",
        ([f"`{option}`", "<br>".join(map(told, said))] for option, said in by_option.items()),
    )


def _risk(risk: Because) -> str:
    sources = f" ({_ids(risk.sources)})" if risk.sources else ""
    return f"{_only_where(risk.fits)}{risk.text}{sources}"


def _counsel() -> str:
    return _table(
        "told of | what is said | what it rests on",
        ([one.about, "<br>".join(one.sentences), f"[{one.source}]({one.url})"] for one in COUNSEL.values()),
    )


def _thresholds() -> str:
    return _table(
        "threshold | what it stands for | value | unit | kind | sources",
        ([t.id, t.name, f"{t.value:,}", t.unit, t.kind, _ids(t.sources)] for t in THRESHOLDS),
    )


_NOTHING_SAID = Facts()
_UNCOUNTED = Facts(examples_at_hand=True)


def _assumed(condition: Condition) -> Iterator[tuple[str, FactValue, str]]:
    """Yield each fact that a condition takes for a value, and when."""
    if not _is_named(condition):
        # What a negation takes for granted is not recorded as an assumption: silence counts as "not".
        for part in condition.parts if condition.join != "not" else ():
            yield from _assumed(part)
        return
    for facts, when in ((_NOTHING_SAID, "it is not stated"), (_UNCOUNTED, "they have examples, uncounted")):
        if condition.holds(facts):
            assumes: Assumptions = condition.assumes(facts)
            yield from (
                (fact, value, when) for fact, value in assumes.items() if getattr(facts, fact) is None
            )


def _assumptions() -> str:
    by_assumption: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for rule in RULES:
        for fact, value, when in _assumed(rule.when):
            _, ids = by_assumption.setdefault((fact, fact_in_words(fact, value)), (when, []))
            if rule.id not in ids:
                ids.append(rule.id)
    return _table(
        "fact | when | taken to mean | by the rules",
        (
            [title_of(fact), when, words, ", ".join(ids)]
            for (fact, words), (when, ids) in by_assumption.items()
        ),
    )


def _questions() -> str:
    return _table(
        "question | asks | quick replies, and what each states | effort | makes sense when",
        (
            [
                question.id,
                question.text,
                "<br>".join(_replies(question)),
                _EFFORTS[question.effort],
                in_words(question.makes_sense) if question.makes_sense.words else "always",
            ]
            for question in QUESTIONS
        ),
    )


def _replies(question: Question) -> Iterator[str]:
    for reply in question.replies:
        stated = ", ".join(fact_in_words(fact, value) for fact, value in reply.values.items())
        yield f"“{reply.label}”: {stated or 'nothing'}"


def _constants() -> str:
    rows = (
        ("SETTLED", next_question.SETTLED, "so sure of the outcome, nothing more is asked"),
        (
            "LEAST_WORTH",
            next_question.LEAST_WORTH,
            "what a question must add to the chance of the right outcome",
        ),
        ("CLARITY", next_question.CLARITY, "how much it counts that the outcome comes nearer to being known"),
        (
            "STILL_OPEN",
            next_question.STILL_OPEN,
            "from this chance of another direction on, it is provisional",
        ),
        ("MOST_QUESTIONS", questions.MOST_QUESTIONS, "so many questions are asked at most"),
    )
    return _table(
        "constant | value | meaning", ([f"`{name}`", str(value), words] for name, value, words in rows)
    )


def _weights_table(given: str, rows: Iterable[tuple[str, Weights | Mapping[str, float]]]) -> str:
    return _table(f"{given} | weights", ([name, _weights(weights)] for name, weights in rows))


def _weights(weights: Mapping[str, float] | Weights) -> str:
    return ", ".join(f"{_value(value)} {weight:.2f}" for value, weight in weights.items())


def _value(value: Value) -> str:
    if value is None:
        return "nothing said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _priors() -> str:
    return _table(
        "fact | in words | weights",
        ([f"`{fact}`", title_of(fact), _weights(weights)] for fact, weights in PRIORS.items()),
    )


def cited() -> tuple[str, ...]:
    """Return every evidence id that a rule, a gate or a threshold names, in alphabetical order."""
    named = [*(r.sources for r in RULES), *(g.sources for g in GATES), *(t.sources for t in THRESHOLDS)]
    return tuple(sorted(set(chain.from_iterable(named))))


def _sources() -> str:
    known = {
        source.id: (source.title, source.url, source.date, source.checked.replace("_", " "))
        for term in load_glossary(_KNOWLEDGE / "glossary").terms
        for source in term.sources
    }
    return _table(
        "id | source | date | checked",
        (
            [id_, f"[{title}]({url})", day, checked]
            for id_ in cited()
            if id_ in known
            for title, url, day, checked in (known[id_],)
        ),
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(build(), encoding="utf-8")


if __name__ == "__main__":
    main()
