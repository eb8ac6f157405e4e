"""How single facts are told on any card: police, hours, languages, and where we know it from."""

import re
from datetime import date, time
from typing import Final
from urllib.parse import urlsplit

from bot.content.model import Hours, Reports, Source
from bot.engine.blocks.lines import CLOSED, OPEN
from bot.language.say import Say, Value

POLICE: Final = {
    Reports.IS_POLICE: Say("This is the police. They act on what you tell them."),
    Reports.MUST: Say("They must tell the police about your call."),
    Reports.SERIOUS_CASES: Say("They pass serious cases to the police."),
    Reports.UNKNOWN: Say(
        "We do not know whether they must tell the police. You can ask before you say your name."
    ),
}

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_DAYS = (Say("Mon"), Say("Tue"), Say("Wed"), Say("Thu"), Say("Fri"), Say("Sat"), Say("Sun"))
_LANGUAGES = {
    "kk": Say("Kazakh"),
    "ky": Say("Kyrgyz"),
    "tg": Say("Tajik"),
    "uz": Say("Uzbek"),
    "ru": Say("Russian"),
    "en": Say("English"),
}


def told_hours(hours: Hours, *, answers: bool | None) -> Say:
    """Tell when somebody answers, and whether that is now where we may say so."""
    if hours.always:
        when = Say("Hours: day and night.")
    elif hours.known and hours.opens and hours.closes:
        when = Say(
            "Hours: {days} {opens}–{closes}.",
            {
                "days": _span(hours.days),
                "opens": time.fromisoformat(hours.opens),
                "closes": time.fromisoformat(hours.closes),
            },
        )
    else:
        return Say("Hours: not known to us.")
    if answers is None:
        return when
    return Say("{when} {state}", {"when": when, "state": OPEN if answers else CLOSED})


def told_languages(languages: tuple[str, ...]) -> list[Say]:
    """Tell the languages that are spoken, in one line, or none where no source says so."""
    tongues: tuple[Value, ...] = tuple(_LANGUAGES[one] for one in languages if one in _LANGUAGES)
    return [Say("Languages: {languages}", {"languages": tongues})] if tongues else []


def told_check(checked: date, called: date | None, source: Source | None) -> Say:
    """Tell when the facts were last compared or confirmed, and where they come from.

    Without a source only the day is told: a newspaper may have printed the street of a refuge.
    """
    if source is None:
        if called:
            return Say("Called and confirmed on {called}.", {"called": called})
        return Say(
            "Compared with its sources on {date}; we have not called it yet.", {"date": checked}
        )
    values: dict[str, Value] = {"date": checked, "source": named(source)}
    if called:
        return Say(
            "Called and confirmed on {called}. Source: {source}", {**values, "called": called}
        )
    return Say(
        "Compared with its sources on {date}; we have not called it yet. Source: {source}", values
    )


def _span(days: tuple[int, ...]) -> Value:
    consecutive = days == tuple(range(days[0], days[-1] + 1))
    if consecutive and len(days) > 1:
        return Say("{first}–{last}", {"first": _DAYS[days[0] - 1], "last": _DAYS[days[-1] - 1]})
    return tuple(_DAYS[day - 1] for day in days)


def named(source: Source) -> str:
    """Name a source neutrally, with its date where that is a plain one."""
    site = urlsplit(source.url or "").hostname or source.title
    name = source.by or site.removeprefix("www.").rstrip(".")
    dated = _DATE.match(source.date or "")
    return f"{name}, {dated[0]}" if dated else name
