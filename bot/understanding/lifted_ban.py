"""A ban that is lifted: "the freelancers signed, we can train on it now" says more where training was barred.

Without the ban the same words would tell of machines, money or plans as well. So they count only in a
conversation in which it is known, told as a fact, and of all of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.decision.statements import Statement, understand
from bot.understanding.as_it_is import sentences_as_it_is
from bot.understanding.found import Found
from bot.understanding.message import Message, Part

_FOR_ELSE = r"(?! (?:to (?!train)|in|as|with|for (?!that|this|training)))"
_OVER = (
    rf"(?=\s*(?:[.,;:!)]|- |$)| (?:now{_FOR_ELSE}|again|too|and|so|"
    r"since|because|after all|as of|from now|finally|"
    r"at last|today|legally|as well|for (?:that|this|training)|to train|in writing|already)\b)"
)
_TEXTS = (
    r"(?:data|texts?|tickets?|e?mails?|documents?|docs|records?|chats?|logs?|transcripts?|examples?|letters?|"
    r"articles?|reports?|notes?|content|material|corpus|conversations?|replies|drafts?|translations?|calls?|"
    r"recordings?|images?|photos?)"
)
_WHOSE = r"(?:all|the|this|that|these|those|our|their|of|his|her|customer|client|patient|freelancer|user)"
_DATA = rf"(?:it|them|that|this|these|those|everything|all of (?:it|them)|(?:{_WHOSE} ){{1,3}}{_TEXTS})"
_TRAIN = r"(?:train|fine-?tune|finetune|tune|learn)"
_FOR_TRAINING = r"(?:for (?:the )?(?:training|fine-?tuning|tuning)|to (?:train|fine-?tune|tune))"
_USE = rf"use {_DATA} {_FOR_TRAINING}|use (?:{_WHOSE} ){{1,3}}{_TEXTS}"
_ON_IT = rf"(?:{_TRAIN} on {_DATA}|{_USE}){_OVER}"
_DO = rf"(?:{_TRAIN} on {_DATA}|{_TRAIN}|{_USE}){_OVER}"
_ADVERBS = r"(?:(?:now|finally|again|also|all|both|just|already|officially|legally|even|do|have|has|ve|ll) )*"
_WE_ARE = r"(?:\bwe are|\bi am|\bim|(?<!\w )\bwere|(?<=so )were|(?<=now )were)"
"""Without its apostrophe "we're" is "were", which others were, too: "they were allowed to"."""
_MAY = rf"\b(?:we|i) {_ADVERBS}(?:can|may) {_ADVERBS}"
_MAY_NOW = re.compile(rf"{_MAY}{_ON_IT}")
_MAY_BY_THEM = re.compile(rf"{_MAY}{_DO}")
"""They count only beside a "now" and whoever lifts it: what people can do hangs on much else."""
_ALLOWED = re.compile(
    rf"{_WE_ARE} {_ADVERBS}(?:allowed|permitted|cleared|authori[sz]ed) to {_DO}"
    rf"|\b(?:training|fine-?tuning|tuning)(?: on {_DATA})? is {_ADVERBS}(?:allowed|permitted){_OVER}"
    rf"|\bthe (?:(?:training )?ban|(?P<bare>restriction)) (?:is|was|has been) "
    rf"{_ADVERBS}(?:lifted|gone|off){_OVER}"
)
_LAWYERS = (
    r"(?:(?:the |our )?(?:legal(?: (?:team|department|dept))?|compliance(?: team)?|lawyers?|counsel|"
    r"dpo|data protection(?: officer)?|privacy(?: (?:team|officer))?|works council))"
)
_OWNERS = (
    r"(?:(?:all )?(?:of )?(?:the |our |those |these )?(?:freelancers?|authors?|writers?|translators?|"
    r"photographers?|(?:data |content )?owners?|rights[- ]?holders?|publishers?|contributors?|"
    r"contractors?|patients?))"
)
_GO = r"(?:ok|okay|go-ahead|green light|clearance|approval|sign-?off)"
_HAVE = r"(?:(?:have|has|had|now|all|both|finally|just|already) )*"
_PAPERS = r"(?:(?:the|a|an|our|new|their) )*(?:release|waiver|consent(?: forms?)?|addendum|licen[sc]es?)"
_OTHER_PAPERS = r"(?:(?:the|a|an|our|new|their) )*(?:agreements?|contracts?|forms?|papers?|paperwork)"
_TO_TRAINING = rf"(?: to (?:(?:the )?training|the use|us (?:using|training on) {_DATA}))"
_TO_IT = rf"(?:{_TO_TRAINING}| to (?:it|that|this))?"
_NO_OPINION = (
    r"(?! ?[,;:-]+ ?(?!(?:(?:so|and|thus|hence)(?: now)? )?(?:we (?:can|may|are|have)|good|great|training|"
    r"all (?:good|set|clear)|its (?:ok|okay|fine|allowed|done))\b)\w)"
)
"""What they agree on may follow: "the owners agreed, it is too long"."""
_THEY_AGREED = re.compile(
    rf"\b{_OWNERS} {_HAVE}(?:signed {_PAPERS}|agreed{_TO_TRAINING}|consented{_TO_IT}|"
    rf"(?P<bare>signed(?: {_OTHER_PAPERS})?|agreed{_TO_IT})){_OVER}{_NO_OPINION}"
    rf"|\b{_LAWYERS} {_HAVE}(?:agreed{_TO_IT}|said yes|(?:approved|cleared|okayed|oked|allowed) "
    rf"(?:it|(?:the )?training|the use|{_DATA})|gave (?:us )?(?:the|their|its) {_GO}|"
    rf"lifted (?:it|the (?:ban|restriction))){_OVER}{_NO_OPINION}"
)
_FINE = r"(?:ok|okay|fine)"
_WITH_IT = rf"(?: with (?:it|that|this|(?:the |us )?(?:training|using)(?: (?:on )?{_DATA})?))"
_LEGAL_IS_FINE = re.compile(
    rf"\b{_LAWYERS} (?:is|are) {_ADVERBS}{_FINE}{_WITH_IT}{_OVER}"
    rf"|\b{_LAWYERS} {_HAVE}(?:says?|said) (?:that )?(?:its|it is|thats|training is) {_ADVERBS}"
    rf"(?:ok|okay|fine|allowed){_OVER}"
)
_FROM = rf"(?: (?:from|of|by) (?:{_LAWYERS}|{_OWNERS}|everyone|them all|all of them))?"
_TO_TRAIN = rf"(?: (?:to|for) (?:{_TRAIN}(?: on {_DATA})?|training|{_USE}|{_DATA}))"
_WE_HAVE = rf"\b(?:we|i|weve|ive) {_ADVERBS}(?:have|got|obtained|secured|received|hold)?(?<! ) {_ADVERBS}"
_NOT_FOR_ELSE = (
    r"(?! ?[,:] ?(?:(?:but|and) )?(?:to (?!train|tune|fine)|"
    r"for (?!train|tun|fine|that|this|it\b)|(?:in|as) ))"
)
_KIND = r"(?:(?:the|all|their|written|full|explicit|a|training|usage|necessary|required) )*"
_RIGHTS = re.compile(
    rf"{_WE_HAVE}{_KIND}(?:rights|permission|consents?){_FROM}{_TO_TRAIN}?{_FROM}{_OVER}{_NOT_FOR_ELSE}"
    rf"|{_WE_HAVE}{_KIND}{_GO} from {_LAWYERS}{_TO_TRAIN}?{_OVER}"
    rf"|{_WE_HAVE}{_KIND}{_GO} (?:to|for) "
    rf"(?:{_TRAIN} on {_DATA}|training on {_DATA}|{_TRAIN}){_OVER}"
)
_OF_TRAINING = re.compile(
    r"\b(?:train(?:ing|ed)?|fine-?tun\w+|tune|rights|consents?|permission|licen[sc]\w+|"
    rf"(?:use|using) {_DATA})\b"
)
"""Whoever signed or agreed may have signed or agreed to much else."""
_NOW = re.compile(r"\b(?:now|finally|again|after all|at last|from now on|as of today)\b")
_BY_THEM = re.compile(
    rf"\b{_LAWYERS}\b|\b{_OWNERS}\b|\b(?:consent|permission|rights|approved|cleared|signed)\b"
)
_MAY_YET = re.compile(rf"\b(?:{_LAWYERS}|{_OWNERS}|they|he|she) may\b")
_NO_LIMIT = (
    r" (?:(?:more|further|other|legal|known) )?"
    r"(?:restrictions?|issues?|problems?|limits?|limitations?|exceptions?|objections?|conditions?|concerns?|"
    r"strings attached|personal data|pii)\b"
)
_IS_OURS = r" of (?:it|them|that|this|the [a-z]+) (?:is|are|was|were) (?:our own|ours)\b"
_NOT_ALL = (
    rf"(?:no(?!{_NO_LIMIT})|not(?! an? (?:issue|problem)\b)|never|none|nobody|nothing|neither|nor|"
    r"cannot|without|except|only|apart from|besides|barring|"
    r"some|half|partly|part|parts|many|few|several|"
    r"(?:ca|do|does|did|is|are|was|were|has|have|had|wo|must)nt|refus\w+|declin\w+|den(?:y|ies|ied)|"
    r"withdr[ae]w\w*|exclud\w+|prohibit\w*|revok\w+|forbid\w*|forbade|forbidden|banned|"
    r"still|yet|almost|nearly|in principle|verbally|synthetic|public|anonymi[sz]ed version|"
    rf"other (?:data|project|team)|most(?:ly)?(?!{_IS_OURS})|one|two|three|\d+%?|"
    r"(?!(?:all|most|both)\b)[a-z]+ of (?:the|our|them))"
)
_NOT_ALL_OF_IT = re.compile(rf"\b{_NOT_ALL}\b")
_SPEAKS_OF_IT = re.compile(
    r"\b(?:train\w*|tun\w+|data|rights|legal|sign\w*|agree\w*|consent\w*|permission|allowed|may|"
    r"(?:most|some|part|half|many) of (?:it|them|that))\b"
)
"""A sentence with both leaves a part of the ban, or all of it, as it was; so does the next one."""
_BUT_NOT = re.compile(r"\W*(?:but |just )?(?:only|not|except|apart from)\b")
_MEANS = re.compile(
    r"\b(?:gpus?|[ah]\d00s?|hardware|servers?|clusters?|machines?|budget|money|funding|credits?|quota|azure|"
    r"bedrock|vertex|sagemaker|cloud|vendor|provider|openai|anthropic|google|api|endpoint|gemini|gpt\S*|claude|"
    r"license server|supports?|engineers?|hired|boss|manager|management|ceo|cto|sales)\b"
)
"""What training takes beside the right to it, and who does not grant that."""


def with_lifted_ban(message: Message, found: Sequence[Found], earlier: Sequence[Statement]) -> list[Found]:
    """Return what was found, with the right to train where a ban was known and is said to be lifted."""
    if understand(earlier).facts.data_rights != "restricted":
        return [*found, *_plainly_allowed(message, found)] if earlier else list(found)
    lifted = _lifted(message)
    if lifted is None:
        return [
            one for one in found if (one.fact, one.value) != ("data_rights", "ok") or _is_so(message, one)
        ]
    rest = (one for one in found if one.fact != "data_rights")
    return [*rest, Found("data_rights", "ok", lifted.start, lifted.end)]


def _plainly_allowed(message: Message, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the right to train where it is said so plainly that it needs no ban before it."""
    if any(one.fact == "data_rights" for one in found):
        return
    for one in sentences_as_it_is(message):
        said = _LEGAL_IS_FINE.search(message.plain, one.start, one.end)
        if said and not _reserves(message, one):
            yield Found("data_rights", "ok", *said.span())
            return


_TRAINS = re.compile(r"\b(?:train|fine-?tun|tun)\w*")
_WERE_ALLOWED = re.compile(r"\b(?:was|were|had been) (?:\w+ )?allowed\b")
_FOR_ANOTHER_USE = re.compile(r"\bfor (?:the |our |an? )?(?:evaluat|test|analys|report|demo|measur)\w*")


def _is_so(message: Message, one: Found) -> bool:
    """Say whether what was read as a permission is told as one: "legal may agree" lifts nothing."""
    told = any(part.holds(one.start) and not _reserves(message, part) for part in sentences_as_it_is(message))
    is_open = _MAY_YET.search(message.plain, one.start, one.end) or _WERE_ALLOWED.search(message.plain)
    is_for_else = _FOR_ANOTHER_USE.search(message.plain) and not _TRAINS.search(message.plain)
    return told and not (is_open or is_for_else)


def _lifted(message: Message) -> Part | None:
    if _MEANS.search(message.plain):
        return None
    if any(_reserves(message, one) for one in message.sentences):
        return None
    return next((part for one in sentences_as_it_is(message) if (part := _lifted_in(message, one))), None)


def _reserves(message: Message, sentence: Part) -> bool:
    stretch = (sentence.start, sentence.end)
    if _BUT_NOT.match(message.plain, *stretch):
        return True
    is_limited = _NOT_ALL_OF_IT.search(message.plain, *stretch) is not None
    return is_limited and _SPEAKS_OF_IT.search(message.plain, *stretch) is not None


def _lifted_in(message: Message, sentence: Part) -> Part | None:
    stretch = (sentence.start, sentence.end)
    patterns = [_ALLOWED, _THEY_AGREED, _LEGAL_IS_FINE, _RIGHTS]
    if _BY_THEM.search(message.plain, *stretch):
        patterns.append(_MAY_BY_THEM)
    elif _NOW.search(message.plain, *stretch):
        patterns.append(_MAY_NOW)
    said = next(filter(None, (one.search(message.plain, *stretch) for one in patterns)), None)
    if said is None or (said.groupdict().get("bare") and not _OF_TRAINING.search(message.plain)):
        return None
    return Part(*said.span())
