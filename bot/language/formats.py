"""Numbers, dates, times, durations and lists as each language writes them.

Names come from CLDR through Babel; our own strings stand where CLDR has none, has English, or
has what people here do not write (capital months in Tajik, old months in Uzbek Cyrillic).
"""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from functools import cache

from babel.core import Locale

from bot.language.plurals import plural_form

NO_BREAK_SPACE = "\u00a0"
"""What parts thousands in all our languages but English, and a year from its sign; CLDR has a
narrow one there that old phones draw as a box."""

_LONG_DATE: Mapping[str, str] = {
    "en": "{day} {month} {year}",
    "ru": f"{{day}} {{month}} {{year}}{NO_BREAK_SPACE}г.",
    "kk": f"{{year}}{NO_BREAK_SPACE}ж. {{day}} {{month}}",
    "ky": "{year}-ж., {day}-{month}",
    "tg": "{day} {month} {year}",
    "uz": "{day}-{month}, {year}",
    "uz_Cyrl": "{day} {month}, {year}",
}
_UZ_CYRL_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)

_UNITS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "en": (("minute", "minutes"), ("hour", "hours"), ("day", "days"), ("week", "weeks")),
    "ru": (
        ("минута", "минуты", "минут"),
        ("час", "часа", "часов"),
        ("день", "дня", "дней"),
        ("неделя", "недели", "недель"),
    ),
    "kk": (("минут",), ("сағат",), ("күн",), ("апта",)),
    "ky": (("мүнөт",), ("саат",), ("күн",), ("апта",)),
    "tg": (("дақиқа",), ("соат",), ("рӯз",), ("ҳафта",)),
    "uz": (("daqiqa",), ("soat",), ("kun",), ("hafta",)),
    "uz_Cyrl": (("дақиқа",), ("соат",), ("кун",), ("ҳафта",)),
}
_MINUTES = (1, 60, 24 * 60, 7 * 24 * 60)

_AND: Mapping[str, tuple[str, str]] = {
    "en": (" and ", " and "),
    "ru": (" и ", " и "),
    "kk": (" және ", ", "),
    "ky": (" жана ", " жана "),
    "tg": (" ва ", " ва "),  # CLDR has a bare comma before the last of three
    "uz": (" va ", " va "),
    "uz_Cyrl": (" ва ", " ва "),
}
_OR: Mapping[str, tuple[str, str]] = {
    "en": (" or ", " or "),
    "ru": (" или ", " или "),
    "kk": (" не ", ", не болмаса "),
    "ky": (" же ", " же "),
    "tg": (", ё ", ", ё "),
    "uz": (" yoki ", " yoki "),
    "uz_Cyrl": (" ёки ", " ёки "),
}
"""What stands between two items, and before the last of three or more."""


def number(language: str, value: int) -> str:
    """Write a whole number: 1 234 567 with no-break spaces, in English 1,234,567."""
    grouped = f"{value:,}"
    return grouped if language == "en" else grouped.replace(",", NO_BREAK_SPACE)


def short_date(day: date) -> str:
    """Write a date as dd.MM.yyyy in every language: a slash would be read month first."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def long_date(language: str, day: date) -> str:
    """Write a date with the month spelled, in small letters where the language has them."""
    month = _months(language)[day.month - 1]
    return _LONG_DATE[language].format(day=day.day, month=month, year=day.year)


def clock(at: time) -> str:
    """Write a time of day as HH:mm; seconds are left out."""
    return f"{at.hour:02}:{at.minute:02}"


def duration(language: str, span: timedelta) -> str:
    """Write a span in the largest unit, from minutes to weeks, that divides it evenly.

    A part of a minute counts as a whole one, so that nobody is told too short a wait.
    """
    minutes = -(-span // timedelta(minutes=1))
    fitting = [rank for rank, size in enumerate(_MINUTES) if minutes and minutes % size == 0]
    rank = max(fitting, default=0)
    count = minutes // _MINUTES[rank]
    forms = _UNITS[language][rank]
    return f"{number(language, count)} {forms[min(plural_form(language, count), len(forms) - 1)]}"


def and_list(language: str, items: Sequence[str]) -> str:
    """Join items that all hold: A, B and C."""
    return _joined(items, *_AND[language])


def or_list(language: str, items: Sequence[str]) -> str:
    """Join items of which one holds: A, B or C."""
    return _joined(items, *_OR[language])


def _joined(items: Sequence[str], pair: str, last: str) -> str:
    if len(items) <= 2:  # noqa: PLR2004 a pair
        return pair.join(items)
    return ", ".join(items[:-1]) + last + items[-1]


@cache
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


@cache
def _months(language: str) -> tuple[str, ...]:
    if language == "uz_Cyrl":
        return _UZ_CYRL_MONTHS
    names = _locale(language).months["format"]["wide"]
    return tuple(_lower(language, names[month]) for month in range(1, 13))


def _lower(language: str, name: str) -> str:
    """Take away the capitals that CLDR gives some months; English keeps them."""
    return name if language == "en" else name.lower()
