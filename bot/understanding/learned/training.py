"""Fit the learned readers on the labelled examples and write their weights: `make learn`.

Needs scikit-learn, a development dependency; reading needs only the files that this writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.decision.implied import GAP_OF_FAILURE
from bot.decision.questions import NEWS
from bot.understanding.learned.examples import (
    FOLDER,
    NEWS_FOLDER,
    NEWS_KINDS,
    LabelledClause,
    LabelledComplication,
    LabelledDone,
    LabelledIntent,
    LabelledMending,
    LabelledRemark,
    LabelledReply,
    LabelledVerdict,
    Situation,
    advised,
    as_often_as_it_counts,
    clauses,
    complications,
    done,
    fingerprint,
    intents,
    mendings,
    other_questions,
    remarks,
    replies,
    situations,
    speaks_for_itself,
    verdicts,
)
from bot.understanding.learned.features import clause_sample, message_sample, reply_sample
from bot.understanding.learned.heads import (
    ADVICE,
    CLAUSE_FACTS,
    CLAUSES,
    INTENT,
    MESSAGE_FACTS,
    MESSAGES,
    NEWS_FACTS,
    REPLIES,
    REPLY_FACTS,
    SAYS,
    SOMETHING,
    WANTS,
)
from bot.understanding.learned.linear import NOTHING, Head, LinearModel, Sample, save
from bot.understanding.learned.number_examples import absence_examples, number_examples
from bot.understanding.learned.number_model import ABSENCE, NUMBERS, ROLE
from bot.understanding.message import Message, Part, prepare

_SAID_BESIDE = (
    "Should we fine-tune?",
    "should we finetune or not?",
    "Do we need fine-tuning?",
    "Is fine-tuning worth it here?",
    "would fine-tuning help?",
    "Would a LoRA help with that?",
    "is this a case for fine tuning",
    "Fine-tune, yes or no?",
    "RAG or fine-tuning?",
    "Quick question about fine-tuning.",
    "Does it make sense to train our own model?",
    "Can fine-tuning fix this?",
    "what do you think, fine-tune?",
    "Any advice?",
    "What would you do?",
    "what should we try next?",
    "How do we fix that?",
    "Hi, quick one:",
    "hey all, need some advice",
    "Looking for a second opinion.",
    "Thoughts?",
    "Is there a better way?",
    "We're wondering whether to fine-tune.",
    "thinking about fine-tuning an LLM, good idea?",
    "time to fine-tune?",
)
"""What people put before or behind what they tell. It says nothing of their case."""

Labels = Mapping[str, str]
"""The class of a sample for each head. A head that is missing has no opinion on the sample."""
Example = tuple[Sample, Labels]


@dataclass(frozen=True)
class Examples:
    """Everything there is to learn from."""

    situations: Sequence[Situation] = field(default_factory=lambda: list(situations()))
    advised: Sequence[Situation] = field(default_factory=lambda: list(advised()))
    clauses: Sequence[LabelledClause] = field(default_factory=lambda: list(clauses()))
    replies: Sequence[LabelledReply] = field(default_factory=lambda: list(replies()))
    remarks: Sequence[LabelledRemark] = field(default_factory=lambda: list(remarks()))
    intents: Sequence[LabelledIntent] = field(default_factory=lambda: list(intents()))
    verdicts: Sequence[LabelledVerdict] = field(default_factory=lambda: list(verdicts()))
    complications: Sequence[LabelledComplication] = field(default_factory=lambda: list(complications()))
    mendings: Sequence[LabelledMending] = field(default_factory=lambda: list(mendings()))
    done: Sequence[LabelledDone] = field(default_factory=lambda: list(done()))

    @property
    def answers(self) -> Sequence[LabelledReply]:
        """Return the replies, and the remarks as answers to what is new."""
        return [*self.replies, *(one.as_reply for one in self.remarks)]


_FEWEST_SAMPLES = 3
"""A feature seen in fewer samples than this teaches nothing."""
_FEWEST_OF_A_CLASS = 8
_REGULARISATION = 10.0
"""scikit-learn's C; 3 and 30 were worse in cross-validation."""
_REGULARISATION_OF_REPLIES = 20.0
"""Replies are short and fewer; stronger weights were better on replies left out."""
_BALANCED = frozenset({"goal_kind", "gap", ADVICE})
"""Heads whose rare classes count as much as the frequent ones."""
_SMALLEST_SHARE = 0.059
"""Weights below this share of their column's largest are dropped: small files, and as much is right."""
_SMALLEST_SHARE_OF_REPLIES = 0.045
"""They have most features, and the encoder beside them."""


def fit(
    examples: Sequence[Example],
    heads: Iterable[str],
    made_of: str,
    regularisation: float = _REGULARISATION,
    smallest_share: float = _SMALLEST_SHARE,
) -> LinearModel:
    """Return one logistic regression for each head over shared features.

    Deterministic for the same examples and library versions. `made_of` is the examples' fingerprint.
    """
    vocabulary, idf = _vocabulary([sample for sample, _ in examples])
    empty = LinearModel(vocabulary, idf, np.zeros((0, 0), np.float32), np.zeros(0, np.float32), (), made_of)
    features = _matrix(empty, [sample for sample, _ in examples])
    columns: list[np.ndarray[tuple[int, int], np.dtype[np.float64]]] = []
    biases: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    fitted: list[Head] = []
    for name in heads:
        known = [row for row, (_, labels) in enumerate(examples) if name in labels]
        classes = [examples[row][1][name] for row in known]
        rare = {one for one, count in Counter(classes).items() if count < _FEWEST_OF_A_CLASS}
        kept = [(row, one) for row, one in zip(known, classes, strict=True) if one not in rare]
        if len({one for _, one in kept}) <= 1:
            continue
        model = LogisticRegression(
            C=regularisation, max_iter=2000, class_weight="balanced" if name in _BALANCED else None
        ).fit(features[[row for row, _ in kept]], [one for _, one in kept])
        fitted.append(Head(name, tuple(str(one) for one in model.classes_), sum(len(b) for b in biases)))
        # Two classes share one column of log-odds; written out, the first one's is nought.
        is_pair = len(model.classes_) == 2  # noqa: PLR2004
        weights = np.vstack([np.zeros_like(model.coef_), model.coef_]) if is_pair else model.coef_
        bias = np.concatenate([[0.0], model.intercept_]) if is_pair else model.intercept_
        columns.append(weights.T)
        biases.append(bias)
    weights = np.hstack(columns).astype(np.float32)
    weights[np.abs(weights) < smallest_share * np.abs(weights).max(axis=0)] = 0
    return LinearModel(
        vocabulary, idf, weights, np.concatenate(biases).astype(np.float32), tuple(fitted), made_of
    )


def clause_examples(made_of: Examples) -> Iterator[Example]:
    """Yield each clause of each situation, each clause by itself and each reply, with the facts it states.

    Real cases are told once: they mention in passing more than anybody labels.
    """
    for row in made_of.situations:
        message = prepare(row.text)
        for segment, labels in labels_of_clauses(row, message):
            yield clause_sample(message.plain[segment.start : segment.end], message.plain), labels
    for fragment in made_of.clauses:
        plain = prepare(fragment.text).plain
        yield clause_sample(plain, plain), labels_of_clause(fragment)
    for answer in made_of.answers:
        plain = prepare(answer.reply).plain
        facts = (*CLAUSE_FACTS, *NEWS_FACTS) if answer.question == NEWS.id else CLAUSE_FACTS
        yield clause_sample(plain, plain, answer.question), labels_of(answer, facts)


def message_examples(made_of: Examples) -> Iterator[Example]:
    """Yield each situation, each reply and each message labelled by intent, as a whole."""
    for row in as_often_as_it_counts(made_of.situations):
        for text, labels in told_in_turn(row):
            yield message_sample(prepare(text).plain), labels
    for said in made_of.intents:
        yield message_sample(prepare(said.text).plain), labels_of_intent(said)
    for answer in made_of.answers:
        about_the_case = [fact for fact in MESSAGE_FACTS if fact != "asks"]
        yield (
            message_sample(prepare(answer.reply).plain, answer.question),
            labels_of(answer, about_the_case),
        )


def reply_examples(made_of: Examples) -> Iterator[Example]:
    """Yield each reply by itself: what is usual in an answer differs from what is usual in a report."""
    for answer in made_of.replies:
        plain = prepare(answer.reply).plain
        # Where there are remarks to learn from, whoever says as much tells it as news, too.
        as_news = (NEWS.id,) if made_of.remarks and speaks_for_itself(answer) else ()
        for question in (answer.question, *other_questions(answer), *as_news):
            yield reply_sample(plain, question), {**labels_of(answer, REPLY_FACTS), **says_anything(answer)}
    for remark in made_of.remarks:
        yield reply_sample(prepare(remark.remark).plain, NEWS.id), labels_of_remark(remark)


def told_in_turn(row: Situation) -> Iterator[tuple[str, Labels]]:
    """Yield a situation with what it states as a whole, by itself and beside a question.

    A question such as "should we fine-tune?" must not drown what it stands beside.
    """
    stated = {fact: str(stated.value) for fact, stated in row.facts.items()}
    labels = {**_complete(stated, MESSAGE_FACTS), INTENT: "decision", ADVICE: row.expected}
    yield row.text, labels
    yield _beside_a_question(row.text), {head: one for head, one in labels.items() if head != "asks"}


def _beside_a_question(text: str) -> str:
    """Return a text with a question before or behind it, always the same for the same text."""
    chance = Random(text)  # noqa: S311 - a choice that stays
    question = chance.choice(_SAID_BESIDE)
    return f"{question} {text}" if chance.random() < 1 / 2 else f"{text} {question}"


def labels_of_clauses(row: Situation, message: Message) -> Iterator[tuple[Part, Labels]]:
    """Yield each clause of a situation, as it is told in a message, with what it states."""
    quotes = {
        fact: part
        for fact in CLAUSE_FACTS
        if fact in row.facts and (part := _find(message, row.facts[fact].quote))
    }
    for segment in message.segments:
        stated = {
            fact: str(row.facts[fact].value) for fact, part in quotes.items() if _is_about(segment, part)
        }
        yield segment, _complete(stated, CLAUSE_FACTS)


def labels_of_clause(fragment: LabelledClause) -> Labels:
    """Return what a clause states that stands by itself."""
    return _complete({fact: str(value) for fact, value in fragment.facts.items()}, CLAUSE_FACTS)


def labels_of_intent(said: LabelledIntent) -> Labels:
    """Return what a message wants; what wants no decision describes no situation."""
    # What wants one may describe any.
    labels = {} if said.intent == "decision" else _complete({}, MESSAGE_FACTS)
    return {**labels, INTENT: said.intent}


def _complete(stated: Mapping[str, str], facts: Iterable[str]) -> dict[str, str]:
    return {fact: stated.get(fact, NOTHING) for fact in facts}


def labels_of(answer: LabelledReply, facts: Iterable[str]) -> dict[str, str]:
    """Return what a reply states; what may be read, but need not be, has no label, nor has one of several.

    A failure implies its gap, whether or not the label says so.
    """
    implied = GAP_OF_FAILURE.get(str(answer.expected.get("failure_mode")))
    expected = {**({"gap": implied} if implied else {}), **answer.expected}
    optional = answer.also_ok.keys() - ({"gap"} if implied else set())
    return {
        fact: NOTHING if (value := expected.get(fact)) is None else str(value)
        for fact in facts
        if fact not in optional and not isinstance(expected.get(fact), dict)
    }


def labels_of_remark(remark: LabelledRemark) -> Labels:
    """Return what a message after a recommendation states, and what it wants."""
    answer = remark.as_reply
    stated = labels_of(answer, (*REPLY_FACTS, *NEWS_FACTS))
    return {**stated, **says_anything(answer), WANTS: remark.wants or NOTHING}


def says_anything(answer: LabelledReply) -> dict[str, str]:
    """Return whether a reply states any fact; what is only said to be unknown is none."""
    if not (answer.expected or answer.unparseable):
        return {}
    return {SAYS: NOTHING if all(value is None for value in answer.expected.values()) else SOMETHING}


def _find(message: Message, quote: str) -> Part | None:
    plain = prepare(quote).plain.strip()
    start = message.plain.find(plain)
    return Part(start, start + len(plain)) if plain and start >= 0 else None


_LEAST_SHARED = 8
"""Characters by which a quote must reach into a clause to be stated there."""


def _is_about(segment: Part, quote: Part) -> bool:
    shared = min(segment.end, quote.end) - max(segment.start, quote.start)
    return shared >= min(_LEAST_SHARED, (quote.end - quote.start) // 2)


def _vocabulary(
    samples: Sequence[Sample],
) -> tuple[dict[str, int], np.ndarray[tuple[int], np.dtype[np.float32]]]:
    blocks = [sample.blocks for sample in samples]
    said = Counter(chain.from_iterable({name for block in of for name in block.features} for of in blocks))
    taught = {name for name, count in said.items() if count >= _FEWEST_SAMPLES}
    # What an unknown word means is learned from the words that are too rare to be learned.
    counts = Counter(
        chain.from_iterable({name for block in of for name in block.names(taught)} for of in blocks)
    )
    frequent = sorted(name for name, count in counts.items() if count >= _FEWEST_SAMPLES)
    idf = np.log((1 + len(samples)) / (1 + np.array([counts[name] for name in frequent]))) + 1
    return {name: row for row, name in enumerate(frequent)}, idf.astype(np.float16).astype(np.float32)


def _matrix(model: LinearModel, samples: Sequence[Sample]) -> csr_matrix:
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for sample in samples:
        for block in sample.blocks:
            rows, weighed = model.weigh(block)
            columns.extend(rows)
            values.extend(weighed)
        ends.append(len(columns))
    words = csr_matrix((values, columns, ends), shape=(len(samples), len(model.vocabulary)))
    return hstack([words, csr_matrix(np.vstack([sample.vector for sample in samples]))]).tocsr()


def main() -> None:
    """Fit every model and write the weight files; last those for what is told after a recommendation."""
    everything = Examples()
    _fit_all(replace(everything, remarks=()), FOLDER, fingerprint())
    _fit_all(everything, NEWS_FOLDER, fingerprint(NEWS_KINDS))


def _fit_all(made_of: Examples, folder: Path, digest: str) -> None:
    """Fit the models on examples and write them; heads of which these say nothing are left out."""
    clauses = fit(list(clause_examples(made_of)), (*CLAUSE_FACTS, *NEWS_FACTS), digest)
    _write(folder / CLAUSES, clauses)
    numbers = [*number_examples(made_of.situations, made_of.answers), *absence_examples(made_of.replies)]
    _write(folder / NUMBERS, fit(numbers, (ROLE, ABSENCE), digest))
    replies = fit(
        list(reply_examples(made_of)),
        (*REPLY_FACTS, *NEWS_FACTS, SAYS, WANTS),
        digest,
        _REGULARISATION_OF_REPLIES,
        _SMALLEST_SHARE_OF_REPLIES,
    )
    _write(folder / REPLIES, replies)
    messages = fit(list(message_examples(made_of)), (*MESSAGE_FACTS, INTENT, ADVICE), digest)
    _write(folder / MESSAGES, messages)


def _write(path: Path, model: LinearModel) -> None:
    save(model, path)
    name = path.relative_to(FOLDER)
    print(f"{name}: {len(model.vocabulary):,} features, {path.stat().st_size // 1024:,} KiB")


if __name__ == "__main__":
    main()
