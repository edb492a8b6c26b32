"""How many of all there are have been looked at: the 120 of "700 runs, 120 of them checked"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.number_values import Numbers
from bot.understanding.stated_amount import StatedAmount

_RUNS = (
    r"(?:runs|tickets|transcripts|texts|traces|conversations|chats|calls|e-?mails|mails|letters|answers|replies|"
    r"examples|pairs|samples|cases|notes|reports|summaries|reviews|messages|records|images|photos|scans|claims)"
)
_BETWEEN = re.compile(
    rf"(?: (?!good\b|clean\b|gold)[a-z][\w-]*){{0,2}} {_RUNS},?(?: and| but)?(?: (?:only|just|about))* ~?"
)
_CHECKED_PART = re.compile(
    r" of (?:them|those|these|which)(?: (?:are|were|is|was|have|has|been|already|properly|really|actually))* "
    r"(?:reviewed|checked|labell?ed|annotated|verified|approved|corrected|graded|tagged|vetted|validated)\b"
)
_CHECKED_ALL = re.compile(
    r"\b(?:reviewed|checked|labell?ed|annotated|verified|approved|corrected|graded|tagged|curated|vetted|"
    r"tests?|evals?|evaluation|held|benchmark)\b"
)
"""Where the whole is reviewed, or to test with, it is more than the part that was looked at again."""


def with_checked_part(numbers: Numbers, stated: dict[int, StatedAmount]) -> dict[int, StatedAmount]:
    """Return what is stated, with the 120 of "700 runs, 120 of them checked" as all that is reviewed."""
    kept = dict(stated)
    for index in range(1, len(numbers.quantities)):
        whole, part, plain = *numbers.quantities[index - 1 : index + 1], numbers.message.plain
        if (
            numbers.is_bare_count(index - 1)
            and numbers.is_bare_count(index)
            and part.said < whole.said
            and _BETWEEN.fullmatch(plain, whole.end, part.start)
            and _CHECKED_PART.match(plain, part.end)
            and not _CHECKED_ALL.search(plain, numbers.message.sentence_at(whole.start).start, part.start)
            and (value := numbers.value(index, "examples_n")) is not None
        ):
            kept[index] = StatedAmount(index, "examples_n", value, 1.0)
            if index - 1 in kept and kept[index - 1].role in ("examples_n", "eval_set_n"):
                kept[index - 1] = replace(kept[index - 1], role="raw_examples_n")
    return kept
