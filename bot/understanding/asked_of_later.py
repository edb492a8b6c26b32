"""What comes later, asked in so many words: "what are the risks?", "who has to maintain it?"."""

from __future__ import annotations

import re

_WE = r"(?:we|i|you|one|somebody|someone|the team)"
_DO = r"(?:do|should|must|would|will|can|could|shall|does)"
_HAVE_TO = r"(?:have to |need to |has to )?"
_DANGERS = (
    r"(?:risks?|dangers?|downsides?|drawbacks?|pitfalls?|disadvantages?|gotchas?|side effects?|the catch)"
)
RISKS = re.compile(
    rf"\b(?:what|which) (?:are|is|would be|about) (?:the |our |my |any )?(?:\w+ )?{_DANGERS}\b"
    rf"|\b(?:any|are there|is there) (?:\w+ ){{0,2}}?{_DANGERS}[^.;!?]{{0,40}}\?"
    rf"|\bwhats the (?:risk|danger|downside|drawback|catch)\b"
    r"|\bwhat (?:all )?(?:could|can|might|may|would) (?:possibly |still )?go wrong\b"
    rf"|\bwhat {_DO} {_WE} {_HAVE_TO}(?:watch out|look out|watch|worry|be careful)"
    r"(?: for| about| with| of)?\W*$"
)
"""What asks for dangers."""

_AGAIN = (
    r"(?:(?:re-?)?(?:train|tune|test|index)(?:ed)?|(?:train|tune|index)(?:ed)? again|refresh(?:ed)?|"
    r"maintain(?:ed)?|updated?|checked?|revisit(?:ed)?|review(?:ed)?|monitor(?:ed)?)"
)
_LOOK_AGAIN = (
    r"(?:look at (?:this|it|that|all of this|the question) again|come back to (?:this|it|that)|"
    rf"check (?:back|again|in)|ask (?:you )?again|reconsider|re-?train|re-?tune|{_AGAIN} again|revisit)"
)
_KEEP_IT = (
    r"(?:maintain|look after|own|take care of (?:it|this|that)|"
    r"keep (?:it|this|that) (?:running|alive|up to date))"
)
_NOTICE = r"(?:notice|see|know|tell|find out|make sure|keep|prevent|monitor|watch)"
_WORSE = r"(?:worse|drift\w*|degrad\w*|decay\w*|stale|out of date|rot\w*|wear\w* off|slipp?\w*|outdated)"
UPKEEP = re.compile(
    rf"\bwho (?:(?:has|have|is going|needs?) to |will |would |should |must |then )+{_KEEP_IT}\b"
    rf"|\bwho {_KEEP_IT}s?(?: (?:it|this|that|the model|all (?:of )?(?:it|this|that)))?(?: then| later)?\?"
    rf"|\bhow often {_DO} (?:{_WE}|it|that|this|the model) {_HAVE_TO}(?:be )?{_AGAIN}\b"
    rf"|\bwhen {_DO} {_WE} {_HAVE_TO}{_LOOK_AGAIN}\b"
    rf"|\bhow {_DO} {_WE} {_NOTICE}\b[^.;!?]{{0,40}}\b{_WORSE}\b"
    rf"|\b(?:will|does|can|could|would) (?:it|that|this|the model|the quality) (?:\w+ ){{0,3}}?{_WORSE}\b"
    r"[^.;!?]*\?"
    r"|\bwhat (?:about|is|are) (?:the )?(?:maintenance|upkeep|monitoring)\b"
)
"""What asks for care."""
