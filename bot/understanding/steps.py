"""What was tried: `tried_*`, by the step's name and the words of doing, denying or planning around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.decision.questions import UNTRIED
from bot.understanding.cues import phrase
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied, is_supposed

_DONE_BEFORE = re.compile(
    r"\b(?:use|uses|using|used|have(?! to)|has(?! to)|got|had|run|running|built|build|added|tried|trying|tested|did|done|with|our|existing|"
    r"current|already|put|pasted|set up|enabled|enforced?|turned on|switched on|plain|simple|naive|basic|strict|gave it|given it|moved to|"
    r"switched to|went to|upgraded to|even the|even our|even|on the|usamos|tenemos|nutzen|haben|utilisons) (?:[\w'-]+ ){0,3}$"
)
_DONE_AFTER = re.compile(
    r"(?: [\w'&+-]+){0,2}? (?:in place|set up|works?|working|running|live|on|enabled|in use|done|tried|tested|exists?|maxed|exhausted|"
    r"scored|finished|helped|didnt|tuned|plateau\w*|attempted|picked|selected|chosen|brings?|returns?|returned|finds?|found|gets?|got|misses|missed|fails?|failed|says|answers|"
    r"too|as well|wasnt|isnt|was|already|is (?:on|live|there|up|fine|ok|good|not good|bad|not enough|running|in place|done)|are (?:on|done|in|there)|ok)\b"
)
_TRIED_BEFORE = re.compile(
    r"\b(?:tried|tested|trying|moved to|switched to|went to|upgraded to|even|compared|benchmarked|evaluated) (?:[\w'-]+ ){0,3}$"
)
_IN_CASE = re.compile(r"\b(?:when|if|in case|whether)\b")
_TOO_COMMON = frozenset(
    {
        "tools",
        "schemas",
        "schema",
        "embedding",
        "embeddings",
        "grammar",
        "tool calling",
        "tool use",
        "tool-calling",
    }
)
"""Names that are also ordinary words: only clear words of doing or denying count."""
_OUTCOME = re.compile(
    r"(?: [\w'-]+)? (?:didnt|doesnt|did not|isnt|wasnt|not) (?:\w+ )?(?:help\w*|work\w*|enough|good|cut it|improve\w*|do it|fix\w*|change|"
    r"sufficient|great|reliable|make|find|solve\w*|make a difference|move)"
)
_ANSWERED = re.compile(
    r"\s*\?+\s*(?:(?P<yes>yes|yep|yeah|yup|ja|si|oui|sure|tried|did|done|already|of course)|(?P<no>no|nope|nah|never|not yet|nein|non|not really))\b"
)
_NEVER = re.compile(
    r"\b(?:never|havent|hasnt|have not|has not|didnt|not|no one|nobody|nothing|without|yet to|cant|dont|doesnt)\b[^,.;]{0,40}$"
)
_OF_A_LIST = re.compile(
    r"(?:^|[,;.+&]|\band\b|\bplus\b|:)\s*(?:(?:a|an|the|some|also|then|ok so|ok|well) )*$"
)
_LIST_GOES_ON = re.compile(r"\s*(?:$|[,;.+&)!]|\band\b|\bplus\b|\btoo\b|\bas well\b)")


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that may have been tried: its names, and words that settle it by themselves."""

    fact: str
    names: re.Pattern[str]
    done: re.Pattern[str] | None = None
    undone: re.Pattern[str] | None = None


def _words(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrase(one) for one in phrases)})(?![\w-])")


_SHOTS = r"(?:examples?|samples?|shots|demonstrations|exemplars)"
_PROMPT = r"(?:the |our |each |every |its |a |my )?(?:system )?(?:prompts?|context|instructions)"
_STRONGER = (
    r"(?:bigger|larger|stronger|frontier|biggest|strongest|largest|more powerful|smarter|most powerful)"
)

_STEPS: tuple[_Step, ...] = (
    _Step(
        "tried_few_shot",
        _words(
            r"few[ -]?shots?",
            r"many[ -]?shots?",
            rf"(?:example|in-context|in context) (?:work|{_SHOTS})",
            rf"{_SHOTS} in {_PROMPT}",
            rf"{_SHOTS} in there",
            r"in-context learning",
        ),
        _words(
            rf"(?:pasted?|put|puts|added|adding|includes?|included|including|gave it|give it|gives it|shows?|showed|with|use|uses|using|have|has|got) … (?:{_SHOTS}) (?:\w+ )?(?:in|into|inside|to|within) (?:\w+ )?{_PROMPT}",
            rf"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|some|a few|several|fixed|similar|good) (?:\w+ )?{_SHOTS} (?:\w+ )?(?:in|into|inside|within) (?:there|{_PROMPT})",
            rf"prompts? ?(?:\+|and|&|plus) ?(?:\w+ )?{_SHOTS}(?! (?:are|is) (?:missing|not))",
            rf"prompts? (?:\S+ )?(?:with|\+) \d+ (?:\w+ )?{_SHOTS}",
            rf"(?:with|and) (?:a description and )?(?:\d+|two|three|four|five|six|few|several) (?:similar |fixed |good )?{_SHOTS} (?:scored|still)",
            rf"prompts? (?:is|are) [^.;]{{0,30}}with \d+ (?:\w+ )?{_SHOTS}",
            r"\d+-shot",
            rf"giving it (?:a few|some|\d+) {_SHOTS}",
        ),
        _words(
            r"(?:instructions|prompt|zero-shot) only",
            r"(?:just|only) (?:the )?(?:instructions|zero-shot)",
            rf"(?:no|without(?: any)?|zero|never (?:put|used|tried|added|gave it|showed it)(?: any)?|nada de|keine|sans) (?:\w+ )?(?:{_SHOTS}|ejemplos|beispiele|exemples)(?! (?:reviewed|labeled|for training|yet reviewed))",
            r"plain zero-shot",
            r"ohne beispiele",
            r"sin ejemplos",
        ),
    ),
    _Step(
        "tried_rag",
        _words(
            r"rag",
            r"retrieval(?: augmented generation)?",
            r"retrievers?",
            r"vector (?:search|store|db|database|index)",
            r"semantic search",
            r"re-?rankers?",
            r"embeddings?(?: search)?",
            r"retrieval pipeline",
        ),
        _words(
            r"(?:our|the|their|my) (?:\w+ )?(?:rag|retriever|retrieval|vector search|vector store)(?: (?:agent|bot|pipeline|setup|system|stack|tool))?",
            r"(?:rag|retrieval) (?:agent|bot|pipeline|setup|system|stack|app|answers?) ",
            r"(?:with|and) retrieval in place",
            r"retriev(?:ed|es) (?:\w+ )?(?:pages?|passages?|chunks?|context|docs|documents|text|tickets|rows|results|article|clause)\b",
            r"(?:right|correct|relevant|wrong) (?:chunk|passage)s? (?:is|was|are|were|in|comes?|gets?|shows?|missing|came)",
            r"(?:customer|pure|plain-text|plain text|existing|production) (?:rag|vector search|retrieval)",
            r"plus retrieval and works",
            r"(?:were|we are|are) on embeddings",
        ),
        _words(
            r"(?:no|without|not (?:using|doing|built)|dont (?:use|have|do)|doesnt (?:use|have)|havent (?:built|tried|set up|got|done|used)|hasnt|never (?:built|tried|used|set up)|kein|keine|sin|pas de|aucun) (?:any |a |the |yet )?(?:\w+ )?(?:rag|retrieval|retriever|vector (?:search|store|db)|search)(?! (?:results|hits))"
        ),
    ),
    _Step(
        "tried_structured",
        _words(
            r"json[ -]?schemas?",
            r"schemas?",
            r"schema mode",
            r"structured outputs?",
            r"constrained (?:decoding|generation)",
            r"guided (?:decoding|generation)",
            r"json mode",
            r"function[ -]calling",
            r"tool[ -](?:calling|use)",
            r"grammars?",
            r"gbnf",
            r"response[ -]format",
            r"strict mode",
            r"tools",
        ),
        _words(
            r"(?:strict )?(?:json )?schema (?:mode )?(?:is )?(?:on|enforced|enabled|already on|in use|active|validated|turned on)",
            r"(?:use|using|used|with|have|tried|on|added|enforce|enforced|enforcing|turned on) (?:a |the |strict |an )*(?:json[ -]schema|schema mode|structured outputs?|constrained decoding|guided decoding|json mode|function[ -]calling|tool[ -]calling|grammars?|gbnf|response[ -]format|strict mode|emulation layer)",
            r"json mode (?:is )?on",
            r"tool calling with \d+",
            r"structured outputs? (?:is |are )?(?:on|enabled|done|in place|already)",
        ),
        _words(
            r"(?:no|without|not (?:using|on)|dont (?:use|have)|havent (?:tried|used|touched|enabled|looked at|set up|got)|hasnt|never (?:tried|used|looked at|touched)|didnt (?:try|use)|kein|sin|not tried|no way to force|havent touched) (?:any |a |the |yet |to force )*(?:\w+ )?(?:json[ -]schemas?|schemas?|schema mode|structured outputs?|constrained decoding|json mode|function[ -]calling|tool[ -](?:calling|use)|tools|grammars?|response[ -]format)",
            r"text in,? (?:and )?text out",
        ),
    ),
    _Step(
        "tried_models",
        _words(
            rf"(?:a |an |the |our |any |other |some )?{_STRONGER} (?:\w+ )?(?:models?|ones?|llms?)",
            rf"anything (?:{_STRONGER}|better)",
            r"better models",
            r"(?:a |other |different|several|another) (?:other )?(?:models?|llms)(?= (?:too|as well|tried))",
        ),
        _words(
            rf"(?:{_STRONGER}|best|top|full) (?:\w+ ){{0,2}}?(?:models?|one) (?:we (?:found|have|could find|tried) )?(?:\w+ )?(?:still |also |only )?(?:gets?|tried|fails?|failed|cant|scores?|reaches|is (?:also )?wrong|didnt|did not|keeps|struggles|hits)",
            r"(?:switched|moved|upgraded|went|jumped) (?:[\w·.-]+ ){0,4}?(?:to|up to) (?:a |the |our )?(?:\w+ )?(?:reasoning model|bigger|larger|stronger|full|frontier|opus|pro|big|best|large|gpt|·+)(?: (?:one|model))?",
            rf"already (?:on|using|use|tried|with) (?:the |a )?(?:{_STRONGER}|top tier|best|better|top)(?: \w+)? ?(?:models?|tier|ones?)?",
            rf"even the (?:{_STRONGER}|best|big|top)(?: \w+){{0,3}} (?:models?|one)",
            r"bigger (?:one )?didnt help",
            rf"tried (?:\w+ ){{0,3}}?(?:{_STRONGER}|better|other|different) (?:\w+ )?models?",
            r"(?:four|three|several|five|\d+) (?:of them|different models|models) (?:tried)?",
        ),
        _words(
            rf"(?:havent|hasnt|have not|never|didnt|not|no) (?:\w+ ){{0,2}}?(?:tried|tested|try|used|touched|looked at) (?:\w+ ){{0,6}}?(?:anything |a |any |the )*(?:{_STRONGER}|better)(?: (?:model|one)s?)?",
            rf"no (?:{_STRONGER}) model",
        ),
    ),
    _Step(
        "tried_caching",
        _words(r"(?:prompt|prefix|context|kv|input)?[ -]?cach(?:e|es|ing)"),
        _words(
            r"(?:turned|switched) (?:on )?(?:\w+ )?cach(?:e|ing)(?: on)?",
            r"cach(?:e|ing) (?:is |was |already |has been )*(?:already )?(?:on|enabled|in (?:use|place)|active|live|running|done|works|helps|turned on|switched on)",
            r"(?:use|using|have|enabled|with|already|added) (?:\w+ )?(?:prompt |prefix )?cach(?:e|ing)",
            r"cached (?:prefix|prompt|already)",
        ),
        _words(
            r"(?:no|without|never (?:looked at|tried|used|enabled|turned on|heard of)|not (?:using|switched on|turned on|enabled|tried|yet)|havent (?:tried|enabled|looked at|turned on|switched on|used|set up)|hasnt|have not (?:switched on|turned on|enabled|tried)|dont (?:use|have)) (?:any |the |on )*(?:\w+ )?cach(?:e|ing)",
            r"cach(?:e|ing) (?:is |was )?(?:off|not on|disabled|untried|not tried|not enabled)",
        ),
    ),
    _Step(
        "tried_small_model",
        _words(
            r"(?:a |the |any |our |an )?(?:small|smaller|cheap|cheaper|mini|tiny|little|lighter|extra-small) (?:\w+ )?(?:ones?|models?|llms?)"
        ),
        _words(
            r"(?:the |our |a )?(?:small|smaller|cheap|cheaper|mini|tiny|little|lighter|nano|haiku|flash|lite)(?: [\d.·]+)?(?: \w+)?(?: (?:ones?|models?))?(?: (?:with|even with|and) (?:\w+ ){0,3}?prompts?)? (?:is |was |were |are |already |even |also |always |just |visibly |much |\w+ times cheaper and faster but visibly )*(?:fails?|failed|failing|flunk\w*|misses|missed|misse|at \d+|was tested|tested|tried|dont|doesnt|didnt|cant|couldnt|isnt|wasnt|not good|falls short|fell short|worse|struggles?|passes|passed|works?|worked|is enough|gets?|got|scores?|lags?|bombs?|bombed|nails)",
            r"tried (?:\w+ ){0,3}?(?:mini|small|smaller|cheaper|tiny|haiku|flash)(?: \w+)?",
            r"(?:works|goes off the rails|fails) with our local \S+",
            r"with our small \w+ models?",
        ),
        _words(
            r"(?:havent|hasnt|have not|never|didnt|not|no) (?:\w+ )?(?:tried|tested|try|used|looked at|checked|evaluated|benchmarked) (?:a |any |the |with )*(?:small|smaller|cheap|cheaper|mini|tiny|little|lighter)(?: \w+)?(?: (?:one|model)s?)?",
            r"small(?:er)? (?:one|model)? ?(?:not tried|untried|not tested)",
        ),
    ),
    _Step(
        "tried_long_context",
        _words(
            r"(?:everything|all (?:of )?(?:it|the (?:docs|documents|material|pages|text))|(?:the |our )?whole (?:\w+ )?(?:handbook|document|doc|manual|corpus|thing|spec)) (?:\w+ )?(?:in|into|inside) (?:the |our )?(?:prompt|context(?: window)?)",
        ),
        _words(
            r"(?:paste|pasted|pasting|put|stuff|stuffed|dump|dumped|load|loaded|send|sending) (?:everything|all of it|the whole \w+|all the \w+|the entire \w+)(?: \w+)? (?:in|into|inside) (?:the |our )?(?:prompt|context)"
        ),
    ),
)

_SYSTEMATIC = _words(
    r"prompt(?:ing|s)?[^.;]{0,40}\bboth scored",
    r"prompts? ?\+ ?(?:few-shot|examples) (?:\w+ )?scored",
    r"prompts? (?:work |engineering |experiments? |variants? |versions? |iterations? |and \w+ |\+ \w+ |and few-shot |and examples? )*(?:is |are |was |were |has been |have been |work )*(?:both )?(?:already )?(?:\w+ )?(?:and )?(?:done (?:properly|with scores|and (?:scored|measured))|versioned|scored|systematic\w*|measured|evaluated|documented|benchmarked|graded|maxed(?: out)?|exhausted|finished and measured|optimi[sz]ed (?:with|on|against))",
    r"prompt (?:work|engineering|and example work) (?:is |was )?(?:done |finished )(?:properly|and measured|systematically|with scores)",
    r"prompting (?:was |is )?(?:done )?(?:properly|systematically|exhaustively)",
    r"(?:systematic|scored|measured|documented|versioned) prompt(?:s|ing)?(?: (?:work|experiments?|versions?|iterations?))?",
    r"prompt(?:ing|s)? \((?:scored|measured)\)",
    r"prompt(?:ing|s)? … (?:both )?(?:scored|versioned|maxed|exhausted)",
    r"(?:\d+|a dozen|dozens of|ten|twelve|twenty|many|several|five|six|seven|eight|nine|fifteen) (?:prompt )?(?:versions?|variants?|iterations|rewrites)[^.;]{0,20}\b(?:scored|with scores|measured|tested|compared|evaluated|graded)",
    r"(?:prompt )?versions? (?:\+|and|with|&|plus) scor\w+",
    r"versioned (?:\+|and|&|with) (?:a )?(?:scored|scores|sheet)",
    r"v\d+ (?:to|-) v\d+ scored",
    r"prompt v\d+ (?:\+ \d+ examples )?scored",
    r"prompts v\d+ to v\d+",
    r"(?:dspy|gepa|mipro\w*|textgrad|promptfoo)(?: runs?)?",
    r"prompt optimi[sz]ers?",
    r"(?:weeks|months|a (?:week|month)|days) of (?:\w+ )?prompt (?:work|experiments|iterations|engineering|tuning)",
    r"(?:squeezed|optimized|optimised|tuned|tested|scored|evaluated) (?:the |our )?prompts? (?:\w+ )?(?:as far as|properly|to death|systematically|thoroughly|on \d+|with scores)",
    r"tested prompts properly",
    r"properly scored",
    r"heavy prompts got",
    r"(?:advanced|elaborate) prompts?",
    r"properly,? scored on",
)
_QUICK = _words(
    r"(?:just |only |one |a |single |our )*(?:quick|simple|basic|one[ -]?line\w*|single|default|naive|rough|ad[ -]hoc|first|plain|minimal|off the cuff|throwaway) (?:\w+ )?prompts?",
    r"prompt is (?:just )?(?:one line|a one[ -]?liner|short|basic|two lines|a few lines|a sentence|one sentence|a paragraph)",
    r"prompt(?:ing|s)? (?:just |alone |simply |really )?(?:doesnt|didnt|does not|isnt|dont|wont|wasnt|cant|hasnt)(?: \w+){0,2} (?:work\w*|help\w*|enough|cut it|cutting it|do it|fix\w*|good)(?: \w+)?",
    r"prompt (?:engineering|work) (?:didnt|doesnt|isnt) \w+",
    r"(?:never|not|nothing|havent|hasnt|wasnt|werent) (?:\w+ )?(?:scored|measured|evaluated)(?: (?:it|them|anything|the prompts?))?",
    r"(?:havent|hasnt|have not|nobody has|nobody|never) (?:\w+ )?(?:reworked|touched|changed|revised|updated|improved|iterated on|edited) (?:the |our |that )?(?:system )?prompt(?: since)?",
    r"(?:instructions|prompt) only",
    r"(?:one|a|single|two) (?:line|sentence)s? of instructions?",
    r"(?:tweak|tweaks|tweaked|tweaking|fiddl\w+|played|playing|messed|messing|tinkered|tinkering) (?:around )?(?:with )?(?:the |our |some )?prompts?(?: a bit)?",
    r"tried (?:a few|some|several|a couple of|different|various|two|three|many|couple) (?:\w+ )?prompts?",
    r"prompt (?:that )?(?:i|we|our intern|someone|an intern) (?:wrote|threw together|hacked)(?: \w+){0,3}",
    r"(?:wrote|threw together|hacked) (?:a|the|one) (?:\w+ )?prompt(?: in \w+ min\w*)?",
    r"(?:un|solo un|un solo) prompt rapido",
    r"(?:kurzer|schneller|einfacher) prompt",
    r"by (?:gut feel|eye|vibes) only",
    r"prompted (?:it )?(?:a bit|quickly|once)",
)
_NO_PROMPT = _words(
    r"(?:no|zero|without(?: any)?|never (?:wrote|written|did|tried|touched|done)(?: any| a)?|havent (?:tried|written|done|started)(?: any| a| the)?|not (?:tried|written|done|started)(?: any| a)?|didnt (?:try|write|do)(?: any| a)?|kein|kein einziger|sin|ningun|pas de) (?:real |proper |custom |actual |single )?(?:prompts?|prompting|prompt (?:work|engineering|tuning|experiments?)|instructions)(?! (?:only|caching|cache|versions scored|injection))",
    r"(?:nobody|no one|noone)(?: has)? (?:written|wrote|tried|done) (?:any |proper |real |the )*(?:instructions|prompts?|prompting)",
    r"(?:nothing|nothing at all|not anything) (?:is |has been |was |s )?(?:built|written|set up|implemented|live|running)(?: yet)?",
    r"(?:havent|hasnt|have not|not|didnt) (?:yet )?(?:built|build|written|made|implemented|started)(?: \w+)? ?(?:anything|it|yet|at all|one)",
    r"(?:havent|not) (?:even )?started(?: yet)?",
    r"(?:just|still|only) an idea",
    r"from scratch yet",
    r"no prompt work(?: \w+)*",
    r"starting from (?:scratch|zero)",
    r"noch nichts gebaut",
    r"aun no hemos (?:hecho|construido) nada",
)
_NOTHING_TRIED = _words(
    r"(?:havent|have not|hasnt|didnt|not|never) (?:yet |really |actually )?(?:tried|try|done|attempted) (?:anything|a thing|any of (?:it|them|those|that|these))(?! (?:bigger|better|larger|stronger|else|like|other|cheaper|smaller|more|that|with|beyond|except|but|on))",
    r"(?:tried|done) (?:absolutely |literally )?nothing",
    r"nothing (?:tried|attempted|so far|yet|at all)",
)


def find_steps(message: Message, asked: frozenset[str]) -> Iterator[Found]:
    """Yield what was tried and what was not; a step that is only named counts when we asked what they tried."""
    for step in _STEPS:
        verdict = _verdict(message, step, asked)
        if verdict is not None:
            yield verdict
    yield from _prompting(message)
    nothing = (
        _NOTHING_TRIED.search(message.plain)
        if "tried_few_shot" in asked or "tried" in message.plain
        else None
    )
    if nothing is not None and (asked & UNTRIED.keys() or "tr" in nothing[0]):
        for fact, value in UNTRIED.items():
            yield Found(fact, value, *nothing.span())


def _verdict(message: Message, step: _Step, asked: frozenset[str]) -> Found | None:
    found: list[Found] = []
    for pattern, value in ((step.undone, False), (step.done, True)):
        match = next(_stated(message, pattern), None) if pattern is not None else None
        if match is not None:
            found.append(Found(step.fact, value, *match.span()))
    if not found:
        for match in step.names.finditer(message.plain):
            value = _by_its_words(message, match, is_asked_for=step.fact in asked)
            if value is not None:
                return Found(step.fact, value, *match.span())
    if len(found) > 1 and found[1].start <= found[0].start < found[1].end:
        found.pop(1)
    return max(found, key=lambda one: (one.value is False, one.start)) if found else None


def _stated(message: Message, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for match in pattern.finditer(message.plain):
        if not is_supposed(message, match.start()) and not _is_inner_denied(message, match):
            yield match


def _is_inner_denied(message: Message, match: re.Match[str]) -> bool:
    """Say whether words of doing stand under a negation ("never put samples in the prompt")."""
    segment = message.segment_at(match.start())
    before = message.plain[segment.start : match.start()]
    return bool(
        re.search(
            r"\b(?:never|not|havent|hasnt|didnt|dont|doesnt|no|without|cant|isnt)(?: (?:yet|really|even|ever|have|been|actually))* $",
            before,
        )
    )


def _by_its_words(message: Message, match: re.Match[str], *, is_asked_for: bool) -> bool | None:
    start, end = match.span()
    answered = _ANSWERED.match(message.plain, end)
    if answered is not None:
        return answered["yes"] is not None
    if _OUTCOME.match(message.plain, end) and not is_supposed(message, start):
        return True
    if is_denied(message, start, end) or _NEVER.search(
        message.plain[message.segment_at(start).start : start]
    ):
        return None if re.search(r"\bmodel\b", match[0]) and not is_asked_for else False
    if is_supposed(message, start):
        return None
    segment = message.segment_at(start)
    if match[0] in _TOO_COMMON:
        return None
    before, after = message.plain[segment.start : start], message.plain[end : segment.end]
    is_question = message.plain[message.sentence_at(start).end : message.sentence_at(start).end + 1] == "?"
    if _IN_CASE.search(before):
        return None
    done_before = _TRIED_BEFORE if "model" in match[0] else _DONE_BEFORE
    if not is_question and (
        done_before.search(before) or ("model" not in match[0] and _DONE_AFTER.match(after))
    ):
        return True
    if (
        is_asked_for
        and not is_question
        and _OF_A_LIST.search(message.plain[:start])
        and _LIST_GOES_ON.match(message.plain, end)
    ):
        return True
    return None


def _prompting(message: Message) -> Iterator[Found]:
    """Yield how far the prompt was worked on; "none" and "systematic" in one message contradict each other."""
    systematic = next(_stated(message, _SYSTEMATIC), None)
    none = next(_stated(message, _NO_PROMPT), None)
    quick = next(_stated(message, _QUICK), None)
    if none is not None:
        yield Found("tried_prompting", "none", *none.span())
    if systematic is not None and not re.search(r"\bnever scored\b", message.plain):
        yield Found("tried_prompting", "systematic", *systematic.span())
    elif quick is not None and none is None:
        yield Found("tried_prompting", "quick", *quick.span())
