"""The glossary, the reference data and the index that is searched; knows nothing of `bot`.

Where to look first:

- what is known: `glossary/*.md`, `providers.yaml`, `prices.yaml`, loaded by the modules of the same names
- how it becomes searchable: `chunking` -> `vector_index` and `keyword_index`, put together in `index`
- how a question finds its passages, and when we say "not covered": `retriever`
"""
