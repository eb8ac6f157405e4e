"""What looks like the name of a place and may not be one is doubted, and never taken as sure."""

import pytest

from bot.content.model import Gazetteer, Place
from bot.understanding.places import PlaceBook


@pytest.fixture(scope="module")
def book(gazetteer):
    return PlaceBook(gazetteer)


def ids(found):
    return [place.id for place in found.places]


def place(id_, name, *, lat=42.0, population=0, kind="town", also=()):
    return Place(
        id=id_, country=id_[:2], kind=kind, region="kz-r", centre=id_, names={"en": name},
        lat=lat, lon=70.0, population=population, also=also,
    )  # fmt: skip


def find(text, *places):
    return PlaceBook(Gazetteer(places)).find(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("улица Ленина 5", []),
        ("Абай көшесі 5", []),
        ("мкр Аксай Алматы", ["kz-almaty"]),
        ("улица Победы, Бишкек", ["kg-bishkek"]),
        ("шаҳри Душанбе, кӯчаи Рӯдакӣ", ["tj-dushanbe"]),
        ("Navoiy ko'chasi, Toshkent", ["uz-tashkent"]),
    ],
)
def test_a_street_called_after_a_place_is_not_that_place(book, text, expected):
    """The name beside a word for a street or a part of a town is passed over."""
    assert ids(book.find(text)) == expected


@pytest.mark.parametrize("text", ["Хлоп-Коргон", "Шмяк-Кайынды"])
def test_a_part_of_a_name_with_a_hyphen_is_asked_about(book, text):
    """A village whose name ends like that of another is not surely the other."""
    assert book.find(text, "kg").status == "choose"


@pytest.mark.parametrize("text", ["Ош-шаары", "Алматы-қаласы", "Кара-Балта", "Жалал-Абадда"])
def test_a_hyphen_before_a_word_for_a_town_raises_no_doubt(book, text):
    """Somebody may write "Osh-town"; a name that has a hyphen itself is whole."""
    assert book.find(text).status == "found"


def test_a_slip_in_a_torn_name_offers_the_whole_name_first(book):
    """Both parts are one name, even if the second is the name of another place."""
    assert ids(book.find("Ивно-Алексеевка", "kg"))[0] == "kg-manas-talas"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("мы в Боровом", "kz-burabay"),
        ("из Глубокого", "kz-glubokoye"),
        ("из Рудного", "kz-rudny"),
        ("в Беловодском", "kg-belovodskoye"),
    ],
)
def test_russian_names_that_are_adjectives_are_declined(book, text, expected):
    """Боровое is в Боровом and из Борового."""
    assert ids(book.find(text)) == [expected]


def test_a_name_of_today_is_one_in_old_letters_too(book):
    """The city of Balqash comes before the district of that name, whose seat is elsewhere."""
    assert ids(book.find("Balqash", "kz"))[0] == "kz-balkhash"


def test_a_slip_in_the_name_of_a_village_is_asked_about():
    """Nobody knows all villages: Арашан may be one of them, and no slip in Араван."""
    assert find("Арашан", place("kg-a", "Араван", kind="village")).status == "choose"
    assert find("Арашан", place("kg-a", "Араван", kind="town")).status == "found"


def test_a_namesake_of_unknown_size_is_hidden_by_a_town_alone():
    """Where nobody knows how many people live, it may be as many as in a village."""
    unknown = place("kz-b", "Beskol", lat=45)
    assert find("Beskol", place("kz-a", "Beskol", population=5_000), unknown).status == "choose"
    assert find("Beskol", place("kz-a", "Beskol", population=50_000), unknown).status == "found"


def test_a_loose_likeness_in_a_story_is_none():
    """күйөөсү, her husband, is like Косшы only with half its letters read as others."""
    there = place("kz-a", "Косшы")
    assert find("таежемдин күйөөсү мага тийишет, апам ишенбейт", there).status == "none"
    assert find("қосшы", there).status == "found"


def test_a_letter_may_be_left_out_and_another_wrong():
    """Two slips in eight letters may leave seven of them."""
    there = place("kg-a", "Bozbulun", kind="village")
    assert ids(find("Boublun", there)) == ["kg-a"]
    assert find("Bozul", there).status == "none"
