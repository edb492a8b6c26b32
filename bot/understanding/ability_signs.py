"""Signs that the format breaks, that it cannot act, or reasons badly. Weights as in `knowledge_signs`."""

from __future__ import annotations

from bot.understanding.kinds import Sign, sign

ABILITY_SIGNS: tuple[Sign, ...] = (
    sign(
        3,
        "invalid_format",
        r"(?:json|xml|yaml|csv|html|markdown|output|outputs|format|formats|schema|syntax|"
        r"structure|sql) (?:\w+ ){0,4}?(?:break\w*|broke|broken|invalid|malformed|unparseable|"
        r"doesnt parse|cant be parsed|mangl\w+|fails? to parse|not valid|isnt valid|"
        r"wrong format|kaputt|falsch|roto)",
        r"(?:broken|invalid|malformed|unparseable|incomplete|half) (?:json|xml|yaml|csv|"
        r"format|schema|syntax|output|outputs|markup)",
        r"(?:mangles|messes up|breaks|botches|screws up|violates|ruins) (?:\w+ )?(?:json|xml|"
        r"yaml|csv|format|schema|syntax|structure|markup)",
        r"missing (?:\w+ )?(?:fields?|keys?|brackets?|commas?|braces?|columns?|quotes|tags)",
        r"trailing commas?",
        r"(?:wont|doesnt|cant|isnt|not|never|dont|fails to|"
        r"unable to) (?:always )?(?:be )?(?:parse|parsed|parsable|parseable|"
        r"machine[ -]readable|validate)",
        r"drops? (?:a |the )?(?:comma|bracket|field|fields|brace|column)s?",
        r"extra (?:text|prose|chatter|words) (?:around|before|after)",
        r"wrong (?:field|column|key|enum) (?:names?|values?|codes?)",
        r"(?:valid|strict) (?:json|xml|yaml)(?! schema)",
        r"force (?:\w+ ){0,5}?(?:json|schema|format)",
        r"(?:json|xml|yaml|format) (?:fehler|errors?|issues?|problems?)",
        r"format (?:is )?(?:wrong|off|all over|keeps changing)",
        r"parse errors?",
        r"parser (?:chokes|fails|errors?|breaks|dies)",
        r"should be (?:json|xml)",
        r"output as (?:our |a )?(?:json|xml|yaml|csv)",
    ),
    sign(1, "format", r"json(?! schema)", r"xml", r"yaml", r"machine[ -]readable", goal="format"),
    sign(
        3,
        "interface",
        r"(?:open|opens|create|creates|book|books|cancel|file|files|update|raise|close|reset|"
        r"schedule|log|submit|trigger|place) (?:\w+ ){0,2}?(?:tickets?|bookings?|jira|"
        r"servicenow|appointments?|orders?|meetings?|reservations?|crm|refunds?|passwords?|"
        r"workflows?|leave requests?)",
        r"(?:look(?:s|ing)? up|fetch(?:es)?|pull(?:s)?|query|queries|check|read|"
        r"access) (?:\w+ ){0,3}?(?:orders?|customers?|accounts?|records?|bookings?|calendar|"
        r"availability|inventory|stock|database|db|crm|erp|sap|salesforce|apis?)",
        r"it only (?:talks|chats|answers|writes)",
        r"(?:cant|doesnt|does not|unable to|no way to) (?:actually )?(?:act|do anything|"
        r"take actions?|call (?:\w+ )?(?:apis?|tools?|systems?)|reach our systems|access)",
        r"no access to (?:\w+ )?(?:systems?|database|crm|apis?|tools|records?|accounts?|live)",
        r"calls? (?:\w+ )?(?:apis?|endpoints|functions|backend)",
        r"(?:needs?|has|have) to (?:call|do|act|execute|perform)",
        r"take actions?",
        r"do things in",
        r"chunking fails",
        goal="tool_use",
    ),
    sign(
        3,
        "",
        r"(?:tool|function)[ -](?:call(?:ing|s)?|use|selection)",
        r"(?:wrong|right) (?:tool|agent|function)",
        r"agents? loop",
        r"tool definitions",
        r"agent (?:framework|loop|that)",
        r"(?:multi|sub|supervisor)[ -]?agents?",
        r"agents? keep failing",
        goal="tool_use",
    ),
    sign(
        3,
        "weak_reasoning",
        r"(?:multi-?step|multi step|chains?|chaining|logic|reasoning|maths?|arithmetic|"
        r"calculations?|conditions|planning|plans?|inference|deduction|counting|proofs?|sums|"
        r"algebra|tax stuff|edge cases?) (?:\w+ ){0,4}?(?:wrong|fails?|failing|badly|bad|weak|"
        r"poor|cant|mistakes?|errors?|breaks|off|incorrect|falls? apart|loses track|nonsense|"
        r"hopeless|terrible|shaky)",
        r"(?:wrong|fails?|bad at|cant|cannot|poor at|weak at|struggl\w+|gets|terrible at|"
        r"mistakes in|loses|confus\w+|trips? over|botches|unable to|hopeless at|"
        r"stumbl\w+) (?:\w+ ){0,5}?(?:multi-?step|logic|reasoning|maths?|arithmetic|"
        r"calculations?|chain|chain \w+|conditions|deduction|counting|proofs?|"
        r"combine \w+ rules|several steps|more than \w+ steps)",
        r"reason(?:s|ing)? (?:\w+ )?(?:badly|poorly|wrong(?:ly)?|incorrectly)",
        r"(?:cant|cannot|doesnt|not able to) (?:\w+ )?(?:reason|think|plan|count|calculate|"
        r"add up|do maths?|deduce|chain)",
        r"(?:too dumb|not smart enough|isnt smart enough|not clever enough|out of its depth)",
        r"logic is (?:\w+ )?wrong",
        r"wrong conclusions?",
        r"capability (?:gap|problem)",
        r"rechnet falsch",
        r"razona mal",
        r"(?:gets?|got) (?:the |our )?(?:totals?|sums?|maths?|calculations?|logic|arithmetic) (?:\w+ )?wrong",
        r"cant (?:work|figure) out",
        r"miscalculat\w+",
        r"misses signals",
        r"rechenfehler",
    ),
    sign(
        2,
        "capability",
        r"(?:strongest|biggest|best|largest|even the \w+|frontier|"
        r"very large) (?:\w+ ){0,2}?models? (?:we (?:found|have) )?(?:\w+ )?(?:still |"
        r"only )?(?:gets?|fails?|cant|tried|scores?|misses)",
        r"too hard (?:for|even)",
        r"(?:text|nl|natural language)[ -]?(?:to|2)[ -]?sql",
        r"must compile",
        r"runtime errors",
        r"never finishes",
        r"hardest (?:cases|scenarios|questions)",
        goal="",
    ),
    sign(
        2.5,
        "",
        r"(?:text|nl|natural[ -]language)[ -]?(?:to|2)[ -]?sql",
        r"must compile",
        r"multi-?step",
        r"maths?",
        r"reasoning(?! model)",
        r"logic",
        r"arithmetic",
        r"word problems?",
        r"plans? a",
        r"config generator",
        r"generated configs",
        r"puzzles?",
        goal="reasoning",
    ),
)
