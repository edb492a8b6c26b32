"""Reading that is learned from examples instead of written as patterns.

`situations/`, `clauses/`, `replies/`, `remarks/` (after a recommendation) and `intents/` hold what people
might write, each with the facts that it states; `verdicts/` and `complications/` hold what is asked or
brought after a recommendation. They were written for this project, `situations/real-*` after what was told in
public. `training` turns them into the weight files beside it (`make learn`), and `tuning` into encoders
(`make encoder`); `news/` holds those for what is told after a recommendation. `linear` is what weights mean,
and `encoder` transformers that know what words mean: for what parts of a message state, and for the advice
that its like gets.

`heads` names what they answer, `likelihoods` asks them, `candidates` holds what a fact may be and in which
clause, `coherent` takes the message as a whole where single clauses leave it in doubt, `telling_clause` finds
the words that tell it, and `reader` puts all this together. Nothing here decides: it yields facts with their
words.
"""
