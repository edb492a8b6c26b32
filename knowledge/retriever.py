"""Finds the passages that answer a question, or says that there are none."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from langchain_core.embeddings import Embeddings

from knowledge.aliases import Aliases, NameFound
from knowledge.asked_name import asked_name
from knowledge.chunking import Chunk, definition_id
from knowledge.coverage import Coverage, Signs
from knowledge.elsewhere import Elsewhere
from knowledge.fusion import fuse_ranks
from knowledge.glossary import Glossary
from knowledge.keyword_index import KeywordIndex
from knowledge.passage import GLOSSARY, Passage
from knowledge.vector_index import VectorIndex
from knowledge.words import content_words, split_words

# All measured by tests/bench/bench_retrieval.py, which prints what each part adds.
# Terms: 25 candidates at most, so ranks are taken steeply (the paper's 60 is meant for thousands).
_TERM_FLATNESS = 3.0
_TERM_WEIGHTS = {"vectors": 1.0, "keywords": 1.5, "names": 1.0}
# Passages: a step in the ranking of terms is worth about three steps in one of passages.
_PASSAGE_FLATNESS = 10.0
_PASSAGE_WEIGHTS = {"vectors": 1.0, "keywords": 1.0, "terms": 1.0}
# How many keyword hits of one term count together.
_HITS_COUNTED = 3
# How many chunks each search contributes.
_CANDIDATES = 60
# A slip makes a name less certain, and every further word of a name more.
_SLIP_PENALTY = 0.15
_NAME_FLOOR = 0.3
# A passage of an added document must hold this share of the question's content words.
_DOCUMENT_WORDS = 0.6
# "What is temperature in an LLM" is about temperature: this name is left out when as much else is said.
_MEDIUM = frozenset({"llm", "llms", "language model", "language models", "large language model"})
_MUCH_ELSE = 2
# Log-odds from which a refused question is still near enough to say what there is.
_NEARLY_COVERED = -1.5
_NEARBY = 3
_SHORTEST_STEM = 4
_LONGEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class RankedTerm:
    """A term that a question is about, with its fused score (comparable within one search only)."""

    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class _Found:
    vector: list[float]
    distances: dict[str, float]  # of the nearest chunks, nearest first
    keyword_ids: list[str]
    words: set[str]
    names_alone: bool
    terms: dict[str, float]
    signs: Signs


class Retriever:
    """Vector, keyword and name search, fused by rank; safe to use from several threads.

    Searching raises IndexUnavailable or EmbeddingUnavailable.
    """

    def __init__(
        self,
        glossary: Glossary,
        chunks: Sequence[Chunk],
        vectors: VectorIndex,
        keywords: KeywordIndex,
        embeddings: Embeddings,
    ) -> None:
        self._passages = {chunk.id: chunk.passage for chunk in chunks}
        self._term_names = {term.slug: term.name for term in glossary}
        self._ids_of_term: dict[str, list[str]] = defaultdict(list)
        for chunk in chunks:
            self._ids_of_term[chunk.passage.slug].append(chunk.id)
        self._has_documents = any(not chunk.passage.slug for chunk in chunks)
        self._vectors = vectors
        self._keywords = keywords
        self._embeddings = embeddings
        self._elsewhere = Elsewhere(embeddings)
        self._coverage = Coverage(
            [f"{chunk.question} {chunk.passage.text}" for chunk in chunks if chunk.passage.slug]
        )
        self._aliases = Aliases(
            {term.slug: (term.name, term.slug, *term.aliases) for term in glossary},
            is_word=self._coverage.is_word,
        )
        self._explained = {asked_name(chunk.question) for chunk in chunks if chunk.passage.slug}
        self._name_strengths = _name_strengths(glossary, self._aliases.names)

    def search(self, query: str, limit: int = 3) -> list[Passage]:
        """Return the best passages, best first; empty means that neither glossary nor documents cover it."""
        found = self._find(query)
        is_covered = found.signs.score > 0
        ids = dict.fromkeys([*found.distances, *found.keyword_ids])
        shown = {
            id_
            for id_ in ids
            if (is_covered if self._passages[id_].slug else self._is_answered_by(id_, found.words))
        }
        scores = self._score(found, shown)
        best = sorted(scores, key=lambda id_: (-scores[id_], id_))[:limit]
        far = self._vectors.distances(found.vector, [id_ for id_ in best if id_ not in found.distances])
        return [replace(self._passages[id_], distance=(found.distances | far)[id_]) for id_ in best]

    def search_terms(self, query: str, limit: int = 3) -> list[RankedTerm]:
        """Return the terms that the question is about, best first; empty means not in the glossary."""
        found = self._find(query)
        if found.signs.score <= 0:
            return []
        return [RankedTerm(slug, score) for slug, score in list(found.terms.items())[:limit]]

    def nearby_terms(self, query: str) -> list[str]:
        """Return the terms that a question names, or nearly asks about; empty when it is far from all.

        For saying what there is, when a question is refused.
        """
        found = self._find(query)
        named = list(dict.fromkeys(name.slug for name in self._aliases.find(query)))
        nearly = list(found.terms)[:1] if found.signs.score > _NEARLY_COVERED else []
        return [self._term_names[slug] for slug in (named or nearly)[:_NEARBY]]

    def lacks_name(self, query: str) -> bool:
        """Tell whether a question asks what something is that has no name here, so that it is only near.

        What another question of the glossary asks the meaning of counts as a name.
        """
        name = asked_name(query)
        return bool(name) and name not in self._explained and not self._aliases.find(query)

    def nearest_in_term(self, claim: str, slug: str, evidence: Collection[str] = ()) -> Passage | None:
        """Return the passage of this term that is nearest to a claim; None for an unknown term.

        Passages that cite one of the `evidence` ids come before all others.
        """
        of_term = self._ids_of_term.get(slug, [])
        ids = [id_ for id_ in of_term if self._cites(id_, evidence)] or of_term
        distances = self._vectors.distances(self._embeddings.embed_query(claim), ids)
        if not distances:
            return None
        nearest = min(distances, key=lambda id_: (distances[id_], id_))
        return replace(self._passages[nearest], distance=distances[nearest])

    def _cites(self, id_: str, evidence: Collection[str]) -> bool:
        return any(source.id in evidence for source in self._passages[id_].sources)

    def signs(self, query: str) -> Signs:
        """Return what decided whether the glossary covers the question."""
        return self._find(query).signs

    def close(self) -> None:
        """Give the memory back."""
        self._coverage.close()

    def _find(self, query: str) -> _Found:
        names = [(name, self._strength(name)) for name in self._aliases.find(query)]
        subject, about = _without_medium(query, names)
        # The names as the glossary spells them, so that a slip does not lose the keyword search.
        words = {*content_words(subject), *(word for name, _ in about for word in split_words(name.name))}
        strengths = _strongest_first(about)

        vector = self._embeddings.embed_query(subject)
        distances, keyword_ids = self._candidates(vector, sorted(words))
        terms = fuse_ranks(
            (
                (_TERM_WEIGHTS["vectors"], self._slugs(distances)),
                (_TERM_WEIGHTS["keywords"], self._slugs_by_hits(keyword_ids)),
                (_TERM_WEIGHTS["names"], list(strengths)),
            ),
            _TERM_FLATNESS,
        )
        signs = self._coverage.weigh(
            query,
            names,
            nearest_passage=self._elsewhere.to_scale(1 - self._nearest_in_glossary(distances)),
            nearest_elsewhere=self._elsewhere.similarity(vector),
            best_term=next(iter(terms), None),
        )
        names_alone = len(strengths) == 1 and _is_nothing_but(names, query)
        return _Found(vector, distances, keyword_ids, words, names_alone, terms, signs)

    def _candidates(self, vector: list[float], words: list[str]) -> tuple[dict[str, float], list[str]]:
        """Search by vector and by keyword; a wealth of added documents must not crowd the glossary out."""
        distances = self._vectors.nearest(vector, _CANDIDATES)
        keyword_ids = self._keywords.search(words, _CANDIDATES)
        if self._has_documents:
            distances |= self._vectors.nearest(vector, _CANDIDATES, GLOSSARY)
            distances = dict(sorted(distances.items(), key=lambda item: item[1]))
            keyword_ids = [*keyword_ids, *self._keywords.search(words, _CANDIDATES, GLOSSARY)]
        return distances, list(dict.fromkeys(keyword_ids))

    def _score(self, found: _Found, shown: set[str]) -> dict[str, float]:
        """Fuse the searches for passages with the rank of the passage's term; documents have no term."""
        scores = fuse_ranks(
            (
                (_PASSAGE_WEIGHTS["vectors"], [id_ for id_ in found.distances if id_ in shown]),
                (_PASSAGE_WEIGHTS["keywords"], [id_ for id_ in found.keyword_ids if id_ in shown]),
            ),
            _PASSAGE_FLATNESS,
        )
        for rank, slug in enumerate(found.terms, start=1):
            for id_ in scores:
                if self._passages[id_].slug == slug:
                    scores[id_] += _PASSAGE_WEIGHTS["terms"] / (_TERM_FLATNESS + rank)
        # A question that is nothing but a name asks what it is; that passage comes first.
        if found.names_alone and found.terms:
            definition = definition_id(next(iter(found.terms)))
            if definition in self._passages and found.signs.score > 0:
                scores[definition] = 1.0
        return scores

    def _strength(self, name: NameFound) -> float:
        certainty = 1 - _SLIP_PENALTY * name.slips
        return self._name_strengths[name.name] * math.sqrt(name.length) * certainty

    def _slugs(self, ids: Iterable[str]) -> list[str]:
        slugs = (self._passages[id_].slug for id_ in ids)
        return list(dict.fromkeys(slug for slug in slugs if slug))

    def _slugs_by_hits(self, ids: Iterable[str]) -> list[str]:
        """Rank terms by their best few chunks: a term hit in several places is meant more surely."""
        hits: dict[str, list[float]] = defaultdict(list)
        for rank, id_ in enumerate(ids, start=1):
            if slug := self._passages[id_].slug:
                hits[slug].append(1 / (_TERM_FLATNESS + rank))
        return sorted(hits, key=lambda slug: (-sum(hits[slug][:_HITS_COUNTED]), slug))

    def _nearest_in_glossary(self, distances: Mapping[str, float]) -> float:
        return min((distance for id_, distance in distances.items() if self._passages[id_].slug), default=1.0)

    def _is_answered_by(self, id_: str, words: set[str]) -> bool:
        """Tell whether a passage of an added document holds enough of the question's words."""
        passage = self._passages[id_]
        text = split_words(f"{passage.term} {passage.section} {passage.text}")
        held = sum(any(_share_a_stem(word, other) for other in text) for word in words)
        return bool(words) and held >= _DOCUMENT_WORDS * len(words)


def _without_medium(
    query: str, names: list[tuple[NameFound, float]]
) -> tuple[str, list[tuple[NameFound, float]]]:
    """Return the question and its names without the mention of a language model, if more is said."""
    others = [(name, strength) for name, strength in names if name.name not in _MEDIUM]
    if len(others) == len(names):
        return query, names
    words = split_words(query)
    mentioned = {at for name, _ in names if name.name in _MEDIUM for at in range(name.start, name.end)}
    subject = " ".join(word for at, word in enumerate(words) if at not in mentioned)
    return (subject, others) if others or len(content_words(subject)) >= _MUCH_ELSE else (query, names)


def _is_nothing_but(names: Iterable[tuple[NameFound, float]], query: str) -> bool:
    query_words = split_words(query)
    named = {word for name, _ in names for word in query_words[name.start : name.end]}
    return named.issuperset(content_words(query))


def _share_a_stem(one: str, other: str) -> bool:
    """Compare without endings; long words may differ in their last letters."""
    stem = one[: max(_SHORTEST_STEM, len(one) - _LONGEST_ENDING)]
    is_long = len(one) >= _SHORTEST_STEM
    return one == other or (
        is_long and other.startswith(stem) and abs(len(one) - len(other)) <= _LONGEST_ENDING
    )


def _strongest_first(names: Iterable[tuple[NameFound, float]]) -> dict[str, float]:
    """Add up how strongly names point at each term."""
    strengths: dict[str, float] = {}
    for name, strength in names:
        strengths[name.slug] = strengths.get(name.slug, 0.0) + strength
    return dict(sorted(strengths.items(), key=lambda item: -item[1]))


def _name_strengths(glossary: Glossary, names: Iterable[str]) -> dict[str, float]:
    """How much a name says: less the more terms are explained with it ("model", "prompt")."""
    texts = [
        f" {' '.join(split_words(' '.join(section.text for section in term.sections)))} " for term in glossary
    ]
    return {
        name: _NAME_FLOOR
        + math.log(
            (1 + len(texts)) / (1 + sum(f" {name} " in text or f" {name}s " in text for text in texts))
        )
        for name in names
    }
