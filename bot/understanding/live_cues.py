"""Cues for work that needs records and actions, or that a rule settles without a model."""

from __future__ import annotations

from bot.understanding.cues import Cue, cue

LIVE_CUES: tuple[Cue, ...] = (
    cue(
        "needs_live_data",
        True,
        r"order status",
        r"(?:tracking|shipment) (?:number|status|info|information|code)s?",
        r"(?:makes? up|invents?|guess\w*) (?:\w+ )?tracking(?: \w+)?",
        r"where(?:s| is) (?:my|the|their|your|his) (?:parcel|package|order|delivery|shipment|refund|money)",
        r"parcel (?:tracking|status)",
        r"(?:live|current|real[ -]time|todays|up[ -]to[ -]date|latest|actual) (?:data|"
        r"records?|order status|status|stock|inventory|prices?|balances?|orders?|availability|"
        r"bookings?|exchange rates?|rates)",
        r"(?:stock|account|booking|delivery|payment|shipping|subscription) (?:levels?|status|"
        r"balances?|lookup|availability)",
        r"straight (?:out of|from) (?:sap|the (?:db|database|crm|erp|system|warehouse|api)|"
        r"our (?:db|database|crm|erp|system|api)|salesforce)",
        r"look(?:s|ing)? ?up (?:\w+ ){0,3}?(?:orders?|customers?|accounts?|records?|status|"
        r"balances?|bookings?|invoices?|tickets?|users?|stock|availability|price|prices|"
        r"shipments?|policies)",
        r"(?:create|creates|open|opens|book|books|cancel|cancels|file|files|raise|raises|"
        r"update|updates|close|closes|reset|resets|issue|issues|schedule|schedules|log|submit|"
        r"place|places|trigger|triggers|send) (?:\w+ ){0,2}?(?:tickets?|bookings?|"
        r"appointments?|orders?|meetings?|reservations?|crm|refunds?|jira \w+|servicenow \w+|"
        r"passwords?|workflows?|purchase orders?|leave requests?)",
        r"check (?:\w+ ){0,2}?(?:calendar|availability|stock|inventory|warehouse)(?: \w+)?",
        r"(?:query|queries|querying|read from|reads from|pull(?:s|ed|ing)? (?:\w+ )?from|"
        r"fetch(?:es)? (?:\w+ )?from|call|hit|talk to) (?:the |our |a |an )?(?:database|db|"
        r"crm|erp|sap|salesforce|warehouse|internal api|order api|live \w+|production db)",
        r"per[ -]customer (?:data|status|records?)",
        r"(?:sum (?:them|the rows|up the rows)|add up the rows)",
        plainly=True,
    ),
    cue(
        "needs_live_data",
        True,
        r"live(?: records?| data)?",
        r"from the (?:database|db|crm|erp|api)",
        asked_only=True,
    ),
    cue(
        "deterministic",
        True,
        r"(?:its|it is|really|basically|thats|only|just) (?:\w+ )?(?:just |only |really |"
        r"simply )?(?:a|one|two|three|some|a few|a couple of|plain|simple|"
        r"pure) (?:\w+ )?(?:simple |fixed |hard |plain |business |single )?(?:if[ -]?(?:then|"
        r"statement|else)s?|rules?|formula|lookup|arithmetic|regex|calculation|sql query|"
        r"maths|math|threshold|comparison)\b(?! (?:of thumb|for tone|in the prompt|"
        r"it ignores))",
        r"(?:a|simple|one|plain|fixed|exact|the|some|business) (?:simple |business |sql |"
        r"if )?(?:rules?|formula|regex|query|lookup|if statement|script|"
        r"sql)(?: \w+)? (?:could|can|would|will|decides?|settles?|covers?|handles|"
        r"does) (?:\w+ )?(?:do|decide|settle|cover|it|solve|handle|all|everything)?",
        r"rule[ -]based (?:would|could|works|is enough|does)",
        r"deterministic",
        r"(?:date|amount|total|sum|balance|price|age|count|quantity|stock)s? ?(?:<|>|<=|>=|=) ?\w+",
        r"(?:flag|mark|reject|approve|alert|escalate|trigger)(?:s)?(?: it| them)? (?:when|if|"
        r"once) (?:the |its |it is |a )?\w+",
        r"if (?:the |its |an? )?(?:\w+ )?(?:date|amount|total|sum|balance|price|age|quantity|"
        r"deadline)(?: \w+){0,4} (?:passed|over|under|above|below|exceeds?|is|before|after|"
        r"more|less|than)(?: \w+)?",
        r"(?:sum|add|count|average|multiply) (?:them|the rows|all (?:the )?rows|up (?:the|all))(?: \w+)?",
        r"plain arithmetic",
        r"rule could do it",
        plainly=True,
    ),
)

RETRIEVAL_CUES: tuple[Cue, ...] = (
    cue(
        "failure_mode",
        "retrieval_miss",
        r"(?:isnt|not|never|wasnt|arent|rarely|hardly ever|seldom) (?:\w+ ){0,2}?(?:there|"
        r"retrieved|found|in|among|returned|present)",
        r"(?:its|is|often|usually|mostly|was) (?:\w+ )?(?:missing|absent|gone)",
        plainly=True,
    ),
    cue(
        "failure_mode",
        "wrong_use_of_context",
        r"(?:its|it is|is|was|usually|mostly) (?:\w+ ){0,2}?(?:there|found|retrieved|present|"
        r"in the (?:results|top \w+|context|hits))",
    ),
)
"""Answers to whether retrieval finds the passage; said anywhere else they may be about anything."""
