"""People call `/finetune digest …`: what they are told, what everyone sees, and what stays hidden."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.channel_settings import DigestPlan, KeptSettings
from bot.conversation import Audience
from bot.record import DecisionRecord
from bot.replies import Citation, Define, Definition
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.workspace import TEAM_ID, Channel
from tests.integration.stores.examples import a_record
from tests.unit.slack.surroundings import NOW, Surroundings

SECRET = "zebra"


def plan_of(around: Surroundings, channel: Channel) -> DigestPlan | None:
    return around.settings.kept.get((TEAM_ID, channel.id), KeptSettings()).settings.digest


async def tell(around: Surroundings, user: str, channel: Channel, words: str) -> str:
    """Call the command and return everything new that the person alone sees."""
    before = len(around.slack.workspace.seen_by(user))
    assert (await around.slack.command(user, channel, f"/finetune {words}")).is_acknowledged
    seen = around.slack.workspace.seen_by
    await around.slack.until(lambda: len(seen(user)) > before, f"{words} was not answered")
    await around.settled()
    return "\n".join(f"{message.shown}\n{message.text}\n{message.blocks}" for message in seen(user)[before:])


def record(number: int, audience: Audience, *, word: str = "support", days_ago: float = 7) -> DecisionRecord:
    made = a_record(
        number, team_id=TEAM_ID, decided_at=NOW - timedelta(days=days_ago), context=f"Tune the {word} bot?"
    )
    return made.model_copy(update={"audience": audience})


async def test_a_member_switches_it_on_and_hears_when_the_next_one_comes(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    told = await tell(around, ana, general, "digest on fri 16:00 America/New_York")
    assert "every Friday at 16:00 (America/New_York)" in told
    assert "*Friday, 27 November, 16:00*" in told
    assert plan_of(around, general) == DigestPlan(weekday=4, at=time(16), zone="America/New_York", by=ana)
    due = await around.digests.times.of_channel(TEAM_ID, general.id)
    assert due is not None
    assert (due.at, due.from_week) == (datetime(2026, 11, 27, 21, tzinfo=UTC), "2026-W47")
    assert "every Friday at 16:00" in await tell(around, ben, general, "digest")
    assert general.messages == []


async def test_what_is_left_out_is_usual_or_stays(around: Surroundings, ana: str, general: Channel) -> None:
    await tell(around, ana, general, "digest on")
    assert plan_of(around, general) == DigestPlan(weekday=0, at=time(9), zone="Europe/Berlin", by=ana)
    await tell(around, ana, general, "digest on 17:30")
    await tell(around, ana, general, "digest on thu")
    assert plan_of(around, general) == DigestPlan(weekday=3, at=time(17, 30), zone="Europe/Berlin", by=ana)


async def test_it_is_switched_off_again(around: Surroundings, ana: str, general: Channel) -> None:
    assert "off here already" in await tell(around, ana, general, "digest off")
    await tell(around, ana, general, "digest on")
    assert "is off here" in await tell(around, ana, general, "digest off")
    assert plan_of(around, general) is None
    due = await around.digests.times.of_channel(TEAM_ID, general.id)
    assert due is not None
    assert due.at is None
    assert "is off here" in await tell(around, ana, general, "digest")


async def test_a_time_or_zone_that_does_not_exist_is_answered_with_an_example(
    around: Surroundings, ana: str, general: Channel
) -> None:
    for words in ("digest on 25:00", "digest on fri 16:00 Europe/Berln"):
        assert "digest on fri 16:00 Europe/Berlin" in await tell(around, ana, general, words)
    assert plan_of(around, general) is None


async def test_where_we_are_not_it_is_not_switched_on(around: Surroundings, ana: str) -> None:
    elsewhere = around.slack.add_channel("elsewhere", {ana}, with_bot=False)
    hidden = around.slack.add_channel("hidden", {ana}, "private", with_bot=False)
    for channel in (elsewhere, hidden):
        assert "/invite @finetune" in await tell(around, ana, channel, "digest on")
        assert plan_of(around, channel) is None
    assert "/invite @finetune" in await tell(around, ana, elsewhere, "digest now")


async def test_whoever_is_no_member_of_the_channel_changes_nothing(
    around: Surroundings, general: Channel
) -> None:
    kim = around.slack.add_user("kim")
    for words in ("digest on", "digest off", "digest now", "digest preview"):
        assert "Only members of this channel" in await tell(around, kim, general, words)
    assert plan_of(around, general) is None
    assert general.messages == []


async def test_now_posts_it_once(around: Surroundings, ana: str, ben: str, general: Channel) -> None:
    await around.log.save(record(1, Audience(kind="conversation", channel_id=general.id)))
    assert "Posted" in await tell(around, ana, general, "digest now")
    (message,) = around.slack.workspace.ours(general.id)
    assert "Week in review: 16–22 November 2026" in message.shown
    assert "Tune the support bot?" in message.shown
    assert "was posted before" in await tell(around, ben, general, "digest now")
    assert len(around.slack.workspace.ours(general.id)) == 1


async def test_a_preview_is_seen_by_one_person_and_shows_what_the_channel_may_see(
    around: Surroundings, ana: str, general: Channel
) -> None:
    shown, private = (
        record(1, Audience(kind="conversation", channel_id=general.id), days_ago=0),
        [
            record(2, Audience(kind="person", user_id=ana), word=SECRET, days_ago=0),
            record(3, Audience(kind="conversation", channel_id="C0OTHER"), word=SECRET, days_ago=0),
        ],
    )
    for each in (shown, *private):
        await around.log.save(each)
    told = await tell(around, ana, general, "digest preview")
    assert "Only you see this" in told
    assert shown.id in told
    assert "Week in review: 23–29 November 2026" in told
    assert SECRET not in told
    assert general.messages == []


async def test_a_secret_word_of_elsewhere_stands_in_no_digest_preview_or_chart(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    closed = around.slack.add_channel("closed", {ana, ben}, "private")
    turned = around.slack.add_channel("turned", {ana, ben}, "private")
    shared = around.slack.add_channel("shared", {ana, ben}, "shared")
    audiences = [
        Audience(kind="person", user_id=ana),
        Audience(kind="conversation", channel_id=closed.id),
        # Said while the channel was public.
        Audience(kind="workspace", channel_id=turned.id),
        Audience(kind="workspace", channel_id=shared.id),
    ]
    for number, audience in enumerate(audiences):
        await around.log.save(record(number, audience, word=SECRET))
        await around.log.save(record(number + 10, audience, word=SECRET, days_ago=0))
    for place in (closed.id, turned.id):
        await around.digests.terms.count(TEAM_ID, place, "2026-W47", SECRET)
    said = await tell(around, ben, general, "digest preview") + await tell(around, ben, general, "digest now")
    (message,) = around.slack.workspace.ours(general.id)
    said += f"{message.shown}{message.text}{message.blocks}"
    assert SECRET not in said
    assert "A quiet week is a fine week" in message.shown
    assert SECRET in await tell(around, ben, closed, "digest preview")


async def test_a_preview_comes_without_its_chart_where_that_is_refused(
    around: Surroundings, ana: str, general: Channel
) -> None:
    here = Audience(kind="conversation", channel_id=general.id)
    for number, option in enumerate(("RAG", "FEW_SHOT")):
        made = record(number, here, days_ago=0)
        revision = made.current.model_copy(update={"option": option})
        await around.log.save(made.model_copy(update={"revisions": (revision,)}))
    assert "data_visualization" in await tell(around, ana, general, "digest preview")
    around.slack.faults["response_url"].append(Broken(400))
    around.slack.faults["chat.postEphemeral"].append(Refused("invalid_blocks"))
    told = await tell(around, ana, general, "digest preview")
    assert "data_visualization" not in told
    assert "use retrieval (RAG) (1)" in told


async def test_terms_that_were_asked_about_openly_are_counted_and_nothing_private(
    around: Surroundings, ana: str, general: Channel
) -> None:
    citation = Citation(number=1, slug="embedding", term="Embedding", section="What it is", text="A vector.")
    around.advisor.says = Define(definition=Definition(text="A vector. [1]", citations=(citation,)))
    direct = around.slack.add_channel("direct", {ana}, "im")
    said = await around.slack.say(
        ana, general, f"{around.slack.mention} what is an embedding, dear {SECRET}?"
    )
    await around.slack.reply_in(general, said.ts)
    await around.slack.say(ana, direct, "what is an embedding?")
    await around.slack.reply_in(direct)
    await tell(around, ana, general, "what is an embedding?")
    assert around.digests.terms.counted == {(TEAM_ID, general.id, "2026-W47", "Embedding"): 1}
    await tell(around, ana, general, "digest now")
    message = around.slack.workspace.ours(general.id)[-1]
    assert "Most asked about here: Embedding (1)." in message.shown


async def test_redis_away_is_told_and_nothing_is_switched(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.store_is_down(is_down=True)
    await around.slack.command(ana, general, "/finetune digest on")
    assert "can't remember" in (await around.slack.whisper_to(ana)).shown
    around.store_is_down(is_down=False)
    assert plan_of(around, general) is None


@pytest.mark.parametrize("words", ["digest on", "digest now"])
async def test_a_redelivered_command_counts_once(
    around: Surroundings, ana: str, general: Channel, words: str
) -> None:
    around.slack.faults["response_url"].append(Broken())
    around.slack.faults["chat.postEphemeral"].append(Refused("fatal_error"))
    await tell(around, ana, general, words)
    changes = around.settings.kept.get((TEAM_ID, general.id), KeptSettings()).changes
    assert len(changes) == (words == "digest on")
    assert len(around.slack.workspace.ours(general.id)) == (words == "digest now")
