"""Whoever looks for the people in a refuge finds no way to it, on no screen and in no language."""

import re
from dataclasses import replace

import pytest

from bot.content.model import Office, Refuge
from bot.engine.blocks.service import name
from bot.engine.events import Chosen, Wrote
from bot.engine.replies import Venue
from bot.engine.session import AND, Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.language.say import Say
from tests.engine.walking import COUNTRIES, LANGUAGES, NOW, SAID, listed_in, pages, towns

STREETS = re.compile(
    r"(?<![\w’ʻ])(?:ул\.|улиц|просп|пр-т|пр\.|переул|пер\.|микрорайон|мкр|квартал|бульвар|шоссе|тупик"
    r"|дом №|д\. ?\d|кв\. ?\d|көшес|даңғыл|ықшам|көчөс|проспектис|кӯча|хиёбон|маҳалла(?!лар)|кўча|мавзе"
    r"|koʻcha|ko'cha|mahalla(?!lar)|mavze|street|st\.|avenue|ave\.|lane|boulevard|building|apartment|str\.)",
    re.IGNORECASE,
)
POINT = re.compile(r"(?<![\d.])\d{2}[.,]\d{3}")
SECRET = "Zebra street 17"


def refuges(world):
    """Every protected service, with a screen to open it from."""
    for country in COUNTRIES:
        for one in world.content.directory.countries[country].protected:
            card = Session("service", "en", country=country, told=True)
            yield one, replace(card, item=f"{listed_in(world.content, one)}{AND}{one.id}")


def screens(stage, one, card):
    """The card of a refuge and what is said of it on lists and on the card of help, where it is."""
    content = stage.world.content
    here = content.places.get(one.at)
    town = (here or towns(content, card.country)[0]).id
    for said in SAID:
        yield stage.page(replace(card, said=said), NOW).text
        near = replace(card, place=listed_in(content, one), town=town, said=said, item="")
        told = stage.world.words.say(card.language, _name(stage, one, card))
        for page in range(1, 6):
            text = stage.page(replace(near, item=str(page)), NOW).text
            yield from (part for part in text.split("\n\n") if told in part)
        yield from stage.page(replace(near, place="referral"), NOW).text.split("\n\n")


def _name(stage, one, card):
    return Say("{name}", {"name": name(stage.look(card, NOW), one)})


def test_the_watch_for_streets_sees_one():
    """What watches for an address finds those that public offices have."""
    assert STREETS.search("ул. Абая, 5")
    assert STREETS.search("5 Chuy avenue")
    assert POINT.search("42.8746")
    assert not STREETS.search("Ошская область, Place: Osh. Source: caravan.kz")


def test_a_refuge_has_no_field_for_an_address(world):
    """A protected service cannot even hold an address or a point."""
    for one, _ in refuges(world):
        assert isinstance(one, Refuge)
        assert not {"address", "lat", "lon"} & set(type(one).model_fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_tells_where_a_refuge_is(stage, language):
    """Nothing said of a protected service names a street, a point or any office's address."""
    looked, world = 0, stage.world
    addresses = {
        one.address
        for there in world.content.directory.countries.values()
        for one in there.services
        if one.address
    }
    for one, card in refuges(world):
        for text in screens(stage, one, replace(card, language=language)):
            assert not STREETS.search(text), text
            assert not POINT.search(text), text
            assert not any(address in text for address in addresses), text
            looked += 1
    assert looked > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refuge_is_never_put_on_a_map(engine, stage, language):
    """No button and no word shows a protected service on a map, whatever screen it is asked from."""
    for one, card in refuges(stage.world):
        session = replace(card, language=language)
        assert "map" not in {label.id for label in stage.page(session, NOW).labels}
        assert stage.venue(session, NOW) is None
        for event in (Chosen("service", "map", card.item), Wrote("map"), Wrote("Show on a map")):
            turn = engine.step(session, event, NOW)
            assert not any(isinstance(reply, Venue) for reply in turn.replies), one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_of_a_refuge_says_why_there_is_no_address(stage, language):
    """Every refuge that may be shown says that its address is kept to protect people."""
    world, said = stage.world, 0
    hidden = world.words.text(
        language, "The address is not told here, to keep people there safe. Call first."
    )
    for one, card in refuges(world):
        text = stage.page(replace(card, language=language), NOW).text
        if world.atlas.standing(one, NOW.date()).shown:
            assert hidden in text
            said += 1
    assert said


def test_what_is_written_for_the_operator_is_never_shown(world):
    """Why an entry is withheld, who confirmed it and what a source is titled reach no screen."""
    directory = world.content.directory
    secret = {"by": SECRET}
    countries = {
        country: there.model_copy(
            update={
                "protected": tuple(one.model_copy(update=secret) for one in there.protected),
                "services": tuple(one.model_copy(update=secret) for one in there.services),
            }
        )
        for country, there in directory.countries.items()
    }
    changed = directory.model_copy(update={"countries": countries})
    content = world.content.model_copy(update={"directory": changed})
    stage = Stage(replace(world, content=content))
    for one, card in refuges(stage.world):
        assert all(SECRET not in text for text in screens(stage, one, card))
    withheld = [(one, card) for one, card in refuges(world) if one.withheld]
    assert withheld
    for one, card in withheld:
        assert one.withheld not in Stage(world).page(card, NOW).text


def test_only_a_measured_office_is_put_on_a_map(world):
    """A map is sent for an office whose point a source gives, shows its address, and for no other."""
    directory, shown = world.content.directory, 0
    countries = {
        country: there.model_copy(
            update={
                "services": tuple(
                    one.model_copy(update={"lat": 42.8746, "lon": 74.5698})
                    for one in there.services
                )
            }
        )
        for country, there in directory.countries.items()
    }
    changed = directory.model_copy(update={"countries": countries})
    measured = Stage(
        replace(world, content=world.content.model_copy(update={"directory": changed}))
    )
    for stage in (Stage(world), measured):
        engine = Engine(stage)
        for country in COUNTRIES:
            for one in stage.world.content.directory.countries[country].all[::3]:
                item = f"{listed_in(world.content, one)}{AND}{one.id}"
                card = Session("service", "ru", item, country, told=True)
                on_map = isinstance(one, Office) and one.lat is not None
                on_map = on_map and stage.world.atlas.standing(one, NOW.date()).shown
                turn = engine.step(card, Chosen("service", "map", item), NOW)
                assert any(isinstance(reply, Venue) for reply in turn.replies) == on_map
                if on_map and isinstance(one, Office):
                    (venue,) = pages(stage, turn)
                    assert (venue.lat, venue.lon) == (one.lat, one.lon)
                    assert venue.address == one.address or one.address is None
                    assert venue.title
                    assert venue.remove.text
                    assert turn.session == card
                    shown += 1
    assert shown


def test_what_is_for_the_violent_is_never_shown_to_the_hurt(stage):
    """No programme for people who are violent stands on any list, card or answer."""
    world = stage.world
    programmes = [
        (country, one)
        for country in COUNTRIES
        for one in world.content.directory.countries[country].all
        if one.kind == "perpetrator_programme"
    ]
    assert {country for country, _ in programmes} == set(COUNTRIES)
    hidden = {one.id for _, one in programmes}
    for country, one in programmes:
        card = Session("service", "ru", f"near-talk{AND}{one.id}", country, told=True)
        text = stage.page(card, NOW).text
        assert not any(name in text for name in one.names.values())
        assert not any(phone.number in text for phone in one.phones)
        for town in world.content.places.settlements[country][::10]:
            for sector in one.sectors:
                found = world.atlas.nearest(sector, town, NOW.date())
                assert hidden.isdisjoint(each.service.id for each in found)
