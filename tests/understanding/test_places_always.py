"""Whatever name of whatever place is typed, however people type it, the place comes back."""

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.directory.nearest import kilometres
from bot.understanding.normalise import in_cyrillic, skeleton
from bot.understanding.places import PlaceBook
from bot.understanding.said import Said
from bot.understanding.spelling import SHORT, loosened, plain, read_words, whole

COUNTRIES = ("kz", "kg", "tj", "uz")
LETTERLESS = str.maketrans("әғқңөұүһіёӣҳҷўӯ", "агкноуухиеихчуу")
SIGNS = "ʻʼ‘’'`´"
UNITS = {
    "town": ("г. {}", "город {}", "{} шаары", "{} қаласы", "{} shahri", "шаҳри {}", "в г. {}"),
    "region": ("{} облусу", "{} облысы", "{} viloyati", "вилояти {}"),
    "district": ("{} району", "{} ауданы", "{} tumani", "ноҳияи {}"),
}
ENDINGS = {
    "kk": ("да", "де", "та", "те", "дан", "ден", "тан", "тен", "ға", "ге", "қа", "ке", "нан"),
    "ky": ("да", "до", "та", "то", "те", "дан", "дон", "га", "го", "нан"),
    "uz": ("da", "dan", "ga", "dagi", "lik", "danman"),
    "tg": ("ро",),
}
STRANGE = st.text(max_size=100) | st.text("ошбишкек әөұқ-'1. данмын", max_size=90)


@pytest.fixture(scope="module")
def book(gazetteer):
    return PlaceBook(gazetteer)


@pytest.fixture(scope="module")
def called(gazetteer):
    """Every place with each name that is not a word for something else, foreign or ours."""
    return [
        (place, language, name)
        for place in gazetteer.places.values()
        for language, name in (*place.names.items(), *(("", name) for name in place.also))
        if len(name) < 50 and (said := Said.of(name)).content and said.names_only
    ]


@pytest.fixture(scope="module")
def settlements(called):
    """Those of towns and villages in the languages of today."""
    return [one for one in called if one[1] and not one[0].is_area]


@pytest.fixture(scope="module")
def bones(gazetteer):
    """The skeletons of all names of areas, without the words for a district or region."""
    areas = (one for one in gazetteer.places.values() if one.is_area)
    return {skeleton(name).rpartition(" ")[0] for one in areas for name in one.names.values()}


def comes_back(found, place):
    """Tell whether this place is among those found, or what stands for it.

    A place at the same spot stands for it, a far larger one for a tiny one, the town for the area
    called after it; and of more than five the last are not offered.
    """
    return len(found.places) == 5 or any(
        one.id == place.id
        or kilometres(one.lat, one.lon, place.lat, place.lon) <= (125 if place.is_area else 25)
        or (not place.is_area and one.population >= 10 * max(place.population, 1))
        for one in found.places
    )


def test_every_name_is_understood(book, called):
    """Each name of each place is found, in its country and in all four."""
    lost = [
        (place.id, name)
        for place, _, name in called
        if not comes_back(book.find(name), place)
        or not comes_back(book.find(name, place.country), place)
    ]
    assert not lost


@given(data=st.data())
def test_cases_marks_and_signs_do_not_matter(book, called, data):
    """Capitals, ё without its dots, any apostrophe or none, a hyphen or a space change nothing."""
    place, _, name = data.draw(st.sampled_from(called))
    typed = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))(name)
    typed = typed.replace("ё", "е").replace("Ё", "Е")
    for sign in SIGNS:
        typed = typed.replace(sign, data.draw(st.sampled_from(["", *SIGNS])))
    assert comes_back(book.find(typed, place.country), place), typed


@given(data=st.data())
def test_native_letters_may_be_left_out(book, settlements, data):
    """A name typed without the letters a Russian keyboard lacks is understood, in its country."""
    place, _, name = data.draw(st.sampled_from([one for one in settlements if len(one[2]) > SHORT]))
    typed = name.lower().translate(LETTERLESS)
    assert comes_back(book.find(typed, place.country), place), typed


@given(data=st.data())
def test_words_for_kinds_of_places_may_stand_on_either_side(book, settlements, data):
    """Town before it or after it, in any language: the same place, or the town of a village's name."""
    place, _, name = data.draw(st.sampled_from(settlements))
    typed = data.draw(st.sampled_from(UNITS["town"])).format(name)
    found = book.find(typed, place.country)
    is_town = place.kind == "village" and any(one.kind != "village" for one in found.places)
    assert is_town or comes_back(found, place), typed


@given(data=st.data())
def test_an_area_said_to_be_one_is_found_as_one(book, gazetteer, data):
    """A region or district with the word for it in the country's language is that area."""
    country = data.draw(st.sampled_from(COUNTRIES))
    areas = [one for one in gazetteer.places.values() if one.is_area and one.country == country]
    place = data.draw(st.sampled_from(areas))
    language = {"kz": "kk", "kg": "ky", "tj": "tg", "uz": "uz"}[country]
    found = book.find(place.names[language], country)
    assert place.id in [one.id for one in found.places] or comes_back(found, place)


@given(data=st.data())
def test_endings_of_its_language_are_seen_through(book, settlements, bones, data):
    """In, from, to and of, as its language says them, hide no name."""
    place, language, name = data.draw(
        st.sampled_from([one for one in settlements if one[1] in ENDINGS and len(one[2]) > SHORT])
    )
    typed = name + data.draw(st.sampled_from(ENDINGS[language]))
    assume(skeleton(typed) not in bones)  # Boʻston-lik is nearly Boʻstonliq
    assert comes_back(book.find(typed, place.country), place), typed


def slips(name, chance):
    """Make one slip in a name: a letter too many, missing, wrong, or exchanged with the next."""
    at = chance.randrange(1, len(name))
    letter = chance.choice("аеиоукнрстлм" if in_cyrillic(name) else "aeioukrnstlm")
    rest = name[at + 1 :]
    many, missing, wrong = letter + name[at] + rest, rest, letter + rest
    exchanged = name[at] + name[at - 1] + rest
    return [*(name[:at] + end for end in (many, missing, wrong)), name[: at - 1] + exchanged]


def test_one_slip_in_a_long_name_still_offers_it(book, settlements):
    """In names of six letters or more one slip is borne, but where it makes another name."""
    chance = Random(6)
    typed = [
        (slip, place)
        for place, _, name in settlements
        if long_enough(name)
        for slip in slips(name, chance)
    ]
    lost = [
        (slip, place.id)
        for slip, place in typed
        if not comes_back(book.find(slip, place.country), place)
    ]
    assert len(lost) <= len(typed) * 0.01, lost


def long_enough(name):
    """Tell a name of six letters in one word of which no slip makes another kind of word."""
    words = read_words(name)
    return len(words) == 1 and len(plain(name)) >= 6 and len(loosened(whole(words[0].skeleton))) > 4


@given(text=STRANGE, country=st.sampled_from((None, *COUNTRIES)))
def test_any_text_may_be_asked_about(book, text, country):
    """No text raises; the answer is never of another country, never long, never unlike itself."""
    for ask in (book.find, book.named):
        found = ask(text, country)
        assert found == ask(text, country)
        assert (
            len(found.places) == {"found": 1, "none": 0}.get(found.status, len(found.places)) <= 5
        )
        assert country is None or {one.country for one in found.places} <= {country}


@given(text=st.text(min_size=81))
def test_what_is_long_is_not_read(book, text):
    """A text of more than 80 letters names nothing."""
    assert book.find(text).status == "none"
