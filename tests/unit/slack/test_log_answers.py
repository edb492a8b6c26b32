"""People call `/finetune log` and `/finetune show`: what they see, and what stays hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest

from bot.conversation import Audience
from bot.record import DecisionRecord
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.workspace import TEAM_ID, Channel, Message
from tests.integration.stores.examples import NOW, a_record
from tests.unit.slack.surroundings import Surroundings

SECRET = "zebra"
PRIVATE_ID, CONVERSATION_ID, WORKSPACE_ID, MISSING_ID = (f"D-000000000{number}" for number in (1, 2, 3, 9))

Kind = Literal["person", "conversation", "workspace"]


def _record(decision_id: str, audience: Audience, context: str) -> DecisionRecord:
    number = int(decision_id.removeprefix("D-"))
    record = a_record(number, team_id=TEAM_ID, decided_at=NOW + timedelta(minutes=number), context=context)
    return record.model_copy(update={"audience": audience})


async def _keep(around: Surroundings, channel: Channel, owner: str) -> None:
    """Keep the owner's decision, the channel's, and one that was said there for the whole workspace."""
    audiences = {
        PRIVATE_ID: Audience(kind="person", user_id=owner),
        CONVERSATION_ID: Audience(kind="conversation", channel_id=channel.id),
        WORKSPACE_ID: Audience(kind="workspace", channel_id=channel.id),
    }
    for decision_id, audience in audiences.items():
        await around.log.save(_record(decision_id, audience, f"Tune our {SECRET} bot?"))


async def _answer(around: Surroundings, user: str, channel: Channel, text: str) -> Message:
    """Call the command and return the one new thing that the person sees."""
    before = len(around.slack.workspace.seen_by(user))
    assert (await around.slack.command(user, channel, f"/finetune {text}")).is_acknowledged
    seen = around.slack.workspace.seen_by
    await around.slack.until(lambda: len(seen(user)) > before, f"{text} was not answered")
    (message,) = seen(user)[before:]
    return message


@pytest.fixture
def elsewhere(around: Surroundings, ana: str, ben: str) -> Channel:
    return around.slack.add_channel("elsewhere", {ana, ben})


async def test_log_lists_what_the_person_may_see_newest_first_and_tells_nobody_else(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await _keep(around, general, ana)
    shown = (await _answer(around, ana, general, "log")).shown
    places = [shown.index(decision_id) for decision_id in (WORKSPACE_ID, CONVERSATION_ID, PRIVATE_ID)]
    assert places == sorted(places)
    assert general.messages == []
    assert around.slack.workspace.seen_by(ben) == []
    assert around.advisor.turns == []


async def test_log_with_words_searches(around: Surroundings, ana: str, general: Channel) -> None:
    await around.log.save(_record(WORKSPACE_ID, Audience(kind="person", user_id=ana), "Refunds?"))
    await around.log.save(_record(PRIVATE_ID, Audience(kind="person", user_id=ana), "Tone?"))
    shown = (await _answer(around, ana, general, "log refund")).shown
    assert WORKSPACE_ID in shown
    assert PRIVATE_ID not in shown
    assert "no decision with “schema”" in (await _answer(around, ana, general, "log schema")).shown


async def test_empty_log_says_how_to_begin(around: Surroundings, ana: str, general: Channel) -> None:
    assert "No decisions yet" in (await _answer(around, ana, general, "log")).shown


async def test_who_asked_takes_a_decision_back_once(around: Surroundings, ana: str, general: Channel) -> None:
    mine = _record(WORKSPACE_ID, Audience(kind="workspace", channel_id=general.id), "Refunds?")
    await around.log.save(mine.model_copy(update={"owner": ana}))
    assert "is withdrawn" in (await _answer(around, ana, general, f"withdraw {WORKSPACE_ID}")).shown
    kept = await around.log.load(TEAM_ID, WORKSPACE_ID)
    assert kept is not None
    assert (kept.status, kept.history[-1].what, kept.history[-1].by) == ("withdrawn", "withdrawn", ana)
    await _answer(around, ana, general, f"withdraw {WORKSPACE_ID}")
    assert await around.log.load(TEAM_ID, WORKSPACE_ID) == kept


async def test_others_cannot_take_it_back_nor_learn_of_what_they_may_not_see(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await _keep(around, general, ana)
    kept = {id_: await around.log.load(TEAM_ID, id_) for id_ in (WORKSPACE_ID, PRIVATE_ID)}
    assert "Only its owner" in (await _answer(around, ben, general, f"withdraw {WORKSPACE_ID}")).shown
    hidden = (await _answer(around, ben, general, f"withdraw {PRIVATE_ID}")).shown
    missing = (await _answer(around, ben, general, f"withdraw {MISSING_ID}")).shown
    assert hidden.replace(PRIVATE_ID, MISSING_ID) == missing
    assert kept == {id_: await around.log.load(TEAM_ID, id_) for id_ in kept}


async def test_what_only_sounds_like_a_sub_command_is_a_question(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await _answer(around, ana, general, "log summaries are too long, fine-tune?")
    await _answer(around, ana, general, "show me how")
    assert [turn.text for turn in around.advisor.turns] == [
        "log summaries are too long, fine-tune?",
        "show me how",
    ]


async def test_help_names_the_sub_commands(around: Surroundings, ana: str, general: Channel) -> None:
    shown = (await _answer(around, ana, general, "help")).shown
    assert "/finetune log" in shown
    assert "/finetune show" in shown


async def test_show_shows_one_decision(around: Surroundings, ana: str, general: Channel) -> None:
    await _keep(around, general, ana)
    shown = (await _answer(around, ana, general, f"show {PRIVATE_ID.lower()}")).shown
    assert f"“Tune our {SECRET} bot?”" in shown
    assert "asked by <@U1>" in shown


async def test_malformed_id_is_told_what_an_id_looks_like(
    around: Surroundings, ana: str, general: Channel
) -> None:
    message = await _answer(around, ana, general, "show D-ABC")
    assert message.text.startswith("An id looks like `D-")
    assert "\n" not in message.shown


SEEN: dict[tuple[str, str], set[str]] = {
    ("ana", "general"): {PRIVATE_ID, CONVERSATION_ID, WORKSPACE_ID},
    ("ana", "elsewhere"): {PRIVATE_ID, WORKSPACE_ID},
    ("ben", "general"): {CONVERSATION_ID, WORKSPACE_ID},
    ("ben", "elsewhere"): {WORKSPACE_ID},
    ("guest", "general"): {CONVERSATION_ID, WORKSPACE_ID},
    ("guest", "elsewhere"): set(),
    ("outsider", "general"): {CONVERSATION_ID, WORKSPACE_ID},
    ("outsider", "elsewhere"): set(),
}


@pytest.mark.parametrize(("who", "where"), SEEN)
async def test_who_sees_what_from_where_in_every_view(
    around: Surroundings, ana: str, ben: str, general: Channel, elsewhere: Channel, *, who: str, where: str
) -> None:
    people = {
        "ana": ana,
        "ben": ben,
        "guest": around.slack.add_user("gus", is_guest=True),
        "outsider": around.slack.add_user("olga", team_id="T0OTHER"),
    }
    channel = {"general": general, "elsewhere": elsewhere}[where]
    await _keep(around, general, ana)
    listed = (await _answer(around, people[who], channel, "log")).shown
    searched = (await _answer(around, people[who], channel, "log bots")).shown
    for decision_id in (PRIVATE_ID, CONVERSATION_ID, WORKSPACE_ID):
        message = await _answer(around, people[who], channel, f"show {decision_id}")
        is_seen = decision_id in SEEN[who, where]
        assert (f"“Tune our {SECRET} bot?”" in message.shown) is is_seen
        assert (decision_id in listed, decision_id in searched) == (is_seen, is_seen)
        if not is_seen:
            missing = await _answer(around, people[who], channel, f"show {MISSING_ID}")
            assert message.shown == missing.shown.replace(MISSING_ID, decision_id)
            assert message.text == missing.text.replace(MISSING_ID, decision_id)


async def test_a_word_of_private_decisions_appears_nowhere_for_others(
    around: Surroundings, ana: str, ben: str, general: Channel, elsewhere: Channel
) -> None:
    for decision_id, audience in (
        (PRIVATE_ID, Audience(kind="person", user_id=ana)),
        (CONVERSATION_ID, Audience(kind="conversation", channel_id=general.id)),
    ):
        await around.log.save(_record(decision_id, audience, f"Tune our {SECRET} bot?"))
    empty = await _answer(around, ben, elsewhere, "log")
    assert "No decisions yet" in empty.shown
    for text in ("log", "log bot", f"show {PRIVATE_ID}", f"show {CONVERSATION_ID}"):
        message = await _answer(around, ben, elsewhere, text)
        assert SECRET not in f"{message.text}\n{message.shown}"
    search = await _answer(around, ben, elsewhere, f"log {SECRET}")
    never_said = await _answer(around, ben, elsewhere, "log walrus")
    assert search.shown.replace(SECRET, "walrus") == never_said.shown


async def test_a_channel_turned_private_takes_its_decisions_with_it(
    around: Surroundings, ana: str, ben: str, general: Channel, elsewhere: Channel
) -> None:
    await _keep(around, general, ana)
    general.kind = "private"
    assert WORKSPACE_ID not in (await _answer(around, ben, elsewhere, "log")).shown
    shown = await _answer(around, ben, elsewhere, f"show {WORKSPACE_ID}")
    assert "I find no decision" in shown.shown
    assert WORKSPACE_ID in (await _answer(around, ben, general, "log")).shown


async def test_a_channel_that_slack_does_not_tell_us_about_counts_as_private(
    around: Surroundings, ana: str, ben: str, general: Channel, elsewhere: Channel
) -> None:
    await _keep(around, general, ana)
    await around.log.save(_record(MISSING_ID, Audience(kind="workspace", channel_id=general.id), "Again?"))
    around.slack.faults["conversations.info"].append(Refused("fatal_error"))
    assert MISSING_ID not in (await _answer(around, ben, elsewhere, "log")).shown
    around.slack.faults["conversations.info"].append(Refused("fatal_error"))
    assert WORKSPACE_ID not in (await _answer(around, ben, elsewhere, "log")).shown
    assert WORKSPACE_ID in (await _answer(around, ben, elsewhere, "log")).shown


async def test_whoever_slack_does_not_tell_us_about_sees_what_a_guest_sees(
    around: Surroundings, ben: str, general: Channel, elsewhere: Channel
) -> None:
    await _keep(around, general, "U0ANA")
    around.slack.faults["users.info"].append(Refused("fatal_error"))
    assert WORKSPACE_ID not in (await _answer(around, ben, elsewhere, "log")).shown
    assert WORKSPACE_ID in (await _answer(around, ben, elsewhere, "log")).shown


async def test_records_of_another_workspace_do_not_exist(
    around: Surroundings, ana: str, general: Channel
) -> None:
    record = a_record(1, team_id="T0OTHER")
    audience = Audience(kind="workspace", channel_id=general.id)
    await around.log.save(record.model_copy(update={"audience": audience}))
    assert "No decisions yet" in (await _answer(around, ana, general, "log")).shown
    assert "I find no decision" in (await _answer(around, ana, general, f"show {record.id}")).shown


async def test_log_is_answered_once_the_store_is_back(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.log.is_down = True
    called = await around.slack.command(ana, general, "/finetune log")
    assert called.is_acknowledged
    around.log.is_down = False
    await around.slack.whisper_to(ana, "No decisions yet")
    assert len(around.slack.workspace.seen_by(ana)) == 1


async def test_log_is_not_acknowledged_in_silence_when_it_cannot_be_kept(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.inbox.is_down = True
    await around.slack.command(ana, general, "/finetune log")
    await around.slack.whisper_to(ana, "can't remember anything right now")
    assert len(around.slack.workspace.seen_by(ana)) == 1


async def test_list_that_slack_does_not_take_at_its_address_still_reaches_the_person(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.slack.faults["response_url"].append(Broken(404))
    await around.slack.command(ana, general, "/finetune log")
    await around.slack.whisper_to(ana, "No decisions yet")
    assert ("chat.postEphemeral", ana) in [(method, body.get("user")) for method, body in around.slack.calls]
