"""Words that claim nothing, and words that mean the same here."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    a about above across after again against all along also although am among an and another any anybody
    anyone anything are aren't as at away back be because been before behind being below beside besides
    between beyond both but by can cannot can't could couldn't did didn't do does doesn't doing don't done
    down during each either else even ever every everybody everyone everything few for from further had
    hadn't has hasn't have haven't having he her here hers him his how however i if in into is isn't it its
    itself just least less like many may me might mine more most much must my myself neither never no
    nobody none nor not nothing now of off on once one ones only onto or other others otherwise our ours
    out over own per perhaps quite rather same shall she should shouldn't since so some somebody someone
    something still such than that the their theirs them themselves then there these they this those
    though through thus to together too toward towards under unless unlike until up upon us very was
    wasn't we were weren't what whatever whereas when whenever where whether which whichever while who whoever
    whole whom whose why will with within without won't would wouldn't yes yet you your yours yourself
    yourselves i'd i'm it's that's there's they're you're you've you'd you'll what's here's let's
    """.split()  # noqa: SIM905 - a list of quoted words would be unreadable
)

GLUE = frozenset(
    """
    already almost as anyway actually afterwards therefore hence instead first next last later finally
    mean means reason case cases thing things way ways step steps point kind kinds part side place
    start begin go come get give take put set let make keep bring leave stay remain become turn
    see look say tell know find show want need use try do ask hold
    simply mostly usually often sometimes generally mainly exactly really especially
    real new different certain whole particular actual own current
    here there today currently far long soon before ahead
    gap left past aside note called named appear arrive allow allowed staying meanwhile
    situation setup matter matters question way reach depend depends sure worth
    able likely possible particular plus regard regarding given based due lot bit
    """.split()  # noqa: SIM905 - as above
)
"""Words that a writer needs between the ones that count. None of them praises, promises or compares."""

SAME_MEANING: tuple[str, ...] = (
    "document documents doc docs file files wiki page pages material handbook manual",
    "answer answers reply replies response responses output outputs",
    "tune tunes tuned tuning finetune finetuning train trains trained training retrain",
    "cheap inexpensive",
    "dear expensive costly pricey",
    "cost costs price prices spend spending bill",
    "example examples sample samples demonstration demonstrations",
    "check review reviewed verify inspect checked vet vetted",
    "collect gather assemble",
    "fact facts knowledge information",
    "lack lacks missing miss lacking absent",
    "invent invented hallucinate hallucination hallucinations fabricate",
    "habit behaviour behavior behave behaves habits",
    "format shape form structure",
    "prompt prompts prompting instruction instructions",
    "measure score scored scoring measured measurement count counts",
    "wrong incorrect error errors mistake mistakes fail failure failing fails fault",
    "retrieve retrieval rag search fetch",
    "passage chunk snippet",
    "change update",
    "quick fast",
    "small compact little",
    "large big",
    "people person user users human",
    "request call query",
    "test eval evals evaluation evaluate",
    "help helps improve improves improvement gain",
    "need require requires required needs",
    "learn learns teach teaches learning teaching",
    "model models llm bot assistant",
    "right correct",
    "try attempt",
    "compare comparison",
    "terms licence license",
    "put place insert",
    "kind category class classes label labels kinds",
    "happen occur",
    "enough sufficient",
    "best excellent",
    "maintain upkeep maintenance",
    "retire retires retired",
    "permission permitted permit",
    "send sent sends sending",
    "lose lost loses losing loss",
    "choose chosen choosing pick picks picked picking select selected choice",
    "apart separate separately separated",
    "supply supplies provide provides bring brings brought deliver delivers",
    "beat beats beaten outperform outperforms",
    "tune tunable",
    "show shown shows display",
    "write written writing",
    "find found",
    "build built building",
    "hold held holding",
    "keep kept",
    "large larger",
    "small smaller",
    "strong stronger",
    "cheap cheaper",
    "fast faster",
    "hard harder",
    "vary varied diverse variety",
    "cure remedy",
    "delay latency",
    "raise raises raised increase increases",
    "reduce lower lowers cut cuts decrease",
    "target bar goal",
    "enforce enforced enforcing impose force",
    "tool tools function functions",
    "confirm confirmation",
    "decide judge determine",
    "skill skills ability",
    "begin began start",
    "frequent common frequently",
    "consistent consistently uniform",
    "guess guesswork",
    "exhaust exhausted",
    "meet meets met reach reaches reached hit",
    "obtain get",
    "slow slowly",
    "owner owns",
    "undo undone reversible reverse",
)
"""Groups of words, by the first of each. Wide enough for a paraphrase: the other checks keep it honest."""
