"""What has to stay in a region is told from people who are there, and from what a bot reads about one."""

from __future__ import annotations

import pytest

from bot.understanding.message import prepare
from bot.understanding.regions import find_region
from tests.unit.understanding.test_reading import values


@pytest.mark.parametrize(
    "said",
    [
        "Everything has to stay in Switzerland.",
        "It may only be hosted in the EU, Azure would do",
        "no American clouds, please",
        "no us cloud",
        "Legal is strict, so no US vendors or servers",
        "we're not allowed to send it to US providers",
        "US providers are ruled out",
        "EU only",
        "anything, but EU-hosted",
        "we need EU hosting because of the GDPR",
        "Because of data residency we chose Frankfurt",
        "data residency: Germany",
        "must remain within the region",
    ],
)
def test_what_has_to_stay_is_heard(said: str) -> None:
    assert find_region(prepare(said)) is not None


@pytest.mark.parametrize(
    "said",
    [
        "it won't tell us vendor names",
        "it can't give to us servers that work",
        "to us servers or cloud are all the same, we don't mind",
        "it never finds letters from American companies",
        "it can't read bills of foreign vendors",
        "its drafts never name US providers",
        "we can't use Chinese models, US cloud is fine",
        "any cloud, no Chinese vendors",
        "any API, no US cloud needed",
        "no US cloud available there",
        "our customers are EU only",
        "a helpdesk for EU hosting customers",
        "we sell EU only",
        "we launch EU only, any API",
        "it should only run in Austria this quarter, any cloud",
        "our trial must run in France first",
        "our drivers must stay in the country",
        "guests ask whether they have to stay in the EU",
        "data residency is no issue",
        "no data residency requirement",
        "questions on data residency and the GDPR",
        "our data residency team answers them",
        "maybe no US cloud, not sure",
        "must it stay in the EU?",
        "if it has to stay in the EU we take Azure",
        "it doesn't have to stay in the EU",
        "it no longer has to stay in the EU",
        "the other team needs EU hosting",
        "it used to be EU only",
        "EU hosting would be nice",
        "The classes are: EU only, US cloud, other",
        "it must stay in the country of the guest",
        "texts must stay in the region of 100 words",
    ],
)
def test_other_places_are_no_limit(said: str) -> None:
    assert find_region(prepare(said)) is None


def test_a_limit_outweighs_any_place_and_no_limit_leaves_it() -> None:
    assert values("any API, EU only", "Q9")["hosting"] == "region_locked"
    assert values("any API is fine, our customers are EU only", "Q9")["hosting"] == "any_api"
    assert values("any API works, no US provider needed", "Q9")["hosting"] == "any_api"
