"""The check of what a language model wrote, sentence by sentence, before anybody sees it.

A sentence that fails is replaced by the template's own: a bad model makes answers duller, not wrong.
`check` goes through the parts in order, cheapest first; each is a module with one idea:

    form        plain, short, nothing to click, nobody pretending to be somebody
    citations   every mark exists, and there is one where the template has one
    vendors     vendors, models and prices carry their date; nothing about their future
    numbers     every number stands in a ground, for the same thing
    names       no name that the grounds do not have
    assertions  no certainty, no promise, nobody's word above the rules
    verdict     advises and denies the levers that the outcome does, and in its order (levers, stances)
    swaps       the words of a ground stay in the relations that the ground gives them
    polarity    nothing is negated, freed of its negation or condition, or put as its opposite
    support     all words come from the grounds, most of them from one

What it catches, proven in its tests: every headline and first step of another outcome; verdicts turned
around by hand, in any place of the answer; a negation put into or taken out of any sentence of the policy;
any number changed; citations, names, vendors and prices made up.

What it cannot catch: it compares words, it does not understand. A sentence made only of its ground's words
may still relate them wrongly: a step left out of the middle of a sequence, two phrases of several words
exchanged, a hedge dropped ("often", "less clearly"), a word that is true of one thing said of another. Of
sentences written to deceive it in this way, about one in ten passed; see `tests/golden/claims`. It also
takes the template and the passages for true. For this it refuses about a quarter of faithful sentences:
those that put things in other words than the grounds, or in an order of their own.
"""

from __future__ import annotations

from bot.claims.check import Checked, Failure, check
from bot.claims.grounds import Grounds
from bot.claims.vendors import vendor_names

__all__ = ["Checked", "Failure", "Grounds", "check", "vendor_names"]
