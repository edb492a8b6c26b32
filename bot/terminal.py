"""The same conversation in a terminal, for people without a Slack workspace."""

from __future__ import annotations

import asyncio
import re
import sys
import textwrap
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from string import ascii_lowercase

from rich.console import Console
from rich.text import Text

from bot.conversation import Audience, Place, Turn
from bot.lookup import Lookup
from bot.plain_text import ALREADY_DONE, render
from bot.ports import Conversations, DecisionLog
from bot.recalling import AnswerTurn, Recalling
from bot.replies import AskedQuestion, Clarify, Recommend, Reply
from bot.terminal_commands import NOT_KNOWN_YET, TerminalCommands, told_after
from bot.visibility import Viewer

TEAM_ID = "terminal"
USER_ID = "you"
HOW_TO_CONNECT = (
    "To connect Slack: put SLACK_BOT_TOKEN and SLACK_APP_TOKEN into .env (README, “Connect Slack”), "
    "then run again."
)
WELCOME = (
    "Ask “should we fine-tune?” in your own words, or what a term means. Answer questions by letter or in "
    "words; “not sure” and “just tell me” work too. `help` says what else you can type, such as how to set "
    "right what I heard. Leave with Ctrl-D."
)
_TITLES = frozenset(
    {
        "What I heard",
        "What I assumed",
        "Provided that",
        "What would change my mind",
        "After that",
        ALREADY_DONE,
        "Costs, from your numbers",
        "Keep in mind",
        "Sources",
        "See also",
        "I understood",
        "What you can type",
        NOT_KNOWN_YET,
    }
)


def with_memory(answer: AnswerTurn, log: DecisionLog, conversations: Conversations) -> AnswerTurn:
    """Return what answers in a terminal, where one person is alone with their own decisions."""

    async def as_it_was(audience: Audience) -> Audience:
        return audience

    async def reader(turn: Turn) -> Viewer:
        return Viewer(turn.author_id, turn.place.channel_id, is_guest=False, is_outsider=False)

    return Recalling(answer, Lookup(log, as_it_was), conversations, reader).turn


def terminal_turn(text: str, session: str, number: int, said_at: datetime) -> Turn:
    """Return what someone typed as a turn; `session` keeps separate chats apart."""
    return Turn(
        place=Place(team_id=TEAM_ID, channel_id=session, thread=""),
        audience=Audience(kind="person", user_id=USER_ID),
        author_id=USER_ID,
        message_id=f"{session}-{number}",
        said_at=said_at,
        text=text,
    )


def chat(
    runner: asyncio.Runner,
    answer: Callable[[Turn], Awaitable[Reply]],
    session: str,
    clock: Callable[[], datetime],
    commands: TerminalCommands,
) -> None:
    """Read lines until the end of input and answer each. Raises what `answer` and the stores raise."""
    console = Console(highlight=False)
    console.print(Text(WELCOME, style="dim"))
    console.print(Text(HOW_TO_CONNECT, style="dim"))
    asked: AskedQuestion | None = None
    for number, line in enumerate(_lines(console)):
        turn = terminal_turn(in_words(line, asked) if asked else line, session, number, clock())
        if asked and (picked := picked_by_letter(line, asked)):
            turn = turn.model_copy(update={"question_id": asked.id, "picked": picked})
        told = runner.run(commands.answer(turn, is_asked=asked is not None))
        if isinstance(told, str):
            _show(console, told)
            continue
        reply = runner.run(_awaited(answer(told or turn)))
        asked = _asked_after(reply, asked)
        set_right = told_after(reply) if isinstance(reply, Recommend) else ""
        _show(console, "\n\n".join(filter(None, [set_right, render(_with_letters(reply))])))


def _show(console: Console, text: str) -> None:
    console.print()
    console.print(_styled(text, console.width), soft_wrap=True)
    console.print()


_LETTER = r"\(?[a-z][.)]?"
_LETTERS = re.compile(rf"(?:option |answer )?{_LETTER}(?:(?: ?[,&+/] ?| and | ){_LETTER})*")


def picked_by_letter(line: str, asked: AskedQuestion) -> tuple[str, ...]:
    """Return the ids of the quick replies whose letters were typed; nothing when it is anything else.

    Letters, because a bare number is an amount: "2" examples are not the second option.
    """
    said = line.strip().lower()
    if not _LETTERS.fullmatch(said):
        return ()
    letters = re.findall(r"\b[a-z]\b", said)
    by_letter = dict(zip(ascii_lowercase, (reply.id for reply in asked.quick_replies), strict=False))
    is_possible = by_letter.keys() >= set(letters) and (asked.several or len(letters) == 1)
    return tuple(by_letter[letter] for letter in letters) if is_possible else ()


_THEN_WORDS = re.compile(
    rf"\s*(?P<letters>{_LETTERS.pattern})\s*(?:[,;:]|\.\s|\bplus\b)\s*(?P<words>\S.+)", re.IGNORECASE
)
_SO_A_LETTER = re.compile(r"(?P<words>\S.+?)[ ,]+so (?:option |answer )?(?P<letters>[a-z])\W*", re.IGNORECASE)


def in_words(line: str, asked: AskedQuestion) -> str:
    """Return the line with the letters that begin it, or end it after "so", as the options they stand for."""
    match = _THEN_WORDS.fullmatch(line) or _SO_A_LETTER.fullmatch(line)
    if match is None:
        return line
    picked = picked_by_letter(match["letters"], asked)
    labels = {reply.id: reply.label for reply in asked.quick_replies}
    if not picked:
        return line
    return ". ".join([*(labels[one] for one in picked), match["words"]])


def _asked_after(reply: Reply, asked: AskedQuestion | None) -> AskedQuestion | None:
    """Return the question that waits after a reply; an aside leaves it waiting."""
    match reply:
        case Clarify(question=question):
            return question
        case Recommend():
            return None
        case _:
            return asked


def _with_letters(reply: Reply) -> Reply:
    """Return the reply with a letter before each choice of a question."""
    if not isinstance(reply, Clarify):
        return reply
    choices = tuple(
        choice.model_copy(update={"label": f"{letter}. {choice.label}"})
        for letter, choice in zip(ascii_lowercase, reply.question.quick_replies, strict=False)
    )
    question = reply.question.model_copy(update={"quick_replies": choices})
    return reply.model_copy(update={"question": question})


async def _awaited(reply: Awaitable[Reply]) -> Reply:
    return await reply


def _lines(console: Console) -> Iterator[str]:
    """Yield what is typed; piped lines are shown, so that the output reads as a conversation."""
    interactive = sys.stdin.isatty()
    while True:
        try:
            line = console.input("[bold]you>[/bold] ")
        except EOFError:
            console.print()
            return
        if not interactive:
            console.print(Text(line))
        if line.strip():
            yield line


_INDENT = re.compile(r" *(?:- |\d+\. |[a-z]\. )?")
"""What stands before the words of a line: a dash, or the number or letter by which it is chosen."""


def _styled(text: str, width: int) -> Text:
    """Return the text wrapped at words, titles in bold; an address is never cut in two."""
    styled = Text()
    for line in text.split("\n"):
        indent = " " * len(_INDENT.match(line)[0])  # type: ignore[index] # it matches everywhere
        wrapped = textwrap.wrap(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        is_title = line in _TITLES or line.startswith("First step:")
        styled.append("\n".join(wrapped), style="bold" if is_title else "")
        styled.append("\n")
    styled.right_crop(1)
    return styled
