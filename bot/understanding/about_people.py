"""Decisions about people: "rank applicants from our old hiring decisions".

What was decided about people before need not have been right, and law has a say in it: in the EU where it is
about work, credit, housing, benefits, schooling, asylum or the courts. To talk to an applicant, or to read
a CV, decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied_before

_OF_A_SEARCH = r"(?! (?:passages?|documents?|answers?|products?|results?|labels?)\b)"
_WORK = (
    rf"(?:job |internal |external )?(?:applicants|candidates){_OF_A_SEARCH}"
    r"|cvs|resumes|job applications|employees|new hires|job ?seekers"
)
_MONEY_AND_HOME = (
    r"(?:loan|credit|mortgage|rental|tenan\w+|housing|grant|benefits?|visa|asylum|scholarship|admissions?|"
    r"insurance|citizenship) (?:applications?|applicants?|claimants?|requests?)"
    r"|borrowers|tenants|claimants|asylum seekers|refugees|defendants|prisoners|inmates|parolees"
)
_SCHOOL = r"(?:student|pupil|exam|university|college|school) (?:essays|exams|applications|admissions)|pupils"
_WHO = rf"\b(?:{_WORK}|{_MONEY_AND_HOME}|{_SCHOOL})\b"
_DECIDED = (
    r"\b(?:rank(?:s|ed|ing)?|scor(?:e|es|ed|ing)|screen(?:s|ed|ing)?|(?:pre-?)?select(?:s|ed|ing|ion)?|"
    r"short-?list(?:s|ed|ing)?|reject(?:s|ed|ing|ions?)?|accept(?:s|ed|ing)?|"
    r"approv(?:e|es|ed|ing|als?)|den(?:y|ies|ied|ying|ials?)|hir(?:e|es|ed|ing) (?:decisions?|outcomes?)|"
    r"hire ?(?:/|or|and|-) ?no[- ]hire|pre-?filter(?:s|ed|ing)?|filter(?:s|ed|ing)? (?:out )?|"
    r"who (?:to|we|they|gets?|is|should|will)|which (?:of them|ones?|applicants|candidates|employees) |"
    r"creditworth\w+|fit for (?:the|a) (?:job|role|post)|grad(?:e|es|ed|ing)|eligib\w+|"
    r"(?:promot|dismiss|lay(?:ing)? off|fir)(?:e|es|ed|ing|ions?)?|"
    r"likely to (?:quit|leave|default|reoffend))\b"
)
_THEIR_FATE = re.compile(
    rf"{_DECIDED}[^.;!?\n]{{0,60}}?(?P<after>{_WHO})|(?P<before>{_WHO})[^.;!?\n]{{0,60}}?{_DECIDED}"
)
_ONLY_SERVES = re.compile(
    r"\b(?:answers?|answering|repl(?:y|ies|ying)|chat\w*|talks?|help(?:s|ing)?|guid(?:e|es|ing)|questions?|faq|"
    r"emails?|mails?|letters?|synthetic|candidate experience)\b"
)
"""Beside it: they are served and not judged."""


def find_about_people(message: Message) -> Iterator[Found]:
    """Yield that it decides about people, where one sentence names them and what is decided of them."""
    for told in _THEIR_FATE.finditer(message.plain):
        sentence = message.sentence_at(told.start())
        serves = _ONLY_SERVES.search(message.plain, sentence.start, sentence.end)
        if not serves and not is_denied_before(message, told.start()):
            yield Found("about_people", True, *told.span())
            return
