"""Cues about how an earlier fine-tune went."""

from __future__ import annotations

from bot.understanding.cues import Cue, cue

TUNING_CUES: tuple[Cue, ...] = (
    cue(
        "tried_finetune",
        "forgot",
        r"(?:forgot|forgets|forgotten|lost|loses|unlearned|cant do|"
        r"worse at) (?:\w+ ){0,4}?(?:other|rest|else|everything|how to|general|skills?|things|tasks?|"
        r"knew|abilities|english|basics|anymore|lot)(?: \w+)?",
        r"catastrophic forgetting",
    ),
    cue(
        "tried_finetune",
        "worse",
        r"(?:got|became|is|was|made it|made things|does|performs?|performed|came out|"
        r"turned out|even|actually|answers) (?:\w+ ){0,2}?worse",
        r"degraded",
        r"went (?:backwards|down|downhill)",
        r"invents? (?:\w+ )?more often",
    ),
    cue(
        "tried_finetune",
        "failed",
        r"(?:no|not any|not much|not|wasnt any|isnt any|hardly any|barely any|"
        r"little) (?:\w+ )?(?:better|improvement|change|gains?|difference|effect|good|luck)",
        r"nothing changed",
        r"(?:didnt|did not|doesnt|wouldnt|never) (?:\w+ )?(?:help|helped|work|worked|improve|"
        r"improved|learn|do (?:much|anything)|recogni[sz]e|stick|take|pay off|change)(?: \w+)?",
        r"(?:scores?|does|performs?|scored) the same",
        r"failed",
        r"flopped",
        r"waste of (?:time|money)",
        r"it vanishes",
        r"(?:overfit|underfit)\w*",
    ),
    cue(
        "tried_finetune",
        "worked",
        r"(?:it |that |which |and )(?:really |actually )?(?:worked|works|helped)(?: \w+)?",
        r"(?:worked|works|went) (?:\w+ )?(?:great|well|fine|nicely|ok)",
        r"(?:much|a lot|way|clearly) better",
        r"(?:huge|big|real|clear|nice) (?:improvement|gain|win)",
        r"improve[sd]? (?:from|by|a lot|it|\w+)",
        r"success(?:ful\w*)?",
        r"in production",
        r"structure is (?:now )?always right",
    ),
)
