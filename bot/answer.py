"""Replies put together from what was understood, what the policy says, and the passages that support it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.availability import describe
from bot.costs import prices_as_of, sketch_costs
from bot.decision.confidence import confidence_of
from bot.decision.facts import Facts
from bot.decision.flips import find_flips
from bot.decision.gates import TUNES_THE_BASE
from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.options import Option
from bot.decision.outlook import outlook
from bot.decision.questions import MOST_QUESTIONS, Question
from bot.decision.readiness import confirmable
from bot.decision.recommendation import Recommendation, recommend
from bot.decision.statements import Statement, Understanding
from bot.decision.wording import advice_in_words, fact_in_words, supposed_in_words
from bot.errors import PassagesUnavailable
from bot.ports import Passages
from bot.replies import (
    AskedQuestion,
    Citation,
    Clarify,
    Confirmable,
    Definition,
    Flip,
    Heard,
    Leading,
    QuickReplyChoice,
    Reason,
    Recommend,
)
from knowledge.passage import Passage
from knowledge.prices import Prices
from knowledge.providers import ModelAvailability, Providers

NO_PASSAGES = "I could not search the glossary just now, so this answer comes without citations."
NO_SUCH_TERM = "The glossary has no such term; the nearest it has is this."
ALL_DONE = (
    "You have done all that I would advise here: tell me what it scores now and what still goes wrong, "
    "and I look again."
)
QUOTE_CHARS = 140
_NOT_FOR_PEOPLE = frozenset({"intent", "conflicts"})
_AS_EVERYBODY = ("asks", "whether")
"""What everybody asks here tells nobody anything."""
_NOT_KNOWN = ("base_tunable", "unknown")
"""That a table does not say it was heard from nobody."""
_PASSAGES_PER_DEFINITION = 3
_NAMED_SECTIONS = frozenset({"When it is right", "When it is not"})
"""Sections of a glossary entry whose text would read as its opposite without their name."""


@dataclass(frozen=True)
class Reference:
    """The material that answers are checked against."""

    passages: Passages
    prices: Prices
    providers: Providers


class Citations:
    """Numbers passages in the order in which they are first cited, on from those of an explanation."""

    def __init__(self, definition: Definition | None, cited: Iterable[Citation] = ()) -> None:
        self.cited = list(cited)
        """Without those that only the explanation cites."""
        self._beside = definition.citations if definition else ()

    def number(self, passage: Passage) -> int:
        """Return the number of a passage, which is cited from now on."""
        numbered = (*self.cited, *self._beside)
        new = citation_of(passage, max((one.number for one in numbered), default=0) + 1)
        as_cited = next((one for one in numbered if _is_same(one, new)), new)
        if as_cited not in self.cited:
            self.cited.append(as_cited)
        return as_cited.number


def _is_same(one: Citation, other: Citation) -> bool:
    """Say whether two cite the same passage; how far it lies depends on who looked for it."""
    return (one.slug, one.section, one.text) == (other.slug, other.section, other.text)


async def compose_recommendation(
    understanding: Understanding,
    recommendation: Recommendation,
    reference: Reference,
    *,
    decision_id: str,
    is_provisional: bool,
    done: Collection[str] = (),
    today: date,
    definition: Definition | None = None,
    notes: tuple[str, ...] = (),
) -> Recommend:
    """Return the whole recommendation; `done` are the ids of steps that need not be advised again.

    Without passages it still answers, and says that they are missing.
    """
    facts = understanding.facts
    model, vendor = _model_of(facts, reference)
    costs = sketch_costs(facts, recommendation.direction, reference.prices, vendor)
    tunes_it = recommendation.direction in TUNES_THE_BASE
    # What can be downloaded and is not to be tuned has no end that would concern anybody, nor has what was
    # only tried and cannot run where it must.
    may_run = facts.base_fits_hosting is not False
    of_model = describe(model, today) if model and may_run and (tunes_it or model.hosting == "api") else ""
    citations = Citations(definition)
    reasons = []
    for because in recommendation.because:
        try:
            sources = because.sources or recommendation.sources
            passage = await reference.passages.support(because.text, because.term, sources)
        except PassagesUnavailable:
            passage = None
            notes = (*notes, NO_PASSAGES) if NO_PASSAGES not in notes else notes
        numbers = (citations.number(passage),) if passage else ()
        reasons.append(Reason(text=because.text, citations=numbers))
    to_do = [step.text for step in recommendation.steps if step.id not in done]
    return Recommend(
        leading=leading_of(recommendation, facts),
        is_provisional=is_provisional,
        reasons=tuple(reasons),
        heard=heard_from(understanding.evidence.values()),
        assumptions=tuple(
            fact_in_words(fact, value)
            for fact, value in recommendation.assumed.items()
            if not (fact == "tried_models" and facts.teacher_ok)  # one that passes has been tried
        ),
        conditions=recommendation.conditions,
        flips=tuple(
            Flip(fact=flip.fact, to=flip.to, option=flip.option, text=flip.text, also=dict(flip.also))
            for flip in find_flips(facts, recommendation)
        ),
        first_step=to_do[0] if to_do else ALL_DONE,
        next_steps=tuple(to_do[1:]),
        done=tuple(step.text for step in recommendation.steps if step.id in done),
        costs=costs,
        cautions=(*recommendation.cautions, *([of_model] if of_model else [])),
        confidence=confidence_of(recommendation, understanding, is_provisional=is_provisional),
        citations=tuple(citations.cited),
        definition=definition,
        decision_id=decision_id,
        policy_version=recommendation.policy_version,
        notes=notes,
        confirmable=_confirmable(recommendation.conditions),
        as_of=(
            *(
                [f"prices as of {prices_as_of(recommendation.direction, reference.prices, vendor)}"]
                if costs
                else []
            ),
            *([f"{model.name} as of {model.as_of}"] if model and of_model else []),
        ),
    )


def _model_of(facts: Facts, reference: Reference) -> tuple[ModelAvailability | None, str]:
    """Return the model in use, as far as the table knows it, and the vendor whose prices count."""
    model = reference.providers.find(facts.base_model) if facts.base_model else None
    # Weights of a vendor are not what it sells.
    return model, model.vendor if model and model.hosting == "api" else ""


def costs_of(facts: Facts, reference: Reference) -> tuple[str, ...]:
    """Return what the advice that these facts lead to may cost, as lines; none where too little is known."""
    _, vendor = _model_of(facts, reference)
    return sketch_costs(facts, recommend(facts).direction, reference.prices, vendor)


def _confirmable(conditions: Collection[str]) -> tuple[Confirmable, ...]:
    return tuple(
        Confirmable(id=gate.id, condition=gate.condition, yes=tap.yes_label, no=tap.no_label)
        for gate in confirmable(conditions)
        if (tap := gate.confirmation)
    )


def compose_question(
    question: Question,
    number: int,
    understanding: Understanding,
    recommendation: Recommendation,
    news: Iterable[Statement],
    *,
    definition: Definition | None = None,
    notes: tuple[str, ...] = (),
) -> Clarify:
    """Return a question with what this turn added and where the policy points so far."""
    return Clarify(
        question=AskedQuestion(
            id=question.id,
            facts=question.facts,
            text=question.text,
            quick_replies=tuple(
                QuickReplyChoice(id=reply.id, label=reply.label) for reply in question.replies
            ),
            several=question.several,
            number=number,
            of=MOST_QUESTIONS,
        ),
        leading=leading_of(recommendation, understanding.facts),
        heard=heard_from(news),
        conditions=recommendation.conditions,
        definition=definition,
        notes=notes,
    )


def compose_supposition(facts: Facts, supposed: Iterable[Statement]) -> str:
    """Return in one sentence what to do if what is only supposed were so. Nothing of it becomes a fact."""
    now = recommend(facts)
    news = [one for one in supposed if one.value not in (None, getattr(facts, one.fact))]
    if not news:
        return f"That would tell me nothing else of your case, so my advice stays: {now.headline}."
    # What only follows, such as that a named model cannot be tuned, counts and need not be named.
    named = [one for one in news if one.source != "inferred"] or news
    then = recommend(facts.with_values({**{one.fact: one.value for one in news}, "conflicts": ()}))
    words = ", and ".join(supposed_in_words(one.fact, one.value) for one in named if one.value is not None)
    if then.option is Option.ASK:
        return f"If {words}: that alone would not tell me yet what to do."
    still = "still " if then.option is now.option else ""
    why = f" {then.because[0].text}" if then.because else ""
    return f"If {words}: I would {still}{advice_in_words(then.option, facts)}.{why}"


async def compose_definition(query: str, passages: Passages) -> Definition | None:
    """Return the glossary's answer, or None when it does not cover the question.

    Raises PassagesUnavailable. Only passages of the best one's term are shown: a neighbour's would confuse.
    What only stands near a name that the glossary does not have is shown as that.
    """
    found = await passages.search(query, _PASSAGES_PER_DEFINITION)
    if not found:
        return None
    best = found[0]
    shown = [passage for passage in found if passage.term == best.term]
    citations = tuple(citation_of(passage, number) for number, passage in enumerate(shown, start=1))
    is_near = bool(best.slug) and await passages.lacks_name(query)
    return Definition(
        lead=NO_SUCH_TERM if is_near else "",
        text=_as_answer(citations[0]),
        citations=citations,
        related=tuple(dict.fromkeys(passage.term for passage in found if passage.term != best.term)),
    )


def with_first(definition: Definition, chosen: Sequence[Citation]) -> Definition:
    """Return the definition with these passages as the answer, each with its mark where there are several."""
    others = (one for one in definition.citations if one not in chosen)
    citations = tuple(
        one.model_copy(update={"number": number}) for number, one in enumerate((*chosen, *others), start=1)
    )
    text = _as_answer(citations[0])
    if len(chosen) > 1:
        text = "\n\n".join(f"{_as_answer(one)} [{one.number}]" for one in citations[: len(chosen)])
    return definition.model_copy(update={"text": text, "citations": citations})


def _as_answer(citation: Citation) -> str:
    """Return a passage as an answer, with what it speaks of: "when it is not" would read as its opposite."""
    if not citation.slug:
        return citation.text
    is_named = citation.section in _NAMED_SECTIONS
    if not is_named and citation.text.casefold().startswith(citation.term.casefold()):
        return citation.text
    about = f" ({citation.section[:1].lower()}{citation.section[1:]})" if is_named else ""
    return f"{citation.term}{about}: {citation.text}"


def leading_of(recommendation: Recommendation, facts: Facts) -> Leading:
    """Return the short form of a recommendation, with how likely it is to stay."""
    expected = outlook(facts)
    return Leading(
        option=recommendation.option,
        direction=recommendation.direction,
        headline=recommendation.headline,
        rule=recommendation.rule.id,
        gate=recommendation.gate.id if recommendation.gate else None,
        probability=expected.get(recommendation.direction),
        outlook=dict(expected),
    )


def heard_from(statements: Iterable[Statement]) -> tuple[Heard, ...]:
    """Return statements as people read them; what they do not know is left to the conditions."""
    return tuple(
        Heard(
            fact=statement.fact,
            value=statement.value,
            words=fact_in_words(statement.fact, statement.value),
            quote=shorten(statement.quote, QUOTE_CHARS),
            source=statement.source,
        )
        for statement in worth_showing(statements)
        if statement.value is not None
    )


def worth_showing(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements without those that another one of the same words says more closely."""
    all_of_them = list(statements)
    failures = {
        one.quote: GAP_OF_FAILURE.get(str(one.value)) for one in all_of_them if one.fact == "failure_mode"
    }
    return [
        one
        for one in all_of_them
        if one.fact not in _NOT_FOR_PEOPLE
        and (one.fact, one.value) not in (_AS_EVERYBODY, _NOT_KNOWN)
        and not (one.fact == "gap" and failures.get(one.quote) == one.value)
    ]


def shorten(text: str, most_chars: int) -> str:
    """Return `text` on one line, cut at a word with an ellipsis when it is longer than `most_chars`."""
    line = " ".join(text.split())
    if len(line) <= most_chars:
        return line
    return f"{line[: most_chars - 1].rsplit(' ', 1)[0]}…"


def citation_of(passage: Passage, number: int) -> Citation:
    """Return a passage as it is cited under this number."""
    return Citation(
        number=number,
        slug=passage.slug,
        term=passage.term,
        section=passage.section,
        text=passage.text,
        distance=passage.distance,
        sources=tuple(
            f"{source.id}: {source.title} ({source.date}), {source.url}" for source in passage.sources
        ),
    )
