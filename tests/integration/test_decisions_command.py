"""`python -m bot decisions`: listed, written out, and taken in again."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from bot.cli import log as log_commands
from bot.cli import main
from bot.cli.parser import make_parser
from bot.conversation import Audience
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.erasure import EraseDecision, ErasePerson, Erasure, erased
from bot.importing import read_records, take_in
from bot.record import Change, DecisionRecord
from bot.settings import Settings
from bot.stores.connection import RedisClients, open_redis
from bot.stores.decisions import RedisDecisionLog
from tests.integration.stores.examples import ACCEPTED, NOW, a_record, a_revision, changed

SECRET = "zebra"
EVERYONES = Audience(kind="workspace", channel_id="C1")
CHANNELS = Audience(kind="conversation", channel_id="C7")
ANAS = Audience(kind="person", user_id="U1")

Run = Callable[..., tuple[int, str, str]]


def open_to_all(number: int, **changes: object) -> DecisionRecord:
    record = a_record(number, decided_at=NOW + timedelta(minutes=number), context=f"Question {number}?")
    return record.model_copy(update={"audience": EVERYONES, **changes})


def keep(redis_url: str, *records: DecisionRecord) -> None:
    async def save_all() -> None:
        async with await open_redis(redis_url) as clients:
            for record in records:
                await RedisDecisionLog(clients.quick).save(record)

    asyncio.run(save_all())


def forget(redis_url: str) -> None:
    async def flush() -> None:
        async with await open_redis(redis_url) as clients:
            await clients.quick.flushall()

    asyncio.run(flush())


@pytest.fixture
def run(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Run]:
    """Run the command and return its exit code, what it prints, and what it says beside."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("COLUMNS", "200")

    def run_command(*arguments: str) -> tuple[int, str, str]:
        code = main(["decisions", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    yield run_command
    # The command lets logs go to what this test captured.
    structlog.reset_defaults()


def test_filters_narrow_down_every_form(run: Run, redis_url: str) -> None:
    decided = changed(open_to_all(1), ACCEPTED).model_copy(
        update={"status": "accepted", "review_on": date(2026, 12, 1)}
    )
    elsewhere = open_to_all(3, place=decided.place.model_copy(update={"channel_id": "C7"}))
    keep(redis_url, decided, open_to_all(2), elsewhere)

    for arguments, expected in (
        ((), [1, 2, 3]),
        (("--status", "accepted"), [1]),
        (("--person", "U2"), [1]),
        (("--due-before", "2026-12-02"), [1]),
        (("--due-before", "2026-12-01"), []),
        (("--channel", "C7"), [3]),
        (("--words", "question 2"), [2]),
        (("--outcome", "RAG"), [1, 2, 3]),
        (("--outcome", "DISTIL"), []),
        (("--since", "2026-11-17"), []),
        (("--team", "T2"), []),
    ):
        ids = [f"D-{number:010d}" for number in expected]
        assert [row["id"] for row in json.loads(run(*arguments, "--json")[1])] == ids
        assert [row["id"] for row in csv.DictReader(io.StringIO(run(*arguments, "--csv")[1]))] == ids
        table = run(*arguments)[1]
        assert [id_ for id_ in ("D-0000000001", "D-0000000002", "D-0000000003") if id_ in table] == ids


def test_what_was_written_out_is_taken_in_again_as_it_was(run: Run, redis_url: str, tmp_path: Path) -> None:
    keep(redis_url, changed(open_to_all(1), ACCEPTED), open_to_all(2, audience=ANAS))
    written = run("--json")[1]
    (tmp_path / "log.json").write_text(written)
    forget(redis_url)

    assert run("import", "log.json") == (0, "2 new, 0 carried on, 0 left as they were kept\n", "")
    assert run("--json")[1] == written
    assert run("import", "log.json") == (0, "0 new, 0 carried on, 2 left as they were kept\n", "")
    assert json.loads(run("--json", "--words", "question 1")[1])[0]["id"] == "D-0000000001"


def test_a_longer_history_is_never_overwritten_and_a_shorter_one_carried_on(
    run: Run, redis_url: str, tmp_path: Path
) -> None:
    short = open_to_all(1)
    keep(redis_url, short)
    shorter = run("--json")[1]
    (tmp_path / "short.json").write_text(shorter)
    keep(redis_url, changed(short, ACCEPTED))
    longer = run("--json")[1]
    (tmp_path / "long.json").write_text(longer)

    assert run("import", "short.json")[1] == "0 new, 0 carried on, 1 left as they were kept\n"
    assert run("--json")[1] == longer

    forget(redis_url)
    run("import", "short.json")
    assert run("import", "long.json")[1] == "0 new, 1 carried on, 0 left as they were kept\n"
    assert run("--json")[1] == longer


def test_what_was_erased_stays_erased(run: Run, redis_url: str, tmp_path: Path) -> None:
    record = changed(open_to_all(1), ACCEPTED)
    keep(redis_url, record)
    (tmp_path / "log.json").write_text(run("--json")[1])
    grown = changed(record, Change(at=NOW, by="U1", what="withdrawn"))
    (tmp_path / "grown.json").write_text(json.dumps([grown.model_dump(mode="json")]))
    erased = changed(record, Change(at=NOW, by="operator", what="erased"))
    keep(redis_url, erased.model_copy(update={"context": "", "revisions": (a_revision(quote=""),)}))
    left = run("--json")[1]

    assert run("import", "log.json")[0] == 0
    assert run("import", "grown.json")[0] == 1
    assert run("--json")[1] == left


def test_one_bad_record_keeps_everything_out(run: Run, tmp_path: Path) -> None:
    good = open_to_all(1).model_dump(mode="json")
    for rows, reason in (
        ([good, {**good, "id": "D-0000000002", "status": SECRET}], "decision 2 cannot be read"),
        ([good, {**good, "id": "x"}], "decision 2 cannot be read: string_pattern_mismatch in id"),
        ([good, {**good, "id": "D-0000000002", "extra": SECRET}], "decision 2 was kept by a newer version"),
        ([good, {**good, "schema_version": 9}], "decision 2 was kept by a newer version"),
        ([good, good], "holds D-0000000001 twice"),
        ([good, SECRET], "decision 2 cannot be read"),
        ({"decisions": [good]}, "is not a list of decisions"),
    ):
        (tmp_path / "log.json").write_text(json.dumps(rows))
        code, out, error = run("import", "log.json")
        assert (code, out, error.count("\n")) == (1, "", 1)
        assert error.startswith("python -m bot: log.json")
        assert reason in error
        assert SECRET not in error
        assert run("--json")[1] == "[]\n"
    (tmp_path / "log.json").write_bytes(b"\xff{")
    assert "is not UTF-8" in run("import", "log.json")[2]
    (tmp_path / "log.json").write_text(f"[{SECRET}")
    assert "log.json is not JSON" in run("import", "log.json")[2]
    assert "No such file" in run("import", "none.json")[2]


def test_a_record_with_another_history_keeps_everything_out(run: Run, redis_url: str, tmp_path: Path) -> None:
    keep(redis_url, changed(open_to_all(2), ACCEPTED))
    other = changed(open_to_all(2), ACCEPTED.model_copy(update={"by": "U9"}))
    rows = [record.model_dump(mode="json") for record in (open_to_all(1), other)]
    (tmp_path / "log.json").write_text(json.dumps(rows))
    before = run("--json")[1]

    code, _, error = run("import", "log.json")

    assert code == 1
    assert "D-0000000002 is kept with another history" in error
    assert run("--json")[1] == before


ERASURES: list[Erasure] = [
    EraseDecision("T1", "operator", NOW, "D-0000000001"),
    ErasePerson("T1", "operator", NOW, "U1"),
]


@pytest.mark.parametrize("erasure", ERASURES, ids=["decision", "person"])
def test_what_was_erased_since_the_file_was_written_stays_so_and_the_rest_is_taken_in(
    run: Run, redis_url: str, tmp_path: Path, erasure: Erasure
) -> None:
    named = Statement(fact="base_model", value=SECRET, quote=SECRET, author_id="U1", message_id="m1")
    arranged = a_revision().model_copy(
        update={"statements": (named,), "model": "fake:model", "rationale": (f"You said {SECRET}.",)}
    )
    keep(
        redis_url,
        changed(open_to_all(1, context=SECRET, revisions=(arranged,)), ACCEPTED),
        open_to_all(2, context="Question 2?").model_copy(
            update={"owner": "U3", "history": (Change(at=NOW, by="U3", what="proposed"),)}
        ),
    )
    (tmp_path / "log.json").write_text(run("--json")[1])
    forget(redis_url)
    first, second = read_records((tmp_path / "log.json").read_text(), "log.json")
    keep(redis_url, erased(first, erasure))
    before = run("--json")[1]

    assert run("import", "log.json") == (0, "1 new, 0 carried on, 1 left as they were kept\n", "")

    after = json.loads(run("--json")[1])
    assert after[:1] == json.loads(before)
    assert after[1]["id"] == second.id
    assert SECRET not in json.dumps(after)


def test_files_beside_the_code_hold_what_the_whole_workspace_may_see(
    run: Run, redis_url: str, tmp_path: Path
) -> None:
    hidden = [
        open_to_all(2, context=SECRET, audience=ANAS),
        open_to_all(3, context=SECRET, audience=CHANNELS),
    ]
    keep(redis_url, open_to_all(1), *hidden)

    code, out, error = run("--adr", "adr")

    assert (code, out) == (0, "2 files new, 0 changed, 0 as they were: adr\n")
    assert "--all writes private ones" in error
    assert "channels that turned private since are still among them" in error
    written = {path.name: path.read_text() for path in (tmp_path / "adr").iterdir()}
    assert written.keys() == {"README.md", "D-0000000001.md"}
    assert SECRET not in "".join(written.values())

    assert run("--adr", "everything", "--all")[1:] == (
        "4 files new, 0 changed, 0 as they were: everything\n",
        "",
    )


def test_files_that_are_right_already_are_not_touched(run: Run, redis_url: str, tmp_path: Path) -> None:
    keep(redis_url, open_to_all(1), open_to_all(2))
    run("--adr", "adr")
    foreign = tmp_path / "adr" / "0001-our-own.md"
    foreign.write_text("# Ours\n")
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in foreign.parent.iterdir()}

    assert run("--adr", "adr")[1].startswith("0 files new, 0 changed, 3 as they were")
    assert {
        path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in foreign.parent.iterdir()
    } == before

    keep(redis_url, changed(open_to_all(2), ACCEPTED).model_copy(update={"status": "accepted"}))
    assert run("--adr", "adr")[1].startswith("0 files new, 2 changed, 1 as they were")
    assert "status: accepted" in (foreign.parent / "D-0000000002.md").read_text()
    assert foreign.read_text() == "# Ours\n"


def test_files_of_what_is_no_longer_among_them_are_named_and_left(
    run: Run, redis_url: str, tmp_path: Path
) -> None:
    keep(redis_url, open_to_all(1), open_to_all(2))
    run("--adr", "adr")
    keep(redis_url, open_to_all(2, audience=CHANNELS))

    assert "left where they are: D-0000000002.md" in run("--adr", "adr")[2]
    assert (tmp_path / "adr" / "D-0000000002.md").exists()
    assert "D-0000000002" not in (tmp_path / "adr" / "README.md").read_text()


def test_somebody_elses_file_is_never_overwritten(run: Run, redis_url: str, tmp_path: Path) -> None:
    keep(redis_url, open_to_all(1))
    (tmp_path / "README.md").write_text("# Our project\n")

    code, out, error = run("--adr", ".")

    assert (code, out) == (1, "")
    assert "README.md is not one that I wrote" in error
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["README.md"]
    (tmp_path / "file").write_text("")
    assert "file cannot be written to" in run("--adr", "file")[2]


@pytest.mark.parametrize("arguments", [("import",), ("list", "x.json"), ("--all",), ("--all", "--json")])
def test_what_does_not_go_together_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, error = run(*arguments)
    assert (code, out, error.count("\n")) == (2, "", 1)


def test_records_are_listed_again_on_demand(run: Run, redis_url: str) -> None:
    keep(redis_url, open_to_all(1), open_to_all(2))
    assert run("reindex")[1] == "2 decisions listed again\n"
    assert len(json.loads(run("--json")[1])) == 2


def test_every_outcome_that_can_be_decided_can_be_asked_for() -> None:
    options = make_parser().parse_args(["decisions", "--outcome", "FINE_TUNE_SFT"])
    assert options.outcome is Option.FINE_TUNE_SFT
    with pytest.raises(SystemExit):
        make_parser().parse_args(["decisions", "--outcome", "ASK"])


words = st.text(max_size=30)
moments = st.datetimes(timezones=st.just(NOW.tzinfo))
changes = st.builds(
    Change,
    at=moments,
    by=words,
    what=st.sampled_from(["proposed", "revised", "accepted", "withdrawn", "shared"]),
    why=words,
    outcome=st.sampled_from([None, Option.RAG, Option.FINE_TUNE_SFT]),
)
records = st.builds(
    lambda number, context, link, owner, at, review_on, history, headline: a_record(number).model_copy(
        update={
            "context": context,
            "link": link,
            "owner": owner,
            "decided_at": at,
            "review_on": review_on,
            "history": tuple(history),
            "revisions": (a_revision().model_copy(update={"headline": headline}),),
        }
    ),
    number=st.integers(0, 10**10 - 1),
    context=words,
    link=words,
    owner=words,
    at=moments,
    review_on=st.none() | st.dates(),
    history=st.lists(changes, min_size=1, max_size=3),
    headline=words,
)


@with_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_records=st.lists(records, max_size=4, unique_by=lambda record: record.id))
async def test_nothing_is_lost_on_the_way_out_and_in(
    redis_clients: RedisClients, capsys: pytest.CaptureFixture[str], given_records: list[DecisionRecord]
) -> None:
    await redis_clients.quick.flushall()
    log = RedisDecisionLog(redis_clients.quick)
    for record in given_records:
        await log.save(record)

    async def written() -> str:
        options = make_parser().parse_args(["decisions"])
        await log_commands._show_json(log_commands._matching(log, options))
        return capsys.readouterr().out

    first = await written()
    await redis_clients.quick.flushall()
    await take_in(log, read_records(first, "the file"))

    assert await written() == first
    for record in given_records:
        assert await log.load("T1", record.id) == record
