"""Where she is: asked only when it is needed, taken as she says it, let go of soon."""

from dataclasses import replace

import pytest

from bot.engine.events import Chosen, Commanded, Located, Strayed, Wrote
from bot.engine.phrases import LEADS
from bot.engine.replies import Show
from bot.engine.session import AND, Session
from bot.engine.step import Engine
from bot.language.tongues import NAMES
from tests.engine.walking import COUNTRIES, LANGUAGES, NOW, buttons, pages, towns

MENU = Session("place", "en", country="kg", told=True)
TOWN = replace(MENU, place="town", after="near-talk")
NEAR = replace(MENU, place="near-talk", town="kg-osh", said=("hurt",))
OSH = Located(40.51401, 72.80302)
PARIS = Located(48.85341, 2.34881)


@pytest.fixture
def engine(stage):
    return Engine(stage)


def test_the_town_is_asked_for_only_where_it_is_needed(engine, stage):
    """Who opens a list without having named a place is asked once, then sees that list."""
    for choice in stage.world.content.nodes["place"].choices:
        goto = stage.world.content.nodes[choice.goto]
        turn = engine.step(MENU, Chosen("place", choice.id), NOW)
        if "town" not in goto.needs:
            assert goto.leaves or turn.reader.place == goto.id
            continue
        assert (turn.reader.place, turn.session.after) == ("town", goto.id)
        turn = engine.step(turn.session, Wrote("Ош"), NOW)
        assert (turn.reader.place, turn.session.town) == (goto.id, "kg-osh")
        assert turn.session.after == ""
        turn = engine.step(turn.session, Chosen(goto.id, "other"), NOW)
        turn = engine.step(turn.session, Chosen("place", "talk"), NOW)
        assert (turn.reader.place, turn.session.town) == ("near-talk", "kg-osh")


def test_country_and_town_are_both_asked_on_the_way(engine):
    """Who wants a list and has said neither country nor town names both and reaches that list."""
    turn = engine.step(replace(MENU, country="", place="hub"), Wrote("hospital"), NOW)
    assert (turn.reader.place, turn.session.after) == ("country", "near-medical")
    turn = engine.step(turn.session, Chosen("country", "uz"), NOW)
    assert (turn.reader.place, turn.session.after) == ("town", "near-medical")
    turn = engine.step(turn.session, Wrote("Андижан"), NOW)
    assert (turn.reader.place, turn.session.town) == ("near-medical", "uz-andijan")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_a_typed_town_is_taken(engine, stage, country, language):
    """The name of a large city, as her own language writes it, is enough."""
    city = towns(stage.world.content, country)[0]
    name = city.names.get(language, city.names["ru"])
    turn = engine.step(replace(TOWN, country=country, language=language), Wrote(name), NOW)
    assert (turn.reader.place, turn.session.town) == ("near-talk", city.id)


def test_of_places_with_one_name_she_chooses(engine, stage):
    """A name of several places is asked back, each with what it lies in, and one tap takes one."""
    asked = engine.step(replace(TOWN, country="kz"), Wrote("Актау"), NOW)
    named = asked.session.item.split(AND)
    assert (asked.reader.place, asked.session.town, asked.session.after) == (
        "town",
        "",
        "near-talk",
    )
    (page,) = pages(stage, asked)
    assert [label.id for label in page.labels][: len(named)] == named
    for place in named:
        turn = engine.step(asked.session, Chosen("town", place, asked.session.item), NOW)
        assert (turn.reader.place, turn.session.town) == ("near-talk", place)
    other = engine.step(asked.session, Chosen("town", "other", asked.session.item), NOW)
    assert other.replies == (Show("town"),)
    assert other.session.after == "near-talk"


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_of_one_name_in_one_region_are_told_apart(stage, language):
    """No two places offered under one name read alike, even where they lie in one region."""
    places = stage.world.content.places
    twins: dict[tuple[str, str], dict[str, object]] = {}
    for one in places.places.values():
        if not one.is_area:
            for name in {*one.names.values()}:
                twins.setdefault((one.region, name), {})[one.id] = one
    alike = {tuple(one) for one in twins.values() if len(one) > 1}
    assert alike
    for ids in alike:
        item = AND.join(ids[:5])
        country = places.get(ids[0]).country
        page = stage.page(replace(TOWN, language=language, country=country, item=item), NOW)
        assert len({label.text for label in page.labels}) == len(page.labels), page.labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_town_is_kindly_asked_for_again(engine, stage, language):
    """What is no place is answered with the regions, in her language, and the way on stays."""
    for text in ("qwzx plmokn", "???", "🏔", "а" * 4096, "<b>", "{town}"):
        asked = replace(TOWN, language=language, item="kg-osh+kg-uzgen")
        turn = engine.step(asked, Wrote(text), NOW)
        assert turn.replies == (Show("town", "", "unknown_town"),)
        assert turn.session.after == "near-talk"
        (page,) = pages(stage, turn)
        assert page.text.startswith(stage.world.words.say(language, LEADS["unknown_town"]))
        regions = [one.id for one in stage.world.content.places.regions["kg"]]
        assert [label.id for label in page.labels][: len(regions)] == regions


def test_a_region_can_be_tapped_in_every_country(engine, stage):
    """Whoever cannot or will not type taps her region and is led on."""
    for country in COUNTRIES:
        for region in stage.world.content.places.regions[country]:
            turn = engine.step(replace(TOWN, country=country), Chosen("town", region.id), NOW)
            assert (turn.reader.place, turn.session.town) == ("near-talk", region.id)


def test_no_kilometres_are_told_from_the_middle_of_a_region(stage):
    """Who named only her region is not told how far away anything is."""
    looked = 0
    for country in COUNTRIES:
        for region in stage.world.content.places.regions[country]:
            for place in ("near-talk", "near-safe", "near-legal", "referral"):
                session = replace(NEAR, country=country, town=region.id, place=place)
                text = stage.page(session, NOW).text
                assert " km " not in text, text
                looked += "Place: " in text
    assert looked


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_question_itself_says_whom_to_call_in_danger(stage, country):
    """Nobody in danger has to name a place first: the emergency numbers stand on the question."""
    emergencies = [
        line.number
        for line in stage.world.content.countries[country].hotlines
        if line.emergency and line.publish != "no"
    ]
    assert emergencies
    for language in LANGUAGES:
        for item in ("", AND.join(one.id for one in towns(stage.world.content, country)[::3])):
            session = replace(TOWN, country=country, language=language, item=item)
            text = stage.page(session, NOW).text
            assert all(f"<b>{number}</b>" in text for number in emergencies)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_lead_somewhere_lead_there_from_the_question_too(engine, language):
    """Help, a neutral word, a language and a line lead where they always lead, town or no town."""
    asked = replace(TOWN, language=language)
    for text, place in (
        ("help", "numbers"),
        ("стоп", "start"),
        ("danger", "danger"),
        ("menu", "hub"),
    ):
        assert engine.step(asked, Wrote(text), NOW).reader.place == place
    turn = engine.step(asked, Wrote(NAMES["tg"]), NOW)
    assert (turn.reader.place, turn.reader.language) == ("town", "tg")
    turn = engine.step(asked, Wrote("112"), NOW)
    assert (turn.reader.place, turn.reader.item) == ("danger-line", "kg-112")


def test_her_own_country_is_no_town(engine):
    """Who answers with the name of her country is asked again, not taken to a village of its name."""
    for country, text in (("kz", "Казахстан"), ("kz", "Қазақстан"), ("kg", "Кыргызстан")):
        turn = engine.step(replace(TOWN, country=country), Wrote(text), NOW)
        assert (turn.reader.place, turn.session.town) == ("town", "")
        assert turn.session.after == "near-talk"


@pytest.mark.parametrize("event", [Wrote("Ташкент"), Wrote("Tashkent"), PARIS])
def test_the_country_is_never_inferred(engine, event):
    """A town or a point of another country changes no country and is not taken."""
    for session in (TOWN, NEAR, replace(MENU, place="hub")):
        turn = engine.step(session, event, NOW)
        assert turn.session.country == "kg"
        assert turn.session.town == session.town
    nowhere = replace(MENU, place="hub", country="")
    assert engine.step(nowhere, event, NOW).session.country == ""


def test_another_country_lets_the_town_go(engine):
    """Who names another country is asked for the town again."""
    turn = engine.step(NEAR, Wrote("Таджикистан"), NOW)
    assert (turn.session.country, turn.session.town) == ("tj", "")
    turn = engine.step(turn.session, Chosen("place", "talk"), NOW)
    assert turn.reader.place == "town"


def test_town_and_answers_end_with_the_survivor_track(engine, stage, everywhere):
    """On every screen that is not sensitive, town and answers are gone for good."""
    nodes = stage.world.content.nodes
    plain = 0
    for session in everywhere:
        if session.language != "en" or not session.town:
            continue
        for name in stage.world.content.commands:
            turn = engine.step(session, Commanded(name), NOW)
            if turn.session is not None and not nodes[turn.session.place].sensitive:
                assert (turn.session.town, turn.session.said) == ("", ())
                plain += 1
    assert plain
    kept = engine.step(replace(NEAR, place="start"), Strayed(), NOW).session
    assert (kept.town, kept.said) == ("", ())


def test_on_a_list_another_town_shows_that_list_there(engine):
    """Who types or shares another place on a list reads the same list for that place."""
    for event in (Wrote("Бишкек"), Located(42.87, 74.59)):
        turn = engine.step(NEAR, event, NOW)
        assert (turn.reader.place, turn.session.town) == ("near-talk", "kg-bishkek")
        assert turn.session.said == ("hurt",)
    for place in ("hub", "place", "friend"):
        turn = engine.step(replace(MENU, place=place), Wrote("Бишкек"), NOW)
        assert (turn.reader.place, turn.session.town) == ("place", "kg-bishkek")


def test_a_point_is_taken_for_the_nearest_place(engine):
    """A point in her country becomes the name of the nearest place and leads on."""
    turn = engine.step(TOWN, OSH, NOW)
    assert (turn.reader.place, turn.session.town) == ("near-talk", "kg-osh")


def test_a_point_without_a_country_is_let_go(engine, stage):
    """A point from somebody whose country is unknown is not kept: she names the country first."""
    for known in (None, replace(MENU, place="start", country="")):
        turn = engine.step(known, OSH, NOW)
        assert turn.replies == (Show("country", "", "country_first"),)
        assert (turn.session.country, turn.session.town) == ("", "")
        assert not pages(stage, turn)[0].sensitive


@pytest.mark.parametrize("point", [PARIS, Located(0, 0), Located(90, 180), Located(-90, -180)])
def test_a_point_far_from_her_country_is_let_go(engine, stage, point):
    """A point far from her country says so kindly and changes nothing."""
    turn = engine.step(NEAR, point, NOW)
    assert turn.replies == (Show("town", "", "far_from_country"),)
    assert (turn.session.town, turn.session.country) == ("kg-osh", "kg")
    assert turn.session.after == "near-talk"


@pytest.mark.parametrize("point", [OSH, PARIS])
def test_a_point_leaves_no_trace_in_what_is_decided(engine, stage, point):
    """No part of a point stands in a session, a reply, a turn or on a screen."""
    for session in (None, TOWN, NEAR, MENU, replace(MENU, country="")):
        turn = engine.step(session, point, NOW)
        told = repr(turn) + repr(pages(stage, turn))
        for one in (point.lat, point.lon):
            assert str(one) not in told
            assert f"{one:.3f}"[:-1] not in told


def test_a_town_nobody_knows_any_more_is_asked_for_again(engine):
    """A session with a town that newer content lacks is mended, and its answers are kept."""
    turn = engine.step(replace(NEAR, town="kg-gone"), Chosen("near-talk", "more"), NOW)
    assert (turn.reader.place, turn.session.town) == ("town", "")
    assert (turn.session.after, turn.session.said) == ("near-talk", ("hurt",))


@pytest.mark.parametrize("town", ["", "kg-gone", "uz-tashkent"])
def test_no_list_is_shown_without_its_town(engine, stage, town):
    """Who stands on a list whose town was lost is asked for it, whatever she does, and led back."""
    for place in ("near-talk", "referral"):
        lost = replace(NEAR, place=place, town=town)
        for event in (
            Strayed(),
            Strayed(wordless=True),
            Chosen("start", "resume"),
            Wrote("тоҷикӣ"),
        ):
            turn = engine.step(lost, event, NOW)
            assert (turn.reader.place, turn.session.after) == ("town", place)
            assert turn.session.said == ("hurt",)
            turn = engine.step(turn.session, Wrote("Ош"), NOW)
            assert (turn.reader.place, turn.session.town) == (place, "kg-osh")


def test_towns_of_another_country_cannot_be_forged(engine, stage):
    """A button for a place of another country, or for no place at all, does nothing."""
    for place in ("uz-tashkent", "kz-almaty", "gone", "kg-gone", "near-talk", ""):
        for item in ("", "uz-tashkent+kz-almaty", "kg-osh", "+", "gone"):
            turn = engine.step(TOWN, Chosen("town", place, item), NOW)
            assert turn.session.town == ""
            assert turn.replies == (Show("town", "", "old"),)
    page = stage.page(replace(TOWN, item="uz-tashkent+kz-almaty"), NOW)
    assert not {button.label.id for button in buttons(page)} & {"uz-tashkent", "kz-almaty"}


def test_language_is_changed_without_losing_the_town(engine, stage):
    """Naming another language on a list shows the same list for the same town in it."""
    for language in LANGUAGES:
        turn = engine.step(NEAR, Wrote(NAMES[language]), NOW)
        assert turn.session == replace(NEAR, language=language)
        assert pages(stage, turn)[0] == stage.page(turn.session, NOW)


@pytest.mark.parametrize(
    ("text", "country"), [("Бишкек", "kg"), ("toshkent", "uz"), ("Алматы", "kz"), ("Душанбе", "tj")]
)
def test_a_town_answers_the_question_for_the_country(engine, text, country):
    """Whoever types a town where the country is asked for has named the country."""
    asked = replace(TOWN, place="country", country="", after="near-medical")
    assert engine.step(asked, Wrote(text), NOW).reader.country == country


def test_a_name_of_two_countries_names_none(engine):
    """A town of two countries, or none, leaves the question there."""
    asked = replace(TOWN, place="country", country="", after="hub", item="")
    for text in ("qwzx", "Лондон"):
        assert engine.step(asked, Wrote(text), NOW).reader.country == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_for_the_country_says_whom_to_call(stage, language):
    """Nobody has to name a country before the first number."""
    text = stage.page(replace(TOWN, place="country", country="", language=language), NOW).text
    for country in stage.world.content.countries.values():
        assert all(one.number in text for one in country.hotlines if one.emergency)
