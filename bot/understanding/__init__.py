"""From words to facts without a language model: pure, and careful rather than complete.

Start with `reading.read`. A wrong fact is worse than a missing one, so every reader below gives up in doubt.

- `message`: a message in a plain form whose parts can be quoted exactly
- `numbers`: amounts, as exact values or ranges
- `amounts`, `scores`: what a number counts
- `cues` with the tables `*_cues`, `steps`, `tuning`, `teachers`, `languages`: facts that follow from words
- `kinds` with the tables `*_signs`: what goes wrong and what it is for, by weighted signs
- `negation`: what is denied, supposed, corrected, or somebody else's
- `models`: the base model that was named
- `quick`, `unknowns`, `replacements`: answers to the question that waits; `elsewhere`: to another one
- `intent`: what kind of message it is
"""
