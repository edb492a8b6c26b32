"""A word planted wherever words can stand is in no key of the whole Redis after it was erased."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channel_settings import ChannelSettings, DigestPlan, KeptSettings, SettingsChange
from bot.conversation import Audience, Place
from bot.decision.options import Option
from bot.decision.statements import Statement
from bot.errors import ConversationMoved
from bot.feedback import Feedback
from bot.forgetting import Forgetting, Forgotten
from bot.ports import Asking
from bot.record import Change, DecisionRecord
from bot.saving import Decided, saved_id, saved_record
from bot.slack.held import HeldWords
from bot.slack.incoming import CommandCalled, Mentioned, order_key
from bot.stores import keys
from bot.stores.channel_settings import RedisChannelSettings
from bot.stores.compressed_json import decompress
from bot.stores.connection import RedisClients
from bot.stores.conversations import RedisConversations
from bot.stores.decisions import RedisDecisionLog
from bot.stores.feedback import RedisFeedback
from bot.stores.first_contacts import RedisFirstContacts
from bot.stores.inbox import RedisInbox
from bot.stores.ledger import RedisLedger
from bot.stores.limits import HourlyLimits, RedisQuestionLimits
from bot.stores.outreach_marks import RedisOutreachMarks
from bot.stores.undecoded import ask_for_bytes
from tests.integration.stores.examples import (
    DAY,
    NOW,
    OTHER_PLACE,
    PLACE,
    PLENTY,
    SPENDER,
    a_conversation,
    a_record,
    a_use,
    changed,
)

SECRET = "zebra"
LATER = NOW + timedelta(days=400)


class Kept:
    """All stores that hold words, on one Redis."""

    def __init__(self, clients: RedisClients) -> None:
        self.redis = clients.quick
        self.log = RedisDecisionLog(clients.quick)
        self.conversations = RedisConversations(clients.quick)
        self.inbox = RedisInbox(clients.quick, clients.blocking)
        self.ledger = RedisLedger(clients.quick)
        self.contacts = RedisFirstContacts(clients.quick)
        self.outreach = RedisOutreachMarks(clients.quick)
        self.feedback = RedisFeedback(clients.quick)
        self.settings = RedisChannelSettings(clients.quick)
        self.limits = RedisQuestionLimits(clients.quick, HourlyLimits(1, 0, 0))
        self.forgetting = Forgetting(
            self.log,
            self.conversations,
            {
                "inbox": HeldWords(self.inbox.drop),
                "conversations": self.conversations,
                "ledger": self.ledger,
                "limits": self.limits,
                "contacts": self.contacts,
                "outreach": self.outreach,
                "settings": self.settings,
                "feedback": self.feedback,
                "decisions": self.log,
            },
        )

    async def with_word(self, word: str) -> list[str]:
        """Return the keys of the whole Redis in whose name or value a word stands."""
        found = []
        for key in sorted(str(key) for key in await self.redis.keys("*")):
            # A dump holds long values packed, so each kind is read as what it is.
            kind = str(await self.redis.type(key))
            match kind:
                case "string":
                    value: object = decompress(await ask_for_bytes(self.redis, "GET", key))
                case "hash":
                    value = await self.redis.hgetall(key)
                case "zset":
                    value = await self.redis.zrange(key, 0, -1)
                case "set":
                    value = await self.redis.smembers(key)
                case "list":
                    value = await self.redis.lrange(key, 0, -1)
                case "stream":
                    value = await self.redis.xrange(key)
                case _:
                    raise AssertionError(f"nobody looks into a {kind}")
            found += [key] if word in f"{key} {value}" else []
        return found

    async def save_all(self, *records: DecisionRecord) -> None:
        for record in records:
            await self.log.save(record)


@pytest.fixture
def kept(redis_clients: RedisClients) -> Kept:
    return Kept(redis_clients)


def with_word(
    record: DecisionRecord, *, author: str = "U1", model: str | None = "fake:model"
) -> DecisionRecord:
    """Return a record, asked for by the author, with the word wherever a person's can stand."""
    proposed, *later = record.history
    statements = (
        Statement(fact="examples_n", value=20, quote=f"20 {SECRET}s", author_id=author, message_id="m1"),
        Statement(fact="languages", value=(SECRET,), quote=f"in {SECRET}", author_id=author, message_id="m2"),
        Statement(fact="base_model", value=SECRET, quote=SECRET, author_id=author, message_id=f"3:{author}"),
    )
    revision = record.current.model_copy(
        update={
            "statements": statements,
            "rationale": (f"You said {SECRET}.",) if model else record.current.rationale,
            "model": model,
            "message_id": f"3:{author}",
        }
    )
    history = (
        proposed.model_copy(update={"by": author}),
        *later,
        Change(at=NOW, by=author, what="overridden", why=f"for the {SECRET}", outcome=record.current.option),
    )
    update = {"context": f"Tune the {SECRET}?", "revisions": (revision,), "history": history}
    return record.model_copy(update={**update, "status": "overridden"})


def said(place: Place = PLACE, *, user_id: str = "U1") -> Mentioned:
    return Mentioned(
        team_id=place.team_id,
        channel_id=place.channel_id,
        user_id=user_id,
        at=NOW,
        ts="1700000000.000300",
        thread_ts=place.thread,
        text=f"and the {SECRET}?",
    )


async def take_in(kept: Kept, incoming: Mentioned | CommandCalled) -> None:
    await kept.inbox.append(
        incoming.model_dump_json(), order_key=order_key(incoming.place), once=incoming.once
    )


async def plant_everywhere(kept: Kept) -> None:
    """Put the word into every store, for the decision of PLACE and for U1."""
    await take_in(kept, said())
    (entry,) = await kept.inbox.take("w", 10, 0)
    await kept.inbox.bury(entry, "RuntimeError")
    await take_in(kept, said().model_copy(update={"ts": "1700000000.000400"}))
    conversation = a_conversation(question=f"Tune the {SECRET}?").model_copy(update={"pending": "Q1"})
    await kept.conversations.save(conversation)
    private = PLACE.model_copy(update={"thread": "command:1.2"})
    await kept.conversations.save(conversation.model_copy(update={"place": private}))
    record = with_word(a_record())
    successor = with_word(a_record(2)).model_copy(update={"supersedes": record.id})
    await kept.save_all(record, successor)
    assert await kept.ledger.reserve(SPENDER, DAY, 100, PLENTY) == ""
    await kept.ledger.settle(SPENDER, DAY, 100, a_use())
    await kept.contacts.keep_home("T1", "U1", 30)
    attempt = await kept.outreach.claim("T1", "review", "U1", by="us", now=NOW, quiet_since=None)
    assert attempt is not None
    assert await kept.outreach.intend("T1", "review", "U1", by="us", now=NOW, items=[a_record().id])
    await kept.outreach.confirm("T1", "review", "U1", attempt)
    verdict = Feedback(
        team_id="T1", channel_id="C1", about=record.id, by="U1", at=NOW, verdict="not_helpful", reason=SECRET
    )
    await kept.feedback.keep(verdict)
    for number in range(2):
        await kept.limits.admit(Asking("T1", "C1", "U1", f"message:T1:C1:{number}"))


def told(erased: Forgotten | None) -> dict[str, int]:
    assert erased is not None
    assert erased.unread == ()
    return dict(erased.counts)


async def test_an_erased_decisions_words_are_nowhere_and_its_outcome_is_still_there(kept: Kept) -> None:
    await plant_everywhere(kept)
    assert len(await kept.with_word(SECRET)) >= 6
    before = await kept.log.load("T1", a_record().id)

    erased = await kept.forgetting.erase_decision("T1", a_record().id, by="operator", at=LATER)

    assert await kept.with_word(SECRET) == [keys.decision("T1", a_record(2).id)]
    # A successor's own reason was said about the successor, after what it took over.
    successor = await kept.log.load("T1", a_record(2).id)
    assert successor is not None
    assert SECRET not in successor.current.model_dump_json() + successor.context
    assert successor.history[-2].why == f"for the {SECRET}"
    after = await kept.log.load("T1", a_record().id)
    assert before is not None
    assert after is not None
    same = ("id", "status", "owner", "decided_at", "supersedes", "superseded_by", "audience", "place")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert (after.current.rule, after.current.option) == (before.current.rule, before.current.option)
    assert [(one.what, one.by, one.at) for one in after.history] == [
        *((one.what, one.by, one.at) for one in before.history),
        ("erased", "operator", LATER),
    ]
    assert told(erased) == {
        "inbox": 2,
        "conversations": 2,
        "ledger": 0,
        "limits": 0,
        "contacts": 0,
        "outreach": 0,
        "settings": 0,
        "feedback": 1,
        "decisions": 2,
    }


async def test_erasing_again_changes_nothing(kept: Kept) -> None:
    await plant_everywhere(kept)
    await kept.forgetting.erase_decision("T1", a_record().id, by="operator", at=LATER)
    before = await kept.log.load("T1", a_record().id)

    again = await kept.forgetting.erase_decision("T1", a_record().id, by="operator", at=LATER)

    assert set(told(again).values()) == {0}
    assert await kept.log.load("T1", a_record().id) == before


async def test_an_unknown_decision_is_not_erased(kept: Kept) -> None:
    assert await kept.forgetting.erase_decision("T1", "D-0000000009", by="operator", at=LATER) is None


async def test_what_others_said_elsewhere_stays(kept: Kept) -> None:
    await plant_everywhere(kept)
    elsewhere = PLACE.model_copy(update={"channel_id": "C2"})
    other = with_word(a_record(3), author="U9").model_copy(update={"owner": "U9", "place": elsewhere})
    await kept.save_all(other)
    await kept.conversations.save(
        a_conversation(OTHER_PLACE).model_copy(update={"decision_id": other.id, "opened_by": "U9"})
    )
    await take_in(kept, said(elsewhere, user_id="U9"))

    await kept.forgetting.erase_decision("T1", a_record().id, by="operator", at=LATER)

    assert await kept.log.load("T1", other.id) == other
    assert await kept.conversations.load(OTHER_PLACE) is not None
    assert await kept.inbox.backlog() == 1


async def test_an_erased_person_is_nowhere(kept: Kept) -> None:
    await plant_everywhere(kept)
    hers = Audience(kind="person", user_id="U1")
    direct = Place(team_id="T1", channel_id="D77", thread="")
    private = with_word(a_record(4)).model_copy(update={"audience": hers, "place": direct})
    theirs = changed(a_record(5), Change(at=NOW, by="U1", what="accepted", why=f"for the {SECRET}"))
    theirs = changed(theirs, Change(at=NOW, by="U2", what="owner_changed", owner="U1"))
    await kept.save_all(private, theirs.model_copy(update={"owner": "U2"}))
    plan = DigestPlan(weekday=0, at=NOW.time(), zone="UTC", by="U1")
    changes = (SettingsChange(at=NOW, by="U1", what=("digest",)),)
    chosen = KeptSettings(settings=ChannelSettings(digest=plan), changes=changes, revision=1)
    assert await kept.settings.save("T1", "C1", chosen)

    await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)

    assert await kept.with_word(SECRET) == []
    assert await kept.with_word("U1") == []
    assert await kept.with_word("D77") == []
    record = await kept.log.load("T1", a_record().id)
    assert record is not None
    assert {record.owner, *(one.author_id for one in record.current.statements)} == {"someone-1"}
    assert [(one.what, one.by) for one in record.history] == [
        ("proposed", "someone-1"),
        ("overridden", "someone-1"),
        ("erased", "operator"),
    ]
    assert (await kept.ledger.usage([DAY]))[0].calls == 1
    assert set(told(await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)).values()) == {0}


async def test_two_erased_people_stay_two(kept: Kept) -> None:
    record = changed(a_record(), Change(at=NOW, by="U2", what="accepted"))
    await kept.save_all(record)
    for user_id in ("U2", "U1"):
        await kept.forgetting.erase_person("T1", user_id, by="operator", at=LATER)
    erased = await kept.log.load("T1", record.id)
    assert erased is not None
    assert (erased.owner, erased.history[1].by) == ("someone-2", "someone-1")


async def test_of_a_colleague_what_the_erased_person_did_not_say_stays(kept: Kept) -> None:
    record = with_word(a_record(), author="U2").model_copy(update={"owner": "U2"})
    shared = record.model_copy(
        update={
            "revisions": (
                record.current.model_copy(
                    update={
                        "statements": (
                            *record.current.statements,
                            Statement(
                                fact="examples_n", value=9, quote="9 lions", author_id="U1", message_id="m9"
                            ),
                        )
                    }
                ),
            )
        }
    )
    await kept.save_all(shared)
    await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)
    left = await kept.log.load("T1", record.id)
    assert left is not None
    assert [one.quote for one in left.current.statements] == ["20 zebras", "in zebra", "zebra", ""]
    assert left.current.statements[3].value == 9
    assert left.context == record.context
    assert left.history[-2].why == f"for the {SECRET}"


async def test_old_words_are_erased_and_newer_ones_are_not(kept: Kept) -> None:
    old, new = with_word(a_record(1)), a_record(2, context="Tune the lion?")
    new = changed(new, Change(at=LATER - timedelta(days=10), by="U1", what="accepted"))
    await kept.save_all(old, new)
    for _ in range(2):
        await kept.forgetting.erase_old("T1", 365, LATER)
    assert await kept.with_word(SECRET) == []
    assert await kept.log.load("T1", new.id) == new
    erased = await kept.log.load("T1", old.id)
    assert erased is not None
    assert [one.by for one in erased.history if one.what == "erased"] == ["retention"]


async def test_someone_who_read_it_before_cannot_bring_erased_words_back(kept: Kept) -> None:
    record = with_word(a_record())
    await kept.save_all(record)
    await kept.forgetting.erase_decision("T1", record.id, by="operator", at=LATER)
    late = changed(record, Change(at=LATER, by="U2", what="withdrawn"))
    with pytest.raises(ConversationMoved):
        await kept.log.save(late)
    assert await kept.with_word(SECRET) == []


async def test_another_workspace_keeps_the_same_words_of_the_same_ids(kept: Kept) -> None:
    await kept.save_all(with_word(a_record()), with_word(a_record(team_id="T2")))
    await take_in(kept, said(PLACE.model_copy(update={"team_id": "T2"})))
    await kept.forgetting.erase_decision("T1", a_record().id, by="operator", at=LATER)
    await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)
    assert await kept.log.load("T2", a_record().id) == with_word(a_record(team_id="T2"))
    assert await kept.inbox.backlog() == 1


async def test_what_cannot_be_read_is_dropped_when_it_may_be_meant(kept: Kept) -> None:
    await kept.inbox.append(f'{{"old": "U1 {SECRET}"}}', order_key=order_key(PLACE), once="1")
    await kept.inbox.append(f'{{"old": "U2 {SECRET}"}}', order_key=order_key(OTHER_PLACE), once="2")
    await kept.save_all(a_record())
    await kept.forgetting.erase_decision("T1", a_record().id, by="operator", at=LATER)
    assert await kept.inbox.backlog() == 1
    await kept.forgetting.erase_person("T1", "U2", by="operator", at=LATER)
    assert await kept.with_word(SECRET) == []


async def test_a_question_about_somebodys_message_goes_with_that_somebody(kept: Kept) -> None:
    record = with_word(a_record(), author="U1").model_copy(
        update={"owner": "U2", "context": f"We have 20 {SECRET}s in {SECRET}."}
    )
    await kept.save_all(record)
    await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)
    assert await kept.with_word(SECRET) == []
    left = await kept.log.load("T1", record.id)
    assert left is not None
    assert left.owner == "U2"


async def test_what_waited_for_an_erased_conversation_waits_no_more(kept: Kept) -> None:
    await plant_everywhere(kept)
    assert await kept.conversations.waiting("T1", "U1", 10)
    await kept.forgetting.erase_decision("T1", a_record().id, by="operator", at=LATER)
    assert await kept.conversations.waiting("T1", "U1", 10) == []
    assert await kept.redis.exists(keys.waiting("T1", "U1")) == 0


def saved_by(user_id: str, *, owner: str, author: str = "U3") -> DecisionRecord:
    decided = Decided(
        outcome=Option.RAG,
        why=f"Because of the {SECRET}",
        on=NOW.date(),
        owner=owner,
        context=f"We retrieve {SECRET}s.",
        by=user_id,
        at=NOW,
    )
    audience = Audience(kind="workspace", channel_id="C1")
    id_ = saved_id(PLACE, "1700000000.000900")
    return saved_record(
        decided,
        id_=id_,
        place=PLACE,
        audience=audience,
        link="",
        message_id="1700000000.000900",
        author_id=author,
    )


async def test_why_something_was_decided_without_us_is_erased_too(kept: Kept) -> None:
    record = saved_by("U1", owner="U2")
    await kept.save_all(record)
    await kept.forgetting.erase_decision("T1", record.id, by="operator", at=LATER)
    assert await kept.with_word(SECRET) == []


async def test_what_a_person_saved_for_somebody_else_goes_with_them(kept: Kept) -> None:
    await kept.save_all(saved_by("U1", owner="U2"))
    await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)
    assert await kept.with_word(SECRET) == []
    assert await kept.with_word("U1") == []


async def test_a_question_goes_with_whoever_asked_it_when_somebody_else_owns_it_now(kept: Kept) -> None:
    record = a_record(context=f"Tune the {SECRET}?")
    record = changed(record, Change(at=NOW, by="U1", what="owner_changed", owner="U2"))
    await kept.save_all(record.model_copy(update={"owner": "U2"}))
    await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)
    assert await kept.with_word(SECRET) == []
    assert await kept.with_word("U1") == []


async def test_a_successor_that_somebody_else_owns_now_holds_no_copy(kept: Kept) -> None:
    first, second = (a_record(number, context=f"Tune the {SECRET}?") for number in (1, 2))
    second = changed(second, Change(at=NOW, by="U1", what="owner_changed", owner="U2"))
    await kept.save_all(first, second.model_copy(update={"owner": "U2", "supersedes": first.id}))
    await kept.forgetting.erase_decision("T1", first.id, by="operator", at=LATER)
    assert await kept.with_word(SECRET) == []


async def test_a_message_that_others_saved_or_asked_about_goes_with_whoever_wrote_it(kept: Kept) -> None:
    saved = saved_by("U1", owner="U2", author="U3")
    saved = saved.model_copy(update={"context": "We retrieve lions."})
    asked = a_record(context="We retrieve lions.").model_copy(update={"context_by": "U3"})
    conversation = a_conversation(question="We retrieve lions.").model_copy(update={"question_by": "U3"})
    await kept.save_all(saved, asked)
    await kept.conversations.save(conversation)
    await kept.forgetting.erase_person("T1", "U3", by="operator", at=LATER)
    assert await kept.with_word("lion") == []
    assert await kept.with_word("U3") == []
    left = await kept.log.load("T1", saved.id)
    assert left is not None
    assert (left.owner, left.history[0].why) == ("U2", f"Because of the {SECRET}")


async def test_what_somebody_else_set_right_does_not_tell_what_it_was(kept: Kept) -> None:
    record = with_word(a_record(), author="U1")
    set_right = Change(at=NOW, by="U2", what="revised", why=f"trains {SECRET} → trains lion")
    await kept.save_all(changed(record, set_right))
    await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)
    assert await kept.with_word(SECRET) == []


async def test_feedback_that_has_run_out_names_nobody_either(kept: Kept) -> None:
    await plant_everywhere(kept)
    await kept.redis.unlink(keys.feedback("T1", a_record().id, "U1"))
    await kept.forgetting.erase_person("T1", "U1", by="operator", at=LATER)
    assert await kept.with_word("U1") == []
