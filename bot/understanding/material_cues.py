"""Cues about the material: how often it changes, who may see it, whether answers cite it, live records."""

from __future__ import annotations

from bot.understanding.cues import Cue, cue

_CHANGING = (
    r"(?:chang\w+|updat\w+|edit(?:s|ed|ing)?|refresh\w*|revis\w+|reissued|republish\w*|"
    r"rewritten|new (?:versions?|editions?|releases?|"
    r"price lists?|prices|docs|content|articles|pages|entries|documents|rules|products)|"
    r"release[sd]?|published|moves?|aktualisier\w*|"
    r"geandert|andert sich|cambian?|actualizad?\w*|mis a jour|reworked|churns?|grows?|"
    r"synced|re-?synced|added|in flux|amended|rotates?)"
)


def _period(words: str) -> tuple[str, ...]:
    return (
        rf"{_CHANGING} (?:[\w'&/-]+ ){{0,5}}?{words}",
        rf"{words} (?:\w+ ){{0,2}}?{_CHANGING}",
        rf"new (?:[\w-]+ ){{0,3}}?{words}",
        rf"(?:gets?|is|are) (?:a |an )?(?:\w+ )?(?:refresh|update|revision)\w* {words}",
    )


_DAILY = (
    r"(?:daily|every (?:single )?day|each day|every (?:morning|night|evening)|"
    r"each (?:morning|night)|nightly|overnight|day to day|constantly|all the time|"
    r"all day(?: long)?|several times a (?:day|week)|taglich|cada dia|chaque jour|"
    r"a diario)"
)
_WEEKLY = (
    r"(?:weekly|every (?:other )?week|each week|once a week|twice a week|fortnightly|"
    r"every fortnight|every two weeks|biweekly|every sprint|each sprint|per sprint|"
    r"a few times a (?:week|month)|few times a month|every (?:mon|tues|wednes|thurs|"
    r"fri)day|wochentlich|cada semana|chaque semaine)"
)
_MONTHLY = (
    r"(?:monthly|every month|each month|once a month|per month|a month|quarterly|"
    r"every quarter|each quarter|once a quarter|every (?:few|couple of|two|three|2|3|"
    r"six) (?:weeks|months)|with (?:every|each) release|every release|monatlich|cada mes|"
    r"chaque mois|mensual\w*)"
)
_YEARLY = (
    r"(?:yearly|annually|annual|every year|each year|per year|a year|(?:once|twice|"
    r"few times|couple of times|1x|2x) (?:a|per|every) year|a few times a year|"
    r"once in a blue moon|each (?:january|spring|autumn|summer|winter|fall)|"
    r"every (?:january|spring|autumn|summer|winter|fall)|jahrlich|cada ano|chaque annee)"
)
_RARELY = r"(?:(?:very )?rarely|hardly ever|seldom|almost never|barely|hardly|not often|infrequently)"
_LIVE = (
    r"(?:every (?:few )?(?:seconds?|minutes?|hours?|couple of (?:seconds|minutes|hours))|"
    r"by the (?:minute|second|hour)|hourly|in real[ -]?time|each (?:minute|second|hour)|"
    r"minute by minute|every \d+ (?:seconds|minutes|hours)|"
    r"up to the (?:minute|second))"
)

MATERIAL_CUES: tuple[Cue, ...] = (
    cue(
        "knowledge_change",
        "realtime",
        *_period(_LIVE),
        r"(?:live|real[ -]time) (?:data|prices?|feed|records?|stock|status|inventory|information|rates)",
        plainly=True,
    ),
    cue("knowledge_change", "daily", *_period(_DAILY), plainly=True),
    cue("knowledge_change", "weekly", *_period(_WEEKLY), plainly=True),
    cue("knowledge_change", "monthly", *_period(_MONTHLY), plainly=True),
    cue(
        "knowledge_change",
        "yearly",
        *_period(_YEARLY),
        rf"{_RARELY} (?:ever )?{_CHANGING}",
        rf"{_CHANGING} {_RARELY}",
        plainly=True,
    ),
    cue(
        "knowledge_change",
        "static",
        r"never (?:really |ever )?(?:chang\w+|updat\w+|edited|touched)",
        r"(?:doesnt|dont|does not|do not|wont|didnt|not) (?:really |ever )?(?:change|changing|"
        r"changed)(?! much)",
        r"static(?! (?:system|prompt|prefix|files?|site|typing|part))",
        r"set in stone",
        r"no (?:changes|updates)",
        r"(?:stable|frozen|unchanging|fixed) (?:set of (?:documents|docs|texts|pages|manuals|"
        r"articles|reference texts)|corpus|documents|docs|material|collection|texts|"
        r"reference \w+)",
        r"(?:is|are|its|stays?|pretty|quite|mostly|all) (?:very |quite |pretty )?(?:stable|"
        r"frozen|unchanged|fixed)(?: (?:for|since))?",
        r"unchanged (?:for|since)",
        r"nie geandert",
        r"andert sich nie",
        r"no cambian?",
        r"ne change (?:jamais|pas)",
        plainly=True,
    ),
    cue("knowledge_change", "realtime", r"live(?: records?)?", _LIVE, asked_only=True, plainly=True),
    cue("knowledge_change", "daily", _DAILY, asked_only=True, plainly=True),
    cue("knowledge_change", "weekly", _WEEKLY, asked_only=True, plainly=True),
    cue(
        "knowledge_change",
        "monthly",
        r"(?:monthly|every month|each month|once a month|quarterly|every quarter|"
        r"once a quarter|monatlich|every (?:few|couple of|two|three) months)",
        asked_only=True,
        plainly=True,
    ),
    cue(
        "knowledge_change",
        "yearly",
        r"(?:yearly|annually|every year|once a year|twice a year|rarely|hardly ever|seldom|"
        r"few times a year|jahrlich)",
        asked_only=True,
        plainly=True,
    ),
    cue("knowledge_change", "static", r"(?:never|stable|fixed|static|frozen)", asked_only=True, plainly=True),
    cue(
        "citations_needed",
        False,
        r"no (?:citations?|sources?|references?|links|footnotes)(?! (?:to|found))(?: \w+)?",
        r"(?:citations?|sources?|references) (?:are |is |arent |not |isnt )?(?:not |"
        r"un)?(?:needed|required|necessary|important|"
        r"optional)(?<!are needed)(?<!are required)(?<!is required)",
        r"(?:dont|doesnt|no need to|not) (?:\w+ )?(?:need|cite|care about|to cite|want|"
        r"show) (?:\w+ )?(?:citations?|sources?|references|links)?",
        r"without (?:citations?|sources)",
        r"(?:citations?|sources?)(?: (?:are|is|would be))? (?:optional|nice to have|unnecessary)",
        r"citations? no",
        plainly=True,
        asked_only=True,
    ),
    cue(
        "citations_needed",
        False,
        r"no (?:citations?|sources?|references?) (?:needed|required|necessary|wanted)",
        r"(?:dont|doesnt) need (?:any |to show |to cite )?(?:citations?|sources)",
        r"(?:citations?|sources?) (?:arent|are not|isnt|not|is not) (?:needed|required|necessary|important)",
        plainly=True,
    ),
    cue(
        "citations_needed",
        True,
        r"(?:must|needs? to|has to|have to|should|required to|want it to|always|"
        r"insists? (?:on|it)) (?:\w+ ){0,3}?(?:cite|citing|quote|link|show where|name|"
        r"reference|point|refer)(?: (?:to )?(?:the |its |their |a |back to |every |"
        r"which )?\w+)?",
        r"cit(?:e|es|ing) (?:its|their|the|every|all|a) (?:sources?|page|clause|document|"
        r"section|paragraph|passage)",
        r"citations? (?:are |is )?(?:needed|required|mandatory|a must|necessary|wanted|please|yes)",
        r"(?:sources?|references|footnotes|page (?:numbers?|refs?|references)) (?:are |"
        r"is )?(?:needed|required|mandatory|a must|necessary)",
        r"(?:with|include|includes|including|need|needs|needed|want|wants|require|requires|"
        r"plus|give|gives|show|shows|insists? on|asks? for|"
        r"expects?) (?:\w+ ){0,3}?(?:citations?|footnotes?|page (?:refs?|numbers?|references)|"
        r"source links?|links? (?:back )?to (?:the |its |a )?(?:source|page|document|doc|"
        r"article|paragraph|clause|original)s?|(?:the|its|their) sources|sources\b(?! code))",
        r"(?:quote|quotes|quoting) the (?:clause|page|section|paragraph|passage|source|exact|rule|article)",
        r"show (?:people )?where (?:they|it|that|the answer) (?:came|comes) from",
        r"where (?:they|it|the answers?) c[oa]mes? from",
        r"mit quellen",
        r"con fuentes",
        plainly=True,
    ),
    cue(
        "citations_needed",
        True,
        r"(?:yes|yep|and|must|need) (?:to )?(?:cite|citations?|sources?|quotes?|links?)",
        r"cited",
        r"(?:sources?|citations?|links?|references) please",
        r"citations? yes",
        asked_only=True,
    ),
    cue(
        "access_control",
        True,
        r"(?:per|by|each)[ -](?:user|role|team|customer|client|tenant|person|department|group|"
        r"region)[ -]?(?:level )?(?:permissions?|access|acls?|rights|visibility|filter\w*)",
        r"(?:role|row|document|user|group|folder|field)[ -](?:based|level) (?:access|"
        r"permissions?|security|rights|acls?)",
        r"(?:not everyone|not everybody|not all|some people|only some|only (?:hr|managers?|"
        r"legal|finance|certain|admins?|the \w+ team|partners)) (?:\w+ ){0,3}?(?:can|may|"
        r"should|gets? to|is allowed|are allowed|allowed|see|sees|read|access)(?: to)?(?: see|"
        r" read| access)?",
        r"(?:managers?|admins?|partners?|hr|executives|leads|supervisors|directors|"
        r"seniors?) (?:can |may |should )?(?:see|sees|read) (?:more|different|other|"
        r"everything|things|extra|stuff)",
        r"(?:may|can|should|must) (?:only )?(?:see|read|access) (?:different|other|only|just|"
        r"their own|certain)",
        r"different (?:people|users|roles|teams|customers|staff|departments) (?:\w+ )?(?:see|"
        r"may|can|have)(?: \w+)?",
        r"permissions? (?:differ|vary|depend|matter|apply|are different|per|by|from)(?: \w+)?",
        r"(?:has|have|with|need|needs|respect|honou?r|enforce|strict) (?:\w+ )?(?:permissions|"
        r"acls?|access (?:control|rights|rules))",
        r"need[ -]to[ -]know",
        r"(?:contractors?|interns?|staff|externals?|partners?|customers?|some|others?|"
        r"juniors?|agents|employees|users|people|they|vendors?|suppliers?) (?:cant|cannot|"
        r"may not|must not|mustnt|shouldnt|arent allowed to|are not allowed to) (?:see|read|"
        r"access|view)(?: \w+){0,3}",
        r"clearances?",
        r"(?:each|every) (?:customer|client|tenant|team|department|"
        r"user) (?:\w+ )?(?:only )?sees? (?:only )?(?:their|its|his|own)(?: own)?",
        r"confidential (?:per|to|for some|parts)",
        r"restricted (?:by|to certain|to some|per)",
        r"depends on (?:who|the role|your role|their role|role)",
        r"(?:rechte|berechtigungen) (?:pro|je|unterschiedlich)",
        plainly=True,
    ),
    cue(
        "access_control",
        False,
        r"(?:everyone|everybody|anyone|anybody|all (?:\w+ )?(?:staff|employees|users|of us|"
        r"teams|colleagues)|the whole (?:company|team|org)|whole company|"
        r"all) (?:in (?:the )?\w+ )?(?:can|may|has|have|is allowed to|gets to|should|"
        r"is free to) (?:\w+ )?(?:see|read|access|view|look|all of it)(?: (?:it|them|"
        r"everything|all))?",
        r"(?:everyone|everybody|anyone|whole company|all staff) (?:sees|reads|"
        r"has access to) (?:it|them|everything|all|the same)",
        r"(?:is|are|its|all|theyre|fully|completely) (?:\w+ )?public(?:ly available)?",
        r"public (?:to|for) (?:all|everyone|the whole|everybody|our|any)(?: \w+)?",
        r"no (?:permissions?|access (?:restrictions?|control|rules)|acls?)(?: \w+)?",
        r"open (?:to|for) (?:all|everyone|everybody|the whole|anyone)",
        r"same (?:docs|documents|material|content) for (?:everyone|all|everybody)",
        r"nothing (?:is )?(?:secret|confidential|sensitive)",
        r"not confidential",
        r"cualquiera puede ver\w*",
        r"alle durfen",
        r"jeder darf",
        r"todos pueden ver\w*",
        plainly=True,
    ),
    cue(
        "access_control",
        False,
        r"(?:everyone|everybody|anyone|all public|public|no restrictions|open to all)",
        asked_only=True,
        plainly=True,
    ),
    cue(
        "access_control",
        True,
        r"(?:permissions?|acls?|depends|restricted|need to know|per user|per role|only some)",
        denied=False,
        asked_only=True,
    ),
)
