"""From words to facts without a language model: pure, and careful rather than complete.

Start with `reading.read`. A wrong fact is worse than a missing one, so every reader below gives up in doubt.

- `message`: a message in a plain form whose parts can be quoted exactly
- `numbers`: amounts, as exact values or ranges; `amounts`: what a number counts
- `learned`: facts and intents, by small models trained on labelled examples
- `finding`: all of them on one message; `reading`: what that means where it was said
- `set_right`: what they mistake by construction, mended by a module for each mistake, and in which order
- `negation`: what is denied, supposed, corrected, or somebody else's
- `models`: the base model that was named; `languages`: which ones it must speak
- `quick`, `unknowns`, `replacements`: answers to the question that waits; `elsewhere`: to another one
- `intent`: what kind of message it is; `rejoinders`, `step_taken`, `done`, `mended`: what is said to a
  recommendation
- `wanted`: all that may be wanted of us then; `named_option`: which other outcome is held against it
- `proposals`, `witness`: what a language model read in the same message, checked and weighed
"""
