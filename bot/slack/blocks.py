"""A reply as Slack messages. Pure: a `Reply` goes in, blocks and fallback text come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ContextActionsBlock, SectionBlock

from bot import plain_text
from bot.conversation import Place
from bot.decision.options import Option
from bot.letters import ClosedNotice, Letter, ReviewReminder
from bot.lookup import Found
from bot.record import DecisionRecord
from bot.replies import Clarify, Decline, Define, Definition, DigestPost, Heard, OffTopic, Recommend, Reply
from bot.slack import digest_blocks, escape, letter_blocks, log_blocks, recommendation_blocks
from bot.slack.feedback_blocks import feedback
from bot.slack.fitting import FALLBACK_CHARS, MOST_MESSAGES, SHORTENED, pack, shorten
from bot.slack.markup import bullets, context, mrkdwn, sections, titled
from bot.slack.question_blocks import private_end, question
from bot.slack.recommendation_blocks import heard_lines, sources

CONTROLS = frozenset({ActionsBlock.type, ContextActionsBlock.type})
SLUG_CHARS = 80
"""A team's own document may have a long name; a button's key is short."""


@dataclass(frozen=True)
class Message:
    """One message to post. `text` is what notifications and screen readers read."""

    blocks: tuple[Block, ...]
    text: str


def draw(
    reply: Reply,
    place: Place,
    *,
    is_private: bool,
    is_kept: bool = False,
    needs_mention: bool = False,
    above: Sequence[Block] = (),
) -> list[Message]:
    """Return the messages that show a reply, in order; a recommendation is one, as it is updated in place.

    A private one can be shared or continued in a thread, unless it `is_kept` to themselves. Where a channel
    wants so, a public question says that a reply in words `needs_mention`.
    """
    last: list[Block]
    match reply:
        case Recommend():
            end = private_end(place, is_kept=is_kept) if is_private else []
            end += feedback(place, reply.decision_id)
            body, last = recommendation_blocks.recommendation(reply, place, above, end)
            overflow = recommendation_blocks.there_is_more()
            return _messages(body, last, plain_text.render(reply), overflow, room=1)
        case Clarify():
            body = _clarification(reply)
            last = question(reply.question, place, is_private=is_private, needs_mention=needs_mention)
        case Define():
            body = [*_definition(reply.definition), *context(*map(escape.line, reply.notes))]
            last = feedback(place, _term(reply.definition))
        case OffTopic() | Decline():
            body, last = sections(escape.words(reply.text)), []
    return _messages([*above, *body], last, plain_text.render(reply))


def draw_digest(digest: DigestPost, names: Mapping[str, str]) -> list[Message]:
    """Return a digest as messages: one for the channel, and those for its thread.

    `names` are what people are called, by user id.
    """
    text = shorten(escape.words(plain_text.render_digest(digest)), FALLBACK_CHARS)
    overflow = SectionBlock(text=mrkdwn(SHORTENED))
    (main,) = pack(digest_blocks.digest(digest, names), [], overflow, room=1)
    rest = digest_blocks.rest(digest, names)
    others = pack(rest, [], overflow) if rest else []
    more = shorten(escape.line(f"{digest.title}, continued"), FALLBACK_CHARS)
    return [Message(tuple(main), text), *(Message(tuple(blocks), more) for blocks in others)]


def draw_decisions(found: Found, searched: str) -> list[Message]:
    """Return the messages that list decisions; `searched` are the words that were looked for, or ""."""
    return _messages(log_blocks.decisions(found, searched), [], log_blocks.decisions_as_text(found))


def draw_decision(record: DecisionRecord, row: Sequence[Block] = ()) -> list[Message]:
    """Return the messages that show one decision; `row` is what the person can press under it."""
    body, last = log_blocks.decision(record)
    return _messages(body, [*last, *row], log_blocks.decision_as_text(record))


def draw_letter(letter: Letter, place: Place) -> list[Message]:
    """Return the messages that a letter makes, to be posted at a place."""
    match letter:
        case ReviewReminder():
            return _messages(letter_blocks.reminder(letter, place), [], letter_blocks.reminder_text(letter))
        case ClosedNotice():
            return _messages(letter_blocks.closings(letter), [], letter_blocks.closings_text(letter))


def without_controls(message: Message) -> Message:
    """Return a message with nothing to press."""
    kept = tuple(block for block in message.blocks if block.type not in CONTROLS)
    return Message(kept, message.text)


def notice(text: str) -> Message:
    """Return a short message of our own, given as mrkdwn."""
    return Message(tuple(sections(text)), shorten(text, FALLBACK_CHARS))


def _messages(
    body: Sequence[Block],
    last: Sequence[Block],
    text: str,
    overflow: Block | None = None,
    room: int = MOST_MESSAGES,
) -> list[Message]:
    overflow = overflow or SectionBlock(text=mrkdwn(SHORTENED))
    packed = pack(body or sections("…"), last, overflow, room)
    texts = [shorten(escape.words(text), FALLBACK_CHARS).strip() or "…"]
    texts += [f"(continued, {number} of {len(packed)})" for number in range(2, len(packed) + 1)]
    return [Message(tuple(blocks), fallback) for blocks, fallback in zip(packed, texts, strict=True)]


def _clarification(reply: Clarify) -> list[Block]:
    points_to = "" if reply.leading.option is Option.ASK else escape.line(reply.leading.headline)
    return [
        *(_definition(reply.definition) if reply.definition else []),
        *titled("What I heard", bullets(heard_lines(_worth_showing(reply.heard)))),
        *context(*map(escape.line, reply.notes)),
        *(sections(f"So far this points to: {points_to}") if points_to else []),
        *titled("Provided that", bullets(map(escape.line, reply.conditions))),
    ]


def _worth_showing(heard: Sequence[Heard]) -> list[Heard]:
    """Return what was read from words; a button that they have just pressed needs no echo."""
    return [fact for fact in heard if fact.source != "button"]


def _term(definition: Definition) -> str:
    """Return what an explanation is about, for feedback; "" where the glossary has nothing."""
    slugs = [citation.slug for citation in definition.citations]
    return f"term:{slugs[0][:SLUG_CHARS]}" if slugs else ""


def _definition(definition: Definition) -> list[Block]:
    related = ", ".join(map(escape.line, definition.related))
    text = plain_text.with_mark(definition)
    return [
        *sections(escape.words(text)),
        *(context(f"Related: {related}") if related else []),
        *sources(definition.citations, said=text),
    ]
