"""The check of what a language model chose to say, before anybody sees it.

A model writes no words. It names, by number, which of our sentences to say and what the person said to put
before them:

    points      our reasons, which are always said, and sentences of the glossary that bear them out
    said        what the person stated, in our words; each point has its own, on which it hangs

Its answer holds nothing but whole numbers, so nothing it makes up can be shown, and all that it can bring
about may be listed and read beforehand (`tests/golden/claims`). What is checked is that it chose among what
it was offered. A choice that fails is left out; our reasons then stand as they are (ADR 15).
"""

from __future__ import annotations

from bot.claims.check import Checked, Failure, check
from bot.claims.grounds import Grounds, Point
from bot.claims.saying import Line, arrange, say

__all__ = ["Checked", "Failure", "Grounds", "Line", "Point", "arrange", "check", "say"]
