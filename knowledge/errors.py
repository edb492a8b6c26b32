"""What can go wrong with the knowledge, named for what happened.

    KnowledgeError
    ├── GlossaryInvalid         a glossary file is missing, unreadable or breaks the format
    ├── ReferenceDataInvalid    providers.yaml or prices.yaml is missing or breaks the format
    ├── DocumentInvalid         a document that a team added cannot be read
    ├── IndexUnavailable        the index cannot be opened or searched right now
    │   └── IndexInUse          … because another process holds it
    └── EmbeddingUnavailable    the embedding model of EMBEDDING_MODEL cannot be loaded or asked

Every message is one line: what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class KnowledgeError(Exception):
    """A failure that we understand and can explain to a person in one line."""


class GlossaryInvalid(KnowledgeError):
    """The glossary breaks its format; `defects` holds every one that was found, the message the first."""

    def __init__(self, defects: Sequence[str]) -> None:
        more = f" (and {len(defects) - 1} more)" if len(defects) > 1 else ""
        super().__init__(defects[0] + more)
        self.defects = tuple(defects)


class ReferenceDataInvalid(KnowledgeError):
    """A YAML file with reference data is missing or breaks its format."""


class DocumentInvalid(KnowledgeError):
    """A document that a team added is missing, of the wrong kind or not UTF-8 text."""


class IndexUnavailable(KnowledgeError):
    """The index cannot be opened or searched right now."""


class IndexInUse(IndexUnavailable):
    """Another process holds the index, as a running bot does."""


class EmbeddingUnavailable(KnowledgeError):
    """The embedding model cannot be loaded or asked."""
