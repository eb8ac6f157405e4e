"""Truths about audiences: groups of readers, never a person."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.audience import Audience, Reader

LANGUAGES = st.sampled_from(["ru", "kk", "ky"])
COUNTRIES = st.sampled_from(["kg", "kz"])
REGIONS = st.sampled_from(["kg-osh-region", "kg-chuy-region"])
AGES = st.sampled_from(["10-14", "15-19"])
TOPICS = st.sampled_from(["rights", "love", "online"])

audiences = st.builds(
    Audience,
    *(st.frozensets(one, max_size=2) for one in (LANGUAGES, COUNTRIES, REGIONS, AGES, TOPICS)),
)
readers = st.builds(
    Reader,
    LANGUAGES,
    COUNTRIES,
    REGIONS | st.just(""),
    AGES | st.just(""),
    st.frozensets(TOPICS, max_size=2),
)


@given(readers)
def test_an_audience_without_limits_holds_everybody(reader):
    """Empty sets take in all, whatever a reader told or did not tell."""
    assert Audience().holds(reader)


@given(audiences, readers)
def test_each_set_can_only_shut_out(audience, reader):
    """Whoever is in is in with any set emptied, too."""
    for field in fields(Audience):
        values = {one.name: getattr(audience, one.name) for one in fields(Audience)}
        wider = Audience(**(values | {field.name: frozenset()}))
        assert wider.holds(reader) or not audience.holds(reader)


def test_who_told_nothing_is_in_no_narrow_audience():
    """A reader who gave no region and no age is in no audience made of them."""
    reader = Reader("ky", "kg")
    assert Audience(countries=frozenset({"kg"})).holds(reader)
    assert not Audience(regions=frozenset({"kg-osh-region"})).holds(reader)
    assert not Audience(ages=frozenset({"15-19"})).holds(reader)


def test_who_chose_no_topic_hears_of_all():
    """No topic means all of them; who chose some hears of those alone."""
    rights = Audience(topics=frozenset({"rights"}))
    assert rights.holds(Reader("ky", "kg"))
    assert rights.holds(Reader("ky", "kg", topics=frozenset({"love", "rights"})))
    assert not rights.holds(Reader("ky", "kg", topics=frozenset({"love"})))


def test_nothing_of_an_audience_names_a_person():
    """An audience is made of five things, none of which one person has alone (R19)."""
    names = [field.name for field in fields(Audience)]
    assert names == ["languages", "countries", "regions", "ages", "topics"]
