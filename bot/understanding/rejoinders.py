"""What people say to a recommendation that is no news: an objection, "why?", "in three lines for my boss".

None of it is a fact of their case, and none begins another one. Whoever brings news beside it, brought news.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.understanding.message import Message

Rejoinder = Literal["", "why", "flips", "summary", "next", "amount", "cost", "time"]
"""They doubt it or ask for reasons; what would change it; for it in short; what to do; how many examples it
takes, what it costs, and how long.
"""

_MOST_WORDS = 45
"""Whoever says more tells something."""
_FILLERS = (
    r"\W*(?:(?:hm+|ok|okay|sorry|wait|but|and|so|um|well|please|yes|yeah|no|hey|thanks|thank you|sure|fine)"
    r"[ ,.!]+)*"
)
_THEY = (
    r"(?:boss|cto|ceo|cfo|coo|vp|vendor|manager|director|lead|client|head of \w+|investors?|consultants?|"
    r"board|management|leadership|colleagues?|everyone|everybody|people|the team|other teams?|he|she|they)"
)
_SAY = (
    r"(?:wants?|insists?|says?|said|thinks?|tells? (?:me|us)|told (?:me|us)|expects?|prefers?|read|believes?|"
    r"claims?|promised|swears?|keeps? asking|asks? for|is set on|are set on)"
)
_TRAINING = r"(?:fine-?tun\w+|finetun\w+|tun(?:e|ing)|train\w*|(?:our|its|their|an?) own model)"
_TOO_SIMPLE = (
    r"(?:(?:a bit|way|far|much|kind of|rather|really|very) )*(?:too )?"
    r"(?:simple|simplistic|wrong|odd|strange|weird|backwards|weak|unlikely|overkill|naive|good to be true)"
)
_FOR_SOMEBODY = (
    r"(?:for|to) (?:my|our|the) (?:(?:\w+ ){0,2}(?:boss|c[a-z]o|vp|manager|lead|team|board|client|director|"
    r"counsel|management|leadership)|head of \w+)"
)
_A_FEW = r"(?:one|two|three|four|five|a few|a couple of|[1-5])"
_WHY = re.compile(
    rf"{_FILLERS}(?:why|how come)\b"
    r"|\b(?:are you (?:sure|certain|serious)|really\?|how sure are you)"
    r"|\b(?:i|we) (?:really )?(?:dont|do not|cant|cannot) "
    r"(?:agree|believe|buy|see (?:that|why|how)|think so)\b"
    r"|\b(?:i|we) (?:disagree|doubt)\b|\b(?:not|hardly) (?:so |quite |really )?(?:convinced|sure about)\b"
    r"|\bconvince (?:me|us)\b"
    rf"|\b(?:sounds?|seems?|looks?|thats|that is|this is) {_TOO_SIMPLE}\b"
    rf"|\b{_THEY}\b[^.;!?]{{0,30}}?\b{_SAY}\b[^.;!?]{{0,40}}\b{_TRAINING}\b"
    rf"|\bwhat (?:do|should|can|shall|could) (?:i|we) (?:tell|say to|answer) (?:him|her|them|my|our|the)\b"
    rf"|\b{_TRAINING} (?:is|would be|will be|must be|seems) "
    r"(?:so |much |far |a lot |just )?(?:cheaper|faster|better|easier|quicker|safer|simpler|done in)\b"
)
_FLIPS = re.compile(
    r"\bwhat (?:would|could|might|can|will) (?:it take to )?change (?:your|that|the|this) "
    r"(?:mind|answer|advice|recommendation|verdict|opinion)\b"
    r"|\b(?:when|under (?:what|which) (?:conditions|circumstances)) (?:would|should) "
    r"(?:you|we|it|that|fine)\b"
    r"|\bwhat would (?:make|get) you (?:to )?(?:say|recommend|advise|change)\b"
)
_SUMMARY = re.compile(
    r"\btl ?;? ?dr\b|\b(?:sum|wrap) (?:it|this|that|all (?:of )?(?:it|this|that)) up\b"
    r"|\b(?:short|shorter|brief|quick) (?:version|summary|recap)\b|\b(?:executive|quick) summary\b"
    r"|\b(?:give|write|send|get|need|make|want)\b[^.;!?]{0,20}\b(?:a|the|me a) (?:summary|recap)\b"
    r"|\b(?:summari[sz]e|recap) (?:it|this|that|your (?:answer|advice|recommendation))\b"
    rf"|(?:^{_FILLERS}|\b(?:say|tell|put|explain|give|write|answer)\b[^.;!?]{{0,30}})"
    rf"\bin (?:{_A_FEW} (?:short )?(?:sentences?|lines?|words|bullets?)|short|a nutshell)\W*$"
    rf"|\b{_A_FEW} (?:short )?(?:sentences?|lines?|bullets?(?: points)?)(?: \w+){{0,4}} {_FOR_SOMEBODY}\b"
    rf"|\b(?:something|anything|a version|a line|text|summary|recap|this|that)\b"
    rf"[^.;!?]{{0,12}} {_FOR_SOMEBODY}\b"
    rf"|{_FILLERS}(?:summary|recap)(?: please| pls)?\W*$"
    rf"|{_FILLERS}what (?:did|was it that) you (?:say|said|advise[d]?|recommend(?:ed)?)(?: again)?\W*$"
    r"|\b(?:repeat|say) (?:that|it|your (?:advice|answer|recommendation))(?: again)?\W*$"
)
_NEXT = re.compile(
    rf"{_FILLERS}(?:now what|what now|what next|whats next|and now|so what now|what then)\W*"
    rf"|{_FILLERS}what (?:do|should|shall|can|would) (?:we|i) do (?:now|first|next|then)\W*"
    rf"|{_FILLERS}(?:whats|what is|what would be) (?:the|our|my) (?:next|first) steps?\W*"
    rf"|{_FILLERS}(?:where|how) (?:do|should|would|can) (?:we|i) (?:start|begin)\W*"
)
_AMOUNT = re.compile(
    r"\bhow (?:many|much) (?:more )?(?:\w+ ){0,2}?"
    r"(?:examples|labels|data|pairs|samples|cases|items|rows|records)\b"
    r"[^.;!?]{0,30}\b(?:need(?:ed)?|enough|take|takes|require[sd]?|want|collect|label)\b"
    r"|\bhow (?:many|much) (?:more )?(?:do|would|should|must) (?:we|i) (?:need|collect|label)\b"
)
_IT = (
    r"(?:the |a |our |this )?(?:it|that|this|all (?:of )?(?:it|that|this)|tuning|training|fine-?tun\w+|rag|"
    r"retrieval|us|you|pilot)"
)
_COST = re.compile(
    rf"{_FILLERS}(?:what|how much) (?:will|would|does|do|could|might|is) {_IT}(?: \w+){{0,4}}? ?cost\b"
    r"[^.;!?]*\W*"
    rf"|{_FILLERS}(?:whats|what is|what are) the (?:costs?|price)(?: of {_IT}| for {_IT})?\W*"
    rf"|{_FILLERS}how (?:expensive|costly) (?:is|would|will) {_IT}\b[^.;!?]*\W*"
    rf"|{_FILLERS}how much (?:would|could|will|do) (?:we|i) (?:pay|save|spend)\b[^.;!?]*\W*"
)
_TIME = re.compile(
    rf"{_FILLERS}how (?:long|much time) (?:will|would|does|do|is|should) {_IT}\b[^.;!?]*\W*"
    rf"|{_FILLERS}(?:when|how soon|how fast) (?:will|would|could|can) (?:we|i|it) (?:be|have|see|get)\b"
    r"[^.;!?]*\W*"
)
_LEANS = re.compile(
    r"\W*(?:but|and|so|ok|okay|fine|hm+|thanks|thank you|good news|bad news|update|also|then|well|yes|yeah|"
    r"no|nope|actually|still|because|since (?:then|that)|btw|by the way|great|right|sure)\b"
    r"|.*\b(?:still|anyway|then|instead|after all|now)\W*$"
)


_ANOTHER_CASE = re.compile(
    r"\b(?:a second|another|a different|one more|the other) "
    r"(?:bot|assistant|agent|use case|project|case|pipeline|service)\b"
    r"|\b(?:another|a different|the other) (?:team|department|group|unit)\b[^.;!?]{0,20}"
    r"\b(?:wants?|asks?|needs?|has|have|would like)\b"
    r"|\ba colleague (?:in|from|of|at) [^.;!?]{0,25}\b(?:wants?|asks?|needs?|has)\b"
)


def find_rejoinder(message: Message) -> Rejoinder:
    """Return what is said to a recommendation, by words alone; "" when it is none of this."""
    plain = message.plain.strip()
    if len(plain.split()) > _MOST_WORDS:
        return ""
    if _COST.fullmatch(plain):
        return "cost"
    if _TIME.fullmatch(plain):
        return "time"
    if _AMOUNT.search(plain):
        return "amount"
    if _FLIPS.search(plain):
        return "flips"
    if _SUMMARY.search(plain):
        return "summary"
    if _NEXT.fullmatch(plain):
        return "next"
    return "why" if _WHY.search(plain) else ""


def leans_on_before(message: Message) -> bool:
    """Say whether it goes on from what was said: "but we have no labels", "so should we still?"."""
    return _LEANS.match(message.plain) is not None


def names_another_case(message: Message) -> bool:
    """Say whether another system than the one before is named: "we have a second bot that answers HR"."""
    return _ANOTHER_CASE.search(message.plain) is not None
