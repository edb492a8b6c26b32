"""Signs that it lacks knowledge, and that retrieval misses or its findings are misused.

A weight of 3 is a plain description of a failure, 2 says much, 1 is a word that goes along with it. Several
weak signs add up; one alone decides nothing.
"""

from __future__ import annotations

from bot.understanding.kinds import Sign, sign

_NOT = r"(?:doesnt|does not|dont|do not|didnt|cant|cannot|never|wont|hasnt|isnt|not|no clue|no idea|clueless)"
_OURS = r"(?:our|my|the|its|their|internal|company|about|what|which|where)"
_FILES = (
    r"(?:docs?|documents?|documentation|contracts?|handbook|wiki|manuals?|polic(?:y|ies)|"
    r"knowledge base|kb|pdfs?|guidelines?|help content|help cent(?:er|re)|specs?|reports?|"
    r"articles?|files|tickets|notes|guides|confluence|sharepoint|runbooks?|price lists?|"
    r"catalog|tariffs?|procedures?|regulations?|web ?pages?|knowledge|terms|products?|"
    r"business|prices|metrics|services|stuff|data)"
)

KNOWLEDGE_SIGNS: tuple[Sign, ...] = (
    sign(
        3,
        "wrong_facts",
        r"(?:mak(?:es?|ing)|made) (?:\w+ ){0,3}?up",
        r"makes? up",
        r"made[ -]up",
        r"invent(?:s|ing|ed)?",
        r"fabricat\w*",
        r"hallucinat\w*",
        r"confabulat\w*",
        r"erfindet",
        r"halluziniert",
        r"(?:se )?inventa\w*",
        r"dreams? up",
        r"pulls? (?:\w+ )?out of thin air",
        r"bullshits?",
    ),
    sign(
        2,
        "wrong_facts",
        r"(?:wrong|incorrect|false|bad) (?:\w+ )?(?:facts?|information|prices?|polic(?:y|ies)|"
        r"dates?|figures|product\w*|specs|details|definitions?|answers about)",
        r"facts? (?:are |is )?(?:wrong|incorrect|made up)",
        r"factual(?:ly)? (?:errors?|wrong|incorrect|mistakes|inaccura\w+)",
        r"(?:gets|got) (?:the |our )?(?:facts?|details?|products?|prices|names|abbreviations) wrong",
        r"generic answers",
        r"misinform\w*",
    ),
    sign(
        3,
        "knowledge",
        rf"(?<!\bi )(?<!\bwe )(?<!\bi really ){_NOT} (?:\w+ ){{0,3}}?(?:know|heard|seen|aware|"
        rf"familiar|understand|sell|covers?|know anything) (?:\w+ ){{0,3}}?{_OURS}?(?: \w+)?",
        r"(?:no|zero|lacks?|missing|without) (?:\w+ ){0,2}?(?:knowledge|context|idea|clue|"
        r"information) (?:\w+ )?(?:of|about|on) (?:our|my|the|internal|what)",
        r"(?:no|not any) (?:public )?model has (?:ever )?seen",
        r"doesnt know",
        r"knows? nothing (?:about|of)",
        r"knowledge (?:gap|problem|issue)s?",
        r"missing (?:domain |company |internal )?knowledge",
        r"kennt (?:\w+ ){0,2}nicht",
        r"no conoce",
        r"answers? (?:to )?questions about our",
    ),
    sign(
        3,
        "knowledge",
        r"(?:need|needs|want|wants|should|must|has to|like)(?: \w+){0,4} (?:to )?(?:know|"
        r"learn|understand|answer (?:\w+ )?(?:from|about|on|over)|"
        rf"get answers from) (?:\w+ ){{0,2}}?{_FILES}",
        rf"knows? (?:our|my) (?:\w+ )?{_FILES}",
        rf"ask (?:\w+ )?questions? (?:\w+ ){{0,4}}?(?:about|over|from|on|of) (?:\w+ ){{0,2}}?{_FILES}",
        rf"answers? (?:questions )?(?:from|over|about) (?:\w+ ){{0,3}}?{_FILES}",
        r"(?:q ?& ?a|qa|question answering|q and a|chat ?bot|assistant|bot|answers?|search|"
        rf"questions) (?:over|on|about|from|for) (?:\w+ ){{0,4}}?{_FILES}",
        r"(?:support|internal|hr|policy|faq|product|docs|knowledge|"
        r"guidelines?) (?:\w+ )?(?:q ?& ?a|qa|q and a|chat ?bot|assistant|bot)",
        r"grounded? (?:in|on) our",
        r"people ask (?:\w+ ){0,3}?(?:doc|document|spec|handbook|manual)s?",
        r"(?:facts|knowledge)(?= mostly|$)",
    ),
    sign(
        2,
        "knowledge",
        r"(?:fine-tun(?:e|ed|ing)|train(?:ing|ed)?|tun(?:e|ed|"
        r"ing)) (?:\w+ ){0,4}?on (?:our |the |all (?:our|the) |my )?(?:\w+ )?(?:wiki|docs|"
        r"documentation|confluence|handbook|manuals?|knowledge base|pdfs|documents|policies|"
        r"articles|sharepoint|guidelines)",
    ),
    sign(
        2,
        "knowledge",
        r"outdated",
        r"discontinued",
        r"no longer (?:exists?|sell|offer|valid|apply|applies)\w*",
        r"out of date",
        r"stale",
        r"(?:training |knowledge )?cut-?off",
        r"old (?:information|facts|prices|policies)",
        r"last years (?:prices|catalog|policies)",
        r"fall behind",
        r"veraltet",
        r"up[ -]to[ -]date (?:information|facts|knowledge)",
        r"new(?:er)? (?:facts|events)",
        r"little-known",
    ),
    sign(
        1,
        "knowledge",
        r"confluence",
        r"sharepoint",
        r"wikis?",
        r"handbook",
        r"knowledge base",
        r"kb",
        r"manuals?",
        r"internal docs",
        r"documentation",
        r"runbooks?",
        r"guidelines",
        r"rule ?books?",
        r"maintenance manuals",
        r"help cent(?:er|re)",
        r"faqs?",
        r"(?:product|technical|tariff|policy) docs",
        r"pdfs",
        r"our docs",
        r"our (?:own )?documents",
        r"spec",
        r"answer engine",
        r"encyclop\w+",
        r"(?:sometimes|mostly|partly|half) (?:the )?facts",
        goal="knowledge_qa",
    ),
    sign(
        2,
        "",
        r"q ?& ?a",
        r"qa bot",
        r"question answering",
        r"rag",
        r"chunk(?:s|ing)?",
        r"passages?",
        r"(?:look|search)(?:ing)? (?:it )?up (?:in|at)",
        r"retriev(?:al|er|e|ed|es)",
        r"knowledge base",
        r"policy assistant",
        goal="knowledge_qa",
    ),
    sign(1, "knowledge", r"rag", r"retrieval", r"retrieve", goal=""),
    sign(
        3,
        "retrieval_miss",
        r"(?:right|correct|relevant|needed|proper|good|one) (?:\w+ )?(?:chunk|passage|page|"
        r"docs?|document|clause|article|section|paragraph|text|one|result)s? (?:\w+ )?(?:is |"
        r"was |are |were |its |isnt |wasnt )?(?:\w+ )?(?:missing|not (?:there|found|in|"
        r"retrieved|among|returned)|never (?:there|found|in|retrieved)|absent|nowhere)",
        r"(?:right|correct|relevant) (?:\w+ )?(?:isnt|wasnt|arent) (?:\w+ )?(?:there|in|found|"
        r"retrieved|among)",
        r"(?:finds?|found|finding|returns?|returned|retriev(?:es|ed|ing)|brings? (?:back|up)|"
        r"pulls? (?:up|in)?|fetch(?:es)?|surfaces?|gets?|gives?|picks?) (?:me |us |back |the |"
        r"sometimes ){0,4}(?:nothing|wrong|irrelevant|unrelated|rubbish|garbage|junk|random|"
        r"off[ -]topic|vaguely similar|stuff that) ?(?:\w+ )?(?:chunks?|passages?|docs?|"
        r"documents?|pages?|tickets?|rows|results?|ones|articles?|context|half|most|the time)?",
        r"(?:retriev\w+|rag|search|retriever) (?:\w+ ){0,2}?(?:cant|doesnt|never|fails to|does not) find",
        r"retrieved (?:\w+ ){1,2}(?:is|are) (?:\w+ )?(?:irrelevant|wrong|the wrong|off|unrelated)",
        r"recall (?:is )?(?:low|bad|poor|terrible|awful)",
        r"not (?:in|among) the (?:results|hits|top \w+|context|retrieved)",
        r"search (?:is bad|misses|results are bad)",
        r"misses the (?:right|relevant|correct) \w+",
        r"(?:passage|chunk|page|document|doc|clause)s? (?:is|are|was|"
        r"were) (?:\w+ )?(?:missing|not there|not found|nowhere)",
        r"retrieval (?:is )?(?:bad|poor|terrible|misses|broken|fails)",
        r"says (?:\W?not in the docs\W?) when it is",
    ),
    sign(
        2,
        "unsafe",
        r"unsafe",
        r"toxic",
        r"offensive",
        r"harmful",
        r"swears?",
        r"insult\w*",
        r"leaks? (?:\w+ )?(?:pii|personal|private|secrets|confidential|customer)",
        r"gets jailbroken",
        r"jailbreaks? (?:it|easily)",
        r"racist",
        r"sexist",
        r"promis(?:es|ing) (?:\w+ )?(?:refunds|discounts|things)",
    ),
)
