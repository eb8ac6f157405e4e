"""What she answers and wishes, and the card made of it in the order of urgency."""

from dataclasses import replace

import pytest

from bot.content.model import SHOWN_SECTORS, Sector
from bot.engine.blocks.referral import in_order
from bot.engine.blocks.wishes import WISHES
from bot.engine.events import Chosen, Wrote
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import COUNTRIES, LANGUAGES, NOW, SAID, list_of, pages, towns

CARD = Session("referral", "en", country="kg", told=True, town="kg-osh")
QUESTIONS = ("ask-hurt", "ask-recent", "ask-tonight", "ask-child", "ask-police")
ANSWERS = {
    "yes": ("children", "hurt", "police", "recent", "tonight"),
    "no": ("no_police",),
    "skip": (),
}


@pytest.fixture
def engine(stage):
    return Engine(stage)


def order(stage, session):
    return in_order(stage.look(session, NOW))


@pytest.mark.parametrize("answer", ANSWERS)
def test_five_answers_lead_to_the_card(engine, answer):
    """Whatever she answers, or skips, each question leads to the next and the last to the card."""
    session = replace(CARD, place=QUESTIONS[0])
    for place in QUESTIONS:
        assert session.place == place
        session = engine.step(session, Chosen(place, answer), NOW).session
    assert (session.place, session.said) == ("referral", ANSWERS[answer])


@pytest.mark.parametrize("first", ["yes", "no", "skip"])
@pytest.mark.parametrize("then", ["yes", "no", "skip"])
@pytest.mark.parametrize("place", QUESTIONS)
def test_an_answer_replaces_the_one_before(engine, first, then, place):
    """Answering again leaves what a single answer would have left, and skipping takes it back."""
    once = engine.step(replace(CARD, place=place), Chosen(place, then), NOW).session
    before = engine.step(replace(CARD, place=place), Chosen(place, first), NOW).session
    twice = engine.step(replace(before, place=place), Chosen(place, then), NOW).session
    assert twice == once


def test_the_questions_can_be_left_at_any_moment(engine):
    """From each question one tap leads to the card, to danger and to the neutral start."""
    for place in QUESTIONS:
        for choice, goto in (("now", "referral"), ("danger", "danger"), ("close", "start")):
            turn = engine.step(replace(CARD, place=place), Chosen(place, choice), NOW)
            assert turn.reader.place == goto


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_card_is_in_the_order_of_urgency(stage, country):
    """Care that cannot wait comes first, then a bed for tonight; unwanted police come last."""
    for town in towns(stage.world.content, country):
        card = replace(CARD, country=country, town=town.id)
        for urgent in (("hurt",), ("recent",), ("hurt", "no_police", "recent", "tonight")):
            assert order(stage, replace(card, said=urgent))[0] is Sector.MEDICAL
        assert order(stage, replace(card, said=("tonight",)))[0] is Sector.SHELTER
        both = order(stage, replace(card, said=("recent", "tonight")))
        assert both[:2] == (Sector.MEDICAL, Sector.SHELTER)
        assert order(stage, replace(card, said=("no_police",)))[-1] is Sector.POLICE
        for said in SAID:
            assert sorted(order(stage, replace(card, said=said))) == sorted(SHOWN_SECTORS)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_medical_part_always_names_the_ambulance(stage, country):
    """Whatever place is known, and whatever was named above it, 103 stands under medical help."""
    title = stage.world.content.directory.sectors.sectors[Sector.MEDICAL].name
    for town in stage.world.content.places.regions[country]:
        for said in ((), ("hurt",), ("no_police",), ("tonight",)):
            session = replace(CARD, country=country, town=town.id, said=said)
            parts = stage.page(session, NOW).text.split("\n\n")
            (medical,) = [part for part in parts if part.startswith("<b>") and title in part[:40]]
            assert "<b>103</b>" in medical


def test_wanted_police_come_before_what_can_wait(stage):
    """Who wants the police now reads of them before everything but care, a bed and a first hub."""
    found = order(stage, replace(CARD, said=("police", "recent", "tonight")))
    assert found[:3] == (Sector.MEDICAL, Sector.SHELTER, Sector.POLICE)


def hubs(world):
    """A world in which the region around Osh has a psychosocial support service."""
    directory = world.content.directory
    kyrgyz = directory.countries["kg"]
    known = next(one for one in kyrgyz.services if one.withheld is None)
    hub = known.model_copy(
        update={
            "id": "kg-osh-hub",
            "kind": "psychosocial_service",
            "sectors": (Sector.PSYCHOSOCIAL,),
            "at": "kg-osh-region",
        }
    )
    there = kyrgyz.model_copy(update={"services": (*kyrgyz.services, hub)})
    countries = {**directory.countries, "kg": there}
    return replace(
        world,
        content=world.content.model_copy(
            update={"directory": directory.model_copy(update={"countries": countries})}
        ),
    )


def test_a_support_service_of_her_region_comes_first_and_leads(world):
    """Where her region has a psychosocial support service it is first on the card and in its list."""
    with_hub = Stage(hubs(world))
    here = replace(CARD, town="kg-uzgen")
    assert order(with_hub, here)[0] is Sector.PSYCHOSOCIAL
    assert order(Stage(world), here)[0] is not Sector.PSYCHOSOCIAL
    urgent = order(with_hub, replace(here, said=("recent", "tonight")))
    assert urgent[:3] == (Sector.MEDICAL, Sector.SHELTER, Sector.PSYCHOSOCIAL)
    there = replace(here, place=list_of(world.content, Sector.PSYCHOSOCIAL))
    assert with_hub.page(there, NOW).labels[0].id == "kg-osh-hub"
    elsewhere = replace(CARD, town="kg-bishkek")
    assert order(with_hub, elsewhere)[0] is not Sector.PSYCHOSOCIAL


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_fewer_words_are_fewer(engine, stage, country, language):
    """One tap shows the card, and every list, in fewer words; another tap brings them back."""
    for town in towns(stage.world.content, country):
        for said in SAID[:2]:
            card = replace(CARD, country=country, town=town.id, language=language, said=said)
            brief = engine.step(card, Chosen("referral", "fewer"), NOW)
            assert len(pages(stage, brief)[0].text) < len(stage.page(card, NOW).text) * 0.7
            assert engine.step(brief.session, Chosen("referral", "fewer"), NOW).session == card
            for sector in SHOWN_SECTORS:
                place = list_of(stage.world.content, sector)
                whole = stage.page(replace(card, place=place), NOW)
                short = stage.page(replace(brief.session, place=place), NOW)
                assert len(short.text) < len(whole.text) or "<b>1." not in whole.text


def test_each_sector_of_the_card_opens_its_list(engine, stage):
    """Each sector on the card is one tap and its list two, by button, number or words."""
    page = stage.page(CARD, NOW)
    for number, sector in enumerate(order(stage, CARD), 1):
        turn = engine.step(CARD, Chosen("referral", sector), NOW)
        assert turn.reader.place == list_of(stage.world.content, sector)
        assert turn.session.town == CARD.town
        assert turn == engine.step(CARD, Wrote(str(number)), NOW)
        assert turn == engine.step(CARD, Wrote(page.labels[number - 1].text), NOW)


def test_who_does_not_want_the_police_reads_another_way(stage):
    """Where only the police lead to a place, who does not want them reads other lines below it."""
    world, spared = stage.world, 0
    police = "Reach it through: <b>102</b> (Police)"
    for country in COUNTRIES:
        for town in world.content.places.settlements[country][::5]:
            card = replace(CARD, country=country, town=town.id)
            plain = stage.page(card, NOW).text
            text = stage.page(replace(card, said=("no_police",)), NOW).text
            *sections, wanted, danger = text.split("\n\n")
            assert "Only if and when you want it." in wanted
            assert "<b>102</b>" in danger
            for section in sections:
                calls = [one for one in section.split("\n") if "call: " in one]
                assert not any("<b>102</b>" in one for one in calls), section
                if police in section:
                    assert any(one.startswith("You can also call: <b>") for one in calls)
                    assert police in plain
                    spared += 1
    assert spared


def test_a_wish_is_switched_on_and_off(engine, stage):
    """Each wish is one tap on and one off, says so, and the list it came from is one tap away."""
    for sector in SHOWN_SECTORS:
        near = replace(CARD, place=list_of(stage.world.content, sector))
        wishes = engine.step(near, Chosen(near.place, "wishes"), NOW).session
        assert (wishes.place, wishes.item) == ("wishes", near.place)
        for wish in WISHES:
            on = engine.step(wishes, Chosen("wishes", wish, wishes.item), NOW)
            assert on.session == wishes.saying(wish)
            label = next(one for one in pages(stage, on)[0].labels if one.id == wish)
            assert label.text.endswith(": yes")
            assert engine.step(on.session, Wrote(label.text), NOW).session == wishes
            done = engine.step(on.session, Chosen("wishes", "done", wishes.item), NOW).session
            assert done == near.saying(wish)


def test_an_odd_way_back_from_the_wishes_leads_to_the_menu_of_needs(engine):
    """Wishes without a list of their own lead on all the same."""
    for item in ("", "gone", "+"):
        wishes = replace(CARD, place="wishes", item=item)
        turn = engine.step(wishes, Chosen("wishes", "done", item), NOW)
        assert turn.reader.place == "place"
