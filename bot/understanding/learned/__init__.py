"""Reading that is learned from examples instead of written as patterns.

`situations/` and `replies/` hold what people might write, each with the facts that it states; they were
written for this project. `training` turns them into the weight files beside it (`make learn`); `linear` is
what weights mean; `reader` applies them to a message. Nothing here decides: it yields facts with their words.
"""
