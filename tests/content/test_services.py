"""Truths about what is proved of services and places that load."""

from dataclasses import replace
from datetime import date

import pytest

from bot.content.check import check
from bot.content.checks.streets import whereabouts
from tests.content.directory_kit import KINDS, PLACES, SERVICES, whole
from tests.content.kit import KZ

KG = PLACES.split("districts", maxsplit=1)[0].replace("kz-abai-region", "kg-chuy-region")
KG = (
    KG.replace("kz-semey", "kg-bishkek").replace("country: kz", "country: kg").replace("kk:", "ky:")
)


@pytest.fixture
def judged(tmp_path, terms):
    """List what `check` says about a directory that loads, with a neighbour country."""
    neighbour = tmp_path / "content" / "places" / "kg.yaml"
    neighbour.parent.mkdir(parents=True)
    neighbour.write_text(KG, "utf-8")

    def look(given=terms, **files: str) -> list[str]:
        problems = check(whole(tmp_path, **files), given)
        return [str(each).removeprefix("content/") for each in problems]

    return look


def test_a_good_directory_has_no_problem(judged):
    """Nothing is said where nothing is wrong."""
    assert judged() == []


SLIPS = {
    ("8 (7222) 52-12-34", "8 (7222) 52-1"): (
        "services/kz.yaml:18:18: 8 (7222) 52-1 cannot be dialled in 'kz' (compare the source)",
    ),
    ("+77222521234", "+77222521235"): (
        ("services/kz.yaml:18:45: +77222521235 is not 8 (7222) 52-12-34, which is +77222521234 "
        "(compare the source)"),
    ),
    ('{number: "8 (7222) 52-12-34", e164: "+77222521234"}', '{number: "112"}'): (
        ("services/kz.yaml:18:18: the short number 112 is a line, not this service's own number "
        "(name the line of content/hotlines under 'through:')"),
    ),
    ('{number: "8 (7222) 52-12-34", e164: "+77222521234"}', '{number: "8 7222 529999"}'): (
        ("services/kz.yaml:18:18: 8 7222 529999 must never come in again: "
        "only in demonstration apps (take it out)"),
    ),
    ("ru: Убежище", "ru: Убежище на ул. Абая"): (
        ("services/kz.yaml:13:31: 'ул.' tells where a crisis_centre is "
        "(whoever looks for the people in it must not find it)"),
    ),
    ("    status: reported", "    withheld: it moved to 50.4111, 80.2275\n    status: reported"): (
        ("services/kz.yaml:19:15: '50.4111, 80.2275' tells where a crisis_centre is "
        "(whoever looks for the people in it must not find it)"),
    ),
    ("    status: reported", "    # it is at 5 Main street\n    status: reported"): (
        (
            "services/kz.yaml:19:5: the comment tells where something is: 'street' "
            "(whoever looks for the people in it must not find it)"
        ),
    ),
    ("lat: 50.42\n    lon: 80.26", "lat: 42.87\n    lon: 74.60"): (
        "services/kz.yaml:32:10: this is 1 km from Bishkek in 'kg' (compare the source)",
    ),
    ("lat: 50.42\n    lon: 80.26", "lat: 80.26\n    lon: 50.42"): (
        ("services/kz.yaml:32:10: no settlement of 'kz' is within 60 km of this point "
        "(north comes first: is lat the latitude?)"),
    ),
    ("    lat: 50.42\n", ""): (
        "services/kz.yaml:32:10: lat and lon belong together (give both)",
    ),
    ("checked: 2026-11-01", "checked: 2027-11-01"): (
        "services/kz.yaml:22:14: 2027-11-01 is in the future",
    ),
    ("checked: 2026-11-01", "checked: 2026-01-01"): (
        ("services/kz.yaml:22:14: service 'kz-semey-refuge' was good until 2026-06-30: "
        "withheld until checked again"),
    ),
    ("checked: 2026-11-01", "checked: 2026-11-01\n    called: 2026-11-02"): (
        ("services/kz.yaml:23:13: nobody is said to have called "
        "(add 'by:' with a role, never a name)"),
    ),
    ("checked: 2026-11-01", "checked: 2026-11-01\n    by: coordinator"): (
        ("services/kz.yaml:23:9: nobody called, and yet somebody did "
        "(add 'called:', or take 'by' out)"),
    ),
    ("checked: 2026-11-01", "checked: 2026-11-01\n    called: 2026-11-02\n    by: Aigul"): (
        (
            "services/kz.yaml:24:9: this is no role "
            '(small letters, never a name or a number: such as "coordinator")'
        ),
    ),
    ("checked: 2026-11-01", "checked: 2026-11-01\n    languages: [zz]"): (
        "services/kz.yaml:23:16: 'zz' is no language (codes like ru, kk, uz_Cyrl)",
    ),
    ("days: [1, 2]", "days: [1, 1]"): ("services/kz.yaml:35:7: a day is listed twice",),
    ("id: kz-semey-refuge", "id: semey-refuge"): (
        "services/kz.yaml:11:9: 'semey-refuge' does not begin with its country (like kz-…)",
    ),
    ("page: {title: A page}", "page: {title: A page}\n  other: {title: Another}"): (
        "services/kz.yaml:10:3: nothing cites the source 'other' (cite it, or take it out)",
    ),
    ("  medical: [kz-112]\n", ""): (
        ("services/kz.yaml:2:1: no line stands in for the sector 'medical' "
        "(medical: the best line of content/hotlines/kz.yaml first)"),
        ("services/kz.yaml:2:1: nothing of the sector 'medical' would be shown in "
        "'kz-abai-region' (name a line that is shown)"),
    ),
    ("Ask for\n", "Ask <u>for\n"): (
        "services/kz.yaml:38:13: no markup can stand here: <u> (write plain words)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip[1].strip()[:40])
def test_a_fault_of_a_service_is_told_with_its_place(judged, slip):
    """Whoever keeps the directory reads what cannot be right and where, and nothing else."""
    assert slip[0] in SERVICES
    assert tuple(judged(services=SERVICES.replace(slip[0], slip[1], 1))) == SLIPS[slip]


def test_a_number_that_must_not_be_here_is_no_line_either(judged):
    """A number of a demonstration app is refused as a line too, however it is written."""
    kz = KZ.replace('number: "112"', 'number: "+7 722 252 99 99"')
    assert judged(kz=kz)[0] == (
        "hotlines/kz.yaml:6:13: +7 722 252 99 99 must never come in again: "
        "only in demonstration apps (take it out)"
    )


def test_a_service_that_nobody_can_reach_is_named(judged):
    """Without a number, an address, a line or a sector with lines a service is of no use."""
    services = SERVICES.replace("  legal: [kz-112]\n", "")
    told = judged(services=services)
    expected = (
        "services/kz.yaml:49:10: nobody can reach service 'kz-online' "
        "(add a number, 'through:', or 'lines:' for its sectors)"
    )
    assert expected in told
    assert not any("kz-semey-legal' (add" in each for each in told)


def test_a_line_that_is_not_shown_answers_nothing(judged):
    """Where the rules hide every line of a sector, each region needs a service of its own."""
    hidden = "shelf_life_days: 365\nrules:\n  - when: {confidence: [high]}\n    show: false\n  - show: true\n"
    told = judged(rules=hidden)
    assert any(
        "nothing of the sector 'police' would be shown in 'kz-abai-region'" in one for one in told
    )
    assert not any("nothing of the sector 'legal' would be shown" in one for one in told)


def test_every_offered_country_has_its_files(judged, terms):
    """A country that can be chosen and has no file of places or services is named."""
    assert judged(replace(terms, countries=("kz", "kg", "tj"))) == [
        "hotlines/kg.yaml:1:1: this file is missing",
        "hotlines/tj.yaml:1:1: this file is missing",
        "places/tj.yaml:1:1: this file is missing",
        "services/kg.yaml:1:1: this file is missing",
        "services/tj.yaml:1:1: this file is missing",
    ]


MISPLACED = {
    (", kk: Жаңа}", "}"): (
        "places/kz.yaml:13:5: 'kz-new' has no name in kk (kk: how people there call it)",
    ),
    ("kk: Жаңа}", "kk: Жaңа}"): (
        "places/kz.yaml:13:37: 'a' (U+0061) in 'Жaңа' is not a letter of kk (type the name again)",
    ),
    ("ru: Новый", "ru: Жаңа"): (
        "places/kz.yaml:13:26: 'ң' (U+04A3) in 'Жаңа' is not a letter of ru (type the name again)",
    ),
    ("ru: Новый", "ru: Новый, uz: Gʼo‘r"): (
        ("places/kz.yaml:13:37: the sign ‘ (U+2018) in 'Gʼo‘r' "
        "(write ʻ (U+02BB) in oʻ and gʻ, else ʼ (U+02BC))"),
    ),
    ("lat: 50.30\n    lon: 80.10", "lat: 42.90\n    lon: 74.60"): (
        ("places/kz.yaml:11:10: this is 3 km from Bishkek in 'kg' "
        "('kz-new' is in 'kz': compare the source)"),
    ),
    ("lat: 50.30\n    lon: 80.10", "lat: 80.10\n    lon: 50.30"): (
        ("places/kz.yaml:11:10: no settlement of 'kz' is near this point "
        "(north comes first: is lat the latitude?)"),
    ),
    ("  - id: kz-new\n", "  - {id: kz-ne-w, geonames: 12}\n  - id: kz-new\n"): (
        "places/kz.yaml:9:9: the ids 'kz-ne-w' and 'kz-new' look the same",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", MISPLACED, ids=lambda slip: slip[1].strip()[:40])
def test_a_fault_of_a_place_is_told_with_its_place(judged, slip):
    """Whoever writes down a place reads which name or point cannot be right, and nothing else."""
    assert slip[0] in PLACES
    assert tuple(judged(places=PLACES.replace(slip[0], slip[1], 1))) == MISPLACED[slip]


STREETS = (
    *("Центр на ул.Ленина", "улица Абая", "Абай көшесі", "Манас көчөсү 3", "Navoiy koʻchasi 12"),
    *("ko'chasi", "кӯчаи Рӯдакӣ", "кӯча 3", "кучаи Айнӣ", "проспект Жибек Жолу", "пр-т Мира"),
    *("пр. Мира", "дом 5а", "12 Baker Street", "Lenin avenue", "house 12", "Жибек Жолу, 495"),
    *("Абая, 12/3", "Пушкина, 5а", "42.87461, 74.56976", "мкр. Джал", "5 Main St. 4"),
)
HARMLESS = (
    *("Кризисный центр «Сезим»", "Дом мамы", "Mothers' House No. 1", "Help for street children"),
    *("two numbers, 0312 51-26-40 and 0312 66-15-92", "opened in 2021, 2022", "Приют и пр."),
    *("Центр, 3 отделения", "the list of 2024, two of them", "Дом-интернат", "closed, 12 beds"),
)


@pytest.mark.parametrize("text", STREETS)
def test_words_of_an_address_are_found(text):
    """In whatever language of the region a street, a house or a point is written, it is found."""
    assert whereabouts(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_names_are_not_taken_for_addresses(text):
    """A house in a name, a year and a number to dial are no address."""
    assert whereabouts(text) is None


def test_a_kind_that_is_not_listed_does_not_grow_old(judged, terms):
    """What no list for survivors ever shows is not reported as withheld."""
    old = SERVICES.replace("checked: 2026-11-01", "checked: 2020-01-01", 1)
    kinds = KINDS.replace("Crisis centre, ", "Crisis centre, listed: false, ")
    assert judged(replace(terms, today=date(2026, 11, 21)), services=old, kinds=kinds) == []
