"""Records of the one who asks have to be looked up as they are; texts about them need not."""

from __future__ import annotations

import pytest

from bot.decision.facts import FactValue
from bot.decision.statements import Statement
from bot.understanding.message import prepare
from bot.understanding.own_records import with_own_records
from bot.understanding.reading import read


def hears_records(said: str, goal: FactValue = "knowledge_qa") -> bool:
    """Say whether these words alone tell of live records, in a case with this task."""
    told = [Statement(fact="goal_kind", value=goal, quote="", author_id="U1", message_id="1")]
    return any(one.fact == "needs_live_data" for one in with_own_records(prepare(said), [], told))


@pytest.mark.parametrize(
    "said",
    [
        "users ask where is my application, it's in our case management system, changes all the time",
        "they ask whether my order shipped",
        "customers want to know when their delivery arrives, which is in the ERP",
        "users ask what's the balance on my account",
        "members ask what their balance is",
        'people ask "where is my parcel?", all the time',
        "users ask: where is my refund?",
        "the bot should say whether my refund went through",
        "it should tell people how many days of leave they have left",
        "citizens ask how far along their application is",
        "it has to look up the status of their claim",
        "guests ask when is my booking due",
        "customers ask when will my parcel be delivered",
        "patients ask when is my next appointment",
    ],
)
def test_what_is_kept_about_whoever_asks_is_live(said: str) -> None:
    assert hears_records(said)


@pytest.mark.parametrize(
    "said",
    [
        "our documents are in SharePoint",
        "we have 40k tickets in Zendesk",
        "their tickets are in ServiceNow",
        "people ask how to apply for leave",
        "users ask how to track their order",
        "users ask where to find the form for their application",
        "users ask where is my order number on the invoice",
        "users ask where do my orders appear in the app",
        "they ask what the return policy is for their order",
        "customers ask if their order is delivered on weekends",
        "customers ask what happens when their order is late",
        "employees ask what the rules for leave balance are",
        "customers want to know the balance between price and quality",
        "users ask how many days of leave they get per year",
        "people ask how many people left the company",
        "it should not tell them where their order is",
        "users ask where is my order, that goes to agents",
        "in the past customers used to ask where is my order",
        "it sorts mails in which people ask where is my order",
        "should it tell them where their order is?",
        "my appointment with legal is on Monday",
        "how many days are left until our model retires",
        "it drafts a reply to their claim",
        "users ask when is my case urgent",
        "users ask when are my claims covered by the insurance",
        "people ask where is my order listed in the contract",
        "users ask where is my parcel, but that is out of scope",
        "users ask where is my refund, the bot refuses that",
    ],
)
def test_texts_about_records_are_not(said: str) -> None:
    assert not hears_records(said)


@pytest.mark.parametrize("goal", ["classification", "extraction", "summarisation", "translation"])
def test_where_nobody_is_answered_nothing_is_looked_up(goal: str) -> None:
    assert not hears_records("users ask where is my application", goal)


def test_it_is_heard_in_a_conversation() -> None:
    told = [Statement(fact="goal_kind", value="knowledge_qa", quote="", author_id="U1", message_id="1")]
    reading = read("users ask where is my application, it's in our CRM", earlier=told, continues=True)
    assert ("needs_live_data", True) in [(one.fact, one.value) for one in reading.statements]
