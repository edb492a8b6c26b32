"""The commands and their arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

from bot.cli import digest, doctor, erase, feedback, inbox, log, measure, talk, usage, workspaces
from bot.cli import exam as exams
from bot.cli import index as index_commands
from bot.cli.output import PROGRAM
from bot.deciding import CHOOSABLE
from bot.decision.options import Option
from bot.record import Status
from bot.serving import ROLES
from bot.settings import Settings
from bot.stores.keys import USAGE_DAYS

Command = Callable[[argparse.Namespace, Settings], None]


def make_parser() -> argparse.ArgumentParser:
    """Return the parser; each command puts the function that runs it into `run`."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Answers “should we fine-tune?”. Without a command: serves Slack when its tokens are "
        "set, else talks in the terminal.",
    )
    parser.set_defaults(run=talk.start, is_on_screen=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: Command, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        made.set_defaults(run=run, is_on_screen=False)
        return made

    serve = command("serve", talk.serve_slack, "serve Slack")
    _add_shares(serve)
    chat = command("chat", talk.talk_in_terminal, "talk in the terminal")

    ask = command("ask", talk.ask, "answer one question and leave")
    ask.add_argument("text", nargs="?", help="the question, in words")
    ask.add_argument("--facts", type=Path, metavar="FILE", help="a JSON file with facts instead of words")
    ask.add_argument("--json", action="store_true", help="print JSON only")

    _add_decisions(
        command("decisions", log.run, "list the log, write it out, derive it again, or erase words")
    )

    purge = command("purge", erase.purge, "delete everything that is kept of one workspace")
    purge.add_argument("--team", required=True, type=_id, metavar="ID", help="the workspace, e.g. T0123ABCD")

    have = command(
        "workspaces", workspaces.run, "list who installed the app, remove one, or encrypt their tokens anew"
    )
    have.add_argument("action", nargs="?", choices=("list", "remove", "rotate-keys"), default="list")
    have.add_argument("team", nargs="?", metavar="ID", help="with remove: the workspace, e.g. T0123ABCD")
    have.add_argument("--json", action="store_true", help="print JSON only")

    kept = command("inbox", inbox.run, "show what waits to be answered, or what was given up")
    kept.add_argument("action", nargs="?", choices=("show", "dead", "retry"), default="show")
    kept.add_argument(
        "id", nargs="?", metavar="ID", help="with retry: the id or the reference of a dead letter"
    )
    kept.add_argument("--json", action="store_true", help="print JSON only")

    used = command("usage", usage.run, "show what language models used, by day and account")
    used.add_argument(
        "--days", type=_days, default=7, metavar="N", help="of the last N days (UTC; default: 7)"
    )
    used.add_argument("--json", action="store_true", help="print JSON only")

    given = command("feedback", feedback.run, "list what people thought of answers, and why")
    given.add_argument("--days", type=_days, default=30, metavar="N", help="of the last N days (default: 30)")
    given.add_argument("--team", metavar="ID", help="only this workspace")
    given.add_argument("--json", action="store_true", help="print JSON only")

    weekly = command("digest", digest.run, "show or post a weekly digest")
    weekly.add_argument("--channel", required=True, type=_id, metavar="ID", help="channel id, e.g. C0123ABCD")
    weekly.add_argument("--week", metavar="WEEK", help="ISO week, e.g. 2026-W47; default: the last full one")
    weekly.add_argument("--dry-run", action="store_true", help="print it and post nothing")
    weekly.add_argument("--team", metavar="ID", help="the workspace, when there are several")

    exam = command("exam", exams.run, "examine the language model that is set, about a hundred calls")
    exam.add_argument("--json", action="store_true", help="print JSON only")

    looks = command("doctor", doctor.run, "look at everything the bot stands on, and say what to do")
    looks.add_argument("--json", action="store_true", help="print JSON only")

    index = command("index", index_commands.run, "build the index, or add a document to it")
    index.add_argument("action", nargs="?", choices=("build", "add"), default="build")
    index.add_argument("path", nargs="?", type=Path, help="with add: a .md or .txt file")

    evaluate = command("evaluate", measure.run, "measure answers on case files")
    evaluate.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    evaluate.add_argument("--json", action="store_true", help="print JSON only")
    evaluate.add_argument("--confusions", action="store_true", help="also print what was taken for what")
    evaluate.add_argument("--worst", action="store_true", help="also print ten cases with the wrong advice")
    for on_screen in (chat, ask, exam, looks, evaluate):
        on_screen.set_defaults(is_on_screen=True)
    return parser


def _add_decisions(decisions: argparse.ArgumentParser) -> None:
    decisions.add_argument(
        "action",
        nargs="?",
        choices=("list", "replay", "watch", "import", "reindex", "erase"),
        default="list",
        help="list (default); replay: derive every outcome again; watch: show what rests on a closed model; "
        "import: take in a FILE that --json wrote; reindex: list every record again by what it is found by; "
        "erase: erase the words of one decision by its ID, or of one --user",
    )
    decisions.add_argument("of", nargs="?", metavar="FILE|ID", help="with import, a file; with erase, an id")
    decisions.add_argument(
        "--user", metavar="ID", help="with erase: everything that this person said, and their id"
    )
    wanted = decisions.add_argument_group("which ones; all of these have to hold")
    wanted.add_argument("--since", type=_day, metavar="DAY", help="only from this day on, e.g. 2026-11-01")
    wanted.add_argument("--words", default="", metavar="TEXT", help="with these words in question or reasons")
    wanted.add_argument("--channel", default="", metavar="ID", help="asked in this channel")
    wanted.add_argument("--person", default="", metavar="ID", help="asked, decided or changed by this person")
    wanted.add_argument("--status", choices=get_args(Status), help="of this status")
    wanted.add_argument("--outcome", type=_outcome, metavar="OPTION", help="decided so, e.g. RAG")
    wanted.add_argument("--due-before", type=_day, metavar="DAY", help="to be reviewed before this day")
    wanted.add_argument("--team", metavar="ID", help="of this workspace")
    form = decisions.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print every record, as a JSON list")
    form.add_argument("--csv", action="store_true", help="print one line a record, for a spreadsheet")
    form.add_argument(
        "--adr",
        type=Path,
        metavar="DIR",
        help="write Markdown files (MADR) that the whole workspace may read",
    )
    decisions.add_argument("--all", action="store_true", help="with --adr: private decisions, too")


def _add_shares(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--http", action="store_true", help="take Slack's requests by HTTP instead of over a socket"
    )
    serve.add_argument(
        "--role",
        choices=ROLES,
        default="all",
        help="only take in what Slack sends, or only answer it (default: all)",
    )


def _id(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; write an id such as C0123ABCD")
    return text


def _outcome(text: str) -> Option:
    by_name = {option.value: option for option in CHOOSABLE}
    if text not in by_name:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(by_name)}")
    return by_name[text]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-01") from None


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= USAGE_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days from 1 to {USAGE_DAYS}")
    return int(text)
