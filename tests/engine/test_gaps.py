"""What was looked for and is not there is counted: once a search, by region, never by person."""

from dataclasses import asdict, replace

import pytest

from bot.content.model import SHOWN_SECTORS
from bot.counting.tally import Kind, Tally
from bot.directory.nearest import Atlas
from bot.engine.events import Chosen, Commanded, Located, Strayed, Wrote
from bot.engine.session import Session
from bot.engine.step import Engine
from tests.engine.walking import COUNTRIES, NOW, SAID, list_of, pages

MENU = Session("place", "en", country="kz", told=True)


@pytest.fixture
def engine(stage):
    return Engine(stage)


def lonely(world):
    """Towns with nothing near for a sector, and their lists."""
    for country in COUNTRIES:
        for sector in SHOWN_SECTORS:
            for town in world.content.places.settlements[country][::5]:
                found = world.atlas.nearest(sector, town, NOW.date())
                if not Atlas.lies_near(found):
                    yield town, sector, list_of(world.content, sector)
                    break


def opening(stage, list_):
    """The choice of the menu of needs that opens a list."""
    choices = stage.world.content.nodes["place"].choices
    return Chosen("place", next(one.id for one in choices if one.goto == list_))


def test_a_search_in_vain_is_counted_once(engine, stage):
    """Opening a list with nothing near counts one gap of her region, whatever she said."""
    counted = 0
    for town, sector, list_ in lonely(stage.world):
        for said in SAID:
            menu = replace(MENU, country=town.country, town=town.id, said=said)
            turn = engine.step(menu, opening(stage, list_), NOW)
            assert turn.tallies == (Tally(Kind.GAP, town.region, sector),)
            counted += 1
    assert counted


def test_naming_the_town_on_the_way_counts_once(engine, stage):
    """A list asked for before the town is known is counted when it is shown, not before."""
    for town, sector, list_ in lonely(stage.world):
        menu = replace(MENU, country=town.country)
        asked = engine.step(menu, opening(stage, list_), NOW)
        assert asked.tallies == ()
        shown = engine.step(asked.session, Chosen("town", town.id), NOW)
        assert shown.tallies == (Tally(Kind.GAP, town.region, sector),)
        located = engine.step(asked.session, Located(town.lat, town.lon), NOW)
        assert located.tallies in (shown.tallies, ())


def test_staying_on_the_list_counts_nothing(engine, stage):
    """Paging, cards, wishes, the way back, odd words and another language count no second time."""
    for town, _, list_ in lonely(stage.world):
        session = replace(MENU, place=list_, country=town.country, town=town.id)
        assert engine.step(session, Strayed(), NOW).tallies == ()
        assert engine.step(session, Wrote("Русский"), NOW).tallies == ()
        for label in pages(stage, engine.step(session, Strayed(), NOW))[0].labels:
            if label.id in ("town", "other", "menu", "close"):
                continue
            away = engine.step(session, Chosen(list_, label.id), NOW)
            assert away.tallies == ()
            for back in ("list", "done", "earlier"):
                tap = Chosen(away.session.place, back, away.session.item)
                assert engine.step(away.session, tap, NOW).tallies == ()


def test_what_is_found_counts_nothing(engine, stage):
    """A list with something near, a screen that is no list, and a command count nothing."""
    for country, city in (("kz", "kz-almaty"), ("kg", "kg-bishkek"), ("tj", "tj-khujand")):
        menu = replace(MENU, country=country, town=city)
        assert engine.step(menu, Chosen("place", "talk"), NOW).tallies == ()
        assert engine.step(menu, Commanded("menu"), NOW).tallies == ()
        assert engine.step(menu, Chosen("place", "danger"), NOW).tallies == ()


def test_a_gap_says_where_and_what_and_nothing_else():
    """What is counted has room for a cell of a table and a number, and for nothing about a person."""
    assert set(asdict(Tally(Kind.GAP, "kz-abai", "legal"))) == {"kind", "row", "column", "many"}


def test_leaving_out_what_does_not_fit_her_is_no_gap(engine, stage):
    """A wish that empties a list says nothing about the region: no gap tells what she wished."""
    wishes = ("children", "men", "open_now", "step_free")
    for country in COUNTRIES:
        for town in stage.world.content.places.settlements[country][::25]:
            for sector in SHOWN_SECTORS:
                list_ = list_of(stage.world.content, sector)
                menu = replace(MENU, country=country, town=town.id)
                plain = engine.step(menu, opening(stage, list_), NOW).tallies
                wished = engine.step(replace(menu, said=wishes), opening(stage, list_), NOW).tallies
                assert plain == wished
