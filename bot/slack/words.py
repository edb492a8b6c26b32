"""What we say in our own voice, as mrkdwn; what becomes of decisions is in `decision_words`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.deciding import REASON_CHARS
from bot.decision.facts import title_of
from bot.decision.options import Option
from bot.decision.statements import Source
from bot.phrases import NOT_READ
from bot.ports import Refused
from bot.record import Verdict
from bot.replies import Overtaken, Recommend, SetRight
from bot.slack import escape
from bot.slack.fitting import shorten
from bot.slack.markup import link

HEADLINE_SHOWN_CHARS = 300
WORD_SHOWN_CHARS = 60
CHANGES_SHOWN_CHARS = 1_500

NOT_SERVED = (
    "I can't answer in this workspace at the moment. Please ask whoever installed me to install me again."
)
CANNOT_REMEMBER = (
    "I can't remember anything right now, so I have not taken this in. Please try again in a few minutes."
)
AT_WORK = "is reading and checking…"
"""Stands behind our name, as Slack shows a status."""
ON_ITS_WAY = "I am still reading and checking; the answer follows below, only for you."
"""For an answer to a command, which has no place for a status. It stays: Slack replaces nothing there."""
PICK_ONE = "Nothing is ticked yet. Tick what applies and press *Done*, or press *Not sure*."
REPLY_HERE = "Or reply in words, right here."
MENTION_TO_REPLY = "Or mention me and reply in words, right here."
CONTINUED = "Continued in the channel, in a thread that everyone here can see."
SHARED = "Shared in the channel, in your name."
KEPT_TO_SELF = "Kept to yourself: only you see this. `/finetune log` finds it again."
WRITE_AN_ANSWER = "Please write an answer, or close this and press *Not sure*."
NOT_WAITING = "This question waits no more: it was answered, or I no longer have the conversation."
HELP = """\
*Should we fine-tune?* Describe your situation. I say what I would do, why, and what would change my mind.
Try: `/finetune Our support bot knows the facts but gets the tone wrong. We have 400 reviewed replies.`
• Only you see the answer. *Share* posts it here in your name; *Continue in thread* lets others answer, too.
• In a channel or a thread, mention me instead; in a direct message, just write.
• I ask at most three questions, and *Just tell me* ends them.
• `/finetune log` lists the decisions that you may see; `/finetune log refund tone` those with these words.
• `/finetune show D-…` shows one of them, and lets its owner change owner and review date.
• `/finetune withdraw D-…` takes back one that is yours.
• `/finetune digest on fri 16:00` brings this channel a weekly digest; `/finetune digest preview` shows it.
• `/finetune settings` says what holds in this channel, and lets its members change it."""
NOT_AN_ID = (
    "An id looks like `D-AP63XFPSOK`: D, a hyphen, and ten letters or digits. `/finetune log` lists them."
)
NOTHING_TO_CONTINUE = "I no longer have this conversation. Please ask again."

NOT_KEPT = "I no longer have this decision. Please ask again."
SAME_AS_RECOMMENDED = "That is what I recommend anyway: press *Accept*."
PICK_AN_OUTCOME = "Please pick what you decide instead."
GIVE_A_REASON = f"Please say why, in at most {REASON_CHARS} characters."
NO_SOURCES = "This recommendation cites no passages."
NO_SOURCES_KEPT = "I no longer have the sources of this recommendation. Please ask again."
SOURCES_BY_NAME = "I no longer have the passages themselves, only where they stand:"
MORE_SOURCES = "… There is more than fits in here."
CANNOT_LOOK_UP = "I can't look anything up right now. Please try again in a few minutes."
PRESSED_ELSEWHERE = (
    "This is a copy, so its buttons do nothing here. Please use the message itself, where it was posted."
)
CANNOT_OPEN = "I could not open that. Please press the button again."
EARLIER_IS_GONE = (
    "That earlier decision no longer stands, or you may not see it from here. Nothing was changed."
)
CANNOT_TELL = (
    "I can't tell right now whether you are still in that channel, so nothing was changed. "
    "Please try again in a few minutes."
)
CANNOT_OPEN_SETTINGS = "I could not open the settings. Please try again."
MORE_IN_DETAILS = "… There is more than fits in here: press *Details*."
HOW_TO_CORRECT = (
    "Change what is wrong, and empty what is not so or not known. I then work out the recommendation again."
)
NOT_SO = "Not so, or not known"
NOT_KNOWN = "Not known"
NOTHING_CHANGED = "Nothing is changed yet. Change a field, or close the form."
NO_SUCH_CONDITION = "I no longer ask that. Please tell me in words, or press *Correct this…*."
NOTHING_TO_CORRECT = "I no longer have this conversation, so there is nothing to correct. Please ask again."
CANNOT_BE_DECIDED = "That cannot be decided any more."
VERDICTS: dict[Verdict, str] = {
    "still_right": "Still right",
    "revisit": "Revisit",
    "went_well": "Went well",
    "went_badly": "Went badly",
}
"""What stands on the buttons under a decision to review."""


HELLO = """\
Hello. I answer “should we fine-tune?” with reasons that you can check, and I keep what you decide.
Mention me with your situation, here or in a thread. Or call `/finetune`: then only you see the answer.
I read what mentions me and the thread above it, and replies while a question of mine waits. Nothing else."""

HOW_TO_SET_UP = """\
You let me in, so only you see this. `/finetune settings` says what holds in this channel: who may ask me, \
who sees the answers, when decisions come up for review. Any full member of the channel may change it.
`/finetune digest preview` shows you the weekly digest, and `/finetune digest on` brings it here."""

HOME_INTRODUCTION = (
    "Tell me what the model should do and what goes wrong. I say what I would do first, why, and what would "
    "change my mind. Start in *Messages* above, or with `/finetune` in any channel."
)
NOTHING_WAITS = "Nothing waits for you."
NOTHING_DECIDED = "No decisions in this time that you may see from here."
NOT_ALL_COUNTED = "I looked through the newest ones only; there are older ones that are not counted."
WHAT_HOME_SHOWS = (
    "From here you see what is open to the whole workspace, and what only you were shown. What was said in a "
    "private or shared channel is shown only there: call `/finetune log` in it."
)
HOW_TO_ASK = """\
*How to ask*
• *In a channel or a thread*: mention me. In the middle of a thread, I read the thread first.
• *For yourself*: `/finetune` and your situation. *Continue in thread* makes it public.
• *About a message*: open its ⋮ menu and choose *Ask about this message*.
• *Decided without me?* In the same menu, *Save as decision* puts it into the log.
• *Look it up*: `/finetune log`, `/finetune log refund tone`, `/finetune show D-…`"""
WHERE_SETTINGS_ARE = "Settings of a channel: call `/finetune settings` in it."
MORE_THAN_FITS = "… There is more than fits in here: `/finetune log`."

PROMPTS_TITLE = "What is it about?"
PROMPTS: tuple[tuple[str, str], ...] = (
    ("Should we fine-tune?", "Should we fine-tune our model?"),
    ("RAG or fine-tuning?", "What is the difference between RAG and fine-tuning?"),
    ("What do we need first?", "What is an eval set?"),
    ("What does a term mean?", "What is distillation?"),
)
"""Titles and what they say when they are pressed. Slack shows at most four."""

ASKED_ABOUT = "Should we fine-tune?"
"""What somebody asks who uses the shortcut; the words of the message stand beside it."""
NO_WORDS = "That message has no words that I could read, so there is nothing to ask about."
SAVE_OPENLY = "For what you decided without me. It goes into the log, open to whoever can see this channel."
SAVE_PRIVATELY = "For what you decided without me. It goes into the log, and only you will see it."
HOW_TO_DECIDE = "Open one and press *Accept* or *Override…*."
WHERE_NO_LINK_IS = "One without a link was shown to you alone; if it is gone from there, please ask again."
SAVED_BEFORE = "This message was saved as a decision before:"
PICK_WHAT_WAS_DECIDED = "Please pick what was decided."
SAY_WHAT_IT_WAS_ABOUT = "Please say in some words what it was about."
PICK_A_PAST_DAY = "Please pick a day that has come."
PICK_AN_OWNER = "Please pick who owns it."
SAVED_BY_PEOPLE = "Saved from a message: people decided this without me, and I recommended nothing."
_EXAMPLES = {
    "baseline_score": "85%, or 8 of 10",
    "target_score": "85%, or 8 of 10",
    "agreement": "85%, or 8 of 10",
    "base_model": "gpt-4.1, or Llama",
    "languages": "English, German",
}

WORDS_DELETED = "(deleted)"
"""Stands where words of a message stood that was deleted."""
ANSWER_DELETED = "✓ Answered by a message that was deleted since."
EDITED = "You edited your question. Evaluate again?"
EDITED_FACTS = "You edited what you told me. Evaluate again?"
EVALUATED = "Evaluated again, with what your message says now."
NOT_THERE = "I no longer find that message, so there is nothing to evaluate."


THANKS = "Thank you. Whoever runs me reads this; nobody else does."
WHO_READS_FEEDBACK = "Whoever runs this bot reads it, with your name; nobody else here does."
SAY_WHAT_WAS_WRONG = "Please say in a few words what was wrong."


def with_reference(text: str, reference: str) -> str:
    """Return what a person is told of a failure, with what stands beside its cause in the log."""
    return f"{text} (Reference `{reference}`.)"


def went_on(link_to_thread: str) -> str:
    """Return what a person is told who acts on a private answer that went on in the channel."""
    thread = link("in the channel", link_to_thread)
    return f"This went on {thread}, where everyone can see it. Nothing was changed; please go on there."


def no_decision(decision_id: str) -> str:
    """Return what a person reads who may not see a decision, and who asks for one that does not exist."""
    return (
        f"I find no decision {decision_id} that you may see from here. `/finetune log` lists what there is."
    )


def nothing_found(searched: str) -> str:
    """Return what stands in place of an empty list; `searched` is escaped already."""
    if searched:
        return (
            f"I find no decision with “{searched}” that you may see from here. Fewer or other words may "
            "help. If it was a question, ask it in a sentence."
        )
    return (
        "No decisions yet that you may see from here. The first one is a sentence away: "
        "`/finetune our bot ignores the refund rules, should we train it?`"
    )


def not_quite(wrong: Sequence[str], closest: str) -> str:
    """Return what is wrong with a sub-command, and the nearest right one; `wrong` are words of a person."""
    shown = [f"“{shorten(escape.line(word), WORD_SHOWN_CHARS)}”" for word in wrong]
    listed = " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
    what = (
        f"I don't know what to do with {listed} there." if listed else "I know these words in another form."
    )
    return (
        f"{what} The nearest that I understand is `/finetune {closest}`. If you meant a question, please ask "
        "it in a whole sentence."
    )


def more_decisions(more: int) -> str:
    """Return how many decisions are not listed."""
    return f"… and {more} more. Add words to narrow it down: `/finetune log refund tone`."


def older_decisions(looked_through: int) -> str:
    """Return that the list does not reach back to the beginning."""
    if looked_through:
        return f"I looked through the newest {looked_through} that you may see; there may be older ones."
    return "I looked through the newest ones only; there may be older ones."


def how_to_look(decision_id: str) -> str:
    """Return how to see a decision and how to search."""
    return f"See one: `/finetune show {decision_id}` · Search: `/finetune log refund tone`"


def invite(bot_name: str, pressed: str) -> str:
    """Return how to let us into a channel; `pressed` is the button that needs it."""
    return (
        f"I cannot post here because I am not in this channel. Type `/invite @{bot_name}`, then press "
        f"*{pressed}* again. In a direct message between other people I cannot be added: "
        "write to me directly instead."
    )


def asks(user_id: str, question: str) -> str:
    """Return the first line of a public thread; `question` is escaped already."""
    return f"<@{user_id}> asks: {question}"


def shares(user_id: str, question: str) -> str:
    """Return the line above a recommendation that somebody shared; `question` is escaped already."""
    asked = f": “{question}”" if question else "."
    return f"<@{user_id}> asked, and shares my answer{asked}"


def asks_about(user_id: str, address: str, question: str) -> str:
    """Return the first line of a thread about somebody's message; `question` is escaped already."""
    return f"<@{user_id}> asks about {link('this message', address)}: “{question}”"


def answered_here(address: str, question: str) -> str:
    """Return the first line of a direct message that answers a shortcut; `question` is escaped already."""
    return (
        f"You asked about {link('this message', address)}: “{question}”\n"
        "I cannot answer there so that only you see it, so I answer here."
    )


def only_you_saw(channel_id: str) -> str:
    """Return where a private question was asked. It is gone from there once Slack was started again."""
    return f"only you saw it, in <#{channel_id}>; if it is gone, please ask again"


def more_waiting(more: int) -> str:
    """Return how many waiting questions are not listed."""
    return f"… and {more} more questions of mine wait in older threads."


def more_in_log(more: int) -> str:
    """Return how many decisions are not listed."""
    return f"… and {more} more: `/finetune log`"


def limited(refused: Refused) -> str:
    """Return when the next question is taken, to whoever asked one too many."""
    # The minute after: nobody should come a few seconds too early.
    at = refused.again_at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    when = f"<!date^{int(at.timestamp())}^{{time}}|{at:%H:%M} UTC>"
    match refused.whose:
        case "person":
            return f"You have asked me a lot within the last hour. I take your next question at {when}."
        case "channel":
            return f"I was asked a lot in here within the last hour. I take the next question at {when}."
        case "workspace":
            return f"I was asked a lot in this workspace within the last hour. I take the next at {when}."


def apology(reference: str) -> str:
    """Return what a person reads when we gave up on what they said."""
    return (
        "Sorry, something is wrong on my side and I could not answer this. "
        f"Please try again later; if it stays so, tell whoever runs me the reference `{reference}`."
    )


def how_sure(why: str, reply: Recommend) -> str:
    """Return whether a recommendation is provisional, and how sure it is."""
    state = (
        "_Provisional_: some answers are still missing"
        if reply.is_provisional
        else "_Final_, as things stand"
    )
    return f"{state} · {reply.confidence.capitalize()} confidence: {why}"


def more_lines(missing: int) -> str:
    """Return how many lines of a part are left out."""
    return f"… and {missing} more in *Details*"


def heard_from(quote: str, source: Source) -> str:
    """Return where a fact in a form comes from."""
    match source:
        case "inferred":
            return f"Assumed from “{quote}”"
        case "button":
            return f"Picked: “{quote}”"
        case "form":
            return f"Entered: “{quote}”"
        case "stated":
            return f"From “{quote}”"


def example_of(fact: str) -> str:
    """Return what can be typed about a fact, for an empty field."""
    return _EXAMPLES.get(fact, "300, a couple hundred, 3k")


def not_read(wanted: str) -> str:
    """Return what is said under a field whose entry says nothing that it can be."""
    return NOT_READ[wanted]


def corrected(user_id: str, reply: Recommend, before: str, was: Option) -> str:
    """Return for a thread who set what right, and what I recommend now.

    `before` was the decision's id, and `was` what it recommended.
    """
    changes = shorten("; ".join(map(_set_right, reply.corrected)), CHANGES_SHOWN_CHARS)
    headline = shorten(escape.line(reply.leading.headline), HEADLINE_SHOWN_CHARS)
    is_new = reply.decision_id != before
    replaces = f" This is {reply.decision_id} now, in place of {before}." if is_new else ""
    now = "Still" if reply.leading.option == was else "Now"
    return f"✎ <@{user_id}> corrected: {changes}. {now}: *{headline}*.{replaces}"


def overtaken(facts: Sequence[Overtaken], user_id: str) -> str:
    """Return to `user_id` alone what was not corrected, because somebody else had changed it meanwhile."""
    lines = [f"• {escape.line(title_of(one.fact))}: {_now(one, user_id)}" for one in facts]
    return "\n".join(["This was changed after your form was opened, so I left it as it is:", *lines, _AGAIN])


_AGAIN = "If you know better, press *Correct this…* again."


def _set_right(one: SetRight) -> str:
    before, after = escape.line(one.before), escape.line(one.after)
    if before and after:
        return f"{before} → {after}"
    return after or f"taken back: {before}"


def _now(one: Overtaken, user_id: str) -> str:
    who = "you" if one.by == user_id else f"<@{one.by}>" if one.by else "somebody"
    return f"{who} said {escape.line(one.now)}" if one.now else "it was taken away as not so, or not known"


def not_erased(reference: str) -> str:
    """Return what a person reads when we could not forget a message that was deleted."""
    return (
        "Sorry, you deleted a message that I keep words of, and I could not erase them. "
        f"Please tell whoever runs me the reference `{reference}`."
    )


def collapsed(question: str, answer: str, user_id: str) -> str:
    """Return an answered question as one line, of escaped words. Only where a mention does not ping."""
    return f"✓ {question} — {answer} (<@{user_id}>)"


def you_answered(question: str, answer: str) -> str:
    """Return the same where only the person sees it."""
    return f"✓ {question} — {answer} (you)"


def asked_again(question: str) -> str:
    """Return what becomes of a question that stands below once more; it is escaped already."""
    return f"↓ {question} — asked again below"
