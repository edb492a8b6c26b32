"""How long one turn takes without a language model, and where the time goes; real Redis, real Chroma."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from bot.app import now, open_advisor, open_index, open_reference
from bot.decision.flips import find_flips
from bot.decision.next_question import direction_is_open, next_question
from bot.decision.outlook import outlook
from bot.decision.questions import BY_ID
from bot.decision.recommendation import recommend
from bot.decision.statements import Understanding, understand
from bot.dialogue import Dialogue
from bot.settings import Settings
from bot.terminal import terminal_turn
from bot.understanding.reading import read
from tests.bench.measuring import p50_p99, print_table, time_each_ms

TURNS = 300
QUESTIONS = (
    "Should we fine-tune? Our bot makes up refund rules; the handbook has 300 pages and changes monthly.",
    "800 reviewed letters, prompts scored on 120 cases, examples in the prompt. Stuck at 71%, need 85%.",
    "It answers in 9 seconds and costs too much: 40,000 requests a day with a 3,000 token prompt.",
    "The JSON it returns does not parse one time in twelve. Fine-tune?",
    "Sort incoming mail into 14 teams; 2,400 are labelled by hand. Just tell me.",
)


def question(number: int) -> str:
    """Return one of the questions, in turn."""
    return QUESTIONS[number % len(QUESTIONS)]


def judge_all(understanding: Understanding) -> None:
    """Do what a turn does between reading and writing, with nothing remembered from an earlier one."""
    outlook.cache_clear()
    recommendation = recommend(understanding.facts)
    outlook(understanding.facts)
    next_question(understanding, ())
    direction_is_open(understanding, ())
    find_flips(understanding.facts, recommendation)


async def measure(data_dir: Path) -> list[tuple[str, str, str]]:
    """Return rows of (what, p50, p99)."""
    settings = Settings(data_dir=data_dir, redis_url=None, slack_bot_token=None, slack_app_token=None)
    rows: list[tuple[str, str, str]] = []

    async def add(what: str, action: object) -> None:
        await time_each_ms(action, 20)  # type: ignore[arg-type] # warm up with the same call
        rows.append((what, *p50_p99(await time_each_ms(action, TURNS))))  # type: ignore[arg-type] # as above

    async def read_only(number: int) -> None:
        read(question(number))

    async def read_answer(number: int) -> None:
        # Each another one: what was read lately is remembered.
        text = f"about {number + 30} of them, the leads read each twice, and legal is fine with training"
        read(text, pending=BY_ID["Q5"])

    async def read_news(number: int) -> None:
        text = (
            f"We tuned it on {number + 300} of them, it scores 84 now, and legal is fine. What are the risks?"
        )
        read(text, earlier=told, continues=True, steps=advised)

    told = read(QUESTIONS[1]).statements
    advised = recommend(understand(told).facts).steps_by_id
    understood = [understand(read(text).statements) for text in QUESTIONS]

    async def judge(number: int) -> None:
        judge_all(understood[number % len(understood)])

    async def judge_nothing(_number: int) -> None:
        judge_all(understand([]))

    await add("reading the words", read_only)
    await add("reading an answer to a question", read_answer)
    await add("reading what is told after a recommendation", read_news)
    await add("policy, outlook, next question and flips", judge)
    await add("… from nothing known", judge_nothing)
    with open_reference(settings, print) as reference:

        async def search(number: int) -> None:
            await reference.passages.search(question(number), 3)

        async def answer(number: int) -> None:
            turn = terminal_turn(question(number) + " Just tell me.", f"bench-{number}", 0, now())
            await Dialogue(reference).answer(turn, None)

        await add("one glossary search", search)
        await add("a whole recommendation, nothing kept", answer)
    async with open_advisor(settings, print) as (advisor, _):
        started = time.time_ns()

        async def turn(number: int) -> None:
            text = question(number) + " Just tell me."
            await advisor.turn(terminal_turn(text, f"bench-{started}-{number}-{time.time_ns()}", 0, now()))

        await add("a whole recommendation, kept in Redis", turn)
    return rows


def measure_index_build(data_dir: Path) -> float:
    """Return the seconds that building the index from nothing takes, model load included."""
    settings = Settings(data_dir=data_dir, redis_url=None, slack_bot_token=None, slack_app_token=None)
    started = time.perf_counter()
    with open_index(settings, print):
        return time.perf_counter() - started


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = measure_index_build(Path(folder))
        rows = asyncio.run(measure(Path(folder)))
    print_table("Building the index", ("what", "seconds"), [("25 terms, from nothing", f"{seconds:.2f}")])
    print_table(f"One turn without a model ({TURNS} of each)", ("what", "p50", "p99"), rows)


if __name__ == "__main__":
    main()
