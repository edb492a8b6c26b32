"""Runs everything with the worst model there is, and shows that it does no harm.

The evaluation without and with the model, side by side: no score may be lower. Then a dialogue in Slack, what
the model answered in it, and how much of that was taken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import OPERATOR
from tests.bench.measuring import print_table
from tests.e2e.processes import ROOT, BotProcess, RedisProcess, app_scopes
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import TEAM_ID, Message
from tests.local_model.build import CannotBuild
from tests.local_model.running import Call, RunningModel

GOLDEN = ROOT / "tests" / "golden"
SEED = 20261128
_ANSWERED_WITHIN_S = 300.0

DIALOGUES: tuple[tuple[str, ...], ...] = (
    (
        "should we fine-tune? Our support assistant makes up refund rules; the handbook has 300 pages.",
        "It changes every month, and we have 40 test cases. Just tell me.",
    ),
    (
        "Fine-tune? Our letters have the facts right and the tone wrong. We have 900 reviewed letters.",
        "Prompt versions were scored on 120 cases, with examples in the prompt: 71 %, we need 85 %.",
        "Just tell me.",
    ),
    ("what is LoRA?",),
    ("what does it cost to fine-tune?",),
)
"""What one person says, thread by thread."""


@dataclass(frozen=True)
class Bot:
    """The bot's command line, with a directory and a Redis of its own."""

    directory: Path
    redis_url: str

    def run(self, *arguments: str, settings: dict[str, str] | None = None) -> str:
        """Return what a command prints. Raises CalledProcessError."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment = kept | {
            "PYTHONPATH": str(ROOT),
            "DATA_DIR": str(self.directory),
            "REDIS_URL": self.redis_url,
            "LOG_LEVEL": "ERROR",
            **(settings or {}),
        }
        command = [sys.executable, "-m", "bot", *arguments]
        # Run elsewhere than in our own directory, whose .env may hold other settings.
        return subprocess.run(  # noqa: S603 - our own program
            command, cwd=self.directory, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout


def say(line: str) -> None:
    """Print progress, out of the way of results."""
    print(f"[{time.strftime('%H:%M:%S')}] {line}", file=sys.stderr, flush=True)


def sample_cases(most: int, directory: Path) -> list[Path]:
    """Write at most so many cases of each golden file into files of the same names, and print which."""
    dice = random.Random(SEED)
    files = []
    for golden in sorted(GOLDEN.glob("*.jsonl")):
        lines = golden.read_text(encoding="utf-8").splitlines()
        chosen = [lines[number] for number in sorted(dice.sample(range(len(lines)), min(most, len(lines))))]
        files.append(directory / golden.name)
        files[-1].write_text("\n".join(chosen), encoding="utf-8")
        ids = " ".join(json.loads(line)["id"] for line in chosen)
        print(f"{golden.name}: {len(chosen)} of {len(lines)}: {ids}")
    return files


def evaluate(bot: Bot, files: Sequence[Path], settings: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the figures of an evaluation."""
    figures: dict[str, Any] = json.loads(bot.run("evaluate", *map(str, files), "--json", settings=settings))
    return figures


def compare(without: dict[str, Any], with_model: dict[str, Any]) -> list[str]:
    """Print both evaluations side by side, and return what is worse with the model."""
    rows, worse = [], []
    for kind, before in without.items():
        after = with_model[kind]
        for figure in ("score", "exact"):
            if figure in before:
                rows.append((kind, figure, str(before["n"]), f"{before[figure]:.3f}", f"{after[figure]:.3f}"))
                worse += [f"{kind} ({figure})"] if after[figure] < before[figure] else []
    print_table(
        "Evaluation", ("measured", "figure", "cases", "without the model", "with the worst model"), rows
    )
    return worse


async def talk(model: RunningModel, redis_url: str, directory: Path) -> None:
    """Hold dialogues in Slack, and print them with what the model answered."""
    before = len(model.calls)
    log = directory / "bot.log"
    async with FakeSlack(app_scopes(), ack_within_s=10) as slack:
        bot = BotProcess(slack, redis_url, directory, log, model.environment)
        try:
            await bot.start()
            said = [one for dialogue in DIALOGUES for one in await _hold(dialogue, slack)]
            await bot.stop()
        except AssertionError:
            say(bot.said()[-4_000:])
            raise
        finally:
            bot.end()
    print_dialogue(said, model.calls[before:])


async def _hold(dialogue: Sequence[str], slack: FakeSlack) -> list[tuple[str, Message]]:
    """Return what was said and answered in one thread."""
    ana = slack.add_user("ana")
    channel = slack.add_channel("general", {ana})
    said: list[tuple[str, Message]] = []
    root = ""
    for number, words in enumerate(dialogue, start=1):
        message = await slack.say(ana, channel, f"{slack.mention} {words}", root)
        root = root or message.ts
        said.append((words, await slack.reply_in(channel, root, number, _ANSWERED_WITHIN_S)))
    return said


def print_dialogue(said: Sequence[tuple[str, Message]], calls: Sequence[Call]) -> None:
    """Print who said what, and what the model answered when it was asked what to say."""
    print("In Slack")
    for words, reply in said:
        print(f"\nana> {words}\nfinetune> {reply.shown.replace(chr(10), chr(10) + '  ')}")
    print("\nWhat the model answered in it; what of it was taken is counted below")
    for call in calls:
        print(f"  {call.text[:300]!r}")
    print()


def print_usage(bot: Bot, settings: dict[str, str]) -> None:
    """Print what the model took, and how many of its proposals were taken."""
    rows = json.loads(bot.run("usage", "--json", settings=settings))["rows"]
    shown = ("calls", "failures", "tokens_in", "tokens_out", "accepted", "replaced")
    names = {TEAM_ID: "Slack", OPERATOR.team_id: "the exam"}
    print_table(
        "Use of the model",
        ("for", *(name.replace("_", " ") for name in shown)),
        [
            (names.get(row["id"], row["id"]), *(f"{row[name]:,}" for name in shown))
            for row in rows
            if row["kind"] == "workspace"
        ],
    )


async def prove(model: RunningModel, directory: Path, options: argparse.Namespace) -> list[str]:
    """Do everything, and return what is worse with the model."""
    redis = RedisProcess(directory)
    await redis.start()
    try:
        bot = Bot(directory, redis.url)
        files = sample_cases(options.most, directory)
        say("evaluating without the model")
        without = evaluate(bot, files)
        if options.exam:
            say("examining the model: a hundred calls, about ten minutes")
            print(f"\nExam\n{bot.run('exam', settings=model.environment)}")
        say("evaluating with the model")
        worse = compare(without, evaluate(bot, files, model.environment))
        say(f"talking in Slack, after {len(model.calls)} answers of the model")
        await talk(model, redis.url, directory)
        print_usage(bot, model.environment)
    finally:
        redis.kill()
    return worse


def main() -> int:
    """Run it and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--most", type=int, default=20, metavar="N", help="cases of each golden file")
    parser.add_argument(
        "--exam", action=argparse.BooleanOptionalAction, default=True, help="examine it first"
    )
    options = parser.parse_args()
    # A short path: Redis listens on a socket in it.
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        try:
            with RunningModel(say) as model:
                worse = asyncio.run(prove(model, Path(directory), options))
        except CannotBuild as error:
            say(str(error))
            return 1
    if worse:
        say(f"worse with the model: {', '.join(worse)}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
