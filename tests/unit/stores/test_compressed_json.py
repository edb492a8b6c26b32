from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stores.compressed_json import _dictionary, compress, decompress
from tests.integration.stores.examples import a_record


def test_the_dictionary_is_the_one_that_kept_records_need() -> None:
    digest = hashlib.sha256(_dictionary()).hexdigest()
    assert digest.startswith("4af1936877c2407a"), "never change it: kept records cannot be read without it"


@given(json=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_compressed_comes_back(json: str) -> None:
    assert decompress(compress(json)) == json


def test_a_record_becomes_small() -> None:
    json = a_record().model_dump_json()
    assert len(compress(json)) < len(json) / 4


@pytest.mark.parametrize("plain", ['{"id": "D-0000000001"}', "unreadable", ""])
def test_what_was_never_compressed_stays_as_it_is(plain: str) -> None:
    assert decompress(plain.encode()) == plain


def test_what_is_cut_off_is_not_taken_for_whole() -> None:
    json = a_record().model_dump_json()
    assert decompress(compress(json)[:-20]) != json
