"""How people say how far they worked on the prompt, or that they have tried nothing."""

from __future__ import annotations

from bot.understanding.step_words import words

SYSTEMATIC = words(
    r"prompts?[^.;]{0,40}\b(?:run|tested|checked|measured|compared|evaluated|"
    r"benchmarked) (?:\w+ ){0,2}?(?:against|on|with) (?:the |our |a )?(?:\d+ )?(?:golden|"
    r"eval|test|held|same|cases)\w*",
    r"prompt(?:ing|s)?[^.;]{0,40}\bboth scored",
    r"prompts? ?\+ ?(?:few-shot|examples) (?:\w+ )?scored",
    r"prompts? (?:work |engineering |experiments? |variants? |versions? |iterations? |"
    r"and \w+ |\+ \w+ |and few-shot |and examples? ){0,4}(?:is |are |was |were |has been |"
    r"have been |work ){0,4}(?:both )?(?:already )?(?:\w+ )?(?:and )?(?:done (?:properly|"
    r"with scores|and (?:scored|measured))|versioned|scored|systematic\w*|measured|"
    r"evaluated|documented|benchmarked|graded|maxed(?: out)?|exhausted|"
    r"optimi[sz]ed (?:with|on|against))",
    r"prompt (?:work|engineering) (?:is |was )?(?:done |"
    r"finished )(?:properly|and measured|systematically|with scores)",
    r"prompting (?:was |is )?(?:done )?(?:properly|systematically|exhaustively)",
    r"(?:systematic|scored|measured|documented|versioned) prompt(?:s|ing)?(?: (?:work|"
    r"experiments?|versions?|iterations?))?",
    r"prompt(?:ing|s)? \((?:scored|measured)\)",
    r"prompt(?:ing|s)? … (?:both )?(?:scored|versioned|maxed|exhausted)",
    r"(?:\d+|a dozen|dozens of|ten|twelve|twenty|many|several|five|six|seven|eight|nine|"
    r"fifteen) (?:prompt )?(?:versions?|variants?|iterations|"
    r"rewrites)[^.;]{0,20}\b(?:scored|with scores|measured|tested|compared|evaluated|"
    r"graded)",
    r"(?:prompt )?versions? (?:\+|and|with|&|plus) scor\w+",
    r"versioned (?:\+|and|&|with) (?:a )?(?:scored|scores|sheet)",
    r"v\d+ (?:to|-) v\d+ scored",
    r"prompt v\d+ (?:\+ \d+ examples )?scored",
    r"prompts v\d+ to v\d+",
    r"(?:dspy|gepa|mipro\w*|textgrad|promptfoo)(?: runs?)?",
    r"prompt optimi[sz]ers?",
    r"(?:weeks|months|a (?:week|month)|days) of (?:\w+ )?prompt (?:work|experiments|"
    r"iterations|engineering|tuning)",
    r"(?:squeezed|optimized|optimised|tuned|tested|scored|evaluated) (?:the |"
    r"our )?prompts? (?:\w+ )?(?:as far as|properly|to death|systematically|thoroughly|"
    r"on \d+|with scores)",
    r"properly scored",
    r"(?:advanced|elaborate) prompts?",
    r"properly,? scored on",
)
QUICK = words(
    r"(?:just |only |one |a |single |our ){0,4}(?:quick|simple|basic|one[ -]?line\w*|"
    r"single|default|naive|rough|ad[ -]hoc|first|plain|minimal|off the cuff|"
    r"throwaway) (?:\w+ )?prompts?",
    r"prompt is (?:just )?(?:one line|a one[ -]?liner|short|basic|two lines|a few lines|"
    r"a sentence|one sentence|a paragraph)",
    r"prompt(?:ing|s)? (?:just |alone |simply |really )?(?:doesnt|didnt|does not|isnt|"
    r"dont|wont|wasnt|cant|hasnt)(?: \w+){0,2} (?:work\w*|help\w*|enough|cut it|"
    r"cutting it|do it|fix\w*|good)(?: \w+)?",
    r"prompt (?:engineering|work) (?:didnt|doesnt|isnt) \w+",
    r"(?:never|not|nothing|havent|hasnt|wasnt|werent) (?:\w+ )?(?:scored|measured|"
    r"evaluated)(?: (?:it|them|anything|the prompts?))?",
    r"(?:havent|hasnt|have not|nobody has|nobody|never) (?:\w+ )?(?:reworked|touched|"
    r"changed|revised|updated|improved|iterated on|edited) (?:the |our |"
    r"that )?(?:system )?prompt(?: since)?",
    r"(?:instructions|prompt) only",
    r"(?:one|a|single|two) (?:line|sentence)s? of instructions?",
    r"(?:tweak|tweaks|tweaked|tweaking|fiddl\w+|played|playing|messed|messing|tinkered|"
    r"tinkering) (?:around )?(?:with )?(?:the |our |some )?prompts?(?: a bit)?",
    r"tried (?:a few|some|several|a couple of|different|various|two|three|many|couple) (?:\w+ )?prompts?",
    r"prompt (?:that )?(?:i|we|our intern|someone|an intern) (?:wrote|threw together|hacked)(?: \w+){0,3}",
    r"(?:wrote|threw together|hacked) (?:a|the|one) (?:\w+ )?prompt(?: in \w+ min\w*)?",
    r"(?:un|solo un|un solo) prompt rapido",
    r"(?:kurzer|schneller|einfacher) prompt",
    r"by (?:gut feel|eye|vibes) only",
    r"prompted (?:it )?(?:a bit|quickly|once)",
)
NO_PROMPT = words(
    r"(?:no|zero|without(?: any)?|never (?:wrote|written|did|tried|touched|done)(?: any|"
    r" a)?|havent (?:tried|written|done|started)(?: any| a| the)?|not (?:tried|written|"
    r"done|started)(?: any| a)?|didnt (?:try|write|do)(?: any| a)?|kein|kein einziger|sin|"
    r"ningun|pas de) (?:real |proper |custom |actual |single )?(?:prompts?|prompting|"
    r"prompt (?:work|engineering|tuning|experiments?)|instructions)(?! (?:only|caching|"
    r"cache|versions scored|injection))",
    r"(?:nobody|no one|noone)(?: has)? (?:written|wrote|tried|done) (?:any |proper |real |"
    r"the ){0,4}(?:instructions|prompts?|prompting)",
    r"(?:nothing|nothing at all|not anything) (?:is |has been |was |s )?(?:built|written|"
    r"set up|implemented|live|running)(?: yet)?",
    r"(?:havent|hasnt|have not|not|didnt) (?:yet )?(?:built|build|written|made|"
    r"implemented|started)(?: \w+)? ?(?:anything|it|yet|at all|one)",
    r"(?:havent|not) (?:even )?started(?: yet)?",
    r"(?:just|still|only) an idea",
    r"from scratch yet",
    r"starting from (?:scratch|zero)",
    r"noch nichts gebaut",
    r"aun no hemos (?:hecho|construido) nada",
)
NOTHING_TRIED = words(
    r"(?:havent|have not|hasnt|didnt|not|never) (?:yet |really |actually )?(?:tried|try|"
    r"done|attempted) (?:anything|a thing|any of (?:it|them|those|that|"
    r"these))(?! (?:bigger|better|larger|stronger|else|like|other|cheaper|smaller|more|"
    r"that|with|beyond|except|but|on))",
    r"(?:tried|done) (?:absolutely |literally )?nothing",
    r"nothing (?:tried|attempted)",
)


NOTHING_THERE = words(
    r"(?:nothing|not anything) (?:is |has been |was |s )?(?:built|written|set up|"
    r"implemented|so far|yet|at all|done)(?: yet)?",
    r"(?:havent|hasnt|have not|not|didnt) (?:yet |even )?(?:built|build|started|begun|implemented)(?: \w+)?",
    r"(?:just|only) (?:an idea|starting|getting started)",
)
"""Said in answer to what was tried: nothing was."""
