"""How each language writes numbers, dates, spans and lists."""

from datetime import date, time, timedelta

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.language import formats
from bot.language.tongues import LANGUAGES

DAY = date(2026, 3, 8)
ABC = ("A", "B", "C")
GOLDEN = {
    # language: long date, two, three, one of two, one of three
    "en": ("8 March 2026", "A and B", "A, B and C", "A or B", "A, B or C"),
    "ru": (
        "8 марта 2026\u00a0г.",
        "A и B",
        "A, B и C",
        "A или B",
        "A, B или C",
    ),
    "kk": (*("2026\u00a0ж. 8 наурыз", "A және B", "A, B, C", "A не B", "A, B, не болмаса C"),),
    "ky": (*("2026-ж., 8-март", "A жана B", "A, B жана C", "A же B", "A, B же C"),),
    "tg": ("8 март 2026", "A ва B", "A, B ва C", "A, ё B", "A, B, ё C"),
    "uz": (*("8-mart, 2026", "A va B", "A, B va C", "A yoki B", "A, B yoki C"),),
    "uz_Cyrl": (*("8 март, 2026", "A ва B", "A, B ва C", "A ёки B", "A, B ёки C"),),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_golden_table_holds(language):
    """Dates and lists come as the table says, in every language."""
    assert (
        formats.long_date(language, DAY),
        formats.and_list(language, ABC[:2]),
        formats.and_list(language, ABC),
        formats.or_list(language, ABC[:2]),
        formats.or_list(language, ABC),
    ) == GOLDEN[language]


@pytest.mark.parametrize(
    ("language", "spans"),
    [
        ("en", "1 minute|5 minutes|2 hours|3 days|2 weeks"),
        ("ru", "1 минута|5 минут|2 часа|3 дня|2 недели"),
        ("kk", "1 минут|5 минут|2 сағат|3 күн|2 апта"),
        ("ky", "1 мүнөт|5 мүнөт|2 саат|3 күн|2 апта"),
        ("tg", "1 дақиқа|5 дақиқа|2 соат|3 рӯз|2 ҳафта"),
        ("uz", "1 daqiqa|5 daqiqa|2 soat|3 kun|2 hafta"),
        ("uz_Cyrl", "1 дақиқа|5 дақиқа|2 соат|3 кун|2 ҳафта"),
    ],
)
def test_spans_are_in_the_language(language, spans):
    """Minutes, hours, days and weeks are never left in English."""
    given = [timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=2), timedelta(days=3)]
    assert [formats.duration(language, span) for span in (*given, timedelta(weeks=2))] == (
        spans.split("|")
    )


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(0), "0 minutes"),
        (timedelta(seconds=1), "1 minute"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=24), "1 day"),
        (timedelta(days=7), "1 week"),
        (timedelta(days=180), "180 days"),
    ],
)
def test_a_span_takes_the_largest_unit_that_fits(span, text):
    """A span is told in one unit, without rounding anything away but seconds, upwards."""
    assert formats.duration("en", span) == text


def test_russian_spans_follow_the_number():
    """Russian units bend with the number, also in the teens and at 21."""
    hours = [formats.duration("ru", timedelta(hours=n)) for n in (1, 2, 5, 11, 21)]
    assert hours == ["1 час", "2 часа", "5 часов", "11 часов", "21 час"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [0, 7, 999, 1234, 1234567, -1234])
def test_numbers_are_grouped_as_cldr_says(language, value):
    """Thousands are parted as CLDR does it, by a no-break space but in English."""
    assert formats.number(language, value) == format_decimal(value, locale=language)


def test_numeric_dates_and_times_have_no_slash():
    """Dates are dd.MM.yyyy and times HH:mm."""
    assert formats.short_date(DAY) == "08.03.2026"
    assert formats.clock(time(9, 5, 59)) == "09:05"


@pytest.mark.parametrize("language", ["ru", "kk", "ky", "uz"])
@pytest.mark.parametrize("month", range(1, 13))
def test_long_dates_agree_with_cldr_where_it_is_right(language, month):
    """Where CLDR has no trap our long date is CLDR's, but for the width of one space."""
    day = date(2026, month, 21)
    theirs = format_date(day, "long", locale=language)
    assert formats.long_date(language, day) == theirs.replace("\u202f", formats.NO_BREAK_SPACE)


def test_months_are_written_as_people_write_them():
    """Tajik months are small, Uzbek Cyrillic months have their soft sign."""
    months = [formats.long_date("tg", date(2026, month, 1)) for month in (1, 8)]
    assert months == ["1 январ 2026", "1 август 2026"]
    months = [formats.long_date("uz_Cyrl", date(2026, month, 1)) for month in (1, 10)]
    assert months == ["1 январь, 2026", "1 октябрь, 2026"]


def test_short_lists_need_no_joiner():
    """No item gives nothing, one item gives itself."""
    assert formats.and_list("ru", ()) == ""
    assert formats.or_list("ru", ("A",)) == "A"
