"""Words of a question: split, plain, without the ones that every question has."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
# Function words, and what people say around a question in a chat.
STOP_WORDS = frozenset(
    """
    a about above actually after again all also am an and any anyone anything are aren arent as at be
    because been before being below between both but by can cannot cant could couldn couldnt did didn
    didnt do does doesn doesnt doing don dont down each else even ever every everyone everything exactly
    few for from further get gets getting give given go goes going got had has hasn hasnt have haven
    havent having he her here hers him his how however i id if ill im in into is isn isnt it its itself
    ive just kind kinda know less let lets like ll lot lots made make makes many may maybe me mean
    meaning means meant might more most much must my myself need needed needs no nor not now of off
    often ok okay on once one ones only or other others our ours out over own per please pls plz quite
    rather re really roughly s said same say says see seem seems shall she should shouldn shouldnt since
    so some someone something somehow still stuff such supposed sure t than that thats the their them
    then there these they thing things think this those through thx thanks to too u under until up upon
    us use used uses using usually ve very via want wants was wasn wasnt way ways we well were weren
    werent what whats when where whether which while who whom whos whose why will with within without
    won wont would wouldn wouldnt yes yet you your yours yourself hi hey hello huh hmm lol btw fyi eli5
    tldr idk imo ask asked asking tell explain explained explanation define definition describe
    difference differences different differ vs versus example word words next times plain english simple
    simply short sentence question called call term heard mention mentioned everybody nobody somebody
    worth bother wondering curious
    """.split()  # noqa: SIM905 - a list of quoted words would be unreadable
)


def fold(text: str) -> str:
    """Lower-case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def split_words(text: str) -> list[str]:
    """Return all words, folded; "what's" becomes "whats", "fine-tuning" becomes two words."""
    return [re.sub(r"['’]", "", word) for word in _WORD.findall(fold(text))]


def content_words(text: str) -> list[str]:
    """Return the words that carry the meaning of a question."""
    return [word for word in split_words(text) if word not in STOP_WORDS]
