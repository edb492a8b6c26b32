"""Twenty conversations through us and through a bot of the usual form, on the same small local model.

Time is computed and not measured, so that it says nothing of this machine: 400 ms for each call and 20 ms for
each token that comes out.

Figures that are shown are counted twice, by the same rules for everyone. Unsupported by words or passages
is a figure that stands neither in what the person said nor in a passage cited to them (for the plain bot:
anywhere in what it was sent of the glossary). Our thresholds and prices fall under it, although they can be
looked up; so the second count leaves out the policy's thresholds, pages turned into tokens, and lines that
name a dated source.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain.chat_models import init_chat_model

from bot.advisor import Advisor
from bot.app import now, open_advisor
from bot.conversation import NOT_SURE, Turn
from bot.decision.chances import WEIGHED
from bot.decision.facts import Facts, FactValue
from bot.decision.next_question import fit
from bot.decision.options import Option
from bot.decision.questions import BY_ID, Question
from bot.decision.thresholds import THRESHOLDS
from bot.logs import configure_logs
from bot.plain_text import render
from bot.replies import Citation, Clarify, Decline, Define, OffTopic, Recommend, Reply
from bot.settings import Settings
from bot.terminal import terminal_turn
from bot.understanding.units import TOKENS_A_PAGE
from tests.bench.conversations import STORIES, Story
from tests.bench.measuring import percentile, print_table
from tests.bench.plain_bot import MOST_TOKENS_OUT, PlainBot, advised, explains, read_glossary
from tests.local_model.build import CannotBuild
from tests.local_model.running import Call, RunningModel

CALL_S, TOKEN_S = 0.4, 0.02

_NO_FIGURES = re.compile(
    r"https?://\S+|\[\d+\]|\bD-[A-Z0-9]+|policy [\d.-]+|\(\d of at most \d\)|^\s*\d+\. ", re.MULTILINE
)
"""What holds digits and claims nothing: addresses, marks, ids, versions, and the numbers of lists."""
_FIGURE = re.compile(r"(?<![\w-])\d[\d,]*(?:\.\d+)?")
_PAGES = re.compile(r"(\d[\d,]*) pages")
_LINE_WITH_ITS_SOURCE = re.compile(r"^.*\bas of (?:\d|[A-Z]).*$", re.MULTILINE)
_OF_THE_POLICY = {
    # "Under 50" is shown as "at most 49", and "over 200,000" as "200,001 or more".
    str(threshold.value + step)
    for threshold in THRESHOLDS
    for step in (-1, 0, 1)
}


@dataclass(frozen=True)
class Held:
    """How one conversation went: what was said, what was shown for it, and how it ended."""

    said: tuple[str, ...]
    shown: tuple[str, ...]
    outcome: str
    is_right: bool
    passages: str
    calls: tuple[Call, ...]

    @property
    def seconds(self) -> float:
        """Return how long the model kept the person waiting, all in all."""
        return sum(CALL_S + TOKEN_S * call.tokens_out for call in self.calls)

    @property
    def unsupported(self) -> list[str]:
        """Return the figures that were shown and stand neither in words nor in passages."""
        return sorted(_figures("\n".join(self.shown)) - _figures("\n".join((*self.said, self.passages))))

    @property
    def untraceable(self) -> list[str]:
        """Return those of them that stand nowhere at all."""
        pages = (int(count.replace(",", "")) for count in _PAGES.findall("\n".join(self.said)))
        traced = _OF_THE_POLICY | {str(count * TOKENS_A_PAGE) for count in pages}
        shown = _LINE_WITH_ITS_SOURCE.sub("", "\n".join(self.shown))
        return sorted(_figures(shown) & set(self.unsupported) - traced)


def _figures(text: str) -> set[str]:
    return {found.replace(",", "") for found in _FIGURE.findall(_NO_FIGURES.sub(" ", text))}


# --- us


async def converse_with_us(story: Story, advisor: Advisor, model: RunningModel | None, session: str) -> Held:
    """Hold a conversation to its end, tapping whatever is true when we ask."""
    before = _calls(model)
    said, replies = [story.opening], []
    turn = terminal_turn(story.opening, session, 0, now())
    while True:
        reply = await advisor.turn(turn)
        replies.append(reply)
        if not isinstance(reply, Clarify):
            break
        turn, words = _tap(story, reply, session, number=len(said))
        said.append(words)
    outcome = _outcome(reply)
    is_right = outcome in story.expected and (
        not isinstance(reply, Define) or _slugs(reply)[:1] == [story.term]
    )
    return Held(
        said=tuple(said),
        shown=tuple(render(_without_choices(one)) for one in replies),
        outcome=outcome,
        is_right=is_right,
        passages="\n".join(_cited(citation) for one in replies for citation in _citations(one)),
        calls=tuple(_calls(model)[len(before) :]),
    )


def _calls(model: RunningModel | None) -> list[Call]:
    return model.calls if model else []


def _tap(story: Story, reply: Clarify, session: str, number: int) -> tuple[Turn, str]:
    """Return the answer to a question as a turn of taps, and as the person would have written it."""
    question = BY_ID.get(reply.question.id)
    picked = picks(story.situation, question) if story.facts and question else ()
    labels = {choice.id: choice.label for choice in reply.question.quick_replies}
    turn = terminal_turn("", session, number, now()).model_copy(
        update={"question_id": reply.question.id, "picked": picked or (NOT_SURE,)}
    )
    answer = "; ".join(labels[id_] for id_ in picked if id_ in labels) or "Not sure"
    return turn, f"{reply.question.text} {answer}."


def picks(situation: Facts, question: Question) -> tuple[str, ...]:
    """Return the ids of the quick replies that are true; none when none is."""
    known = situation.known()

    def is_true(stated: Mapping[str, FactValue]) -> bool:
        fits = {fact: fit(known[fact], value) for fact, value in stated.items() if fact in known}
        return bool(fits) and all(fits.values()) and not [fact for fact in stated if _is_open(fact, known)]

    true = [reply.id for reply in question.replies if is_true(reply.values)]
    return tuple(true if question.several else true[:1])


def _is_open(fact: str, known: Mapping[str, FactValue]) -> bool:
    """Say whether a fact that counts is unknown."""
    return fact in WEIGHED and fact not in known


def _outcome(reply: Reply) -> Option:
    match reply:
        case Recommend(leading=leading) | Clarify(leading=leading):
            return leading.option
        case Define():
            return Option.DEFINE_TERM
        case OffTopic():
            return Option.OFF_TOPIC
        case Decline():
            return Option.DECLINE


def _without_choices(reply: Reply) -> Reply:
    """Return a reply as it claims something: what can be tapped claims nothing."""
    if not isinstance(reply, Clarify):
        return reply
    return reply.model_copy(update={"question": reply.question.model_copy(update={"quick_replies": ()})})


def _citations(reply: Reply) -> Sequence[Citation]:
    of_answer = reply.citations if isinstance(reply, Recommend) else ()
    definition = reply.definition if isinstance(reply, Recommend | Clarify | Define) else None
    return (*of_answer, *(definition.citations if definition else ()))


def _cited(citation: Citation) -> str:
    return "\n".join((citation.term, citation.section, citation.text, *citation.sources))


def _slugs(reply: Define) -> list[str]:
    return [citation.slug for citation in reply.definition.citations]


async def all_with_us(model: RunningModel | None) -> list[Held]:
    """Hold every conversation with us, with or without the model."""
    with tempfile.TemporaryDirectory() as directory:
        llm = {name.lower(): value for name, value in model.environment.items()} if model else {}
        # Neither the environment nor a developer's .env has a say in what is measured.
        settings = Settings.model_validate({"data_dir": Path(directory), **llm})
        async with open_advisor(settings, _say) as (advisor, _):
            return [
                await converse_with_us(story, advisor, model, f"bench-{number}")
                for number, story in enumerate(STORIES)
            ]


# --- the plain bot


async def converse_plainly(story: Story, said: Sequence[str], model: RunningModel, glossary: str) -> Held:
    """Say the same things to the plain bot, one after another; its last answer counts."""
    before = len(model.calls)
    environment = model.environment
    chat = init_chat_model(
        environment["LLM_MODEL"],
        base_url=environment["LLM_BASE_URL"],
        api_key=environment["LLM_API_KEY"],
        max_tokens=MOST_TOKENS_OUT,
        timeout=900,
        max_retries=0,
    )
    bot = PlainBot(chat, glossary)
    answers = [await bot.answer(words) for words in said]
    outcome = advised(answers[-1])
    names = (story.term.replace("-", " "), *(["rag"] if story.term.startswith("retrieval") else []))
    is_right = explains(answers[-1], names) if story.term else outcome in story.expected
    shown_outcome = Option.DEFINE_TERM if story.term and is_right else outcome or "nothing"
    return Held(tuple(said), tuple(answers), shown_outcome, is_right, glossary, tuple(model.calls[before:]))


async def all_plainly(held_with_us: Sequence[Held], model: RunningModel) -> list[Held]:
    """Hold every conversation with the plain bot, in the words that people said to us."""
    glossary = read_glossary()
    held = []
    for story, ours in zip(STORIES, held_with_us, strict=True):
        _say(f"the plain bot hears: {story.opening}")
        held.append(await converse_plainly(story, ours.said, model, glossary))
    return held


# --- the tables


def print_results(results: dict[str, Sequence[Held]]) -> None:
    """Print the table of the README, and how every conversation ended."""
    figures: dict[str, Callable[[Sequence[Held]], str]] = {
        "model calls": lambda group: f"{sum(len(held.calls) for held in group)}",
        "tokens in": lambda group: f"{sum(call.tokens_in for held in group for call in held.calls):,}",
        "tokens out": lambda group: f"{sum(call.tokens_out for held in group for call in held.calls):,}",
        "time to the end, median": lambda group: f"{percentile([held.seconds for held in group], 50):.1f} s",
        "time to the end, worst": lambda group: f"{max(held.seconds for held in group):.1f} s",
        "wrong outcomes": lambda group: f"{sum(not held.is_right for held in group)}",
        "figures in no words or passage": lambda group: f"{sum(len(held.unsupported) for held in group)}",
        "figures that stand nowhere": lambda group: f"{sum(len(held.untraceable) for held in group)}",
    }
    rows = [(name, *(of(group) for group in results.values())) for name, of in figures.items()]
    print_table(f"The same {len(STORIES)} conversations", ("", *results), rows)
    print("How each ended; ✗ is wrong")
    for story, *helds in zip(STORIES, *results.values(), strict=True):
        print(f"  {story.opening}\n    right: {' or '.join(sorted(story.expected))}")
        for name, held in zip(results, helds, strict=True):
            print(f"    {'✓' if held.is_right else '✗'} {name}: {held.outcome}{_listed(held)}")


def _listed(held: Held) -> str:
    """Return the figures that need a look, if there are any."""
    others = [figure for figure in held.unsupported if figure not in held.untraceable]
    nowhere = f"; nowhere: {', '.join(held.untraceable)}" if held.untraceable else ""
    return nowhere + (f"; in no words or passage: {', '.join(others)}" if others else "")


async def measure(model: RunningModel) -> dict[str, Sequence[Held]]:
    """Return every conversation, by who held it."""
    by_rules = await all_with_us(None)
    with_model = await all_with_us(model)
    return {
        "us, rules alone": by_rules,
        "us, with the model": with_model,
        "plain bot": await all_plainly(by_rules, model),
    }


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Measure, print the tables, and return the exit code."""
    configure_logs("ERROR")
    try:
        with RunningModel(_say) as model:
            print_results(asyncio.run(measure(model)))
    except CannotBuild as error:
        _say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
