"""Cues about the team, the money, the volume and the domain."""

from __future__ import annotations

from bot.understanding.cues import Cue, cue

PEOPLE_CUES: tuple[Cue, ...] = (
    cue(
        "team_ml",
        "none",
        r"no (?:in[ -]house |real |dedicated )?(?:ml|machine learning|data science|ai|"
        r"data)[ -]?(?:team|people|person|engineers?|experience|expertise|skills?|folks|"
        r"background|know[ -]how|staff|knowledge)?(?<!no data)(?<!no ai)",
        r"non-?technical",
        r"not technical",
        r"(?:nobody|no one|none of us|noone) (?:here |on the team |in the team )?(?:knows?|"
        r"does|has done|has|did|with) (?:any )?(?:ml|machine learning|training|fine-tuning|ai)",
        r"first time (?:doing|with|trying|at) (?:ml|ai|machine learning|this|training)",
        r"(?:no|zero|without) (?:data scientists?|ml engineers?)",
        r"(?:just|only) (?:\w+ )?(?:backend|web|frontend|app) (?:devs|developers|engineers)",
        plainly=True,
    ),
    cue(
        "team_ml",
        "none",
        r"nobody",
        r"no one",
        r"noone",
        r"no owner",
        r"niemand",
        r"nadie",
        r"personne",
        r"none",
        r"nope",
        asked_only=True,
        plainly=True,
    ),
    cue(
        "team_ml",
        "strong",
        r"(?:platform |applied |dedicated |in[ -]house |our |strong |whole |full |an? |own |"
        r"proper |the |decent |real )?(?:ml|machine learning|data science|ai|mlops|"
        r"nlp)[ -](?:platform |engineering |research )?(?:team|group|department|squad|lab|"
        r"org)(?: of \w+)?",
        r"(?:two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2}|few|"
        r"couple of) (?:\w+ ){0,2}?(?:ml engineers|machine learning engineers|data scientists|"
        r"mles|ml people|ml folks|researchers|ai engineers|ml devs|phds)",
        r"team of (?:\w+ )?(?:ml|data scientists|ml engineers|researchers)",
    ),
    cue(
        "team_ml",
        "some",
        r"(?:one|1|a|single|part[ -]time|half an?|our only|our) (?:\w+ ){0,2}?(?:ml engineer|"
        r"data scientist|ml person|mle|ai engineer|ml guy|ml dev|machine learning engineer|"
        r"ml contractor|researcher)(?: \w+)?",
        r"some (?:ml |ai |data science |machine learning )?(?:help|experience|expertise|knowledge|skills)",
        r"(?:a )?(?:little|bit of) (?:ml|machine learning|data science) ?(?:experience|knowledge|help)?",
        r"small (?:ml |data science |data |ai )?team",
    ),
    cue(
        "team_ml",
        "some",
        r"(?:some|a bit|little|part[ -]time|consultant|contractor|agency|freelancer|external help)",
        asked_only=True,
    ),
    cue("team_ml", "strong", r"(?:ml|ai|data science) team", asked_only=True),
    cue(
        "cost_pressure",
        "low",
        r"(?:money|costs?|price|budget|spend|the bill) (?:is |are |s |really |honestly |"
        r"really is )?(?:not|isnt|no|aint|arent|doesnt|dont|never|hardly|"
        r"wasnt) (?:\w+ ){0,2}?(?:issue|problem|concern|matter|worry|important|factor|"
        r"constraint)",
        r"(?:costs?|price|bill|spend) (?:is|are|s) (?:\w+ )?(?:fine|ok|okay|acceptable|"
        r"irrelevant|secondary|low|manageable)",
        r"(?:dont|doesnt|not) (?:\w+ )?(?:care|worried|worry) (?:about|"
        r"for) (?:the )?(?:costs?|money|price|bill)",
        r"money is no object",
        r"budget is (?:plentiful|no issue|fine)",
        r"price doesnt matter",
        plainly=True,
    ),
    cue(
        "cost_pressure",
        "high",
        r"(?:bill|costs?|spend|spending|price|line item|invoice) (?:is |are |has |have |s |"
        r"was |really |already )?(?:\w+ )?(?:exploding|exploded|killing(?: us)?|hurts?|silly|"
        r"insane|crazy|painful|ridiculous|unsustainable|out of (?:hand|control)|doubled|"
        r"tripled|quadrupled|through the roof|climbing|skyrocket\w*|eating us|too high|"
        r"unacceptable)",
        r"(?:cfo|finance|management|boss|board) (?:\w+ ){0,3}?(?:complain\w*|yell\w*|"
        r"screaming|furious|unhappy|on our (?:back|case)|asked us to cut|wants (?:it|costs?|"
        r"the bill) (?:cut|halved|down))",
        r"(?:have to|must|need to|told to) (?:cut|halve|slash|reduce) (?:the |our )?(?:costs?|bill|spend)",
        plainly=True,
    ),
    cue(
        "volume",
        "high",
        r"billions of \w+",
        r"(?:tens of |hundreds of |many )?millions of (?:\w+ )?(?:requests|searches|calls|"
        r"emails|mails|documents|users|messages|queries|predictions|tickets|service emails|"
        r"conversations|pdfs|messy pdfs|items|products|service \w+|listings|transactions)",
        r"(?:huge|enormous|massive|very high|heavy|insane|high|large) (?:volumes?|traffic|"
        r"throughput|scale)(?! discounts)",
        r"high[ -]volume",
        r"(?:lots|tons|loads) of traffic",
        plainly=True,
    ),
    cue(
        "volume",
        "low",
        r"low[ -](?:volume|traffic)",
        r"(?:barely any|hardly any|very little|not much|almost no|tiny|little) (?:traffic|volume|usage)",
        r"(?:a )?(?:handful|few|couple)(?: of)? (?:requests|calls|times|questions|people|"
        r"users)? ?(?:a|per) (?:day|week)",
        r"(?:traffic|volume|usage) is (?:tiny|low|small|minimal)",
        plainly=True,
    ),
    cue("volume", "medium", r"(?:moderate|medium) (?:volume|traffic)", plainly=True),
    cue("volume", "low", r"(?:tiny|low|small|hardly any|not much|not many|very few)", asked_only=True),
    cue("volume", "high", r"(?:huge|massive|a lot|lots|tons|enormous|high)", asked_only=True),
    cue(
        "regulated",
        True,
        r"regulated",
        r"(?:hipaa|finra|sox|mifid|fda|gxp|bafin|mdr|dora|phi|basel|solvency)",
        r"(?:regulator|regulators|auditors?|compliance law|medical device|"
        r"banking law|supervisory authority)(?: \w+)?",
        r"(?:health|health ?care|medical|clinical|hospital|bank(?! of)|banking|insurance|"
        r"insurer|insurers|pharma|pharmaceutical|mortgage|underwriting|legal advice|"
        r"tax advice|radiology|radiologist\w*|med|physician|doctors|patients?|law firm|credit|"
        r"clinical[ -]trial|cardiology|oncology)",
        denied=False,
    ),
    cue(
        "regulated",
        False,
        r"(?:not|isnt|arent|un|non)[ -]?(?:a )?regulated",
        r"no (?:regulations?|regulator|compliance)",
        plainly=True,
    ),
    cue(
        "domain",
        "specialised",
        r"(?:specialized|specialised|technical|domain|industry|medical|legal|clinical|"
        r"internal|niche|heavy|our own) (?:terms|terminology|jargon|lingo|vocabulary|language|"
        r"abbreviations|acronyms|slang)",
        r"(?:jargon|lingo|acronyms|terminology)",
        r"(?:radiology|cardiology|oncology|chip design|patent|patents|pharma|"
        r"mortgage[ -]underwriting|clinical[ -]trial|aerospace|actuarial|legal drafting|"
        r"semiconductor)(?: \w+)?",
        r"speciali[sz]ed (?:domain|field|area)",
        r"niche (?:domain|field)",
    ),
    cue(
        "domain",
        "general",
        r"(?:nothing|no) (?:special|fancy|technical|specialized|domain specific)(?: \w+)?",
        r"(?:general|plain|everyday|ordinary|normal|common) (?:english|domain|language|topics|vocabulary)",
        r"english general",
        asked_only=False,
    ),
)
