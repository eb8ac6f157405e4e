"""Truths about what is sent and its fingerprint."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign, Message
from tests.campaigns.campaigning import CAMPAIGN, EVERYBODY, STARTS

texts = st.text(max_size=8)
campaigns = st.builds(
    Campaign,
    id=texts,
    topic=texts,
    messages=st.dictionaries(st.sampled_from(["ru", "ky"]), st.builds(Message, texts, texts)),
    link=texts,
)
sets = st.frozensets(st.sampled_from("abc"), max_size=2)
audiences = st.builds(Audience, sets, sets, sets, sets, sets)
wholes = st.tuples(campaigns, audiences, st.integers(0, 2**40))


@given(wholes, wholes)
def test_two_that_differ_in_anything_have_other_fingerprints(one, other):
    """Content, audience and time all count; and the same has the same fingerprint."""
    first, second = one[0].digest(*one[1:]), other[0].digest(*other[1:])
    assert (first == second) == (one == other)


@pytest.mark.parametrize(
    "other",
    [
        replace(CAMPAIGN, id="hgfedcba"),
        replace(CAMPAIGN, topic="love"),
        replace(CAMPAIGN, link="q8"),
        replace(CAMPAIGN, messages={**CAMPAIGN.messages, "kk": Message("Сәлем", "Ашу")}),
        replace(CAMPAIGN, messages={**CAMPAIGN.messages, "ru": Message("Привет!", "Открыть")}),
        replace(CAMPAIGN, messages={**CAMPAIGN.messages, "ru": Message("Привет", "Открыть!")}),
    ],
)
def test_each_part_of_what_is_read_counts(other):
    """Whatever a reader could see otherwise changes the fingerprint."""
    assert other.digest(EVERYBODY, STARTS) != CAMPAIGN.digest(EVERYBODY, STARTS)


def test_the_order_of_languages_does_not_count():
    """The same messages, put together the other way round, are the same campaign."""
    turned = replace(CAMPAIGN, messages={one: CAMPAIGN.messages[one] for one in ("ky", "ru")})
    assert turned.digest(EVERYBODY, STARTS) == CAMPAIGN.digest(EVERYBODY, STARTS)


@given(campaigns)
def test_what_is_written_is_read_again(campaign):
    """A campaign comes back from its writing as it was."""
    assert Campaign.read(campaign.written()) == campaign


def test_it_is_heard_only_where_there_is_something_to_read():
    """Nothing stands in for a missing language: its readers are no part of the audience."""
    assert CAMPAIGN.heard_by(EVERYBODY).languages == {"ru", "ky"}
    assert CAMPAIGN.heard_by(Audience(languages=frozenset({"ru", "kk"}))).languages == {"ru"}
    with pytest.raises(ValueError, match="kk"):
        CAMPAIGN.heard_by(Audience(languages=frozenset({"kk"})))
