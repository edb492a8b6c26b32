"""Decisions about people: "rank applicants from our old hiring decisions".

What was decided about people before need not have been right, and law has a say in it: in the EU where it is
about work, credit, housing, benefits, schooling, asylum or the courts. To talk to an applicant, or to read
a CV, decides nothing; nor do people decide about themselves who accept a draft or rank a ticket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied_before

_THEIR_PAPERS = (
    r"(?!'| (?:passages?|documents?|answers?|products?|results?|labels?|questions?|expenses?|tickets?|"
    r"e?mails?|requests?|reports?|laptops?|devices?|data|messages?|feedback|records?|complaints?|ideas?)\b)"
)
"""Of a person these are no decision: "rank employees' questions"."""
_CANDIDATES = r"(?P<{}>(?:job |internal |external )?candidates)"
_PEOPLE = r"(?:job |internal |external )?applicants|employees|new hires|job ?seekers"
_MONEY_AND_HOME = (
    r"(?:loan|credit|mortgage|rental|tenan\w+|housing|grant|benefits?|visa|asylum|scholarship|admissions?|"
    r"insurance|citizenship) (?:applications?|applicants?|claimants?|requests?)"
)
_THEY = r"borrowers|tenants|claimants|asylum seekers|refugees|defendants|prisoners|inmates|parolees|pupils"
_SCHOOL = r"(?:student|pupil|exam|university|college|school) (?:essays|exams|applications|admissions)"
_FILES = rf"cvs|resumes|job applications|{_MONEY_AND_HOME}|{_SCHOOL}"


def _who(group: str) -> str:
    return rf"(?:{_FILES}|(?:{_CANDIDATES.format(group)}|{_PEOPLE}|{_THEY}){_THEIR_PAPERS})\b"


_FOR_A_JOB = r"for (?:\w+ ){0,3}(?:roles?|posts?|positions?|jobs?|vacanc\w+)"
_BY_FORM = (
    r"(?! (?:by (?:type|topic|language|format|category|date|urgency|priority|length|age|size|department)|"
    r"(?:that|which) (?:are|have) (?:not|no)|without|via|through)\b)"
)
"""So sorted they are read, and not judged."""
_DECIDES = (
    r"(?:rank(?:s|ing)?|scor(?:e|es|ing)|screen(?:s|ing)?|(?:pre-?)?select(?:s|ing|ion)?|"
    r"short-?list(?:s|ing)?|"
    r"(?:accept(?:s|ing)? or )?(?:reject(?:s|ing|ions?)?|approv(?:e|es|ing|als?)|den(?:y|ies|ying|ials?))"
    r"(?: or accept(?:s|ing)?)?|accept(?:s|ing)? or declin(?:e|es|ing)|"
    r"(?:pre-?)?filter(?:s|ing)?(?: out)?|grad(?:e|es|ing)|promot(?:e|es|ing)|dismiss(?:es|ing)?|"
    r"lay(?:s|ing)? off|fir(?:e|es|ing)|hir(?:e|es|ing))"
)
_DECIDED = (
    r"(?:ranked|scored|screened|(?:pre-?)?selected|short-?listed|rejected|approved|denied|hired|"
    r"graded|promoted|"
    r"dismissed|laid off|fired|accepted or (?:rejected|denied|declined)|(?:pre-?)?filtered(?: out)?)"
)
_MEANT = (
    r"(?:(?!(?:by|for|from|with|to|about|in|on|at|as|that|which|who|and|into|before|after|how|what|"
    r"if|whether)\b)"
    r"[\w'.-]+(?:,\d+)* ){0,4}?"
)
_SHOULD = r"(?:to|we|we should|should|should be|to be|will be|gets?|are|is|were|be|being|have been|has been)"
_TRAIT = (
    r"(?:likely to (?:quit|leave|default|reoffend)|eligible|creditworthy|fit for (?:the|a) (?:job|role|post))"
)
_HIRE_OR_NOT = r"(?:hire ?(?:/|or|and|-) ?no[- ]hire|hir(?:e|ing) (?:decisions?|outcomes?))"
_WHO_TO = r"who(?:m)? (?:to|we should|should be) (?:hired?|invited?|promoted?|fired?)\b"
_ACTS = r"(?! (?:who )?(?:send|upload|open|write|submit|ask|report|fill|create|get|read|use)\b)"
_THEIR_FATE = re.compile(
    rf"\b(?:(?<!users )(?<!customers )(?<!you )(?:{_DECIDES}|{_DECIDED}) {_MEANT}{_who('ranked')}{_BY_FORM}"
    rf"|{_who('fated')}(?: {_FOR_A_JOB})? {_SHOULD} (?:\w+ly |now |then )?"
    rf"(?:{_DECIDED}|{_DECIDES})\b{_BY_FORM}"
    rf"|{_who('traits')}(?: (?:are|is|will be|would be))?(?: \w+)? {_TRAIT}"
    rf"|(?:eligibility|creditworthiness) of {_MEANT}{_who('worth')}"
    rf"|{_HIRE_OR_NOT}[^.;!?\n]{{0,60}}?{_who('hired')}|{_who('hire')}[^.;!?\n]{{0,60}}?{_HIRE_OR_NOT}"
    rf"|{_who('whom')}[^.;!?\n]{{0,60}}?{_WHO_TO}|{_WHO_TO}[^.;!?\n]{{0,60}}?{_who('of_whom')}"
    rf"|{_who('them')}{_ACTS}[^.;!?\n]{{0,40}}?\b{_DECIDES} (?:them|these|those)\b{_BY_FORM})"
)
_CANDIDATES_NAMED = ("ranked", "fated", "traits", "worth", "hired", "hire", "whom", "of_whom", "them")
_OF_HIRING = re.compile(
    rf"\b(?:candidates {_FOR_A_JOB}|applicants?|hir(?:e|es|ed|ing)|recruit\w*|cvs?|resumes?|vacanc\w+|"
    r"interviews?|hr|(?:job|internal|external) candidates|"
    r"job (?:ads?|postings?|openings?|applications?|interviews?))\b"
)
"""Without it candidates are passages, labels or releases."""
_ONLY_SERVES = re.compile(
    r"\b(?:answers?|answering|repl(?:y|ies|ying)|chat\w*|talks?|help(?:s|ing)?|guid(?:e|es|ing)|"
    r"questions?|faq|"
    r"emails?|mails?|letters?|synthetic|candidate experience)\b"
)
"""Beside it: they are served and not judged."""


def find_about_people(message: Message) -> Iterator[Found]:
    """Yield that it decides about people, where one sentence names them and what is decided of them."""
    for told in _THEIR_FATE.finditer(message.plain):
        sentence = message.sentence_at(told.start())
        serves = _ONLY_SERVES.search(message.plain, sentence.start, sentence.end)
        if not serves and _are_people(message, told) and not is_denied_before(message, told.start()):
            yield Found("about_people", True, *told.span())
            return


def _are_people(message: Message, told: re.Match[str]) -> bool:
    """Say whether those named are people, as candidates are where somebody is hired."""
    if not any(told[name] for name in _CANDIDATES_NAMED):
        return True
    return _OF_HIRING.search(message.plain) is not None
