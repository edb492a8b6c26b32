"""The words around a score: what is reached, what is wanted, and what is no score at all."""

from __future__ import annotations

import re

TARGET_BEFORE = re.compile(
    r"\b(?:(?:can|could|ever|to) (?:pass|reach|hit|beat|get to|exceed)|need(?:s|ed|ing)?|"
    r"want(?:s|ed|ing)?|targets?|targeting|goal|bar|aim(?:s|ing)?|require[sd]?|"
    r"requirement|"
    r"must|should|has to|have to|threshold|hop(?:e|ing) for|said|shooting for|looking for|"
    r"wed like|would like|"
    r"pass mark|expects?|asks? for|asked for|promised|agreed|insists? on|brauchen|ziel|necesitamos|objetivo)"
    r"(?: (?:is|was|of|for|at|to|be|it|hit|reach|get|see|pass|least|about|around|over|"
    r"above|under|below|only|a|an|"
    r"the|score|accuracy|f1|us|are|set|more|than|case))*[ :]*(?:[<>]=? ?|~)?$"
)
TARGET_AFTER = re.compile(
    r" ?(?:points? )?(?:\w+ )?(?:needed|wanted|required|target\b|goal\b|is the (?:bar|"
    r"goal|target|ask|minimum)|"
    r"is what (?:we|they) (?:need|want)|(?:was|would be|is) (?:good )?enough|to (?:ship|"
    r"launch|go live)|desired)"
)
BASELINE_BEFORE = re.compile(
    r"\b(?:stuck|sits?|sitting|flat|plateau(?:s|ed|ing)?|peaks?|tops? out|hover(?:s|ing)?|"
    r"stays?|stall(?:s|ed)?|"
    r"lands?|standing|hits?|gets?|getting|got|scor(?:e|es|ed|ing)|reach(?:es|ed)?|"
    r"achiev(?:es|ed)|accuracy|f1|"
    r"baseline|pass(?:es|ing|ed)?|pass rate|manages?|averag(?:es|ing)|gives?|success rate|"
    r"currently|today|now|"
    r"right now|still|were|we are|its|hitting|measured|right|correct|"
    r"exact match|acc|result|results)"
    r"(?: (?:at|around|on|is|are|of|to|us|about|only|it|right|correct|the|rate|score|case|"
    r"maybe|roughly|now|out|"
    r"currently|still|average|an|a|we|get|me))*[ :,=]*~?$"
)
BASELINE_AFTER = re.compile(
    r" ?,? ?(?:now\b|today\b|currently\b|right now|at the moment|atm\b|as of|accuracy\b|accurate\b|acc\b|"
    r"pass(?:es|ing|ed)?\b|correct\b|right\b|ok\b|okay\b|fine\b|good\b|success|"
    r"accept(?:ed|ance)|f1\b|pass rate|"
    r"(?:are|is|come out|were) (?:ok|okay|fine|good|right|correct|usable|acceptable)\b|zero-shot|"
    r"of (?:\w+ ){0,4}(?:pass|right|correct|ok|fine|good|acceptable|usable|works?)\b|on (?:our|the|a|\d|·))"
)
WRONG_BEFORE = re.compile(
    r"\b(?:(?:error|failure|fail|miss|hallucination|defect)s? rate|error|fails?|failing|"
    r"wrong(?: \w+)?|mistakes?)"
    r"(?: (?:in|is|at|of|on|about|around|still|it|to|be|now|currently|under|below|"
    r"rate))*[ :]*(?:[<>]=? ?|~)?$"
)
WRONG_AFTER = re.compile(
    r" ?(?:of (?:\w+ ){0,4}(?:are |is |come back |come out |get )?)?(?:wrong|fail(?:s|ed|"
    r"ures?)?|error rate|errors?|broken|"
    r"invalid|incorrect|bad)\b"
)
OTHER_AFTER = re.compile(
    r" ?(?:cheaper|faster|slower|on (?:the |a |their |some )?(?:vendors?|public)\b|over\b|"
    r"above\b|more\b|less\b|fewer|higher|lower|discount|off\b|sure\b|confiden|done\b|"
    r"recall|"
    r"interval|growth|increase|decrease|coverage|uptime|points? (?:better|short|worse|"
    r"below|above)|of the budget|"
    r"of (?:our |the |all |my )?(?:traffic|users|requests|customers|volume|revenue|costs?|"
    r"docs|documents|data|tickets"
    r"|mails|emails|calls|cases are|time (?:we|people|they)))"
)
OTHER_BEFORE = re.compile(
    r"\b(?:by|up|down|costs?|saved?|saves|recall|confidence|coverage|uptime|faithfulness|"
    r"passages?|chunks?|context|"
    r"(?:is|was|are|were|gets) found|retriev\w*|clause|article|hit rate|traffic|vendors?|"
    r"benchmark|leaderboard|mmlu|discount|improve[sd]?|"
    r"step|section|max|version|temperature|temp|top|from)"
    r"(?: [\w']+){0,3}[ :=]*$"
)
PLAIN_END = re.compile(
    r"\s*(?:$|[.,;!?)\n(]|vs\b|versus\b|on\b|now\b|and\b|but\b|even\b|of\b|need|want|"
    r"requir|desired|minimum|expected|when|"
    r"today|currently|right|with|"
    r"is (?:the|what|fine)|was (?:the|enough)|would|for\b|still|atm|target|goal|- |->|→|"
    r", |\+|after|too\b|in total|tops)"
)
STRONG_BASELINE = re.compile(
    r"\b(?:stuck|flat|plateau\w*|still|score[sd]?|scoring|hits?|hitting|gets|getting|"
    r"accuracy|f1|baseline|sits?|pass rate|passes|"
    r"hover\w*|peaks?|now|currently|averag\w+|fails at|lands?)(?: (?:at|around|on|is|of|"
    r"to|a|about|only|case|us|we|get|are))*[ :=]*~?$"
)
VERSUS = re.compile(r" ?(?:vs|versus|against|where we need|and we (?:need|want)|->|→) ?")
OVER_CASES = re.compile(
    r" ?(?:accuracy |right |correct |f1 |pass |passing |accepted (?:by \w+ )?|\w+ )?(?:on|"
    r"of|out of|over|across)"
    r"(?: our| a| the| the same| my| all| these| those)?(?: \w+)? ?"
)
CASES_EXCLUDED = re.compile(
    r" ?(?:[\w-]+ )?(?:users?|requests?|customers?|tokens?|times|days?|weeks?|ms|%|people|runs?|versions?)\b"
)
RATIO_BETWEEN = re.compile(r" ?(?:/|of|out of|of the|of our|in every|from|times out of|times of|in) ?")
LARGE = re.compile(
    r"\b(?:teacher|(?:big|large|bigger|larger|frontier) (?:one|model)s?|opus|gpt-[56]|\d{2,}b)\b"
)
SMALL = re.compile(
    r"\b(?:student|mini|nano|haiku|flash|(?:small|tiny|smaller|cheaper|cheap|"
    r"little) (?:\w+ )?(?:one|model)s?|[1-9]b)\b"
)
SIZED = re.compile(rf"{LARGE.pattern}|{SMALL.pattern}")
