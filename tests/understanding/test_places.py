"""A person names a place in her own way; the right one is found, asked about, or none is."""

import pytest

from bot.content.model import Gazetteer, Place
from bot.understanding.places import PlaceBook


@pytest.fixture(scope="module")
def book(gazetteer):
    return PlaceBook(gazetteer)


def ids(found):
    return [place.id for place in found.places]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ош", "kg-osh"),
        ("г. Ош", "kg-osh"),
        ("Ош шаары", "kg-osh"),
        ("Ош облусу", "kg-osh-region"),
        ("Ошская обл.", "kg-osh-region"),
        ("в Ошской области", "kg-osh-region"),
        ("Nookat tumani", "kg-nookat-district"),
        ("ноокатский р-н", "kg-nookat-district"),
        ("нокатский район", "kg-nookat-district"),
        ("Алай", "kg-alay-district"),
        ("Душанбе шаҳри", "tj-dushanbe"),
        ("Хатлон вилояти", "tj-khatlon-region"),
        ("село Москва", "tj-moskva"),
        ("город Ташкент", "uz-tashkent"),
        ("Ташкентская область", "uz-tashkent-region"),
        ("Ташкент", "uz-tashkent"),
    ],
)
def test_a_word_for_a_kind_of_place_tells_which_is_meant(book, text, expected):
    """Town, district and region of one name are told apart; without such a word it is the town."""
    found = book.find(text)
    assert (found.status, ids(found)) == ("found", [expected])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Шымкенттенмін", "kz-shymkent"),
        ("Алматыда тұрамын", "kz-almaty"),
        ("Бишкекке", "kg-bishkek"),
        ("мен Оштонмун", "kg-osh"),
        ("Токмокто жашайм", "kg-tokmok"),
        ("Samarqanddanman", "uz-samarkand"),
        ("Toshkentdagi", "uz-tashkent"),
        ("аз Душанбеам", "tj-dushanbe"),
        ("Хуҷандро", "tj-khujand"),
        ("живу в Караганде", "kz-karaganda"),
        ("я из Оша", "kg-osh"),
        ("в Кызыл-Кие", "kg-kyzyl-kyya"),
        ("под Каршой", "uz-karshi"),
        ("I live in Bishkek", "kg-bishkek"),
    ],
)
def test_local_endings_and_little_words_are_seen_through(book, text, expected):
    """From, in, to and "I live" in each language hide no place."""
    assert (book.find(text).status, ids(book.find(text))) == ("found", [expected])
    assert ids(book.named(text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ош облусу Ноокат району", "kg-nookat-district"),
        ("Ноокат району, Ош облусу", "kg-nookat-district"),
        ("Самарқанд вилояти Ургут", "uz-urgut"),
        ("город Ош Ошская область", "kg-osh"),
        ("село Ленинское, Чуйская обл", "kg-leninskoye"),
        ("Косонн Кашкадарья", "uz-koson"),
    ],
)
def test_a_larger_area_said_as_well_narrows_the_place(book, text, expected):
    """Of a place and the region or district around it, the place is meant."""
    assert ids(book.find(text))[0] == expected


def test_two_places_apart_are_asked_about(book):
    """Where she names two places, she is asked which."""
    found = book.find("из Оша в Бишкек")
    assert (found.status, set(ids(found))) == ("choose", {"kg-osh", "kg-bishkek"})


@pytest.mark.parametrize(
    "text",
    ["w", "4irchiq", "6imkent", "towkentda", "Тїп", "Њисор", "БИШКЕК", "Bişkek", "Khudzhand"],
)
def test_letters_that_stand_for_others_are_read_as_they_sound(book, text):
    """Digits, w and the letters of old fonts are read for what people mean by them."""
    expected = {
        "w": [], "4irchiq": ["uz-chirchiq"], "6imkent": ["kz-shymkent"],
        "towkentda": ["uz-tashkent"], "Тїп": ["kg-tyup"], "Њисор": ["tj-hisor"],
        "БИШКЕК": ["kg-bishkek"], "Bişkek": ["kg-bishkek"], "Khudzhand": ["tj-khujand"],
    }  # fmt: skip
    assert ids(book.find(text)) == expected[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "помогите",
        "мне нужен врач",
        "help",
        "привет",
        "салом",
        "рахмат",
        "102",
        "+996 700",
        "Москва",
        "в Стамбуле",
        "Россияда",
        "London",
        "Казахстан",
        "Қырғызстан",
        "?!",
        "😀",
        "не знаю",
        "билмейм",
        "дома",
        "күйеуім ұрады",
        "yordam kerak",
        "а" * 81,
        "Ош " * 40,
    ],
)
def test_what_names_no_place_of_ours_finds_none(book, text):
    """Needs, greetings, numbers, foreign cities and long stories are no places."""
    assert book.find(text).status == "none"
    assert book.named(text).status == "none"


@pytest.mark.parametrize("text", ["Бишкек", "Ош", "алматы", "Душанбе", "tashkent"])
def test_another_country_is_never_answered(book, gazetteer, text):
    """Asked in one country, places of another are not found."""
    home = book.find(text).places[0].country
    for country in {"kz", "kg", "tj", "uz"} - {home}:
        assert all(place.country == country for place in book.find(text, country).places)


@pytest.mark.parametrize("text", ["Бишкеик", "муж бьёт Ош", "кеңеш", "победа", "живу плохо в Оше"])
def test_only_a_whole_and_right_name_is_named(book, text):
    """A slip, another matter or an ordinary word is not enough to change the subject."""
    assert book.named(text).status == "none"


def test_a_word_that_answers_other_questions_is_asked_about(book):
    """The word жақсы means good and a village: she is asked, unless she says it is a village."""
    assert book.find("жақсы").status == "choose"
    assert book.find("жақсы ауылы").status == "found"


def place(id_, name, *, lat=42.0, lon=70.0, population=0, kind="town", **more):
    given = {"region": "kz-r", "centre": id_, **more}
    return Place(
        id=id_, country=id_[:2], kind=kind, names={"en": name}, lat=lat, lon=lon,
        population=population, **given,
    )  # fmt: skip


def find(text, *places):
    return PlaceBook(Gazetteer(places)).find(text)


def test_namesakes_at_one_spot_are_one_place():
    """Two places of one name within 25 kilometres are one: the larger."""
    near = place("kz-b", "Aksu", lat=42.1, population=500)
    assert ids(find("Aksu", near, place("kz-a", "Aksu", population=900))) == ["kz-a"]


def test_a_border_parts_namesakes():
    """Twin towns on both sides of a border are two, however near."""
    twins = place("kg-a", "Karasuu", lat=42.02), place("uz-a", "Qorasuv", also=("Karasu",))
    assert find("карасу", *twins).status == "choose"


def test_namesakes_apart_are_asked_about():
    """Two towns of one name that lie apart are both offered, the larger first."""
    far = place("kz-b", "Aksu", lat=45, population=9000)
    found = find("Aksu", far, place("kz-a", "Aksu", population=30_000))
    assert (found.status, ids(found)) == ("choose", ["kz-a", "kz-b"])


def test_a_tiny_namesake_does_not_make_a_city_a_question():
    """A hamlet that shares the name of a city is not asked about, a town is."""
    city = place("kz-a", "Astan", population=900_000)
    assert find("Astan", city, place("kz-b", "Astan", lat=45, population=800)).status == "found"
    assert find("Astan", city, place("kz-b", "Astan", lat=45, population=90_000)).status == "choose"


def test_more_namesakes_than_five_are_cut():
    """Never more than five places are offered."""
    many = [place(f"kz-{at}", "Abay", lat=40 + at) for at in range(8)]
    assert len(find("Abay", *many).places) == 5


def test_an_old_name_yields_to_the_name_of_today():
    """Who lives in a place called so today is offered it before one that was called so once."""
    once = place("kz-a", "Taraz", population=300_000, also=("Talas",))
    found = find("Talas", once, place("kz-b", "Talas", lat=45, population=30_000))
    assert ids(found) == ["kz-b", "kz-a"]


def test_a_short_name_is_meant_as_it_stands():
    """Names of two to four letters bear no slip; longer ones bear one, long ones two."""
    there = [
        place("kz-a", "Kant"),
        place("kz-b", "Batken", lat=45),
        place("kz-c", "Karabalta", lat=47),
    ]
    assert find("Kand", *there).status == "none"
    assert find("Batkan", *there).status == "found"
    assert find("Bitkan", *there).status == "none"
    assert ids(find("Karobalto", *there)) == ["kz-c"]
    assert find("Karabalda", *there).status == "found"
    assert find("Karbalda", *there).status == "choose"


def test_an_empty_gazetteer_knows_nothing():
    """Without places nothing is found and nothing is raised."""
    assert find("Ош").status == "none"
