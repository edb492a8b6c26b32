from __future__ import annotations

from bot.ports import Inbox, Share
from tests.integration.stores.inboxes import NO_WAIT, Tried


async def test_a_workspace_gets_its_share_and_what_others_said_later_goes_before_its_rest(
    inbox: Inbox,
) -> None:
    for number in range(5):
        await inbox.append(f"loud {number}", order_key=f"T1:C:{number}", once=f"loud {number}")
    await inbox.append("quiet", order_key="T2:C:1", once="quiet")
    entries = await inbox.take("one", 10, NO_WAIT, Share(2, ()))
    assert [entry.body for entry in entries] == ["loud 0", "loud 1", "quiet"]
    in_hand = tuple(entry.whose for entry in entries)
    assert in_hand == ("T1", "T1", "T2")
    assert await inbox.take("one", 10, NO_WAIT, Share(2, in_hand)) == []
    await inbox.append("quiet too", order_key="T2:C:2", once="quiet too")
    assert [e.body for e in await inbox.take("one", 10, NO_WAIT, Share(2, in_hand))] == ["quiet too"]
    await inbox.finish(entries[0])
    assert [e.body for e in await inbox.take("one", 10, NO_WAIT, Share(2, ("T1",)))] == ["loud 2"]


async def test_what_is_more_than_one_workers_share_is_anothers_and_counts_as_the_first_attempt(
    inbox: Inbox,
) -> None:
    for number in range(3):
        await inbox.append(f"{number}", order_key=f"T1:C:{number}", once=f"{number}")
    assert len(await inbox.take("one", 10, NO_WAIT, Share(2, ()))) == 2
    (other,) = await inbox.take("two", 10, NO_WAIT, Share(2, ()))
    assert (other.body, other.attempts) == ("2", 1)


async def test_the_share_counts_entries_of_dead_consumers_and_keeps_a_lane_in_order(tried: Tried) -> None:
    inbox = tried.inbox
    for number in range(3):
        await inbox.append(f"{number}", order_key=f"T1:C:{number % 2}", once=f"{number}")
    for entry in await inbox.take("dead", 10, NO_WAIT):
        await tried.let_go_silent(entry)
    (first,) = await inbox.take("one", 10, NO_WAIT, Share(1, ()))
    assert (first.body, first.attempts) == ("0", 2)
    await inbox.finish(first)
    assert [e.body for e in await inbox.take("one", 10, NO_WAIT, Share(1, ()))] == ["1"]


async def test_however_much_of_one_workspace_is_parked_others_take_their_turn(inbox: Inbox) -> None:
    for number in range(1_100):
        await inbox.append("loud", order_key=f"T1:C:{number}", once=f"{number}")
    for number in range(2):
        await inbox.append(f"quiet {number}", order_key="T2:C:1", once=f"quiet {number}")
    entries = await inbox.take("one", 2_000, NO_WAIT, Share(1, ()))
    assert [entry.body for entry in entries] == ["loud", "quiet 0"]
    await inbox.finish(entries[1])
    assert [e.body for e in await inbox.take("one", 9, NO_WAIT, Share(1, ("T1",)))] == ["quiet 1"]
