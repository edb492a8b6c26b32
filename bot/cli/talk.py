"""Commands that hold a conversation: serve, chat, ask."""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import signal
from contextlib import AsyncExitStack
from pathlib import Path

from pydantic import ValidationError

from bot.app import now, open_advisor, open_reference
from bot.cli.output import say, show
from bot.decision.facts import Facts
from bot.errors import InputInvalid, WrongUsage
from bot.given_facts import advise_on_facts
from bot.json_reply import reply_as_json
from bot.plain_text import render
from bot.replies import Reply
from bot.serving import Share, serve
from bot.settings import Settings
from bot.terminal import chat, terminal_turn, with_memory
from bot.terminal_commands import TerminalCommands


def start(options: argparse.Namespace, settings: Settings) -> None:
    """Serve Slack when its tokens are set, else talk in the terminal."""
    (serve_slack if settings.uses_slack else talk_in_terminal)(options, settings)


def serve_slack(options: argparse.Namespace, settings: Settings) -> None:
    """Serve Slack until SIGTERM or Ctrl-C."""
    share = Share(role=getattr(options, "role", "all"), over_http=getattr(options, "http", False))

    async def serve_until_told_to_stop() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(signal_number, stop.set)
        await serve(settings, say, stop, share)

    asyncio.run(serve_until_told_to_stop())


def talk_in_terminal(_options: argparse.Namespace, settings: Settings) -> None:
    """Answer what is typed or piped in, until the end of input."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            advisor, stores = runner.run(stack.enter_async_context(open_advisor(settings, say)))
            answer = with_memory(advisor.turn, stores.log, stores.conversations)
            commands = TerminalCommands(stores.conversations, stores.log)
            chat(runner, answer, session=f"chat-{secrets.token_hex(4)}", clock=now, commands=commands)
        finally:
            runner.run(stack.aclose())


def ask(options: argparse.Namespace, settings: Settings) -> None:
    """Answer one question, or given facts. Raises InputInvalid."""
    if (options.text is None) == (options.facts is None):
        raise WrongUsage("write one question in quotes after `ask`, or give --facts FILE")
    if options.facts:
        reply = asyncio.run(_on_facts(_read_facts(options.facts), settings))
    else:
        if not options.text.strip():
            raise WrongUsage("the question is empty; write it in quotes after `ask`")
        reply = asyncio.run(_on_words(options.text, settings))
    show(json.dumps(reply_as_json(reply), ensure_ascii=False) if options.json else render(reply))


async def _on_words(text: str, settings: Settings) -> Reply:
    async with open_advisor(settings, say) as (advisor, stores):
        answer = with_memory(advisor.turn, stores.log, stores.conversations)
        return await answer(terminal_turn(text, f"ask-{secrets.token_hex(4)}", 0, now()))


async def _on_facts(facts: Facts, settings: Settings) -> Reply:
    with open_reference(settings, say) as reference:
        return await advise_on_facts(facts, reference, now())


def _read_facts(path: Path) -> Facts:
    try:
        return Facts.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputInvalid(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise InputInvalid(f"{path}: is not UTF-8 text; write one JSON object of facts") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        # Only the fact's name: behind it stands which form of its value was tried.
        where = f"{path}: {first['loc'][0]}" if first["loc"] else str(path)
        raise InputInvalid(f"{where}: {first['msg']}; see docs/decisions.md for the facts") from error
    except (ValueError, RecursionError) as error:
        raise InputInvalid(f"{path}: is not JSON ({error}); write one object of facts") from error
