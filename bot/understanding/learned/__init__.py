"""Reading that is learned from examples instead of written as patterns.

`situations/`, `clauses/`, `replies/` and `intents/` hold what people might write, each with the facts that
it states; they were written for this project, `situations/real-*` after what was told in public. `training`
turns them into the weight files beside it (`make learn`), and `tuning` into two encoders (`make encoder`);
`linear` is what weights mean, and `encoder` a transformer that knows what words mean, one for what parts of
a message state and one for the advice that its like gets; `reader` applies all to a message, and `coherent`
takes the message as a whole where single clauses leave it in doubt. Nothing here decides: it yields facts
with their words.
"""
