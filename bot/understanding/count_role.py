"""One row of the table of what numbers count, and the things whose number says nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@lru_cache(maxsize=32)
def _occurs(pattern: re.Pattern[str], message: str) -> bool:
    """Say whether a pattern occurs; remembered, because every number of a message asks the same."""
    return pattern.search(message) is not None


@dataclass(frozen=True, slots=True)
class CountRole:
    """One row: the fact (empty: counts nothing of ours) and the words that must stand around the number."""

    fact: str
    after: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    whole: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None
    most: int = 10**15

    def fits(self, before: str, after: str, message: str) -> bool:
        """Say whether the row describes a number with these words around it."""
        return (
            (self.after is None or self.after.match(after) is not None)
            and (self.before is None or self.before.search(before) is not None)
            and (self.whole is None or _occurs(self.whole, message))
            and (self.not_after is None or self.not_after.match(after) is None)
            and (self.not_before is None or self.not_before.search(before) is None)
        )

    def words_after(self, after: str) -> str:
        """Return the words after the number that belong to it."""
        match = self.after.match(after) if self.after is not None else None
        return match[0] if match is not None else ""


NOT_COUNTED_AFTER = re.compile(
    r" ?-?(?:(?:[\w'&/+-]+ )?(?:people|persons|users?|employees|agents?|customers?|staff|"
    r"heads|engineers?|devs|developers|gpus?|"
    r"countries|regions|offices|versions?|variants?|iterations?|rewrites|prompt versions|"
    r"drafts of|rules|columns|"
    r"tools|apis|endpoints|languages|steps?|weeks?|years?|bullets?|minutes?|hours?|"
    r"months?|quarters?|points?|stars?|"
    r"epochs?|parameters|params|layers|gb|vram|cores|times|models|attributes|variables|"
    r"features|percent|seats|failures|"
    r"failed \w+|bad ones|errors|mistakes|complaints|vendors?|products?|skus?|characters|"
    r"chars|lines of|sprints?|tasks|jobs|"
    r"use cases|edge cases|calls per|conditions|retries|projects?|bots?|chatbots?|"
    r"systems?|databases?|tables|seconds?|days?)\b|x\b|°|th\b|nd\b|cents?\b)"
)
"""What such a number counts is no fact of ours."""
