"""Citations in plain text: which sources are named, and which figures lack one."""

from __future__ import annotations

import re

_CITATION = re.compile(r"\[([A-Za-z][A-Za-z0-9-]*)\]")
# A sentence ends at its mark, with the citations that stand behind the mark still belonging to it.
_SENTENCE_END = re.compile(r"""(?<=[.!?])["”’)]*(?:\s*\[[A-Za-z][A-Za-z0-9-]*\])*(?=\s+\S|$)""")
# A number of its own, not part of a name such as GPT-4, BM25 or 4-bit.
_FIGURE = re.compile(r"(?<![\w.,-])\$?\d[\d.,]*(?![\w-])")
# What people are quoted with is their claim, not ours.
_QUOTED = re.compile(r"""["“][^"“”]*["”]""")


def cited_ids(text: str) -> set[str]:
    """Return the ids of all citations in the text."""
    return set(_CITATION.findall(text))


def split_sentences(text: str) -> list[str]:
    """Split at sentence ends; a citation behind the full stop stays with its sentence."""
    sentences = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def uncited_figures(text: str) -> list[str]:
    """Return the sentences that state a figure and name no source."""
    return [
        sentence
        for sentence in split_sentences(text)
        if not _CITATION.search(sentence) and _FIGURE.search(_QUOTED.sub("", sentence))
    ]
