from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.record import DecisionRecord
from bot.stores.record_history import forgets
from tests.integration.stores.examples import ACCEPTED, ERASED, OVERRIDDEN, a_record, a_revision, changed

revisions = st.lists(
    st.sampled_from([a_revision(message_id=id_) for id_ in ("m1", "m2", "m3")]), min_size=1, max_size=4
).map(tuple)
histories = st.lists(st.sampled_from([ACCEPTED, OVERRIDDEN]), min_size=1, max_size=4).map(tuple)
records = st.builds(
    lambda revisions, history: a_record().model_copy(update={"revisions": revisions, "history": history}),
    revisions,
    histories,
)


@given(kept=records, more_revisions=revisions, more_history=histories)
def test_a_record_that_only_grew_forgets_nothing(
    kept: DecisionRecord, more_revisions: tuple[object, ...], more_history: tuple[object, ...]
) -> None:
    grown = kept.model_copy(
        update={
            "revisions": kept.revisions + more_revisions,
            "history": kept.history + more_history,
        }
    )

    assert not forgets(grown, kept)
    assert not forgets(kept, kept)
    assert forgets(kept, grown)


@given(kept=records, other=records)
def test_a_record_forgets_exactly_when_the_kept_one_is_not_its_beginning(
    kept: DecisionRecord, other: DecisionRecord
) -> None:
    begins_alike = (
        other.revisions[: len(kept.revisions)] == kept.revisions
        and other.history[: len(kept.history)] == kept.history
    )

    assert forgets(other, kept) is not begins_alike


def test_erased_words_are_not_forgotten_ones_but_statements_are() -> None:
    erased = changed(a_record(), ERASED).model_copy(
        update={"context": "", "revisions": (a_revision(quote=""),)}
    )
    dropped = changed(a_record(), ERASED).model_copy(
        update={"revisions": (a_revision().model_copy(update={"statements": ()}),)}
    )

    assert not forgets(erased, a_record())
    assert forgets(dropped, a_record())
    assert forgets(a_record(), erased)


def test_words_that_are_gone_without_a_trace_in_the_history_are_forgotten_ones() -> None:
    unquoted = a_record().model_copy(update={"revisions": (a_revision(quote=""),)})
    without_question = a_record().model_copy(update={"context": ""})
    unexplained = changed(a_record(), ACCEPTED.model_copy(update={"why": ""}))

    assert forgets(unquoted, a_record())
    assert forgets(without_question, a_record())
    assert forgets(unexplained, changed(a_record(), ACCEPTED))
    assert forgets(changed(unquoted, ACCEPTED), a_record())


def test_an_old_trace_allows_nothing_new_to_be_erased() -> None:
    kept = changed(a_record(), ERASED)

    assert forgets(kept.model_copy(update={"context": ""}), kept)
    assert not forgets(changed(kept, ERASED).model_copy(update={"context": ""}), kept)


def test_words_are_erased_and_never_replaced_by_others() -> None:
    other_question = changed(a_record(), ERASED).model_copy(update={"context": "Something else?"})
    other_quote = changed(a_record(), ERASED).model_copy(update={"revisions": (a_revision(quote="else"),)})

    assert forgets(other_question, a_record())
    assert forgets(other_quote, a_record())
