"""Signs that it knows but behaves wrong: style, rules, use of context. Weights as in `knowledge_signs`."""

from __future__ import annotations

from bot.understanding.kinds import Sign, sign

_NOT = r"(?:doesnt|does not|dont|do not|didnt|cant|cannot|never|wont|hasnt|isnt|not|no clue|no idea|clueless)"

BEHAVIOUR_SIGNS: tuple[Sign, ...] = (
    sign(
        3,
        "inconsistent_style",
        r"sound(?:s|ing)? (?:\w+ ){0,3}?(?:robotic|robots?|off|stiff|cold|generic|wrong|weird|"
        r"fake|corporate|salesy|childish|inconsistent|ai|chatgpt|lawyers?|marketing|"
        r"bureaucratic|machine)",
        r"(?:doesnt|does not|never|not|dont) (?:\w+ )?(?:sound|sounds|feel|read|reads|talk|"
        r"write|writes) like (?:us|our|me|a|we)",
        r"too (?:stiff|formal|informal|chatty|casual|salesy|friendly|cold|robotic|polite|cheerful|wooden)",
        r"robotic",
        r"(?:tone|voice|style|wording|phrasing|terminology) (?:\w+ ){0,2}?(?:drifts?|drifting|"
        r"off|wrong|inconsistent|varies|all over|wanders|changes|jumps|slips|bad|not right)",
        r"(?:keeps|keep) drifting",
        r"inconsistent (?:\w+ )?(?:style|wording|tone|voice|terminology|phrasing|formatting)",
        r"(?:not|isnt|never|still not|wrong|off|inconsistent) (?:\w+ ){0,2}?(?:in )?(?:our |"
        r"the )?(?:right |correct )?(?:tone|voice|style|wording)",
        r"prefers? (?:b over a|the other)",
        r"unfriendly",
        r"klingt (?:\w+ ){0,4}(?:steif|falsch|robot\w*)",
        r"suena (?:\w+ ){0,4}(?:robot\w*|frio|mal)",
    ),
    sign(
        2,
        "behaviour",
        r"tone(?: of voice)?",
        r"tonality",
        r"wording",
        r"phrasing",
        r"(?:brand|house|marketing|our|its|our own|company|reply|writing|my|consistent|"
        r"matching) (?:\w+ )?(?:voice|style|tone)",
        r"(?:way|how) (?:it|they|he) (?:talks?|writes?|speaks?|sounds?|phrases?|answers?|"
        r"replies|comes across|words)",
        r"friendl(?:y|ier)",
        r"(?:sound|sounds|write|writes|talk|talks|read|reads) (?:more )?like (?:us|me|mine|"
        r"our|a human|a person)",
        r"personality",
        r"register",
        r"politeness",
        r"manners",
        r"tonfall",
        r"tono",
        r"stil",
        r"estilo",
        r"our way",
        r"house style",
        r"voice",
        r"style mostly",
        r"consistent wording",
        goal="style_tone",
    ),
    sign(
        1,
        "behaviour",
        r"style",
        r"verbose",
        r"too long",
        r"rambl\w+",
        r"long-winded",
        r"formatting",
        r"behav(?:es|ior|e)\w*",
        goal="style_tone",
    ),
    sign(
        2,
        "behaviour",
        r"verbose",
        r"too (?:wordy|long|verbose|short|terse)",
        r"rambl\w+",
        r"inconsistent",
        r"different (?:answers?|outputs?|results?) (?:every|each) time",
        r"unpredictable",
        r"refus\w+ (?:too|harmless|valid|normal) \w+",
        r"over-?cautious",
        r"reviewers? (?:always |keep |still )?prefer",
        r"replies follow",
        r"(?:many )?small judgments",
        r"behaves (?:wrong|badly|oddly|strangely)",
        r"misbehav\w+",
        goal="",
    ),
    sign(
        3,
        "ignores_instructions",
        r"(?:ignor\w+|skips?|skipping|forgets?|disregard\w*|breaks?|violat\w+|overlook\w*|"
        r"overrid\w+|bypass\w*|drops?) (?:\w+ ){0,4}?(?:rules?|instructions?|guidelines?|"
        r"constraints?|polic(?:y|ies)|system prompt|prompts?|steps?|requirements?|directions|"
        r"escalation|guardrails|do-not-\w+|must-nots|playbook|procedure|process|limits?)",
        rf"{_NOT} (?:always |really |even )?(?:follow\w*|obey\w*|respect\w*|stick|listen\w*|"
        r"comply|adhere) (?:\w+ )?(?:to )?(?:the |our |its |a )?(?:rules?|instructions?|"
        r"guidelines?|prompts?|steps?|polic(?:y|ies)|constraints|procedure|"
        r"(?:\w+ )?(?:playbook|process|procedure|script|scripts|protocol|house rules)|"
        r"what we \w+|orders)",
        r"wont (?:listen|follow)",
        r"does what it wants",
        r"regeln (?:ignoriert|missachtet)",
        r"ignoriert",
        r"ignora",
        r"off[ -]script",
        r"picks (?:the )?wrong tool",
    ),
    sign(
        3,
        "wrong_use_of_context",
        r"(?:retriev\w*|rag|search|context|recall|passage|chunk|clause|page|article|rule|"
        r"section|paragraph)\w*[^;]{0,60}\b(?:right|correct|ok|okay|fine|found|there|good|"
        r"relevant|works|in the (?:results|hits|top))\b[^;]{0,45}\b(?:but|yet|still|"
        r"even so)\b[^;]{0,60}\b(?:wrong|ignor\w+|mix\w*|blend\w*|misread\w*|misus\w*|badly|"
        r"from memory|confus\w+|skips?|makes up|invents|picks|different \w+|another \w+)",
        r"(?:passage|chunk|page|clause|context|docs?|article|text|document|it|"
        r"right one)s? (?:is |are |was |its )?(?:there|found|right|retrieved|"
        r"in the results)[^.;]{0,20}\b(?:but|yet|just|and)\b[^.;]{0,40}\b(?:ignor\w+|mixes|"
        r"blends|misread\w*|misus\w+|badly|from memory|confus\w+|doesnt use|wrong)",
        r"answers? (?:\w+ )?from (?:memory|its own|its training|what it remembers)",
        r"(?:mixes|mixing|mix|blends?|blending|confuses?|conflates?|muddles?|"
        r"mashes) (?:up )?(?:it |them |two |what|the |different )(?:\w+ )?",
        r"misread(?:s|ing)?",
        r"misus(?:es|ed|ing)",
        r"(?:used|uses|using) (?:it |them )?(?:badly|wrong(?:ly)?|poorly)",
        r"(?:ignores?|ignoring) (?:the |what )?(?:context|passage|chunks?|retrieved\w*|"
        r"retrieved text|docs|documents|it retrieves|sources)",
        r"(?:doesnt|does not|wont|never) (?:use|stick to|rely on|read) (?:the )?(?:context|"
        r"passage|chunks?|docs|documents|retrieved text|sources|what)",
        r"less faithful",
        r"unfaithful\w*",
        r"not faithful",
        r"used badly",
        r"retrieves? (?:\w+ )?right but",
    ),
)
