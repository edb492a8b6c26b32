from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import ReferenceDataInvalid
from knowledge.prices import Prices, load_prices
from knowledge.providers import Providers, load_providers

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"

PROVIDERS = """
models:
  - {slug: acme-4, name: Acme 4, vendor: Acme, aliases: [acme 4], tunable: "yes", hosting: api,
     as_of: 2026-11-01, source: "https://example.org/4", evidence: A-1}
  - {slug: acme-4-mini, name: Acme 4 mini, vendor: Acme, tunable: existing_customers, hosting: api,
     tunable_until: 2027-01-06, as_of: 2026-08-01, source: "https://example.org/m", evidence: A-2}
  - {slug: acme, name: Acme (any model), vendor: Acme, aliases: [acme], tunable: "no", hosting: open_weights,
     as_of: 2026-11-01, source: "https://example.org/any", evidence: A-3}
  - {slug: zenith, name: Zenith (model not named), vendor: Zenith, aliases: [zen],
     tunable: existing_customers, hosting: api, retires_on: 2027-01-14, as_of: 2026-11-20,
     source: "https://example.org/z", evidence: A-4}
"""
PRICES = """
prices:
  - {slug: acme-4, item: Acme 4, kind: inference, unit: 1M tokens, input: 2, output: 8.5, as_of: 2026-11,
     source: a page, checked: V}
  - {slug: gpu, item: GPU, kind: gpu, unit: hour, amount: 3, as_of: 2026-08-30, source: a page, checked: V}
  - {slug: old, item: Old, kind: historic, unit: hour, amount: 1, as_of: 2023, source: a page, checked: C}
  - {slug: vague, item: Vague, kind: training, unit: hour, amount: 1, as_of: some day, source: x, checked: C}
"""


@pytest.fixture
def providers(tmp_path: Path) -> Providers:
    (tmp_path / "providers.yaml").write_text(PROVIDERS, encoding="utf-8")
    return load_providers(tmp_path / "providers.yaml")


@pytest.fixture
def prices(tmp_path: Path) -> Prices:
    (tmp_path / "prices.yaml").write_text(PRICES, encoding="utf-8")
    return load_prices(tmp_path / "prices.yaml")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Can we tune Acme 4?", "acme-4"),
        ("we use ACME-4 MINI today", "acme-4-mini"),
        ("acme_4_mini", "acme-4-mini"),
        ("some acme model", "acme"),
        ("acme 4.1", "acme"),
        ("acmeology", None),
        ("something of zenith", "zenith"),
        ("zen-5.6-terra", None),
        ("", None),
    ],
)
def test_the_longest_model_name_in_free_text_is_found(
    providers: Providers, text: str, slug: str | None
) -> None:
    found = providers.find(text)

    assert (found.slug if found else None) == slug


def test_rows_read_too_long_ago_are_stale(providers: Providers) -> None:
    assert [row.slug for row in providers.stale_rows(date(2026, 11, 23))] == ["acme-4-mini"]
    assert len(providers.stale_rows(date(2026, 11, 23), older_than_days=10)) == 3


def test_a_price_is_found_by_its_slug(prices: Prices) -> None:
    price = prices.get("acme-4")

    assert price is not None
    assert (price.input, price.output, price.amount) == (2, 8.5, None)
    assert prices.get("unknown") is None


def test_stale_prices_leave_history_out_and_count_a_month_from_its_first_day(prices: Prices) -> None:
    assert [row.slug for row in prices.stale_rows(date(2026, 11, 23))] == ["gpu", "vague"]
    assert [row.slug for row in prices.stale_rows(date(2027, 1, 2))] == ["acme-4", "gpu", "vague"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("tunable: existing_customers", "tunable: sometimes", r"row 2 \(acme-4-mini\): tunable: "),
        ("hosting: open_weights", "host: open_weights", r"row 3 \(acme\): hosting: "),
        ("slug: acme-4-mini", "slug: acme-4", "row 2: 'acme-4' already stands in row 1"),
        ("models:", "model:", "must hold a list called 'models'"),
        ("{slug: acme-4,", "{slug: acme-4", "correct this line|correct this field"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "providers.yaml"
    assert old in PROVIDERS
    path.write_text(PROVIDERS.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ReferenceDataInvalid, match=message) as raised:
        load_providers(path)

    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataInvalid, match=r"prices.yaml: cannot be read"):
        load_prices(tmp_path / "prices.yaml")


def test_the_shipped_reference_data_is_valid() -> None:
    assert load_providers(KNOWLEDGE / "providers.yaml").models
    assert load_prices(KNOWLEDGE / "prices.yaml").rows
