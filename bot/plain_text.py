"""Replies as plain text: for the terminal, for scripts, and as Slack's fallback for notifications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.decision.options import SHORT_NAMES, Option
from bot.decision.outlook import in_words
from bot.replies import (
    Citation,
    Clarify,
    Decline,
    Define,
    Definition,
    DigestLine,
    DigestList,
    DigestPost,
    Earlier,
    Heard,
    OffTopic,
    Recommend,
    Reply,
)

CONFIDENCE_WORDS = {
    "high": "measured and stated",
    "medium": "stated, not all measured",
    "low": "partly guessed from your words; please check",
}


QUIET_WEEK = "Nobody asked, and nothing had to be decided. A quiet week is a fine week."


def render(reply: Reply) -> str:
    """Return the whole reply as plain text, sections divided by empty lines."""
    match reply:
        case Recommend():
            return _join(_recommendation(reply))
        case Clarify():
            return _join(_question(reply))
        case Define(definition=definition, notes=notes):
            return _join((*_definition(definition), "\n".join(notes)))
        case OffTopic(text=text) | Decline(text=text):
            return text


def render_digest(digest: DigestPost) -> str:
    """Return a weekly digest as plain text."""
    return _join(
        (
            digest.title,
            digest.late,
            QUIET_WEEK if digest.is_quiet else "",
            _digest_list("Decided", digest.decided),
            _digest_list("Waiting for an answer", digest.open),
            _digest_list("Due for review", digest.due),
            recommended(digest),
            asked_about(digest),
            digest.learned,
        )
    )


def recommended(digest: DigestPost) -> str:
    """Return what was recommended how often; "" in a week without questions."""
    if not digest.recommended:
        return ""
    asked = "One question" if digest.asked == 1 else f"{digest.asked} questions"
    counts = (
        f"{SHORT_NAMES[option]}{f' ({count})' if digest.asked > 1 else ''}"
        for option, count in digest.recommended
    )
    return f"{asked}. I recommended: {', '.join(counts)}."


def asked_about(digest: DigestPost) -> str:
    """Return the terms that were asked about most; "" without any."""
    terms = ", ".join(f"{term} ({count})" for term, count in digest.terms)
    return f"Most asked about here: {terms}." if terms else ""


def _digest_list(title: str, listed: DigestList) -> str:
    more = [f"… and {listed.count - len(listed.lines)} more"] if listed.count > len(listed.lines) else []
    return _listed(f"{title} ({listed.count})", [*map(_digest_line, listed.lines), *more])


def _digest_line(line: DigestLine) -> str:
    mark = " (provisional)" if line.is_provisional else ""
    why = f" — because: {line.why}" if line.why else ""
    review = f" (review on {line.review_on})" if line.review_on else ""
    link = f" {line.link}" if line.link else ""
    return f"{line.decision_id} {line.headline}{mark}{why}{review}: “{line.question}”{link}"


def _join(sections: Iterable[str]) -> str:
    return "\n\n".join(section for section in sections if section)


def _recommendation(reply: Recommend) -> Iterator[str]:
    if reply.definition:
        yield from _definition(reply.definition)
    yield reply.change
    yield "\n".join(reply.answered)
    lead = "Provisional: " if reply.is_provisional else ""
    yield f"{lead}{reply.leading.headline}"
    if reply.is_brief:
        yield _listed("Provided that", reply.conditions)
        yield f"First step: {reply.first_step}"
        yield ALL_OF_IT
    else:
        yield from _grounds(reply)
    yield "\n".join(reply.notes)
    replaces = f" · in place of {reply.supersedes}" if reply.supersedes else ""
    identified = f"{reply.decision_id} · " if reply.decision_id else ""
    yield (
        f"{identified}confidence: {reply.confidence} ({CONFIDENCE_WORDS[reply.confidence]})"
        f" · {' · '.join((f'policy {reply.policy_version}', *reply.as_of))}{replaces}"
    )


def _grounds(reply: Recommend) -> Iterator[str]:
    """Yield what an advice rests on and leads to, in the order in which people check it."""
    yield "\n".join(told_earlier(reply.earlier, reply.leading.option)) if reply.earlier else ""
    yield "\n".join(f"- {reason.text}{marks(reason.citations)}" for reason in reply.reasons)
    yield _listed("What I heard", _heard(reply.heard))
    yield _listed("What I assumed", reply.assumptions)
    yield _listed("Provided that", reply.conditions)
    yield _listed("What would change my mind", [flip.text for flip in reply.flips])
    yield f"First step: {reply.first_step}"
    yield _listed("After that", reply.next_steps)
    yield _listed(ALREADY_DONE, reply.done)
    yield _listed("Costs, from your numbers", reply.costs)
    yield _listed("Keep in mind", reply.cautions)
    yield sources(reply.citations)


ALREADY_DONE = "Done already"
ALL_OF_IT = "The rest is as I told you; say “just tell me” to read all of it again."


def told_earlier(earlier: Earlier, recommended: Option) -> list[str]:
    """Return what was decided before on a similar question, and what has changed since, as lines."""
    when = f"{earlier.decided_on.day} {earlier.decided_on:%B %Y}"
    asked = f" (“{earlier.question}”)" if earlier.question else ""
    decided = f"On {when} you decided on a similar question{asked} to {SHORT_NAMES[earlier.option]}"
    if earlier.option == recommended:
        return [f"{decided}, too: {earlier.decision_id}."]
    changed = [f"{one.then or 'not known'} then, {one.now} now" for one in earlier.differences]
    if not changed:
        return [f"{decided}: {earlier.decision_id}. What changed?"]
    return [f"{decided}: {earlier.decision_id}. What changed? As far as I know:", *changed]


def _question(reply: Clarify) -> Iterator[str]:
    if reply.definition:
        yield from _definition(reply.definition)
    yield _listed("I understood", [heard.words for heard in reply.heard])
    yield "\n".join(reply.notes)
    question = reply.question
    counted = f" ({question.number} of at most {question.of})" if question.number else ""
    yield f"{question.text}{counted}"
    yield "\n".join(f"  {choice.label}" for choice in question.quick_replies)
    if reply.leading.option != "ASK":
        lead = reply.leading
        yield (
            f"Where it points so far ({in_words(lead.probability)}): "
            f"{lead.headline[0].lower()}{lead.headline[1:]}."
        )


def _definition(definition: Definition) -> Iterator[str]:
    if not definition.citations:
        yield definition.text
        return
    first, *rest = definition.citations
    said = [first, *(one for one in rest if one.text in definition.text)]
    others = [one for one in rest if one not in said]
    sources_of_said = dict.fromkeys(source for one in said for source in one.sources)
    yield "\n".join((with_mark(definition), *(f"    {source}" for source in sources_of_said)))
    yield "\n".join(["See also", *(line for other in others for line in _passage(other))]) if others else ""
    if definition.related:
        yield f"Related: {', '.join(definition.related)}"


def with_mark(definition: Definition) -> str:
    """Return an explanation with the mark of the passage that it is taken from."""
    mark = f"[{definition.citations[0].number}]" if definition.citations else ""
    text = definition.text if mark in definition.text else f"{definition.text} {mark}"
    return f"{definition.lead}\n\n{text}" if definition.lead else text


def marks(citations: Sequence[int]) -> str:
    """Return citation marks as they stand behind a sentence: " [1][2]"."""
    return " " + "".join(f"[{number}]" for number in citations) if citations else ""


OF_THE_MODEL = "what I know of that model"
"""Stands behind what our table of models says, which nobody said."""


def how_known(source: str, quote: str) -> str:
    """Return where a heard fact comes from, in a few words."""
    if source == OF_THE_MODEL:
        return source
    if source == "button":
        return "you chose it" if quote else "you did not pick it"
    if source == "form":
        return "you entered it"
    return f'{"I gather it from" if source == "inferred" else "from"} "{quote}"'


def _heard(heard: Sequence[Heard]) -> list[str]:
    """Return a line for each thing that was said, with all that was heard in it."""
    by_words: dict[tuple[str, str], list[Heard]] = {}
    for number, one in enumerate(heard):
        source = OF_THE_MODEL if one.is_of_the_model else one.source
        by_words.setdefault((source, one.quote or str(number)), []).append(one)
    return [
        f"{'; '.join(one.words for one in group)} ({how_known(source, group[0].quote)})"
        for (source, _), group in by_words.items()
    ]


def sources(citations: Sequence[Citation]) -> str:
    """Return the cited passages, numbered as in the text."""
    lines = [line for citation in citations for line in _passage(citation)]
    return "\n".join(["Sources", *lines]) if lines else ""


def _passage(citation: Citation) -> list[str]:
    text = citation.text.replace("\n", "\n      ")
    title = f"  [{citation.number}] {citation.term}: {text}"
    return [title, *(f"      {source}" for source in citation.sources)]


def _listed(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *(f"- {line}" for line in lines)]) if lines else ""
