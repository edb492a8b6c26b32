"""Records of the one who asks: "users ask where is my application" needs them as they are at this moment.

No text tells where a parcel is or how many days of leave are left: it changes by the hour, and for everybody
something else is true. What the rules for leave are, or how to track an order, stands in a text. Where mails
or tickets are sorted or read out, what people ask in them is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.statements import Statement, understand
from bot.understanding.found import Found
from bot.understanding.message import Message, Part
from bot.understanding.negation import foreign_parts

_WHOSE = r"(?:my|their|his|her|his or her|his/her|the customers|the users|someones|ones)"
_RECORD = (
    r"(?:(?:next|last|latest|own|current|open) )?(?:\w+ )?"
    r"(?:orders?|parcels?|packages?|shipments?|deliver(?:y|ies)|refunds?|applications?|claims?|tickets?|"
    r"cases?|appointments?|bookings?|reservations?|payments?|payouts?|invoices?|"
    r"permits?|repairs?|returns?|requests?)\b"
    r"(?! (?:managers?|workers?|handlers?|numbers?|ids?|forms?|history|details|process|page|polic\w+)\b)"
)
_ENDS = r"(?=\s*(?:[.,;:!?)\"']|$)| (?:yet|already|now|and|or|which|its|it is|thats|kept|stored|this year)\b)"
_LEFT = rf"(?:left|remaining){_ENDS}"
_DONE = (
    r"(?:shipped|sent(?: out)?|approved|paid(?: out)?|arrived|delivered|received|processed|granted|accepted|"
    r"confirmed|booked|refunded|gone through|went through|through|ready|on (?:its|the) way|rejected|"
    r"cancell?ed|closed)"
)
_STANDS = r"(?:(?:is|are|was|were|has|have|had|got|been|already|yet|really|just|even) )*"
_COMES = rf"(?:be )?(?:due|arriv(?:e|ing)|com(?:e|ing)|start(?:ing)?|{_DONE})"
_OF_THEIRS = (
    rf"(?:where (?:is|are) {_WHOSE} {_RECORD}(?: (?:right )?now| at(?: the moment)?)?{_ENDS}"
    rf"|when (?:is|are|does|do|will) {_WHOSE} {_RECORD}(?: {_COMES})?{_ENDS}"
    rf"|where {_WHOSE} {_RECORD} (?:is|are){_ENDS}"
    rf"|when {_WHOSE} {_RECORD} (?:is|are|arrives?|comes?|will arrive|will come|will be){_ENDS}"
    rf"|(?:whether|if) {_WHOSE} {_RECORD} {_STANDS}{_DONE}{_ENDS}"
    rf"|how (?:many|much)(?: of {_WHOSE})? (?:[a-z]+ ){{1,4}}?(?:(?:they|i) (?:still )?have )?{_LEFT}"
    rf"|how far (?:along )?{_WHOSE} {_RECORD} (?:is|are|has)\b"
    rf"|(?:the )?(?:current |latest )?(?:status|state|progress) (?:of|on) {_WHOSE} {_RECORD}"
    rf"|(?:whats |what is |what )?{_WHOSE} (?:current )?(?:\w+ )?balance(?: is)?{_ENDS}"
    rf"|(?:whats |what is )?the (?:current )?balance (?:of|on) {_WHOSE} (?:\w+ )?account\b)"
)
_PEOPLE = (
    r"(?:users?|customers?|clients?|people|they|employees?|staff|patients?|citizens?|tenants?|members?|"
    r"students?|guests?|travell?ers?|applicants?|callers?|visitors?|drivers?|sellers?|buyers?|policyholders?|residents?)"
)
_OFTEN = r"(?:(?:also|often|mostly|usually|always|keep|constantly|mainly|just|would|will|do) )*"
_ASK = (
    r"(?:asks?|asking|wants? to know|needs? to know|wonders?)"
    r"(?: (?:us|it|the bot|things like|about|for)){0,2}(?: ?:)?"
)
_IT = r"(?:it|the (?:\w+ )?(?:bot|assistant|agent|chatbot|tool|model))"
_SHOULD = r"(?:should|shall|has to|must|needs to|is supposed to|is meant to)(?: also| be able to| then)*"
_TELL = (
    r"(?:tell|say|show|answer|know|look up|find out)"
    r"(?: (?:people|them|customers|users|employees|us|someone|you))?"
)
_ASKED = re.compile(
    rf"\b(?:{_PEOPLE} {_OFTEN}{_ASK}|{_IT} {_SHOULD} {_TELL}) ?[\"'(]?(?:that |about )?{_OF_THEIRS}"
)
_NOT_ANSWERED = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|hardly|rarely|cannot|without|instead|"
    r"(?:ca|do|does|did|is|are|was|wo|should|must)nt|"
    r"later|eventually|someday|soon|previously|formerly|in the past|used to|phase (?:two|2)|roadmap|"
    r"planned|humans?|hotline|call cent(?:er|re)|existing|another (?:tool|bot|system|team)|"
    r"(?:goes|go|routed|forwarded|handed) (?:over )?to|complain\w*|polic(?:y|ies)|rules?|law|"
    r"out of scope|beyond its scope|off[- ]topic|ignor\w*|refus\w*|escalat\w*|hand\w* over|"
    r"legally|in general|by law|per year|intents?|class(?:es)?|labels?|categor\w+|queues?)\b"
)
"""In its sentence: somebody else answers it, or a text does, or it is only a name of a class."""
_READ_ONLY = re.compile(
    r"\b(?:sort(?:s|ed|ing)?|classif\w+|categori[sz]\w+|rout(?:e|es|ed|ing)|triag\w+|tag(?:s|ged|ging)?|"
    r"extract\w*|summari[sz]\w+|translat\w+|predict\w*|forecast\w*|detect\w*|intents?|reword\w*|rewrit\w+)\b"
)
_ANSWERS = frozenset({None, "knowledge_qa", "tool_use", "generation"})
"""Tasks in which what people ask is answered."""


def with_own_records(message: Message, found: Sequence[Found], earlier: Sequence[Statement]) -> list[Found]:
    """Return what was found, with live records where people ask for what is kept about themselves."""
    goal = next((one.value for one in found if one.fact == "goal_kind"), understand(earlier).facts.goal_kind)
    if goal not in _ANSWERS or any(one.fact == "needs_live_data" for one in found):
        return list(found)
    asked = None if _READ_ONLY.search(message.plain) else _asked_for(message)
    return [*found, *([Found("needs_live_data", True, asked.start, asked.end)] if asked else [])]


def _asked_for(message: Message) -> Part | None:
    foreign = foreign_parts(message)
    for one in message.sentences:
        asked = _ASKED.search(message.plain, one.start, one.end)
        is_open = message.is_asked(one) and asked is not None and _is_ours(message, one)
        if asked is None or is_open or _NOT_ANSWERED.search(message.plain, one.start, one.end):
            continue
        if not any(part.holds(asked.start()) for part in foreign):
            return Part(*asked.span())
    return None


_ASKS_US = re.compile(r"\W*(?:do|does|did|should|can|could|will|would|is|are|what|how|why|if|whether)\b")


def _is_ours(message: Message, sentence: Part) -> bool:
    """Say whether a question is put to us; "users ask: where is my order?" is theirs."""
    return _ASKS_US.match(message.plain, sentence.start, sentence.end) is not None
