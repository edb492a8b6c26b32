"""Our advice asked for again, or in short: "tl;dr?", "in three lines for my boss", "what did you say again?".

It is no such wish where a bot or its users have to do with summaries: "we need a summary of each call".
"""

from __future__ import annotations

import re

FILLERS = (
    r"\W*(?:(?:hm+|ok|okay|sorry|wait|but|and|so|um|well|please|yes|yeah|no|hey|thanks|thank you|sure|fine)"
    r"[ ,.!]+)*"
)
"""How people begin to answer us."""
_FOR_SOMEBODY = (
    r"(?:for|to) (?:my|our|the) (?:(?:\w+ ){0,2}(?:boss|c[a-z]o|vp|manager|lead|team|board|client|director|"
    r"counsel|management|leadership)|head of \w+)"
)
_A_FEW = r"(?:one|two|three|four|five|a few|a couple of|[1-5])"
_YOU = (
    r"(?:can|could|would|will) (?:you|we|i) (?:please )?"
    r"(?:(?:get|have|give|write|send|make|do|need)(?: me| us)? )?"
)
_A = r"(?:an? |the |your |some )?(?:really |very )?"
_BID = rf"(?:^{FILLERS}|\bplease )(?:(?:give|write|send|make|draft)(?: me| us)? )?|\b{_YOU}"
_ASK = rf"(?:{_BID}){_A}"
_ASK_OR_NEED = rf"(?:{_BID}|\b(?:i|we) (?:need|want|would like|d like) ){_A}"
"""To need a summary asks for one only where it is for somebody: "I need a summary for my boss"."""
_OF_OURS = (
    rf"(?=\s*(?:[.?!,;]|$)| (?:please|pls|{_FOR_SOMEBODY}|of (?:that|this|it|your|the advice)|"
    r"i can|that i|we can|instead|first|in (?:short|one|two|three))\b)"
)
IN_SHORT = re.compile(
    r"\btl ?;? ?dr\b|"
    rf"(?:^{FILLERS}|\b{_YOU}|\bplease )(?:sum|wrap) (?:it|this|that|all (?:of )?(?:it|this|that)) up"
    rf"(?= {_FOR_SOMEBODY}| in |\s*(?:[.?!,]|$)| (?:please|pls)\b)"
    rf"|{_ASK}(?:(?:short|shorter|brief|quick) version|(?:\w+ )?(?:summary|recap)){_OF_OURS}"
    r"|\b(?:summari[sz]e|recap) (?:it|this|that|your (?:answer|advice|recommendation))\W*$"
    rf"|(?:^{FILLERS}|\b{_YOU})(?:(?:say|tell|put|explain|give|write|answer)\b[^.;!?]{{0,30}})?"
    rf"\bin (?:{_A_FEW} (?:short )?(?:sentences?|lines?|words|bullets?)|short|a nutshell)"
    r"(?: please| pls)?\W*$"
    rf"|{_ASK_OR_NEED}{_A_FEW} (?:short )?(?:sentences?|lines?|bullets?(?: points)?)(?: \w+){{0,4}} "
    rf"{_FOR_SOMEBODY}\b"
    rf"|{_ASK_OR_NEED}(?:(?:short|brief|quick) )?"
    rf"(?:something|anything|version|line|text|summary|recap|this|that)"
    rf"[^.;!?]{{0,12}} {_FOR_SOMEBODY}\b"
    rf"|{FILLERS}what (?:did|was it that) you (?:say|said|advise[d]?|recommend(?:ed)?)(?: again)?\W*$"
    rf"|(?:^{FILLERS}|\b{_YOU}|\bplease )(?:repeat|say) "
    r"(?:that|it|your (?:advice|answer|recommendation))(?: again)?\W*$"
)
"""What asks for it."""
