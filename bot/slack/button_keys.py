"""Which conversation, and which question or decision, a button belongs to: carried in its block's `block_id`.

Slack hands it back unchanged, but a message can be copied elsewhere, so it is checked against where the
button was really pressed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.conversation import Place

QUESTION = "question"
"""The group of the block that holds the question's text."""
DECISION = "decision"
"""The group of the row under a recommendation."""
ANSWERED = "answered"
"""The group of the line that an answered question becomes, by the message that answered it."""
STATUS = "status"
"""The group of the line that says what people decided."""
HEARD = "heard"
"""The group of the row under what was heard."""
WHOLE = "whole"
"""The group of the row that shows what does not fit."""
CONDITION_PREFIX = "condition:"
"""Begins the group of the row under a condition; the id of its requirement follows."""
EDITED = "edited"
"""The group of the button that is about an edited message, by its ts."""
ACCEPT = "accept"
OVERRIDE = "override"
KEEP_EARLIER = "keep_earlier"
"""Its value names the earlier decision behind the recommended outcome."""
SOURCES = "sources"
CORRECT = "correct"
DETAILS = "details"
MORE = "more"
"""The menu with what is done seldom; each of its values is "action_id:value" of a button."""
CHANGE = "change"
HISTORY = "history"
OPENS_VIEW = frozenset({OVERRIDE, SOURCES, CORRECT, DETAILS, CHANGE, HISTORY})
"""Under a recommendation; *Answer in words* opens one, too."""
CONFIRM = "confirm"
DENY = "deny"
REVIEW = "review"
"""The group of the row under a decision to review."""
REVIEW_PREFIX = "review:"
ANSWER = "answer"
SHARE = "share"
KEEP = "keep"
HERE = "here"
"""In place of a thread: the one that the message itself begins, whose ts is known once it is posted."""
FEEDBACK = "feedback"
"""The group of the buttons that ask whether an answer helped."""
RATE = "rate"
HELPFUL = "helpful"
NOT_HELPFUL = "not_helpful"
DONE = "done"
CONTINUE = "continue"
EVALUATE = "evaluate"
HOME_PERIOD = "home_period"
"""In a Home, which stands in no message: it needs no key."""
REPLY_PREFIX = "reply:"
CHOICES_PREFIX = "choices:"
_PARTS = 5


@dataclass(frozen=True)
class ButtonKey:
    """One group of buttons. `group` tells the groups of one message apart, whose ids must differ."""

    place: Place
    about: str
    """Id of the question, of the decision or of the message; "" for none."""
    group: str

    def encode(self) -> str:
        """Return it as a `block_id`."""
        place = self.place
        parts = [self.group, place.team_id, place.channel_id, place.thread, self.about]
        return json.dumps(parts, separators=(",", ":"), ensure_ascii=False)


def is_on_decision(group: str) -> bool:
    """Say whether a group's buttons are about a decision."""
    return group in (DECISION, HEARD, WHOLE) or group.startswith(CONDITION_PREFIX)


def decode(block_id: str) -> ButtonKey | None:
    """Return the key in a `block_id`, or None when it is not one of ours."""
    try:
        parts = json.loads(block_id)
    except ValueError:
        return None
    if (
        not isinstance(parts, list)
        or len(parts) != _PARTS
        or not all(isinstance(part, str) for part in parts)
    ):
        return None
    group, team_id, channel_id, thread, about = parts
    return ButtonKey(Place(team_id=team_id, channel_id=channel_id, thread=thread), about, group)
