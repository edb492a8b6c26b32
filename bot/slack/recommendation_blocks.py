"""A recommendation as blocks, in the order in which people check it.

It is one message, so that it can be updated in place. What is too long for that stands in full behind
*Details* (`details_view`), and the message says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from slack_sdk.models.blocks import Block, DividerBlock, SectionBlock

from bot.conversation import Place
from bot.decision.options import Option
from bot.plain_text import ALREADY_DONE, CONFIDENCE_WORDS, OF_THE_MODEL, told_earlier, with_mark
from bot.replies import Citation, Earlier, Heard, Reason, Recommend
from bot.slack import escape, words
from bot.slack.decision_blocks import condition_row, correct_row, decision_row, details_row
from bot.slack.fitting import pack, shorten
from bot.slack.markup import bullets, context, link, mrkdwn, sections, titled

HEADLINE_CHARS = 500
PASSAGE_CHARS = 600
"""A passage is one short section of the glossary; a team's own document may be longer."""
DEFINITION_CHARS = 1_000
LINE_CHARS = 500
PART_CHARS = 1_200
"""How long one part of the message may be, such as the reasons."""
MOST_REASONS = 4
MOST_ASKED = 3
"""How many conditions get buttons of their own."""

EARLIER = "Decided before"
WHY, HEARD, ASSUMED, PROVIDED = "Why", "What I heard", "What I assumed", "Provided that"
FLIPS, NEXT, COSTS, CAUTIONS = "What would change my mind", "Do next", "What it may cost", "Keep in mind"


def recommendation(
    reply: Recommend, place: Place, above: Sequence[Block], end: Sequence[Block]
) -> tuple[list[Block], list[Block]]:
    """Return everything that lets people check the answer, and what must stand below it.

    `above` comes first of all, `end` last.
    """
    room = _Room()
    whole = parts(reply)
    cited: Sequence[Citation] = reply.all_citations
    if reply.is_brief:
        whole, cited = {title: lines if title == NEXT else [] for title, lines in whole.items()}, ()
    definition = escape.words(with_mark(reply.definition)) if reply.definition else ""
    body = [
        *above,
        *context(room.fit(escape.line(reply.change), HEADLINE_CHARS)),
        *sections("\n".join(room.fit_all(list(map(escape.line, reply.answered))))),
        *sections(f"*{room.fit(escape.line(reply.leading.headline), HEADLINE_CHARS)}*"),
        *context(words.how_sure(CONFIDENCE_WORDS[reply.confidence], reply)),
        *context("\n".join(room.fit_all(list(map(escape.line, reply.notes))))),
        *(titled(EARLIER, room.fit_all(whole[EARLIER]))),
        *sections(room.fit(definition, DEFINITION_CHARS)),
        *titled(WHY, room.fit_all(whole[WHY], MOST_REASONS)),
        *titled(HEARD, room.fit_all(whole[HEARD])),
        *correct_row(place, reply),
        *titled(ASSUMED, room.fit_all(whole[ASSUMED])),
        *_conditions(reply, place, room),
    ]
    for title in (FLIPS, NEXT, ALREADY_DONE, COSTS, CAUTIONS):
        body += titled(title, room.fit_all(whole[title]))
    body += context(room.fit(" · ".join(map(_name, cited)), LINE_CHARS))
    last = [*context(room.fit(_identity(reply), PART_CHARS)), *decision_row(place, reply), *end]
    if reply.is_brief or room.was_too_small or len(pack(body, last, there_is_more(), room=2)) > 1:
        last = [*details_row(place, reply), *last]
    return body, last


def there_is_more() -> Block:
    """Return the line that stands where the rest of a recommendation is missing."""
    return SectionBlock(text=mrkdwn(words.MORE_IN_DETAILS))


def parts(reply: Recommend) -> Mapping[str, list[str]]:
    """Return every part of a recommendation by its title, as whole lines, escaped."""
    return {
        EARLIER: _earlier(reply.earlier, reply.leading.option) if reply.earlier else [],
        WHY: bullets(map(_reason, reply.reasons)),
        HEARD: bullets(heard_lines(reply.heard)),
        ASSUMED: bullets(map(escape.line, reply.assumptions)),
        PROVIDED: bullets(map(escape.line, reply.conditions)),
        FLIPS: bullets(escape.line(flip.text) for flip in reply.flips),
        NEXT: _numbered([reply.first_step, *reply.next_steps]),
        ALREADY_DONE: bullets(map(escape.line, reply.done)),
        COSTS: bullets(map(escape.line, reply.costs)),
        CAUTIONS: bullets(map(escape.line, reply.cautions)),
    }


def _earlier(earlier: Earlier, recommended: Option) -> list[str]:
    """Return what was decided before, with the way there: people should know before they decide anew."""
    first, *changed = told_earlier(earlier, recommended)
    told = escape.line(first).replace(earlier.decision_id, link(earlier.decision_id, earlier.link))
    return [told, *bullets(map(escape.line, changed))]


def heard_lines(heard: Sequence[Heard]) -> list[str]:
    """Return the facts with the words that they came from; those of the same words stand on one line.

    Each is marked when it was not said in words.
    """
    by_quote: dict[str, list[Heard]] = {}
    for number, one in enumerate(heard):
        by_quote.setdefault(one.quote.strip() or str(number), []).append(one)
    return [_with_quote("; ".join(map(_marked, group)), group[0].quote) for group in by_quote.values()]


def _marked(heard: Heard) -> str:
    line = escape.line(heard.words)
    if heard.is_of_the_model:
        return f"{line} _({OF_THE_MODEL})_"
    match heard.source:
        case "inferred":
            return f"{line} _(assumed)_"
        case "button":
            return f"{line} _({'picked' if heard.quote else 'not picked'})_"
        case "form":
            return f"{line} _(corrected)_"
        case "stated":
            return line


def _with_quote(line: str, quote: str) -> str:
    return f"{line} — “{escape.line(quote)}”" if quote.strip() else line


def sources(citations: Iterable[Citation], said: str = "") -> list[Block]:
    """Return the cited passages, so that each mark in the text can be looked up.

    One that is `said` above them is only named.
    """
    blocks: list[Block] = []
    for citation in citations:
        passage = shorten(escape.line(citation.text), PASSAGE_CHARS)
        lines = [f"[{citation.number}] *{escape.line(citation.term)}* — {escape.line(citation.section)}"]
        if passage and citation.text not in said:
            lines.append(f"“{passage}”")
        lines += bullets(map(escape.line, citation.sources))
        blocks += context("\n".join(lines))
    return [DividerBlock(), *sections("*Sources*"), *blocks] if blocks else []


class _Room:
    """Shortens what is too long for the message, says so in place, and remembers that it did."""

    def __init__(self) -> None:
        self.was_too_small = False

    def fit(self, text: str, most_chars: int) -> str:
        """Return the text, shortened at a word when it is longer."""
        short = shorten(text, most_chars)
        self.was_too_small |= short != text
        return short

    def fit_all(self, lines: Sequence[str], most: int | None = None) -> list[str]:
        """Return the first lines, at most so many, and how many more there are."""
        fitting = [self.fit(line, LINE_CHARS) for line in lines[:most]]
        ends = accumulate(len(line) + 1 for line in fitting)
        shown = [line for line, end in zip(fitting, ends, strict=True) if end <= PART_CHARS]
        if missing := len(lines) - len(shown):
            self.was_too_small = True
            return [*shown, words.more_lines(missing)]
        return shown


def _conditions(reply: Recommend, place: Place, room: _Room) -> list[Block]:
    """Return the conditions, those last that one tap settles, each above its buttons."""
    asked = [one for one in reply.confirmable if one.condition in reply.conditions][:MOST_ASKED]
    others = [one for one in reply.conditions if one not in {each.condition for each in asked}]
    blocks = titled(PROVIDED, room.fit_all(bullets(map(escape.line, others))))
    for one in asked:
        line = room.fit(f"• {escape.line(one.condition)}", LINE_CHARS)
        blocks += [
            *(sections(line) if blocks else titled(PROVIDED, [line])),
            *condition_row(place, reply, one),
        ]
    return blocks


def _identity(reply: Recommend) -> str:
    replaces = f", in place of {reply.supersedes}" if reply.supersedes else ""
    parts_ = (f"policy {reply.policy_version}", *reply.as_of, f"decision {reply.decision_id}{replaces}")
    return escape.line(" · ".join(parts_))


def _name(citation: Citation) -> str:
    return f"[{citation.number}] {escape.line(citation.term)}"


def _reason(reason: Reason) -> str:
    marks = "".join(f"[{number}]" for number in reason.citations)
    return f"{escape.line(reason.text)} {marks}".rstrip()


def _numbered(steps: Sequence[str]) -> list[str]:
    given = [escape.line(step) for step in steps if step.strip()]
    return [f"{number}. {step}" for number, step in enumerate(given, start=1)]
