"""A word planted in decisions that somebody may not see appears in nothing that is drawn for them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Audience
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.digest import Period, build_digest, whole_channel
from bot.lookup import Lookup
from bot.plain_text import render_digest
from bot.query import Query
from bot.record import Change, DecisionRecord, Status
from bot.seeing import Look
from bot.slack.blocks import Message, draw_decision, draw_decisions, draw_digest
from bot.visibility import Viewer, may_see
from tests.fakes.stores import FakeDecisionLog
from tests.integration.stores.examples import NOW, a_record

SECRET = "zebra"
PEOPLE = ["U1", "U2", "U3"]
CHANNELS = ["C1", "C2", "D1"]

_AUDIENCES = st.builds(Audience, kind=st.just("person"), user_id=st.sampled_from(PEOPLE)) | st.builds(
    Audience, kind=st.sampled_from(["conversation", "workspace"]), channel_id=st.sampled_from(CHANNELS)
)
_VIEWERS = st.builds(
    Viewer,
    user_id=st.sampled_from(PEOPLE),
    channel_id=st.sampled_from(CHANNELS),
    is_guest=st.booleans(),
    is_outsider=st.booleans(),
)


def _record(number: int, audience: Audience, word: str) -> DecisionRecord:
    """Return a record with the word wherever people's or our own words stand."""
    record = a_record(number, context=f"Tune the {word} bot?")
    revision = record.current.model_copy(
        update={
            "headline": f"Use {word}",
            "rationale": (f"The {word} changes weekly.",),
            "conditions": (f"the {word} agrees",),
            "statements": (Statement(fact="examples_n", value=20, quote=f"20 {word}s"),),
        }
    )
    history = (Change(at=NOW, by="U1", what="proposed", why=f"for the {word}"),)
    update = {"audience": audience, "revisions": (revision,), "history": history, "link": f"https://x/{word}"}
    return record.model_copy(update=update)


async def _unchanged(audience: Audience) -> Audience:
    return audience


def _said(messages: list[Message]) -> str:
    return "\n".join(
        f"{message.text} {[block.to_dict() for block in message.blocks]}" for message in messages
    )


@given(
    audiences=st.lists(_AUDIENCES, max_size=12),
    viewer=_VIEWERS,
    words=st.sampled_from(["", "bot", "bot weekly", "walrus"]),
)
async def test_nothing_drawn_for_a_person_holds_a_word_of_what_they_may_not_see(
    audiences: list[Audience], viewer: Viewer, words: str
) -> None:
    log = FakeDecisionLog()
    for number, audience in enumerate(audiences):
        plain = _record(number, audience, "support")
        await log.save(plain if may_see(plain, viewer) else _record(number, audience, SECRET))
    lookup = Lookup(log, _unchanged)
    drawn = draw_decisions(await lookup.find("T1", viewer, words), words)
    for _, decision_id in log.kept:
        record = await lookup.find_one("T1", viewer, decision_id)
        drawn += draw_decision(record) if record is not None else []
    assert SECRET not in _said(drawn)


@given(audiences=st.lists(_AUDIENCES, max_size=12), viewer=_VIEWERS)
async def test_searching_for_a_hidden_word_tells_nothing_about_it(
    audiences: list[Audience], viewer: Viewer
) -> None:
    log = FakeDecisionLog()
    for number, audience in enumerate(audiences):
        if not may_see(_record(number, audience, SECRET), viewer):
            await log.save(_record(number, audience, SECRET))
    lookup = Lookup(log, _unchanged)
    assert await lookup.find("T1", viewer, SECRET) == await lookup.find("T1", viewer, "walrus")


_STATUSES = st.sampled_from(["proposed", "accepted", "overridden"])


@given(
    decisions=st.lists(st.tuples(_AUDIENCES, _STATUSES), max_size=12),
    channel_id=st.sampled_from(CHANNELS),
    turned_private=st.sets(st.sampled_from(CHANNELS)),
)
async def test_no_digest_and_no_chart_holds_a_word_of_what_the_channel_may_not_see_today(
    decisions: list[tuple[Audience, Status]], channel_id: str, turned_private: set[str]
) -> None:
    async def today(audience: Audience) -> Audience:
        if audience.channel_id not in turned_private:
            return audience
        return Audience(kind="conversation", channel_id=audience.channel_id)

    log = FakeDecisionLog()
    hidden: set[Option] = set()
    for number, (audience, status) in enumerate(decisions):
        said_here = audience.kind != "person" and audience.channel_id == channel_id
        is_open = audience.kind == "workspace" and audience.channel_id not in turned_private
        option = Option.RAG if said_here or is_open else Option.DISTIL
        hidden |= {option} - {Option.RAG}
        await log.save(
            _in_week(number, audience, status, option, "support" if said_here or is_open else SECRET)
        )
    sight = Look(whole_channel(channel_id), today)
    period = Period("2026-W47", "2026-W47", ZoneInfo("UTC"))
    digest = await build_digest(log.matching("T1", Query(), None), sight.reaches, period, NOW.date())
    said = _said(draw_digest(digest, {"U1": "Ana"}))
    assert SECRET not in said
    assert SECRET not in render_digest(digest)
    assert not hidden & dict(digest.recommended).keys()


def _in_week(number: int, audience: Audience, status: Status, option: Option, word: str) -> DecisionRecord:
    record = _record(number, audience, word)
    revision = record.current.model_copy(update={"option": option})
    decided = (
        ()
        if status == "proposed"
        else (Change(at=NOW, by="U2", what=status, why=f"the {word} says so", outcome=Option.FINE_TUNE_SFT),)
    )
    update = {
        "status": status,
        "revisions": (revision,),
        "history": (*record.history, *decided),
        "review_on": NOW.date(),
    }
    return record.model_copy(update=update)
