"""Cues about the examples: their quality, who gives feedback, who can check an answer."""

from __future__ import annotations

from bot.understanding.cues import Cue, cue

_DATA = (
    r"(?:data|text|texts|mails?|emails?|content|tickets?|logs?|docs|documents|messages|"
    r"chats|customers?|records|transcripts|it|this|that|them|these|those)"
)
_PEOPLE = (
    r"(?:people|humans?|reviewers?|editors?|lawyers?|experts?|users?|customers?|analysts?|"
    r"agents|judges|raters?|graders|colleagues|doctors|staff|writers?)"
)
DATA_CUES: tuple[Cue, ...] = (
    cue(
        "label_count",
        2,
        r"(?P<kind>\w+) ?(?:/|or|vs) ?(?:not|non)[ -](?P=kind)",
        r"binary (?:classification|classifier|label|decision)",
        r"yes ?/ ?no (?:label|decision|classification)s?",
        plainly=True,
    ),
    cue(
        "eval_set_n",
        0,
        r"(?:no|dont have (?:a|any)|havent (?:got |built )?(?:a|any)|without (?:a|any)|"
        r"not a single|there is no|theres no|kein|sin|pas de) (?:\w+[ -]){0,2}?(?:test ?set|"
        r"eval(?:uation)? ?set|evals?|test cases?|held[ -]?out(?: set| data)?|"
        r"benchmark of our own|golden set|validation set|testset)",
        r"(?:nothing|none|no cases) (?:is |was )?(?:held out|set aside|kept back)",
        plainly=True,
    ),
    cue(
        "eval_set_n",
        0,
        r"eye ?ball\w*",
        r"(?:by|on) (?:eye|feel|gut feel\w*|vibes?)",
        r"gut feel\w*",
        r"vibes?(?: check\w*)?",
        r"(?:dont|never|havent) (?:really |actually )?(?:test|tested|measure|measured|"
        r"evaluate|evaluated)(?: it| anything)?",
        r"(?:just|only) look at (?:it|a few|some)",
        asked_only=True,
        plainly=True,
    ),
    cue(
        "data_quality",
        "mixed",
        r"some (?:of (?:them|it) )?(?:\w+ )?(?:checked|reviewed|good|clean|labeled|fine|"
        r"verified|approved)\b[^.;]{0,25}\b(?:some|others?|rest|many)\b",
        r"mixed (?:quality|bag)",
        r"quality (?:is |was |s )?(?:\w+ )?(?:mixed|uneven|all over|varies|patchy|"
        r"questionable|hit (?:and|or) miss|so so|inconsistent|spotty)",
        r"uneven",
        r"some labels (?:are )?wrong",
        r"(?:partly|partially|half|only partly) (?:reviewed|checked|labeled|curated|cleaned)",
        r"hit (?:and|or) miss",
        r"noisy (?:labels?|data|examples|annotations)",
        r"labels? (?:are |is )?noisy",
        r"some (?:are )?(?:junk|garbage|rubbish|wrong)",
        r"half (?:of )?(?:them|it|those) (?:are |is )?(?:junk|garbage|wrong|bad|good|fine|reviewed|checked)",
        r"lots of (?:junk|duplicates|noise)",
    ),
    cue(
        "data_quality",
        "unreviewed",
        r"(?:nobody|no one|noone|none of us)(?: has| had| have|s)?(?: ever| yet|"
        r" really)? (?:read|labeled|reviewed|checked|looked at|tagged|annotated|cleaned|"
        r"opened|touched|gone through|verified)",
        r"none (?:of (?:them|it|those) )?(?:are |is |were |have been |has been )?(?:reviewed|"
        r"checked|labeled|verified|read|curated|annotated)",
        r"unreviewed",
        r"unlabeled",
        r"unread",
        r"unchecked",
        r"uncurated",
        r"raw (?:logs?|data|chats?|dumps?|transcripts?|tickets?|exports?|dump)",
        r"(?:only|just|tons of|lots of|plenty of) (?:raw |unreviewed )?logs",
        r"(?:not|never|havent|hasnt|havent been|wasnt|werent) (?:been |yet |even |ever |"
        r"actually )?(?:reviewed|checked|labeled|curated|cleaned|vetted|read|verified)",
        r"straight from the (?:logs|database|crm|ticket system)",
        r"(?:without|no) (?:any )?(?:review|quality control|qa)",
        r"scraped(?! together)",
        r"sin revisar",
        r"ungepruft\w*",
        r"nothing (?:is )?(?:reviewed|labeled|checked)",
        plainly=True,
    ),
    cue(
        "data_quality",
        "curated",
        r"(?:all|each|every|both)(?: \w+){0,4} (?:reviewed|checked|approved|verified|vetted|"
        r"corrected|signed off|proofread|double[ -]checked|looked over|went over|graded|"
        r"curated)",
        r"(?:reviewed|checked|approved|curated|vetted|verified|corrected|proofread|signed off|"
        r"validated|double[ -]checked|cleaned|hand[ -]?picked|hand[ -]?written|written|"
        r"revisad[oa]s|gepruft|relus?) (?:\w+ )?(?:by|por|von|par) (?:the |our |a |an |two |"
        r"senior |some )?(?:\w+)",
        r"(?:approved|signed off|checked|reviewed|vetted|verified|corrected|went through|"
        r"looked at) (?:each|every|all) (?:one|of them|single)?",
        r"(?:\d[\d,.]{0,12}k?|thousand|hundred|dozen|million) (?:[\w'&/+-]+ ){0,2}?(?:reviewed|"
        r"approved|curated|vetted|verified|corrected|clean|hand[ -]?checked|hand[ -]?written|"
        r"hand[ -]?picked|proofread|high[ -]quality|gold[ -]standard|double[ -]checked|"
        r"human[ -]?reviewed|(?:radiologist|editor|expert|lawyer|human|doctor|analyst|team|"
        r"staff|writer|agent|sme|qa|support|ops|legal|clinician|nurse|manager)[ -](?:approved|"
        r"written|reviewed|checked|verified)|perfect)",
        r"(?:reviewed|approved|curated|vetted|verified|corrected|cleaned|checked|"
        r"clean) (?:examples?|samples?|pairs?|data|set|ones|tickets|replies|answers|letters|"
        r"conversations|outputs|cases|dataset|traces|drafts)",
        r"data is (?:very |really |pretty )?clean",
        r"(?:outputs?|answers?|pairs?|examples?|tickets|ones|"
        r"replies)(?: of the \w+ \w+)? (?:that |which )?(?:we|the team|team|our \w+|experts?|"
        r"someone)(?: \w+)? (?:checked|reviewed|verified|corrected|approved|vetted)",
        r"(?:team|experts?|editors?|lawyers?|leads?|qa|ops|doctors?|analysts?|sme|smes|"
        r"legal) (?:have |has )?(?:checked|reviewed|verified|approved|corrected|vetted|"
        r"signed off|went over)",
        r"curated",
        r"gold[ -]standard",
    ),
    cue(
        "data_quality",
        "curated",
        r"(?:reviewed|checked|approved|verified|vetted|clean|corrected|yes reviewed)",
        asked_only=True,
    ),
    cue(
        "labels_on_demand",
        False,
        r"no (?:more )?(?:new )?labels? (?:coming|available|possible)",
        r"(?:cant|unable to|no way to|nobody to|no time to|no budget to) (?:get |make |label|"
        r"annotate)(?: \w+)? ?(?:more|any more|labels|them)?",
        r"(?:labels|annotations) are (?:too )?expensive",
        r"is all well (?:ever )?get",
        plainly=True,
    ),
    cue(
        "labels_on_demand",
        True,
        r"as many (?:\w+ )?as (?:we|you|i|they|needed|necessary)(?: \w+)?",
        r"can (?:also |easily |always |just )?(?:label|annotate|tag|generate|produce|create|"
        r"synthesi[sz]e|write|make|collect|get)(?: \w+){0,3} (?:more|any number|as many|"
        r"unlimited|plenty|thousands|hundreds|on demand|at will|question|training examples)",
        r"could label (?:a few|more|some|hundreds|thousands|as many)",
        r"can (?:review|provide|supply) (?:the )?labels?",
        r"labels? (?:on demand|are cheap|are easy)",
        r"(?:experts?|annotators?|people|team|smes?|interns?) (?:who |that )?(?:can|ready to|"
        r"available to|standing by to|happy to) (?:label|annotate|review|check)(?: \w+)*?",
        r"(?:labeling|annotation) (?:team|vendor|partner|crew)",
        plainly=True,
    ),
    cue(
        "feedback_kind",
        "pairs",
        rf"{_PEOPLE} (?:\w+ ){{0,3}}?(?:pick|picks|picked|choose|chooses|chose|prefer|prefers|"
        r"preferred|vote|votes|keep picking|keep choosing) (?:\w+ ){0,5}?(?:better|of two|"
        r"between two|a or b|b over a|a over b|other version|favorite|best of|friendlier|"
        r"over the other)",
        r"a/b (?:picks?|votes?|pairs?|choices?|comparisons?|preferences?)",
        r"(?:choose|chooses|pick|picks|select|vote) between (?:two|2|the two|both|drafts|versions)",
        r"(?:pick|picked|picks|chose|choose|vote for|select) the (?:better|nicer|best|"
        r"preferred) (?:one |answer |reply |version |draft )?(?:of|out of|from|between|one)",
        r"preference pairs?",
        r"chosen (?:/|and|vs|or) ?rejected",
        r"side[ -]by[ -]side",
        r"which of (?:the )?two",
        r"pairwise (?:votes|preferences|comparisons|judgments|data)",
    ),
    cue(
        "feedback_kind",
        "unpaired",
        r"thumbs?(?: ?-?(?:up|down))?",
        "👍 ?(?:/|and|or)? ?👎",
        r"accept(?:s|ed)? (?:/|or|and) ?reject(?:s|ed)?",
        r"likes? (?:/|and|or) dislikes?",
        r"star ratings?",
        r"(?:up|down)votes?",
        r"good ?/ ?bad (?:buttons?|flags?|ratings?)",
        r"helpful ?/ ?not helpful",
        r"rate (?:each|every) (?:answer|reply)",
        r"mark (?:\w+ )?(?:as )?(?:good|bad|helpful|wrong)",
    ),
    cue(
        "feedback_kind",
        "clicks",
        r"clicks? (?:data|logs?|through rates?|rates?)",
        r"click-?through\w*",
        r"we (?:see|log|track|have|only see|only have) (?:\w+ )?clicks?",
        r"dwell time",
        r"(?:just|only) clicks",
    ),
    cue(
        "feedback_kind",
        "none",
        r"no (?:user |real |any )?(?:feedback|ratings?|signal|votes)",
        r"(?:dont|doesnt|never|nobody) (?:\w+ )?(?:collect|gather|get|log|give|gives|"
        r"tells?)(?: us)? (?:any )?(?:feedback|ratings|anything)",
        plainly=True,
    ),
    cue(
        "grader",
        "model",
        r"(?:llm|model|gpt|ai)[ -]?(?:\w+ )?as[ -](?:a[ -]|the[ -])?judge",
        r"judge (?:model|llm)",
        r"(?:gpt|gpt[ -·]\S*|claude|gemini|opus|sonnet|llm|an llm|the llm|another model|"
        r"a model|bigger model|model) (?:\w+ )?(?:grades?|judges?|scores?|rates?|"
        r"marks?)(?: it| them)?",
        r"(?:let|have|use|using|ask) (?:gpt|claude|gemini|opus|an llm|a model|another model|"
        r"the model|\S*·+)(?: \w+)? (?:grade|judge|score|rate|to grade|to judge|to score|"
        r"check)",
        r"(?:graded|judged|scored) by (?:gpt|claude|gemini|an llm|a model|another model|opus)",
        r"model[ -]graded",
    ),
    cue(
        "grader",
        "programmatic",
        r"(?:unit |integration |automated |regression )?tests? (?:\w+ )?(?:check|checks|"
        r"verify|verifies|decide|decides|tell|run|validate)(?: (?:it|them|the \w+))?",
        r"compiler (?:\w+ )?(?:checks?|tells|decides|verifies)",
        r"compiler ?=",
        r"must compile",
        r"(?:a |the |our )?(?:simulator|validator|linter|script|solver|parser|checker|"
        r"test suite|regex|type checker) (?:\w+ ){0,2}?(?:check|checks|run|runs|score|scores|"
        r"verif\w+|decides?|validat\w+|tells?|grades?|catches|says|can|could)(?: \w+)?",
        r"(?:a |the )?(?:program|code|computer|machine) (?:can|could|checks|does|"
        r"decides)(?: \w+)? ?(?:check|verify|score|tell|grade|validate|it)?",
        r"(?:can|could|is|are|be|gets?) (?:\w+ ){0,3}?(?:check|score|verif\w+|grade|"
        r"validat\w+|detect|compar\w+)\w* (?:\w+ ){0,4}?(?:automatically|programmatically|"
        r"by (?:a )?(?:program|script|machine|code|computer))",
        r"(?:automatically|programmatically) (?:check|score|verif\w+|grade|validat\w+|detect)\w*",
        r"pass (?:or|/) fail",
        r"(?:sandbox|harness|interpreter|runtime) (?:that |which |to )?(?:execut\w+|runs?|"
        r"checks?|verif\w+)(?: \w+)?",
        r"exact match",
        r"(?:run|execute) (?:it|them|the (?:code|query|sql|output)|any sql) (?:and|on|against|"
        r"to)(?: \w+)? ?(?:see|compare|check|a|test)?",
        r"verifiable (?:\w+ )?(?:label|answer|reward|result)s?",
        r"(?:known|ground truth|reference) answers? to compare",
        r"compare(?:d)? (?:with|to|against) (?:the )?(?:ground truth|known answer|"
        r"expected (?:result|value|output))",
        r"there(?:s| is) (?:always )?(?:one|a|exactly one|a single) (?:right|correct) answer",
        r"grader (?:is|will be) a script",
    ),
    cue(
        "grader",
        "programmatic",
        r"(?:compiler|simulator|unit tests?|script|validator|checker|regex|program can check|"
        r"code can check|schema validation|checksum|test suite)",
        r"programmatic\w*",
        r"automatic\w*",
        asked_only=True,
    ),
    cue(
        "grader",
        "human",
        r"(?:matter|question) of (?:\w+ )?taste",
        r"(?:pure |just |purely |its |all )taste",
        r"subjective",
        r"eye of the beholder",
        rf"{_PEOPLE} (?:\w+ ){{0,2}}?(?:vote|votes|judge|judges|pick|picks|prefer|prefers|"
        r"decide|decides|rate|rates|score|scores|choose|chooses)(?: \w+)?",
        r"human (?:judg\w+|reviews?|raters?|ratings?|eyes?|evaluation|graders?)",
        r"needs? a (?:human|person|lawyer|doctor|expert)",
        r"(?:graded|judged|rated|scored) by (?:people|humans|hand|experts|reviewers|editors|lawyers|our \w+)",
        r"prefer (?:a over b|b over a|one over)",
        r"a/b (?:picks?|votes?|pairs?) (?:logged|by|from)",
    ),
    cue(
        "grader",
        "human",
        r"taste",
        r"opinions?",
        r"people(?: \w+){0,4} (?:prefer|like|choose|vote|pick)\w*",
        r"gut feel\w*",
        r"by (?:hand|eye)",
        r"human(?:s)?",
        r"vibes?",
        asked_only=True,
    ),
)
