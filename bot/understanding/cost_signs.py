"""Signs that it is too slow or too expensive. Weights as in `knowledge_signs`."""

from __future__ import annotations

from bot.understanding.kinds import Sign, sign

COST_SIGNS: tuple[Sign, ...] = (
    sign(
        3,
        "too_slow",
        r"(?:too|so|very|really|way too|painfully|super|extremely|is|are|its|far too|feels|"
        r"gets|quite|awfully|just) slow(?:er)?",
        r"slow(?:ly)?",
        r"latency",
        r"(?:takes?|took|taking|waits?|waiting) (?:\w+ ){0,2}?(?:\d+|ten|twenty|thirty|forty|"
        r"five|six|seven|eight|several|many|a few) ?(?:s|sec|secs|seconds?|minutes?|"
        r"min)(?: \w+)?",
        r"(?<!every )(?:several|many|\d+|ten|five|twenty|thirty) seconds",
        r"(?:users|people|customers|they) (?:just |simply )?(?:leave|give up|drop off|bounce|"
        r"hang up|walk away)",
        r"(?:take|takes|taking) (?:way )?(?:too long|forever|ages)",
        r"viel zu lang\w*",
        r"zu langsam",
        r"dauer\w* (?:\w+ )?lang\w*",
        r"(?:muy |demasiado )?lent[oa]s?",
        r"tarda (?:mucho|demasiado)",
        r"trop lent",
        r"need <?\d+ ?ms",
        r"faster",
        r"time ?outs?",
        r"lag(?:s|gy)?",
        r"sluggish",
        r"under \d+ ?ms",
        r"response times?",
    ),
    sign(
        3,
        "too_expensive",
        r"(?:too|so|very|really|way too|insanely|super|far too|gets|is|are|its|more|still|"
        r"still too|dear or) (?:expensive|costly|pricey|dear|costy)",
        r"expensive(?:ly)?(?! model)",
        r"costs? (?:are |is )?(?:too (?:high|much)|a fortune|us|climbing|exploding|rising|"
        r"out of|killing|through|doubled|tripled|up|a lot|thousands)",
        r"(?:the|our|monthly|annual|api|token|openai|anthropic|cloud|llm|inference|big|huge) bills?",
        r"(?:monthly|annual|api|cloud|openai) invoices?",
        r"bill (?:is|went|hurts?|doubled|tripled|exploded)",
        r"(?:pay|paying|spend|spending) (?:too much|a fortune|a lot|way|for the whole|"
        r"thousands|through the nose)",
        r"line item",
        r"cut(?:ting)? (?:the )?(?:costs?|bill|spend)",
        r"reduce (?:\w+ )?(?:costs?|spend)",
        r"cost is the (?:problem|issue|complaint)",
        r"cost up",
        r"(?:production|running|inference|serving|token) costs?",
        r"zu teuer",
        r"teuer",
        r"(?:muy |demasiado )?car[oa]s?",
        r"trop cher",
        r"burn(?:s|ing)? (?:\w+ )?(?:money|cash|budget|tokens)",
        r"times cheaper",
        r"latency and cost",
        r"too costly",
        r"cost too much",
        r"bill(?: is)? not",
        r"too much money",
    ),
    sign(
        2,
        "cost_latency",
        r"on[ -]device",
        r"(?:copy|teach|mimic|imitate|behave like) (?:\w+ ){0,4}?(?:big|large|mini|small|cheap)(?: \w+)?",
        r"(?:big|large) (?:model|one) passes",
        r"(?:smaller|cheaper|lighter|mid-size|tiny) (?:open )?(?:model|one)",
        r"expensive model",
        r"too big to (?:serve|run|host)",
        r"light enough",
        r"fit(?:s)? on (?:a|the|one) \w+",
        r"teacher",
        goal="",
    ),
)
