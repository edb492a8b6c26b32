"""The same conversation in a terminal, for people without a Slack workspace."""

from __future__ import annotations

import asyncio
import sys
import textwrap
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot.conversation import Audience, Place, Turn
from bot.plain_text import render
from bot.replies import Reply

TEAM_ID = "terminal"
USER_ID = "you"
HOW_TO_CONNECT = (
    "To connect Slack: put SLACK_BOT_TOKEN and SLACK_APP_TOKEN into .env (README, “Connect Slack”), "
    "then run again."
)
WELCOME = (
    "Ask “should we fine-tune?” in your own words, or what a term means. Answer questions by number or in "
    "words; "
    "“not sure” and “just tell me” work too. Leave with Ctrl-D."
)
_TITLES = frozenset(
    {
        "What I heard",
        "What I assumed",
        "Provided that",
        "What would change my mind",
        "After that",
        "Costs, from your numbers",
        "Keep in mind",
        "Sources",
        "See also",
        "I understood",
    }
)


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
) -> None:
    """Read lines until the end of input and answer each. Raises what `answer` raises."""
    console = Console(highlight=False)
    console.print(Text(WELCOME, style="dim"))
    console.print(Text(HOW_TO_CONNECT, style="dim"))
    for number, line in enumerate(_lines(console)):
        reply = runner.run(_awaited(answer(terminal_turn(line, session, number, clock()))))
        console.print()
        console.print(_styled(render(reply), console.width), soft_wrap=True)
        console.print()


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


def _styled(text: str, width: int) -> Text:
    """Return the text wrapped at words, titles in bold; an address is never cut in two."""
    styled = Text()
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()) + (2 if line.startswith("- ") else 0))
        wrapped = textwrap.wrap(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        is_title = line in _TITLES or line.startswith("First step:")
        styled.append("\n".join(wrapped), style="bold" if is_title else "")
        styled.append("\n")
    styled.right_crop(1)
    return styled
