"""Lists of what is near and the card of each service: whole, honest and never a dead end."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.content.model import SHOWN_SECTORS, Reports
from bot.directory.nearest import Atlas
from bot.engine.blocks.nearby import A_PAGE
from bot.engine.blocks.service import rounded
from bot.engine.events import Chosen
from bot.engine.replies import Card, Show
from bot.engine.session import AND, Session
from bot.engine.step import Engine
from tests.engine.walking import (
    COUNTRIES,
    LANGUAGES,
    NOW,
    SAID,
    buttons,
    list_of,
    listed_in,
    pages,
    towns,
)

NEAR = Session("near-talk", "en", country="kg", told=True, town="kg-osh")
WITHHELD = "This place is not shown any more."


@pytest.fixture
def engine(stage):
    return Engine(stage)


def lists(stage, said=SAID):
    """Every list from a few towns of every country."""
    content = stage.world.content
    for country in COUNTRIES:
        for town in towns(content, country):
            for sector in SHOWN_SECTORS:
                place = list_of(content, sector)
                for flags in said:
                    yield (
                        sector,
                        town,
                        replace(NEAR, place=place, country=country, town=town.id, said=flags),
                    )


def leaf(engine, session):
    """Turn page after page; yield each page and the services on it."""
    services = engine.stage.world.atlas.service
    while True:
        page = engine.stage.page(session, NOW)
        yield session, [one.id for one in page.labels if services(one.id)]
        if "more" not in [one.id for one in page.labels]:
            return
        session = engine.step(session, Chosen(session.place, "more", session.item), NOW).session


def test_paging_shows_every_service_once(engine, stage):
    """Page after page every service that may be shown is met exactly once, the nearest first."""
    turned = 0
    for sector, town, session in lists(stage):
        found = [
            one.service.id
            for one in stage.world.atlas.nearest(sector, town, NOW.date(), session.said)
        ]
        met = [id_ for _, ids in leaf(engine, session) for id_ in ids]
        if "open_now" in session.said:
            assert sorted(met) == sorted(found)
        else:
            assert met == found
        turned += len(met) > A_PAGE
    assert turned


def test_paging_leads_back_the_same_way(engine, stage):
    """The way back through the pages shows the same pages."""
    for _, _, session in lists(stage, said=((),)):
        way = [one for one, _ in leaf(engine, session)]
        back = [way[-1]]
        while any(one.id == "earlier" for one in stage.page(back[-1], NOW).labels):
            tap = Chosen(session.place, "earlier", back[-1].item)
            back.append(engine.step(back[-1], tap, NOW).session)
        assert back == way[::-1]


@pytest.mark.parametrize("item", ["0", "-1", "999", "1000", "١", "x", "2+2", " 2", "00"])
def test_an_odd_page_is_the_first(stage, item):
    """What is no page of a list shows its first page."""
    odd, first = stage.page(replace(NEAR, item=item), NOW), stage.page(NEAR, NOW)
    assert (odd.text, odd.rows) == (first.text, first.rows)


def test_from_a_card_one_tap_leads_back_to_its_page(engine, stage):
    """Back from the card of a service is the page of the list on which it stands."""
    for _, _, session in lists(stage, said=((), ("open_now",))):
        for there, ids in leaf(engine, session):
            for id_ in ids:
                card = engine.step(there, Chosen(there.place, id_, there.item), NOW).session
                assert (card.place, card.item) == ("service", f"{there.place}{AND}{id_}")
                back = engine.step(card, Chosen("service", "list", card.item), NOW).session
                assert back == there


def test_every_card_that_may_be_shown_can_be_called_from(engine, stage):
    """Every card names a number or a line, every number can be copied, and the first one kept."""
    called = 0
    for session, service in cards(stage):
        page = stage.page(session, NOW)
        assert "<b>" in page.text.split("\n\n")[1].removeprefix("<b>")
        copied = {one.copies for one in page.labels} | {one.url for one in page.labels}
        for phone in service.phones:
            assert phone.number in page.text or len(service.phones) > 2
            assert {phone.e164, phone.number, f"https://wa.me/{(phone.e164 or '')[1:]}"} & copied
        turn = engine.step(session, Chosen("service", "keep", session.item), NOW)
        if service.phones:
            (card,) = pages(stage, turn)
            assert (card.e164 or card.name) in (service.phones[0].e164, service.phones[0].number)
            called += 1
        else:
            assert not any(isinstance(one, Card) for one in turn.replies)
    assert called


def cards(stage, languages=("en",)):
    """The card of every service that may be shown."""
    world = stage.world
    for country in COUNTRIES:
        for service in world.content.directory.countries[country].all:
            if world.atlas.standing(service, NOW.date()).shown:
                item = f"{listed_in(world.content, service)}{AND}{service.id}"
                for language in languages:
                    yield (
                        replace(
                            NEAR, place="service", language=language, country=country, item=item
                        ),
                        service,
                    )


def test_every_card_fits_and_is_whole_in_every_language(stage):
    """Every card, whole and in fewer words, day and night, fits and leaves no placeholder open."""
    for session, _ in cards(stage, LANGUAGES):
        for said, later in (((), timedelta()), (("brief",), timedelta(hours=14))):
            page = stage.page(replace(session, said=said), NOW + later)
            assert 0 < len(page.text.encode("utf-16-le")) // 2 <= 4096
            assert not re.search(r"\{\w*\}", page.text), page.text
            assert len({one.text for one in page.labels}) == len(page.labels), page.labels


def test_every_page_of_every_list_fits_in_every_language(engine, stage):
    """Every page of every list fits into a message in every language, and says whom to call."""
    for _, _, session in lists(stage):
        for there, _ in leaf(engine, session):
            for language in LANGUAGES:
                page = stage.page(replace(there, language=language), NOW)
                assert len(page.text.encode("utf-16-le")) // 2 <= 4096
                assert not re.search(r"\{\w*\}", page.text), page.text
                assert page.text.rsplit("\n", 1)[1].count("<b>") >= 2


def test_where_nothing_is_near_the_first_thing_said_is_whom_to_call(engine, stage):
    """Where nothing is near, that and the numbers to call stand before anything far away."""
    honest = 0
    for sector, town, session in lists(stage, said=((),)):
        found = stage.world.atlas.nearest(sector, town, NOW.date())
        page = stage.page(session, NOW)
        lonely = not Atlas.lies_near(found)
        assert ("I know of no such place near you." in page.text) == lonely
        assert ("What I know farther away:" in page.text) == (lonely and bool(found))
        if lonely:
            begin = page.text.partition("What I know farther away:")[0]
            assert "You can call: <b>" in begin
            honest += 1
    assert honest


def test_who_must_tell_the_police_is_said_wherever_they_are_named(engine, stage):
    """Wherever a line that must tell the police stands in for a place, that is said below it."""
    warned = 0
    for country, line in (("tj", "1313"), ("kg", "112")):
        duty = next(
            one.reports
            for one in stage.world.content.countries[country].hotlines
            if one.number == line
        )
        assert duty is Reports.MUST
        for _, _, session in lists(stage):
            if session.country != country:
                continue
            for there, _ in leaf(engine, session):
                told = stage.page(there, NOW).text.split("\n")
                for at, one in enumerate(told):
                    if one.startswith(f"Reach it through: <b>{line}</b>"):
                        assert told[at + 1] == "They must tell the police about your call."
                        warned += 1
    assert warned


def test_who_did_not_look_for_the_police_is_told_that_they_answer(engine, stage):
    """Whatever else is looked for: where the police answer for a place, that is said below it."""
    police, warned = "This is the police. They act on what you tell them.", 0
    for _, _, session in lists(stage):
        wanted = stage.world.content.nodes[session.place].options["sector"]
        for there, _ in leaf(engine, session):
            told = stage.page(there, NOW).text.split("\n")
            for at, one in enumerate(told):
                if one.startswith("Reach it through: <b>102</b>"):
                    assert (told[at + 1] == police) is (wanted != "police")
                    warned += wanted != "police"
    assert warned


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_that_may_not_be_shown_says_so_kindly(engine, stage, language):
    """A service withheld, expired, of another country or gone is not shown by any old button."""
    world = stage.world
    withheld = [
        (country, one.id)
        for country in COUNTRIES
        for one in world.content.directory.countries[country].all
        if not world.atlas.standing(one, NOW.date()).shown
    ]
    assert len(withheld) > len(COUNTRIES)
    foreign = [("kg", "kz-almaty-bakytty-otbasy"), ("kg", "gone"), ("kg", ""), ("kg", "near-talk")]
    says = world.words.text(language, f"{WITHHELD} Please go back.")
    for country, id_ in (*withheld, *foreign):
        card = replace(NEAR, country=country, language=language, place="service", town="")
        session = replace(card, item=f"near-talk{AND}{id_}")
        page = stage.page(session, NOW)
        assert page.text.endswith(f"\n\n{says}")
        assert not any(one.copies or one.url for one in page.labels)
        assert {"list", "danger", "menu", "close"} == {one.id for one in page.labels}
        for choice in ("keep", "map"):
            turn = engine.step(session, Chosen("service", choice, session.item), NOW)
            assert turn.replies == (Show("service", session.item, "old"),)
        turn = engine.step(session, Chosen("service", "list", session.item), NOW)
        assert turn.reader.place == "town"
        old = engine.step(replace(NEAR, country=country), Chosen("near-talk", id_), NOW)
        assert old.reader.place in ("near-talk", "town")


def test_a_service_past_its_shelf_life_is_gone_from_cards_and_lists(engine, stage):
    """Years later no service is left on any card or list, and the lines still are."""
    later = NOW + timedelta(days=4000)
    for session, _ in cards(stage):
        assert stage.page(session, later).text.split("\n\n")[1].startswith(WITHHELD)
    for _, _, session in lists(stage, said=((),)):
        page = stage.page(session, later)
        assert not [one for one in buttons(page) if stage.world.atlas.service(one.label.id)]
        assert "You can call: <b>" in page.text


def test_an_old_button_of_a_list_finds_its_way_after_the_town_is_forgotten(engine):
    """Paging or wishing on a list whose town was let go asks for the town and comes back to it."""
    lost = replace(NEAR, place="hub", town="")
    for choice in ("more", "earlier", "wishes"):
        turn = engine.step(lost, Chosen("near-talk", choice), NOW)
        assert turn.reader.place in ("town", "wishes")


@pytest.mark.parametrize(
    ("km", "told"),
    [(0, 1), (0.4, 1), (3.4, 3), (12, 10), (13, 15), (52, 50), (96, 100), (212, 200), (1234, 1250)],
)
def test_distances_are_told_as_people_tell_them(km, told):
    """Kilometres are rounded as people round them, and never to nothing."""
    assert rounded(km) == told
