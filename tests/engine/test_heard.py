"""Whoever tells of harm is heard, wherever she stands, and nothing of it is kept."""

from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.buttons import Codebook
from bot.content.model import LABELS
from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.phrases import LEADS
from bot.engine.replies import RESUME, Show
from bot.engine.session import Session
from bot.engine.step import Engine
from tests.engine.telling import DOUBTFUL, WORDS, listening
from tests.engine.walking import (
    COUNTRIES,
    LANGUAGES,
    NOW,
    buttons,
    lists_lines,
    pages,
)

HUB = Session("hub", "en", country="kz", told=True)
NEAR = Session("service", "en", "near-safe+kz-x", "kz", told=True, town="kz-almaty", said=("hurt",))


@pytest.fixture(scope="module")
def stage(world):
    return listening(world)


@pytest.fixture(scope="module")
def engine(stage):
    return Engine(stage)


def kept(session):
    """A session as it is after it was stored."""
    return replace(session, heard=())


def test_in_every_state_harm_is_heard(engine, stage, everywhere):
    """Wherever she stands she is answered: no error, no fallback, and numbers to call."""
    looked = 0
    for at, session in enumerate(everywhere):
        label = LABELS[at % len(LABELS)]
        turn = engine.step(session, Wrote(f"well, {WORDS[label]} and all that"), NOW)
        assert turn.replies == (Show("heard", session.item),), session
        assert label in turn.session.heard
        (page,) = pages(stage, turn)
        assert lists_lines(stage, page)
        assert not any(page.text.startswith(lead.text[:20]) for lead in LEADS.values())
        looked += 1
    assert looked > 1000


@pytest.mark.parametrize(
    "event",
    [
        Wrote(f"{'a long story ' * 200}{WORDS['violence']}"),
        Wrote(WORDS["violence"].upper()),
        Commanded("start", f"he will {WORDS['violence']}"),
        Commanded("menu", WORDS["violence"]),
        Commanded(WORDS["violence"]),
        Commanded("no_such", f"thing, {WORDS['violence']}"),
    ],
)
@pytest.mark.parametrize("known", [None, HUB])
def test_long_texts_and_words_behind_commands_are_heard(engine, known, event):
    """It does not matter how long the text is, nor whether it stands behind a command."""
    assert engine.step(known, event, NOW).reader.place == "heard"


def test_a_newcomer_is_heard_before_anything_else(engine, stage):
    """Who knows nothing of the bot sees the emergency numbers of every country at once."""
    turn = engine.step(None, Wrote(WORDS["violence_now"]), NOW, "en")
    (page,) = pages(stage, turn)
    for country in stage.world.content.countries.values():
        for line in country.hotlines:
            assert not line.emergency or line.number in page.text
    turn = engine.step(turn.session, Chosen("heard", "tj"), NOW)
    assert (turn.reader.place, turn.reader.country) == ("heard", "tj")
    assert "1313" in pages(stage, turn)[0].text


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("label", ["violence_now", "suicide"])
def test_danger_shows_the_emergency_numbers_first(stage, country, label):
    """Of all numbers those of emergency come first where life may be in danger."""
    page = stage.page(replace(HUB, place="heard", country=country, heard=(label,)), NOW)
    lines = stage.world.content.countries[country].hotlines
    first = {one.number: page.text.find(f"<b>{one.number}</b>") for one in lines}
    urgent = max(first[one.number] for one in lines if one.emergency)
    others = [first[one.number] for one in lines if not one.emergency and first[one.number] >= 0]
    assert urgent > 0
    assert all(urgent < at for at in others)
    assert page.text.count("<b>102</b>") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_hears_the_limits_of_secrecy_first(stage, language):
    """Before any number stands what those who answer may have to tell."""
    for country in ("", *COUNTRIES):
        for heard in (("child_at_risk",), ("violence_now", "child_at_risk")):
            known = Session("heard", language, country=country, heard=heard)
            node = stage.world.content.nodes["heard"]
            limits = next(one.text for one in node.text if "have to tell" in one.text)
            text = stage.page(known, NOW).text
            said = text.find(stage.world.words.text(language, limits))
            assert 0 < said < text.find("102")


def test_the_answer_asks_nothing(stage):
    """No answer asks a question or for a reason, and each believes."""
    for label in (*LABELS, ""):
        known = replace(HUB, place="heard", heard=(label,) if label else ())
        text = stage.page(known, NOW).text
        assert "?" not in text
        assert "I believe you. It is not your fault." in text
        assert "Tirek" in text
        assert "a program, not a counsellor" in text


@pytest.mark.parametrize("word", [WORDS["suicide"], DOUBTFUL])
def test_who_was_misunderstood_stands_where_she_stood(engine, stage, everywhere, word):
    """After "you misunderstood" nothing she had chosen or said is lost, on every screen."""
    for session in everywhere:
        if session.place in ("heard", "ask-gently"):
            continue
        before = engine.step(session, Chosen("start", RESUME), NOW)
        heard = engine.step(session, Wrote(word), NOW)
        option = "no" if word == DOUBTFUL else "misread"
        tap = Chosen(heard.reader.place, option, before.reader.item)
        back = engine.step(kept(heard.session), tap, NOW)
        assert back.replies == (Show(before.reader.place, before.reader.item, "misheard"),)
        if stage.world.content.nodes[before.reader.place].forgets:
            continue
        assert back.session == before.session, session


def test_a_way_that_was_interrupted_goes_on(engine):
    """Who was asked for the country on her way to a list still reaches that list."""
    asked = engine.step(replace(HUB, country=""), Wrote("hospital"), NOW).session
    assert (asked.place, asked.after) == ("country", "near-medical")
    heard = engine.step(asked, Wrote(WORDS["violence"]), NOW).session
    again = engine.step(kept(heard), Wrote(WORDS["suicide"]), NOW).session
    back = engine.step(kept(again), Chosen("heard", "misread"), NOW).session
    assert (back.place, back.after) == ("country", "near-medical")
    known = engine.step(replace(back, told=True), Chosen("country", "kg"), NOW).session
    assert (known.place, known.after) == ("town", "near-medical")


def test_help_after_being_heard_is_a_place_or_a_number(engine, stage):
    """The button for help leads to the places, and past nothing but the country first."""
    heard = engine.step(HUB, Wrote(WORDS["violence"]), NOW).session
    assert engine.step(heard, Chosen("heard", "help"), NOW).reader.place == "place"
    newcomer = engine.step(None, Wrote(WORDS["violence"]), NOW).session
    turn = engine.step(newcomer, Chosen("heard", "help"), NOW)
    assert (turn.reader.place, turn.session.after) == ("country", "place")
    there = engine.step(turn.session, Chosen("country", "kz"), NOW).session
    assert there.place == "place"
    # What this bot keeps is told before she is asked to type anything.
    asked = engine.step(there, Chosen("place", "medical"), NOW)
    assert (asked.reader.place, asked.reader.told) == ("about", True)


def test_doubtful_words_are_asked_about_softly(engine, stage):
    """One soft question: a yes is answered like any disclosure, a no leads back."""
    turn = engine.step(NEAR, Wrote(f"so {DOUBTFUL}"), NOW)
    assert turn.replies == (Show("ask-gently", NEAR.item),)
    yes = engine.step(turn.session, Chosen("ask-gently", "yes", NEAR.item), NOW)
    assert yes.reader.place == "heard"
    back = engine.step(yes.session, Chosen("heard", "misread", NEAR.item), NOW)
    assert back.replies == (Show("service", NEAR.item, "misheard"),)
    assert (back.session.town, back.session.said) == ("kz-almaty", ("hurt",))
    typed = engine.step(turn.session, Wrote("yes"), NOW)
    assert typed.reader.place == "heard"


def test_who_was_heard_is_not_asked_softly(engine):
    """After an answer, words that may mean harm do not take the answer away."""
    heard = engine.step(HUB, Wrote(WORDS["violence"]), NOW).session
    assert engine.step(kept(heard), Wrote(DOUBTFUL), NOW).reader.place == "heard"


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.sampled_from((*WORDS.values(), DOUBTFUL, "1", "2", "3", "menu", "Ош")), max_size=8)
)
def test_nothing_of_what_was_heard_is_kept(engine, stage, texts):
    """No label, rule or word stands in the session as stored, in a reply or behind a button."""
    book = Codebook.of(stage.world.content, LANGUAGES)
    session = None
    for text in texts:
        turn = engine.step(session, Wrote(text), NOW)
        if session is not None and turn.session is not None and turn.reader.place != "heard":
            assert turn.session.heard == ()
        told = f"{turn.replies}{asdict(replace(turn.reader, heard=()))}"
        for page in pages(stage, turn):
            told += "".join(
                book.letters(one.place, one.item, one.label.id) for one in buttons(page)
            )
        assert not any(word in told for word in (*LABELS, *WORDS.values(), DOUBTFUL))
        session = turn.session


@pytest.mark.parametrize(
    "event",
    [Commanded("about"), Chosen("heard", "phone"), Chosen("heard", "misread"), Wrote("menu")],
)
def test_what_was_heard_lives_at_its_answer(engine, event):
    """Whoever goes on from the answer takes nothing along of what was heard."""
    heard = engine.step(HUB, Wrote(WORDS["sexual_violence"]), NOW).session
    assert engine.step(heard, event, NOW).session.heard == ()


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        (Chosen("heard", "uz"), {"country": "uz"}),
        (Wrote("Ўзбекистон"), {"country": "uz"}),
        (Wrote("қазақша"), {"language": "kk"}),
        (Wrote("qwzx"), {}),
    ],
)
@pytest.mark.parametrize("label", ["suicide", "child_at_risk"])
def test_the_answer_stays_the_answer(engine, event, changed, label):
    """A country, another language or more words leave the same answer there, as urgent as before."""
    newcomer = Session("start", "en")
    heard = engine.step(newcomer, Wrote(WORDS[label]), NOW).session
    turn = engine.step(heard, event, NOW)
    assert turn.session == replace(heard, **changed)
    assert turn.replies == (Show("heard", heard.item),)


def test_words_that_mean_nothing_at_the_soft_question_are_answered(engine):
    """Whoever neither says yes nor no to the soft question is answered, not told of a mistake."""
    asked = engine.step(NEAR, Wrote(DOUBTFUL), NOW).session
    turn = engine.step(asked, Wrote("qwzx"), NOW)
    assert turn.replies == (Show("heard", NEAR.item),)
    back = engine.step(turn.session, Chosen("heard", "misread", NEAR.item), NOW)
    assert back.reader.place == "service"


@pytest.mark.parametrize(
    ("word", "place"), [("yeah", "heard"), ("yes please", "heard"), ("nope", "service")]
)
def test_other_words_for_yes_and_no(engine, word, place):
    """The soft question understands how people say yes and no."""
    asked = engine.step(NEAR, Wrote(DOUBTFUL), NOW).session
    assert engine.step(asked, Wrote(word), NOW).reader.place == place


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_to_remember_works_everywhere(engine, stage, everywhere, language):
    """The name of the bot in any spelling, typed anywhere or as a command, shows numbers."""
    spelt = ("tirek", "TIREK", "Тирек", "Тірек", "тирек!", "Tіrek", " «Tirek» ")
    events = [*map(Wrote, spelt), *(Commanded(text.strip().lower()) for text in spelt)]
    for session in everywhere:
        if session.language == language:
            for event in events:
                turn = engine.step(session, event, NOW)
                assert turn.reader.place == "numbers", (session, event)
                assert lists_lines(stage, pages(stage, turn)[0])


def test_the_word_to_remember_is_taught(stage):
    """It stands on the page before the first words and in the answer to harm."""
    for place in ("about", "heard"):
        assert "Tirek" in stage.page(replace(HUB, place=place), NOW).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["heard", "ask-gently"])
def test_a_bare_no_to_the_answer_leads_back(engine, stage, language, place):
    """Whoever answers "no" in her language has been misunderstood, and stands where she stood."""
    known = replace(HUB, language=language, place=place, after="hub+", heard=("violence",))
    for words in (stage.world.words.text(language, "No"), "no", "Not that!", "nothing happened"):
        turn = engine.step(known, Wrote(words), NOW)
        assert turn.replies == (Show("hub", lead="misheard"),)
    turn = engine.step(known, Wrote(f"no, {WORDS['violence']}"), NOW)
    assert turn.reader.place == "heard"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_no_signpost(engine, stage, language):
    """Yes and no lead nowhere from where nothing was asked, though a label elsewhere says them."""
    for label in ("Yes", "No"):
        words = stage.world.words.text(language, label)
        for place in ("hub", "talk", "danger", "numbers", "start"):
            turn = engine.step(replace(HUB, language=language, place=place), Wrote(words), NOW)
            assert turn.reader.place == place


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_wants_to_talk_meets_numbers(engine, stage, language):
    """The wish leads to who listens; to emergency numbers at once where her country is unknown."""
    words = stage.world.words.text(language, "I want to talk to someone")
    assert engine.step(HUB, Wrote(words), NOW).reader.place == "talk"
    turn = engine.step(None, Wrote(words), NOW, language)
    assert turn.reader.place == "numbers"
    assert "112" in pages(stage, turn)[0].text


@pytest.mark.parametrize("country", ["", *COUNTRIES])
def test_a_wish_to_die_names_care_before_the_police(stage, country):
    """The ambulance stands before the police there; where somebody attacks, the police stand first."""

    def at(number, *heard):
        known = replace(HUB, place="heard", country=country, heard=heard)
        return stage.page(known, NOW).text.find(number)

    assert 0 < at("103", "suicide") < at("102", "suicide")
    for heard in (("violence_now",), ("violence_now", "suicide")):
        assert 0 < at("102", *heard) < at("103", *heard)


@pytest.mark.parametrize("place", ["heard", "numbers"])
def test_an_adult_sees_that_somebody_answers_her(stage, place):
    """In Kyrgyzstan, where no line is for adults alone, it is said which ones answer them."""
    text = stage.page(replace(HUB, place=place, country="kg", heard=()), NOW).text
    told = text[text.index("<b>112</b> — ") :]
    for line in stage.world.content.countries["kg"].hotlines:
        if line.number in ("111", "112"):
            assert f"For whom: {line.serves}" in told
