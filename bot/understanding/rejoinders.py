"""What people say to a recommendation that is no news: an objection, "why?", "in three lines for my boss".

None of it is a fact of their case, and none begins another one. Whoever brings news beside it, brought news.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.asked_in_short import FILLERS, IN_SHORT
from bot.understanding.asked_of_later import RISKS, UPKEEP
from bot.understanding.message import Message
from bot.understanding.wanted import KINDS, Rejoinder, Wanted

_MOST_WORDS = 45
"""Whoever says more tells something."""
_THEY = (
    r"(?:boss|cto|ceo|cfo|coo|vp|vendor|manager|director|lead|client|head of \w+|investors?|consultants?|"
    r"board|management|leadership|colleagues?|everyone|everybody|the team|other teams?|he|she|they)"
)
_WANT = (
    r"(?:wants?|insists?|expects?|prefers?|promised|swears? by|keeps? asking|asks? for|is set on|are set on)"
    r"(?: (?:to|us to|me to|a|an|the|on|for|that we|we|should|just|only|now|small|own|custom|real))*"
)
_SAY = (
    r"(?:says?|said|thinks?|tells? (?:me|us)|told (?:me|us)|read|believes?|claims?|keeps? saying)(?: that)?"
)
_TRAINING = (
    r"(?:fine-?tun\w+|finetun\w+|tun(?:e|ing)|train(?:ing)?|(?:our|its|their|an?) own model)\b"
    r"(?! (?:sets?|data|costs?|material|sessions?|courses?|stations?|people|staff|agents|on|is not|isnt))"
)
_PRAISE = (
    r" (?:is|would be|will be|must be|works|helps|solves|fixes|beats|does)\b"
    r"(?! (?:done|legal|fine|allowed|over|ready|finished|ok|forbidden|not|no)\b)"
)
_SOURCE = r"(?:advice|answer|recommendation|verdict|idea|that|this)"
_TOO_SIMPLE = (
    r"(?:(?:a bit|way|far|much|kind of|rather|really|very) )*"
    r"(?:too (?:simple|easy|good)|simplistic|(?:too )?(?:wrong|odd|strange|weird|backwards|weak|unlikely|"
    r"overkill|naive)|too good to be true)(?= to (?:me|us)\b| for (?:me|us)\b|\s*(?:[.!?]|$))"
)
_ADVICE = (
    r"(?:rag|retrieval|prompt\w*|tuning|training|examples|few-shot|that|this|it|an? test set|test cases)"
)
_WHY_WHAT = (
    r"(?: (?:not|no|so|then|that|this|wait|bother|exactly|first|rag|retrieval|prompt\w*|train\w*|"
    r"tun\w*|fine-?tun\w*|"
    r"(?:would|should|shall|did|are) (?:i|we|you)|is (?:that|this)|would (?:that|this|it)|"
    r"(?:do|dont|cant|cannot|shouldnt) (?:i|we|you) (?:need|have to|just|not|simply|start|train|tune|fine|"
    r"use|test|measure|first|say|think|advise|recommend|want))\b|\W*$|[?!.,])"
)
_WHY = re.compile(
    rf"(?:^|[.!?;,] ){FILLERS}(?:why|how come){_WHY_WHAT}"
    r"|\b(?:are you (?:sure|certain|serious)|really\?|how sure are you)"
    r"|\b(?:i|we) (?:really )?(?:dont|do not|cant|cannot) "
    r"(?:agree(?! (?:on|in|about)\b)|(?:believe|buy) (?:that|this|it|you)\b|think so\b|"
    rf"see (?:why\b|that\W*$|how (?:an? |the |more )?{_ADVICE} (?:helps?|works?|would|will|can|could)\b))"
    r"|\b(?:i|we) disagree(?! (?:on|in|about|with each)\b)"
    rf"|\b(?:i|we) doubt (?:{_ADVICE}\W*$|(?:that )?(?:more |better |a |the )?{_ADVICE} "
    r"(?:helps?|works?|would|will|is|are|can)\b)"
    rf"|(?:^{FILLERS}|\b(?:i|we|im|i am|were|we are) (?:still )?)"
    r"(?:not|hardly) (?:so |quite |really )?(?:convinced|"
    r"sure about (?:(?:that|this|it)(?! \w)|your|the (?:advice|answer)))\b"
    r"|\bconvince (?:me|us)\b"
    rf"|(?:(?:^|[.!?;,] ){FILLERS}|\b{_SOURCE} )(?:sounds?|seems?|looks?|thats|that is|this is) {_TOO_SIMPLE}"
    rf"|\b{_THEY}\b[^.;!?]{{0,30}}?\b(?:{_WANT} {_TRAINING}"
    rf"|{_SAY} (?:we (?:should|must|need to|have to|could) (?:just )?{_TRAINING}|{_TRAINING}{_PRAISE}))"
    rf"|\bwhat (?:do|should|can|shall|could) (?:i|we) (?:tell|say to|answer) "
    rf"(?:him|her|them|(?:my|our|the) {_THEY})\W*$"
    rf"|\b{_TRAINING} (?:is|would be|will be|must be|seems) "
    r"(?:so |much |far |a lot |just )?(?:(?:cheaper|faster|better|easier|quicker|safer|simpler)"
    r"(?=\s*(?:[.,!?]|$)| (?:than(?! (?:before|last|the old))|and|for us|anyway)\b)"
    r"|done in (?:an?|one|two|no|a few|under an?) "
    r"(?:minutes?|hours?|days?|afternoon|time|morning|weekend|week))\b"
)
_FLIPS = re.compile(
    r"\bwhat (?:would|could|might|can|will) (?:it take to )?change (?:your|that|the|this) "
    r"(?:mind|answer|advice|recommendation|verdict|opinion)\b"
    r"|\b(?:when|under (?:what|which) (?:conditions|circumstances)) (?:would|should) "
    r"(?:you|we|it|that|i)(?: (?:then|ever|actually|really))? "
    r"(?:fine-?tun\w*|tune|train|recommend|advise|say|suggest|consider|change|make sense|"
    r"be (?:worth|better|time))\b"
    r"|\b(?:when|under (?:what|which) (?:conditions|circumstances)) (?:would|should) "
    r"(?:fine-?tuning|training|tuning)\b"
    r"|\bwhat would (?:make|get) you (?:to )?(?:say|recommend|advise|change)\b"
)
_NEXT = re.compile(
    rf"{FILLERS}(?:now what|what now|what next|whats next|and now|so what now|what then)\W*"
    rf"|{FILLERS}what (?:do|should|shall|can|would) (?:we|i) do (?:now|first|next|then)\W*"
    rf"|{FILLERS}(?:whats|what is|what would be) (?:the|our|my) (?:next|first) steps?\W*"
    rf"|{FILLERS}(?:where|how) (?:do|should|would|can) (?:we|i) (?:start|begin)\W*"
    rf"|{FILLERS}what else (?:could|can|might|should) (?:we|i|one) (?:do|try)\W*"
    rf"|{FILLERS}(?:what are|whats|what is|is there) (?:an? |the |our )?"
    r"(?:alternatives?|plan b|other options)\W*"
)
_WE_NEED = (
    r"(?:(?:do|would|should|will|must|does) (?:we|i|you|it|that|this|one|a fine-?tune|tuning|training|"
    r"fine-?tuning|lora|sft|dpo|distillation)(?: \w+)? (?:need|take|require|want|collect|label)"
    r"|(?:are |is |would be |will be )?(?:needed|enough|required)"
    r"(?! (?:for|to) (?:an? |the )?(?!tun|train|fine)))"
)
_AMOUNT = re.compile(
    r"\bhow (?:many|much) (?:more )?(?:\w+ ){0,2}?"
    r"(?:examples|labels|data|pairs|samples|cases|items|rows|records)\b"
    rf"[^.;!?]{{0,30}}?\b{_WE_NEED}\b[^.;!?]*\W*$"
    r"|\bhow (?:many|much) (?:more )?(?:do|would|should|must) (?:we|i) (?:need|collect|label)\b[^.;!?]*\W*$"
)
_OTHERS_ASK = re.compile(
    r"\b(?:users?|customers?|callers?|patients?|students?|employees|agents|editors|annotators|it|bot|"
    r"assistant|model)\b(?: \w+)? (?:asks?|asked|says?|tells?|answers?|writes?|wants?|"
    r"gets?|must|should|has to|needs? to)\b"
)
"""Before it: what is asked or answered in their case."""
_IT = (
    r"(?:the |a |our |this )?(?:it|that|this|all (?:of )?(?:it|that|this)|tuning|training|fine-?tun\w+|rag|"
    r"retrieval|us|you|pilot)"
)
_COST = re.compile(
    rf"{FILLERS}(?:what|how much) (?:will|would|does|do|could|might|is) {_IT}(?: \w+){{0,4}}? ?cost\b"
    r"[^.;!?]*\W*"
    rf"|{FILLERS}(?:whats|what is|what are) the (?:costs?|price)(?: of {_IT}| for {_IT})?\W*"
    rf"|{FILLERS}how (?:expensive|costly) (?:is|would|will) {_IT}\b[^.;!?]*\W*"
    rf"|{FILLERS}how much (?:would|could|will|do) (?:we|i) (?:pay|save|spend)\b[^.;!?]*\W*"
    rf"|{FILLERS}(?:what|how much) (?:will|would|does|could|might) [^.;!?]{{1,40}} cost(?: (?:us|me))?\b"
    r"[^.;!?]*\W*"
)
_TIME = re.compile(
    rf"{FILLERS}how (?:long|much time) (?:will|would|does|do|is|should) {_IT}\b[^.;!?]*\W*"
    rf"|{FILLERS}how (?:long|much time|many (?:people|weeks|days|months|hours|developers)) "
    r"[^.;!?]{0,50}\b(?:take|takes|need|needs|needed|last|cost)\b[^.;!?]*\W*"
    rf"|{FILLERS}how many (?:people|weeks|days|months|hours|developers)"
    r"(?: and how many (?:people|weeks|days|months|hours))?\W*"
    rf"|{FILLERS}(?:when|how soon|how fast) (?:will|would|could|can) (?:we|i|it) (?:be|have|see|get)\b"
    r"[^.;!?]*\W*"
)
_REPORTS = (
    r"\W*(?:we|i|they|(?:two|three|both|some) (?:of )?[\w ]{3,20}?) (?:have |had |ve )?"
    r"(?:now |just |finally |since |also |already )*"
    r"(?:scored|tested|measured|documented|made|did|got|indexed|ran|put|wrote|collected|labell?ed|corrected|"
    r"checked|counted|moved|switched|replaced|cleaned|sat down|went through|read|picked|wired|split|merged)\b"
    r"|.*\b(?:as|like|what) you (?:said|suggested|advised|told)\b"
    r"|.*\b(?:is|are) gone (?:now|since)\b"
    r"|.*\b(?:went|moved|rose|fell|dropped|climbed|up|down) from \d[\d.]* ?%? to \d"
)
"""What came of a step is told at the beginning, or by how a number moved."""
_LEANS = re.compile(
    r"\W*(?:but|and|so|ok|okay|fine|hm+|thanks|thank you|good news|bad news|update|also|then|well|yes|yeah|"
    r"no|nope|actually|still|because|since (?:then|that)|btw|by the way|great|right|sure)\b"
    r"|.*\b(?:still|anyway|then|instead|after all|now)\W*$"
    r"|.*\b(?:do|should|shall|can|may|would|could) (?:we|i) (?:train|tune|fine-?tune|retrain|distil|start)"
    r"(?: (?:it|one|this|that))? now\b"
    rf"|{_REPORTS}",
    re.DOTALL,
)


_SYSTEM = r"(?:bot|assistant|agent|chatbot|use case|project|case|pipeline|service|classifier)"
_WANTS = r"(?:wants?|asks?|needs?|would like|is asking)"
_TO_BUILD = (
    r"to (?:build|have|make|tune|train|fine-?tune|sort|extract|draft|translate|summari[sz]e|use|classify)"
)
_OF_ITS_OWN = (
    rf"(?:{_WANTS} (?:us |me )?"
    rf"(?:(?:for|about|{_TO_BUILD}|if|whether|something|advice|help|the same)\b"
    rf"|an? (?:\w+ ){{0,3}}?{_SYSTEM}\b)"
    rf"|(?:has|have) (?:an?|another|its own|their own) (?:\w+ ){{0,3}}?{_SYSTEM}\b)"
)
_ANOTHER_CASE = re.compile(
    rf"\b(?:(?:we|i) (?:also )?(?:have|run|built|got|want|need|plan)|now|then|about|for|what about|on) "
    rf"(?:a second|another|a different|one more|the other) (?:\w+ )?{_SYSTEM}\b"
    rf"|^\W*(?:(?:ok|okay|so|and|now|next)[ ,:]+)*(?:a second|another|a different|one more|the other) "
    rf"(?:\w+ )?{_SYSTEM}(?=\W*$| ?[:,.]| (?:that|which|where|for|to|now)\b)"
    rf"|\b(?:another|a different|the other) (?:team|department|group|unit)\b[^.;!?]{{0,20}}\b{_OF_ITS_OWN}"
    rf"|\ba colleague (?:in|from|of|at) [^.;!?]{{0,25}}\b{_OF_ITS_OWN}"
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
    if _NEXT.fullmatch(plain):
        return "next"
    return next((kind for kind, pattern in _SAID if _is_said_to_us(pattern, plain)), "")


_SAID: tuple[tuple[Rejoinder, re.Pattern[str]], ...] = (
    ("amount", _AMOUNT),
    ("risks", RISKS),
    ("upkeep", UPKEEP),
    ("flips", _FLIPS),
    ("summary", IN_SHORT),
    ("why", _WHY),
)


def _is_said_to_us(pattern: re.Pattern[str], plain: str) -> bool:
    """Say whether it is said, and not what others ask or are answered."""
    said = pattern.search(plain)
    return said is not None and _OTHERS_ASK.search(plain, 0, said.start()) is None


_SURE = 0.3
"""From here on it is wanted what the learned reader says; who is misheard loses a page only."""
_SURE_OF_ANOTHER_CASE = 0.75
"""What was told so far is left aside then."""


def hear_wanted(message: Message, likely: Mapping[str, float]) -> Wanted:
    """Return what a message wants after a recommendation: by its words, else what is likely enough.

    `likely` is how likely the learned reader holds each kind, empty where it did not read.
    """
    by_words: Wanted = find_rejoinder(message) or ("new" if names_another_case(message) else "")
    if by_words or not likely:
        return by_words
    kind: Wanted = max(KINDS, key=lambda one: likely.get(one, 0.0))
    needed = _SURE_OF_ANOTHER_CASE if kind == "new" else _SURE
    return kind if likely.get(kind, 0.0) >= needed else ""


def leans_on_before(message: Message) -> bool:
    """Say whether it goes on from what was said: "but we have no labels", "so should we still?"."""
    return _LEANS.match(message.plain) is not None


def names_another_case(message: Message) -> bool:
    """Say whether another system than the one before is named: "we have a second bot that answers HR"."""
    return _ANOTHER_CASE.search(message.plain) is not None
