"""A word planted in decisions that somebody may not see appears in nothing that is drawn for them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Audience
from bot.decision.statements import Statement
from bot.digest import build_digest
from bot.lookup import Lookup
from bot.record import Change, DecisionRecord
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


@given(audiences=st.lists(_AUDIENCES, max_size=12), channel_id=st.sampled_from(CHANNELS))
async def test_no_digest_holds_a_word_of_what_the_channel_could_not_see(
    audiences: list[Audience], channel_id: str
) -> None:
    log = FakeDecisionLog()
    for number, audience in enumerate(audiences):
        is_open = audience.kind == "workspace" or audience.channel_id == channel_id
        await log.save(_record(number, audience, "support" if is_open else SECRET))
    digest = await build_digest(log.newest("T1", 100), channel_id, "2026-W47")
    assert SECRET not in _said(draw_digest(digest))
