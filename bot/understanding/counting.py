"""The table of what a plain number may count, by the words around it; the first fitting row wins."""

from __future__ import annotations

import re

from bot.understanding.count_role import CountRole

_FILL = r"(?:[\w'&/+-]+ ){0,3}?"
_FILL_LONG = r"(?:[\w'&/+-]+ ){0,5}?"
_REVIEWED = (
    r"(?:(?:human|hand|expert|editor|lawyer|doctor|radiologist|analyst|team|manually|"
    r"carefully|properly|double|qa|sme)[ -]){0,4}"
    r"(?:reviewed|labeled|annotated|tagged|approved|curated|checked|verified|corrected|"
    r"vetted|validated|graded|rated|"
    r"written|picked|classified|gold|golden|clean|cleaned|perfect|worked|revisad[oa]s|"
    r"etiquetad[oa]s|gepruft\w*|"
    r"verifie\w*|annote\w*|relu\w*|signed[ -]off|spot[ -]checked|human)"
)
_ITEMS = (
    r"(?:tickets?|emails?|mails?|letters?|chats?|transcripts?|messages?|conversations?|"
    r"dialog(?:ue)?s?|calls?|"
    r"documents?|docs|reports?|records?|rows|items|traces?|threads?|comments?|reviews|posts|articles|logs?|"
    r"replies|answers|summaries|notes|blurbs?|contracts?|invoices?|claims?|questions?|"
    r"prompts?|cases|outputs?|"
    r"entries|snippets?|sentences?|texts?|queries|sessions?|interactions?|files|forms|images?|headlines?|"
    r"descriptions?|lines|problems|statements|paragraphs?|abstracts?|drafts?|samples?|examples?|pairs?|ones)"
)
_TESTING = r"(?:test(?:ing|s)?|eval\w*|held[ -]?out|hold[ -]?out|validation|benchmark\w*|golden)"

_CLASSIFYING = re.compile(
    r"\b(?:sort\w*|classif\w*|categor\w*|rout(?:e|es|ing|er)|triag\w*|tag\w*|label\w*|"
    r"bucket\w*|assign\w*|detect\w*|"
    r"flag\w*|intents?|spam|moderat\w*|class|classes|kinds|types|buckets|predict\w*|"
    r"einordn\w*|sortier\w*|clasific\w*)\b"
)
_PREFERRING = re.compile(
    r"\b(?:prefer\w*|better of|pick(?:s|ed|ing)?|a/b|chosen|rejected|"
    r"which of (?:the )?two|two (?:answers|replies|versions))\b"
)


def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(rf" ?-?{pattern}")


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern}) ?[:=~(]* ?$")


_UNREVIEWED = (
    r"(?:unlabeled|unreviewed|unread|raw|unannotated|uncurated|unchecked|unfiltered|"
    r"unsorted|old unread|untagged)"
)
_NOT_REVIEWED_AFTER = re.compile(
    rf" ?(?:{_FILL}{_UNREVIEWED}\b|[^.;]{{0,50}}\b(?:nobody|no one|noone|none|never|not|"
    r"without|arent|isnt|havent|hasnt|unlabeled|"
    r"unreviewed|unread|zero|no labels?|sin|ohne|not yet|werent)\b[^.;]{0,25}\b(?:read|"
    r"label\w*|review\w*|check\w*|annotat\w*|look\w*|tag\w*|"
    r"labels?|touch\w*|clean\w*|curat\w*)?)"
)

COUNT_ROLES: tuple[CountRole, ...] = (
    # Examples inside a prompt are no training examples.
    CountRole(
        "",
        after=_after(
            rf"{_FILL}(?:examples?|samples?|shots?|demos?|demonstrations?|pairs|"
            r"exemplars) (?:\w+ )?(?:in|into|inside|to|within) (?:the |our |my |each |every |a |"
            r"that )?(?:\w+ )?(?:prompt|context|instructions|there)"
        ),
    ),
    CountRole("", after=_after(r"[ -]?shots?\b")),
    CountRole(
        "",
        after=_after(rf"{_FILL}(?:examples?|samples?)\b"),
        before=re.compile(r"\bwith (?:about |around |~)?$"),
        whole=re.compile(
            r"\bprompts?\b[^.;]{0,40}\bwith (?:about |around |~)?\d+ (?:\w+ )?(?:examples|samples)\b"
        ),
    ),
    CountRole(
        "",
        after=_after(rf"{_FILL}(?:examples?|samples?|demonstrations)\b"),
        before=re.compile(r"\b(?:few-shot|many-shot|prompt\w*|in-context)\b[^.;]{0,25}$"),
        not_after=re.compile(r"[^.;]{0,40}\b(?:reviewed|labeled|train|approved)"),
    ),
    # So many of each kind are no total.
    CountRole(
        "",
        before=re.compile(
            r"\b(?:some|each|per|every|smallest|rarest|rare) (?:\w+ )?(?:tags?|class|classes|"
            r"categor\w+|labels?|kinds?|types?|intents?)\b[^.;]{0,25}$"
        ),
    ),
    CountRole(
        "",
        after=_after(
            rf"{_FILL}(?:per|each|a|for each|for every|in each) (?:class|category|label|tag|kind|"
            r"type|intent)\b"
        ),
    ),
    # Preference pairs.
    CountRole(
        "pairs_pref_n",
        after=_after(
            rf"{_FILL}(?:preference \w+|a/b \w+|(?:up|down)?votes?\b|picks\b|"
            r"(?:pairwise )?comparisons\b|(?:such )?choices\b|chosen|side[- ]by[- ]sides?|"
            r"rankings\b|preferences\b|(?:pairs? )?(?:where|with) (?:\w+ )?(?:a )?(?:winner|"
            r"preferred|reviewers? (?:picked|chose)|editors? (?:picked|chose)|users? (?:picked|"
            r"chose)))"
        ),
        not_after=re.compile(r"[^.,;]{0,20}\bthumbs"),
    ),
    CountRole(
        "pairs_pref_n",
        after=_after(rf"{_FILL}pairs?\b"),
        whole=_PREFERRING,
        not_after=re.compile(r"[^.;]{0,25}\b(?:reviewed|q ?&|question|approved|training)"),
    ),
    # Test cases.
    CountRole(
        "eval_set_n",
        after=_after(
            rf"{_FILL}(?:(?:{_ITEMS}) )?(?:\w+ )?(?:kept|put|set|held|saved|reserved|left|"
            r"hidden)(?: \w+)? (?:back|aside|apart|out)\b"
        ),
    ),
    CountRole(
        "eval_set_n", after=_after(rf"{_FILL_LONG}(?:to test (?:on|with)|for (?:the |our )?{_TESTING})\b")
    ),
    CountRole(
        "eval_set_n",
        after=_after(rf"{_FILL}{_TESTING}\b(?! (?:on|run|versions?))"),
        not_after=_after(rf"{_FILL}(?:{_REVIEWED}|training|train)\b"),
    ),
    CountRole(
        "eval_set_n",
        before=_before(
            r"\b(?:test|eval|evaluation|held[ -]?out|golden|gold|validation|acceptance|"
            r"benchmark)[ -]?(?:set|sheet|suite|cases?|questions|data|items|"
            r"prompts)?s?(?: \w+)?(?: (?:is|are|has|have|of|with|holds?|contains?|at|counts?|only|"
            r"about|around|just|its|theres|currently|now|got|grew to|size|the|roughly|maybe)){0,4}"
        ),
    ),
    CountRole(
        "eval_set_n",
        before=_before(
            r"\b(?:scored?|graded|measured|evaluated|evaluate|tested|test|validated|benchmarked|"
            r"compared)(?: \w+)?(?: (?:on|against|over|with|across))(?: (?:the|our|a|same|all|my|"
            r"these|those|about|around|some|fixed|roughly)){0,4}"
        ),
        not_after=_after(rf"{_FILL}(?:models?|prompts? versions?)\b"),
    ),
    CountRole("eval_set_n", after=_after(r"(?:\w+ )?cases (?:checked|graded|scored|tested)\b")),
    # Examples with a reviewed answer, and what nobody has looked at.
    CountRole("raw_examples_n", after=_after(rf"{_FILL}(?:{_UNREVIEWED} )(?:\w+ )?{_ITEMS}\b")),
    CountRole(
        "raw_examples_n",
        after=_after(rf"{_FILL}{_ITEMS}\b"),
        not_after=_after(rf"{_FILL}{_REVIEWED}\b"),
        before=None,
        whole=re.compile(
            r"\b(?:nobody|no one|noone)(?: has| had|s| have)?(?: ever| yet)? (?:read|labeled|"
            rf"reviewed|checked|looked|tagged|annotated|cleaned|opened|touched)\b|{_UNREVIEWED}\b|"
            r"\bnever (?:been )?(?:read|reviewed|labeled|checked)\b|\bno labels\b"
        ),
        not_before=re.compile(r"\b(?:reviewed|labeled|approved) ?$"),
    ),
    CountRole("examples_n", after=_after(rf"{_FILL}{_REVIEWED}\b(?! (?:prompts?|versions?))")),
    CountRole(
        "examples_n",
        after=_after(
            r"(?:\w+ )?(?:training|train|fine-tuning) (?:examples?|samples?|pairs|questions|"
            r"prompts|cases|items|data|rows|set)\b"
        ),
    ),
    CountRole(
        "examples_n",
        after=_after(
            r"(?:really |very |pretty )?(?:good|great|excellent|solid|high[ -]quality|"
            rf"top) (?:\w+ )?{_ITEMS}\b"
        ),
    ),
    CountRole(
        "examples_n",
        after=_after(r"prompts\b"),
        whole=re.compile(
            r"\b(?:grader|graded by|unit tests?|compiler|simulator|rft|verifi\w+|"
            r"known (?:right )?answers?|right answer|reward|checker)\b"
        ),
        not_after=_after(r"prompts (?:tried|versions)"),
    ),
    CountRole(
        "examples_n",
        after=_after(
            rf"{_FILL}{_ITEMS}[^.;]{{0,45}}?\b(?:reviewed|labeled|annotated|approved|curated|"
            r"checked|verified|corrected|graded|tagged|by hand|(?:with|and) (?:the |a |its |"
            r"their )?(?:right|correct|known|good|final|human|gold) \w+|for training)\b"
        ),
        not_after=_NOT_REVIEWED_AFTER,
    ),
    CountRole(
        "eval_set_n",
        after=_after(rf"{_FILL}(?:cases)\b"),
        not_after=_after(rf"{_FILL}(?:use|edge|corner|{_REVIEWED}|support|court|legal) ?cases\b"),
    ),
    CountRole(
        "eval_set_n", before=re.compile(r"\b(?:test|eval|acceptance|benchmark|evals)\b[^.;,]{0,20}\( ?$")
    ),
    # Kinds to sort into.
    CountRole(
        "label_count",
        after=_after(
            r"(?:[\w'&/+-]+ ){0,2}?(?:classes|categories|class labels|intents?|kinds|types|"
            r"buckets|teams|folders|departments|topics|queues|groups|codes|statuses|sentiments|"
            r"routes|labels|tags|request types|topics|labels|kategorien|klassen|categorias|"
            r"clases)\b"
        ),
        whole=_CLASSIFYING,
        not_after=_after(
            r"(?:[\w'&/+-]+ ){0,2}?(?:human |hand |expert )?labels (?:from|by|so|already|in|made)"
        ),
        most=20_000,
    ),
    # Examples and raw items by their bare name.
    CountRole(
        "",
        after=_after(rf"{_FILL}(?:examples?|samples?|pairs)\b"),
        before=re.compile(
            r"\b(?:min(?:imum)?(?: is)?|says|accepts|requires|recommends?|need(?:s|ed)?|"
            r"at least)(?: \w+){0,2} ?$"
        ),
    ),
    CountRole(
        "examples_n",
        after=_after(
            rf"{_FILL}(?:examples?|samples?|pairs?|triples|demonstrations|annotations|labels|"
            r"exemplars|ejemplos|beispiele\w*|exemples|esempi|exemplos|golden answers)\b"
        ),
        not_after=_after(rf"(?:[\w'-]+ ){{0,2}}?(?:{_UNREVIEWED})"),
    ),
    CountRole(
        "examples_n",
        after=_after(
            r"(?:[\w'-]+ ){0,2}?(?:old|past|existing|previous|historic\w*|earlier|of our own|"
            r"hand-?written|accepted|published|sent) (?:\w+ ){0,2}?(?:replies|answers|letters|"
            r"responses|summaries|blurbs|drafts|articles|notes|translations|reports|emails|"
            r"mails)\b"
        ),
    ),
    CountRole(
        "examples_n",
        after=_after(
            rf"{_FILL}(?:{_ITEMS} )?(?:of (?:them|those|these) )(?:are |is |were |have been |"
            r"got )?(?:reviewed|labeled|annotated|approved|checked|clean|good|usable|tagged)"
        ),
    ),
    CountRole(
        "examples_n",
        after=_after(
            rf"(?:{_FILL}(?:outputs|answers|responses) )(?:of|from) (?:the |our |a )?(?:big|large|"
            r"bigger|larger|strong|teacher|opus|gpt)\w*[^.;]{0,30}\b(?:checked|reviewed|"
            r"verified)"
        ),
    ),
    CountRole(
        "raw_examples_n",
        after=_after(
            rf"{_FILL}(?:logs?|transcripts|tickets|chats|chat logs|recordings|conversations|"
            r"threads|messages|emails|mails|traces|comments|calls|reviews|headlines|posts|"
            r"interactions|data points|log lines)\b"
        ),
        before=re.compile(
            r"(?:\b(?:have|has|got|of|with|over|about|around|some|roughly|are|only|sitting on|"
            r"collected|hold|exported|our|theres|there are|nearly|and|past|maybe|least)|^|[~,:(+]|"
            r"than|years of|-) ?$"
        ),
    ),
    CountRole(
        "examples_n",
        after=_after(r"(?:[\w'-]+ ){0,2}?rows\b"),
        whole=re.compile(r"\b(?:columns?|csv|tabular|numeric|table)\b"),
    ),
    CountRole(
        "examples_n",
        before=re.compile(
            r"\b(?:reviewed|labeled|approved|annotated) (?:examples|samples|pairs|tickets|replies|"
            r"ones)?(?: (?:is|are|we have|count|so far|about|around|only|now|at)){0,4} ?[:=]? ?$"
        ),
        not_after=_after(r"\w+"),
    ),
)
