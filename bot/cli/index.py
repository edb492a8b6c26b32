"""Commands on the glossary index."""

from __future__ import annotations

import argparse

from bot.app import open_index
from bot.cli.output import say, show
from bot.errors import WrongUsage
from bot.settings import Settings


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Build the index where needed, and with `add` put one more document into it. Raises InputInvalid."""
    if (options.action == "add") != (options.path is not None):
        raise WrongUsage("write `index` alone, or `index add PATH` with a .md or .txt file")
    with open_index(settings, say) as index:
        if options.path:
            index.add_document(options.path)
        stats = index.stats()
    documents = f", {len(stats.documents)} added documents" if stats.documents else ""
    show(
        f"The index holds {stats.terms} terms{documents} in {stats.glossary_chunks + stats.document_chunks} "
        f"passages (embeddings: {stats.embeddings_name})."
    )
