"""Whether the lines of a country can be dialled, are fresh enough, and cover what people need."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from babel import Locale, UnknownLocaleError

from bot.content.checks.terms import Terms
from bot.content.explain import near
from bot.content.model import Confidence, Content, Hotline, Hours, Lines, Need, Phone, Service
from bot.content.problem import Problem
from bot.directory.hotlines import expired, offer

FACTS: Final[Mapping[str, tuple[str | bool, ...]]] = {
    "confidence": tuple(Confidence),
    "verify_before_use": (True, False),
    "publish": get_args(Hotline.model_fields["publish"].annotation),
    "conflicts": get_args(get_args(Hotline.model_fields["conflicts"].annotation)[0]),
}
"""The facts rules speak about, and the values a line can have."""

ROLE_WANTED: Final = 'small letters, never a name or a number: such as "coordinator"'
"""What is told to whoever writes down who called."""

_ROLE: Final = re.compile(r"[^\W\d_]{2,}(?:[ -][^\W\d_]+)*")
_LONGEST: Final = 40

SHORT: Final = range(2, 7)
"""Digits of a number that only works inside its country, such as 112."""


def check_numbers(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield numbers that cannot be right, facts that have expired and needs nobody serves."""
    for lines in content.countries.values():
        yield from _zone(lines, content)
        for line in lines.hotlines:
            for key, what, hint in (*check_number(line, lines.country), *check_facts(line, terms)):
                yield content.origin.at("line", line.id, key, what=what, hint=hint)


def check_coverage(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield countries without a file or without help in danger, and lines that were withheld."""
    for country in terms.countries:
        lines = content.countries.get(country)
        if lines is None:
            yield Problem(
                f"{content.origin.root}/hotlines/{country}.yaml", 1, 1, "this file is missing"
            )
            continue
        yield from _covered(lines, content, terms)
    rules = content.rules
    yield from _rules(content)
    for lines in content.countries.values():
        for line in lines.hotlines:
            if expired(line, rules, terms.today):
                last = max(line.checked, line.called or line.checked)
                until = last + timedelta(days=rules.shelf_life_days)
                fate = "shown for want of a better one" if line.emergency else "withheld"
                what = f"line '{line.id}' was good until {until}: {fate} until checked again"
                yield content.origin.at("line", line.id, "checked", what=what)


def _rules(content: Content) -> Iterator[Problem]:
    """Find values no line can have, and lines that no rule decides about."""
    rules = content.rules.rules
    for index, rule in enumerate(rules):
        for fact, wanted in rule.when.items():
            for position, value in enumerate(wanted):
                if value not in FACTS[fact]:
                    known = [str(each).lower() for each in FACTS[fact]]
                    quoted = "without quotation marks" if str(value) in known else ""
                    yield content.origin.at(
                        *("rules", "", "rules", index, "when", fact, position),
                        what=f"no line has {fact} '{str(value).lower()}'",
                        hint=quoted or near(str(value), known, f"known: {', '.join(known)}"),
                    )
    if rules[-1].when:
        what = "the last rule has a condition: nothing is decided about the lines it leaves over"
        hint = "end with a rule that has no 'when'"
        yield content.origin.at(
            "rules", "", "rules", len(rules) - 1, "when", what=what, hint=hint, key=True
        )


def _covered(lines: Lines, content: Content, terms: Terms) -> Iterator[Problem]:
    shown = [line for line in lines.hotlines if offer(line, content.rules, terms.today)]
    if not any(Need.DANGER in line.needs for line in shown):
        what = f"no line for danger would be shown in '{lines.country}'"
        yield content.origin.at("country", lines.country, "hotlines", what=what, key=True)
    if not any(line.emergency for line in shown):
        what = f"no emergency line would be shown in '{lines.country}'"
        yield content.origin.at("country", lines.country, "country", what=what, key=True)


def _zone(lines: Lines, content: Content) -> Iterator[Problem]:
    try:
        ZoneInfo(lines.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        what = f"'{lines.timezone}' is no time zone"
        hint = "Continent/City, like Asia/Almaty"
        yield content.origin.at("country", lines.country, "timezone", what=what, hint=hint)


Fault = tuple[str, str, str]


def check_number(one: Hotline | Phone, country: str) -> Iterator[Fault]:
    """Yield what cannot be right about a number dialled in `country`: key, what and hint."""
    if one.channel == "whatsapp" and one.e164 is None:
        yield "channel", "a WhatsApp number needs its international form", "add 'e164:'"
    if is_short(one.number):
        if one.e164 is not None:
            what = f"the short number {one.number} has no international form"
            yield "e164", what, "leave it out"
        return
    local = parsed(one.number, country)
    if local is None:
        yield "number", f"{one.number} cannot be dialled in '{country}'", "compare the source"
    if one.e164 is None:
        return
    international = parsed(one.e164)
    if international is None:
        yield "e164", f"{one.e164} is no number of any plan", "compare the source"
    elif local is not None and local != international:
        form = phonenumbers.format_number(local, phonenumbers.PhoneNumberFormat.E164)
        yield "e164", f"{one.e164} is not {one.number}, which is {form}", "compare the source"


def is_short(number: str) -> bool:
    """Tell a number that only works inside its country from one that works everywhere."""
    return sum(each.isdigit() for each in number) in SHORT and not number.startswith("+")


def parsed(number: str, country: str | None = None) -> phonenumbers.PhoneNumber | None:
    """Read a number as dialled in `country`; None where its numbering plan has no such number.

    Kazakhstan and Russia share +7: a number that has lost a digit may be one of the other. They
    share the free numbers too.
    """
    region = country and country.upper()
    try:
        found = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    free = phonenumbers.number_type(found) == phonenumbers.PhoneNumberType.TOLL_FREE
    if region and not free and phonenumbers.region_code_for_number(found) != region:
        return None
    return found if phonenumbers.is_valid_number(found) else None


def check_facts(line: Hotline | Service, terms: Terms) -> Iterator[Fault]:
    """Yield what cannot be right about the facts that lines and services share."""
    yield from _hours(line.hours)
    if line.by is not None and line.called is None:
        yield "by", "nobody called, and yet somebody did", "add 'called:', or take 'by' out"
    if line.by is not None and not is_role(line.by):
        yield "by", "this is no role", ROLE_WANTED
    for day, key in ((line.checked, "checked"), (line.called, "called")):
        if day and day > terms.today:
            yield key, f"{day} is in the future", ""
    for language in line.languages:
        if not _spoken(language):
            yield "languages", f"'{language}' is no language", "codes like ru, kk, uz_Cyrl"


def is_role(by: str) -> bool:
    """Tell a role, such as "shift lead", from a name, a number or an address."""
    return bool(_ROLE.fullmatch(by)) and by == by.lower() and len(by) <= _LONGEST


def _hours(hours: Hours) -> Iterator[Fault]:
    partly = bool(hours.days) + (hours.opens is not None) + (hours.closes is not None)
    if hours.always and partly:
        yield "hours", "round the clock, and yet at certain times", "keep one of the two"
    elif partly not in (0, 3):
        yield "hours", "days, opens and closes belong together", "give all three or none"
    elif hours.opens and hours.closes and hours.closes <= hours.opens:
        yield "hours", f"closes at {hours.closes}, not after it opens at {hours.opens}", ""
    if len(set(hours.days)) < len(hours.days):
        yield "hours", "a day is listed twice", ""


def _spoken(language: str) -> bool:
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True
