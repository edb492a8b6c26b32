"""Reading that is learned from examples instead of written as patterns.

`situations/`, `clauses/`, `replies/` and `intents/` hold what people might write, each with the facts that it
states; they were written for this project. `training` turns them into the weight files beside it
(`make learn`), and `tuning` into the encoder (`make encoder`); `linear` is what weights mean, and
`encoder` a transformer that knows what words mean; `reader` applies both to a message, and `coherent` takes
the message as a whole where single clauses leave it in doubt. Nothing here decides: it yields facts with
their words.
"""
