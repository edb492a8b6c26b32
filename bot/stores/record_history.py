"""What may not get lost when a decision record is saved again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.record import Change, DecisionRecord, Revision


def forgets(record: DecisionRecord, kept: DecisionRecord) -> bool:
    """Say whether `record` lacks a revision or a change that `kept` holds.

    Words that were erased (an empty `context`, `quote` or `why`) do not count as lacking if the history says,
    since, that words were.
    """
    if len(record.revisions) < len(kept.revisions) or len(record.history) < len(kept.history):
        return True
    since = record.history[len(kept.history) :]
    if not any(change.what == "erased" for change in since):
        return not (
            record.context == kept.context
            and _begins_with(record.revisions, kept.revisions)
            and _begins_with(record.history, kept.history)
        )
    if record.context not in ("", kept.context):
        return True
    revisions = zip(record.revisions, kept.revisions, strict=False)
    changes = zip(record.history, kept.history, strict=False)
    return any(new != _erased_like(new, old) for new, old in revisions) or any(
        new != _unexplained_like(new, old) for new, old in changes
    )


def _begins_with(longer: Sequence[object], beginning: Sequence[object]) -> bool:
    return longer[: len(beginning)] == beginning


def _erased_like(new: Revision, old: Revision) -> Revision:
    """Return `old` without the quotes that `new` no longer has."""
    if len(new.statements) != len(old.statements):
        return old
    statements = tuple(
        before if after.quote else before.model_copy(update={"quote": ""})
        for after, before in zip(new.statements, old.statements, strict=True)
    )
    return old.model_copy(update={"statements": statements})


def _unexplained_like(new: Change, old: Change) -> Change:
    return old if new.why else old.model_copy(update={"why": ""})
