"""The table of steps that may have been tried: their names, and the words that settle each by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.cues import phrase


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may have been tried: its names, and words that settle it by themselves."""

    fact: str
    names: re.Pattern[str]
    done: re.Pattern[str] | None = None
    undone: re.Pattern[str] | None = None


def words(*phrases: str) -> re.Pattern[str]:
    """Return a pattern for any of the phrases as whole words."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrase(one) for one in phrases)})(?![\w-])")


_SHOTS = r"(?:examples?|samples?|shots|demonstrations|exemplars)"
_PROMPT = r"(?:the |our |each |every |its |a |my )?(?:system )?(?:prompts?|context|instructions)"
_STRONGER = (
    r"(?:bigger|larger|stronger|frontier|biggest|strongest|largest|more powerful|smarter|most powerful)"
)

STEPS: tuple[Step, ...] = (
    Step(
        "tried_few_shot",
        words(
            r"few[ -]?shots?",
            r"many[ -]?shots?",
            rf"(?:example|in-context|in context) (?:work|{_SHOTS})",
            rf"{_SHOTS} in {_PROMPT}",
            rf"{_SHOTS} in there",
            r"in-context learning",
        ),
        words(
            r"(?:pasted?|put|puts|added|adding|includes?|included|including|gave it|give it|"
            r"gives it|shows?|showed|with|use|uses|using|have|has|"
            rf"got) … (?:{_SHOTS}) (?:\w+ )?(?:in|into|inside|to|within) (?:\w+ )?{_PROMPT}",
            r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|some|a few|several|fixed|"
            rf"similar|good) (?:\w+ )?{_SHOTS} (?:\w+ )?(?:in|into|inside|within) (?:there|"
            rf"{_PROMPT})",
            rf"prompts? ?(?:\+|and|&|plus) ?(?:\w+ )?{_SHOTS}(?! (?:are|is) (?:missing|not))",
            rf"prompts? (?:\S+ )?(?:with|\+) \d+ (?:\w+ )?{_SHOTS}",
            r"(?:with|and) (?:a description and )?(?:\d+|two|three|four|five|six|few|"
            rf"several) (?:similar |fixed |good )?{_SHOTS} (?:scored|still)",
            rf"prompts? (?:is|are) [^.;]{{0,30}}with \d+ (?:\w+ )?{_SHOTS}",
            r"\d+-shot",
            rf"giving it (?:a few|some|\d+) {_SHOTS}",
        ),
        words(
            r"(?:instructions|prompt|zero-shot) only",
            r"(?:just|only) (?:the )?(?:instructions|zero-shot)",
            r"(?:no|without(?: any)?|zero|never (?:put|used|tried|added|gave it|"
            rf"showed it)(?: any)?|nada de|keine|sans) (?:\w+ )?(?:{_SHOTS}|ejemplos|beispiele|"
            r"exemples)(?! (?:reviewed|labeled|for training|yet reviewed))",
            r"plain zero-shot",
            r"ohne beispiele",
            r"sin ejemplos",
        ),
    ),
    Step(
        "tried_rag",
        words(
            r"rag",
            r"retrieval(?: augmented generation)?",
            r"retrievers?",
            r"vector (?:search|store|db|database|index)",
            r"semantic search",
            r"re-?rankers?",
            r"embeddings?(?: search)?",
            r"retrieval pipeline",
        ),
        words(
            r"(?:our|the|their|my) (?:\w+ )?(?:rag|retriever|retrieval|vector search|"
            r"vector store)(?: (?:agent|bot|pipeline|setup|system|stack|tool))?",
            r"(?:rag|retrieval) (?:agent|bot|pipeline|setup|system|stack|app|answers?) ",
            r"(?:with|and) retrieval in place",
            r"retriev(?:ed|es) (?:\w+ )?(?:pages?|passages?|chunks?|context|docs|documents|text|"
            r"tickets|rows|results|article|clause)\b",
            r"(?:right|correct|relevant|wrong) (?:chunk|passage)s? (?:is|was|are|were|in|comes?|"
            r"gets?|shows?|missing|came)",
            r"(?:customer|pure|plain-text|plain text|existing|production) (?:rag|vector search|retrieval)",
            r"(?:were|we are|are) on embeddings",
        ),
        words(
            r"(?:no|without|not (?:using|doing|built)|dont (?:use|have|do)|doesnt (?:use|have)|"
            r"havent (?:built|tried|set up|got|done|used)|hasnt|never (?:built|tried|used|set up)|"
            r"kein|keine|sin|pas de|aucun) (?:any |a |the |yet )?(?:\w+ )?(?:rag|retrieval|"
            r"retriever|vector (?:search|store|db)|search)(?! (?:results|hits))"
        ),
    ),
    Step(
        "tried_structured",
        words(
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
        words(
            r"(?:strict )?(?:json )?schema (?:mode )?(?:is )?(?:on|enforced|enabled|already on|"
            r"in use|active|validated|turned on)",
            r"(?:use|using|used|with|have|tried|on|added|enforce|enforced|enforcing|"
            r"turned on) (?:a |the |strict |an ){0,4}(?:json[ -]schema|schema mode|"
            r"structured outputs?|constrained decoding|guided decoding|json mode|"
            r"function[ -]calling|tool[ -]calling|grammars?|gbnf|response[ -]format|strict mode|"
            r"emulation layer)",
            r"json mode (?:is )?on",
            r"tool calling with \d+",
            r"structured outputs? (?:is |are )?(?:on|enabled|done|in place|already)",
        ),
        words(
            r"(?:no|without|not (?:using|on)|dont (?:use|have)|havent (?:tried|used|touched|"
            r"enabled|looked at|set up|got)|hasnt|never (?:tried|used|looked at|touched)|"
            r"didnt (?:try|use)|kein|sin|not tried|havent touched) (?:any |a |"
            r"the |yet |to force ){0,4}(?:\w+ )?(?:json[ -]schemas?|schemas?|schema mode|"
            r"structured outputs?|constrained decoding|json mode|function[ -]calling|"
            r"tool[ -](?:calling|use)|tools|grammars?|response[ -]format)",
            r"text in,? (?:and )?text out",
        ),
    ),
    Step(
        "tried_models",
        words(
            rf"(?:a |an |the |our |any |other |some )?{_STRONGER} (?:\w+ )?(?:models?|ones?|llms?)",
            rf"anything (?:{_STRONGER}|better)",
            r"better models",
            r"(?:a |other |different|several|another) (?:other )?(?:models?|llms)(?= (?:too|as well|tried))",
        ),
        words(
            rf"(?:{_STRONGER}|best|top|full) (?:\w+ ){{0,2}}?(?:models?|one) (?:we (?:found|have|"
            r"could find|tried) )?(?:\w+ )?(?:still |also |only )?(?:gets?|tried|fails?|failed|"
            r"cant|scores?|reaches|is (?:also )?wrong|didnt|did not|keeps|struggles|hits)",
            r"(?:switched|moved|upgraded|went|jumped) (?:[\w·.-]+ ){0,4}?(?:to|up to) (?:a |the |"
            r"our )?(?:\w+ )?(?:reasoning model|bigger|larger|stronger|full|frontier|opus|pro|big|"
            r"best|large|gpt|·+)(?: (?:one|model))?",
            rf"already (?:on|using|use|tried|with) (?:the |a )?(?:{_STRONGER}|top tier|best|better|"
            r"top)(?: \w+)? ?(?:models?|tier|ones?)?",
            rf"even the (?:{_STRONGER}|best|big|top)(?: \w+){{0,3}} (?:models?|one)",
            r"(?:tried|tested|switched to|moved to|upgraded to) (?:\w+ )?(?:opus|gpt-?[56][\w.]*|"
            r"o3|gemini[ -]?[\d.]*[ -]?pro|ultra|405b|the (?:pro|full|large) (?:one|version|"
            r"model))(?: \w+)?",
            r"bigger (?:one )?didnt help",
            rf"tried (?:\w+ ){{0,3}}?(?:{_STRONGER}|better|other|different) (?:\w+ )?models?",
            r"(?:four|three|several|five|\d+) (?:of them|different models|models) (?:tried)?",
        ),
        words(
            r"(?:havent|hasnt|have not|never|didnt|not|no) (?:\w+ ){0,2}?(?:tried|tested|try|"
            rf"used|touched|looked at) (?:\w+ ){{0,6}}?(?:anything |a |any |the )*(?:{_STRONGER}|"
            r"better)(?: (?:model|one)s?)?",
            rf"no (?:{_STRONGER}) model",
        ),
    ),
    Step(
        "tried_caching",
        words(r"(?:prompt|prefix|context|kv|input)?[ -]?cach(?:e|es|ing)"),
        words(
            r"(?:turned|switched) (?:on )?(?:\w+ )?cach(?:e|ing)(?: on)?",
            r"cach(?:e|ing) (?:is |was |already |has been ){0,4}(?:already )?(?:on|enabled|"
            r"in (?:use|place)|active|live|running|done|works|helps|turned on|switched on)",
            r"(?:use|using|have|enabled|with|already|added) (?:\w+ )?(?:prompt |prefix )?cach(?:e|ing)",
            r"cached (?:prefix|prompt|already)",
        ),
        words(
            r"(?:no|without|never (?:looked at|tried|used|enabled|turned on|heard of)|"
            r"not (?:using|switched on|turned on|enabled|tried|yet)|havent (?:tried|enabled|"
            r"looked at|turned on|switched on|used|set up)|hasnt|have not (?:switched on|"
            r"turned on|enabled|tried)|dont (?:use|have)) (?:any |the |on ){0,4}(?:\w+ )?cach(?:e|"
            r"ing)",
            r"cach(?:e|ing) (?:is |was )?(?:off|not on|disabled|untried|not tried|not enabled)",
        ),
    ),
    Step(
        "tried_small_model",
        words(
            r"(?:a |the |any |our |an )?(?:small|smaller|cheap|cheaper|mini|tiny|little|lighter|"
            r"extra-small) (?:\w+ )?(?:ones?|models?|llms?)",
            r"anything (?:smaller|cheaper|lighter)",
        ),
        words(
            r"(?:the |our |a )?(?:small|smaller|cheap|cheaper|mini|tiny|little|lighter|nano|haiku|"
            r"flash|lite)(?: [\d.·]+)?(?: \w+)?(?: (?:ones?|models?))?(?: (?:with|even with|"
            r"and) (?:\w+ ){0,3}?prompts?)? (?:is |was |were |are |already |even |also |always |"
            r"just |visibly |much |\w+ times cheaper and faster but visibly ){0,4}(?:fails?|"
            r"failed|failing|flunk\w*|misses|missed|misse|at \d+|was tested|tested|tried|dont|"
            r"doesnt|didnt|cant|couldnt|isnt|wasnt|not good|falls short|fell short|worse|"
            r"struggles?|passes|passed|works?|worked|is enough|gets?|got|scores?|lags?|bombs?|"
            r"bombed|nails)",
            r"tried (?:\w+ ){0,3}?(?:mini|small|smaller|cheaper|tiny|haiku|flash)(?: \w+)?",
            r"(?:works|goes off the rails|fails) with our local \S+",
        ),
        words(
            r"(?:havent|hasnt|have not|never|didnt|not|no) (?:\w+ )?(?:tried|tested|try|used|"
            r"looked at|checked|evaluated|benchmarked) (?:a |any |the |with ){0,4}(?:small|"
            r"smaller|cheap|cheaper|mini|tiny|little|lighter)(?: \w+)?(?: (?:one|model)s?)?",
            r"small(?:er)? (?:one|model)? ?(?:not tried|untried|not tested)",
        ),
    ),
    Step(
        "tried_long_context",
        words(
            r"(?:everything|all (?:of )?(?:it|the (?:docs|documents|material|pages|text))|(?:the |"
            r"our )?whole (?:\w+ )?(?:handbook|document|doc|manual|corpus|thing|"
            r"spec)) (?:\w+ )?(?:in|into|inside) (?:the |our )?(?:prompt|context(?: window)?)",
        ),
        words(
            r"(?:paste|pasted|pasting|put|stuff|stuffed|dump|dumped|load|loaded|send|"
            r"sending) (?:everything|all of it|the whole \w+|all the \w+|"
            r"the entire \w+)(?: \w+)? (?:in|into|inside) (?:the |our )?(?:prompt|context)"
        ),
    ),
)
