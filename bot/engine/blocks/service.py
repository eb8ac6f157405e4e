"""How a service is spoken of: what it is, where it lies, how to reach it, how sure we are."""

from bot.content.model import Audience, Hotline, Office, Phone, Place, Refuge, Reports
from bot.directory.hotlines import is_open
from bot.directory.nearest import Nearby
from bot.directory.standing import Standing
from bot.engine.blocks.lines import (
    CLOSED,
    OPEN,
    WARNS,
    called,
    may_be_called,
    standing_in,
    warnings,
)
from bot.engine.world import Look
from bot.language.names import in_latin
from bot.language.say import Names, Say, Value
from bot.understanding.normalise import in_cyrillic

_LATIN = ("uz", "en")
_OWN = {"uz_Cyrl": "uz"}

_CLOSE_KM, _FINE_KM, _COARSE_KM = 10, 50, 200
"""Up to where distances are told to 1, 5 and 10 km; beyond, to 50: they are as the crow flies."""

AnyService = Refuge | Office


_AUDIENCES = {
    Audience.ANYONE: Say("anyone"),
    Audience.WOMEN: Say("women"),
    Audience.MEN: Say("men"),
    Audience.CHILDREN: Say("children"),
    Audience.YOUNG_PEOPLE: Say("young people"),
    Audience.FAMILIES: Say("families"),
    Audience.MOTHERS: Say("mothers with small children"),
    Audience.DISABLED: Say("people with disabilities"),
    Audience.HOMELESS: Say("people without a home"),
    Audience.STUDENTS: Say("students and staff"),
    Audience.OFFENDERS: Say("people who worry about their own behaviour"),
}


def town(look: Look) -> dict[str, Value]:
    """Name the place she named, for the `{town}` of a text."""
    return {"town": Names(look.town.names) if look.town else ""}


def kind(look: Look, service: AnyService) -> Say:
    """Say what the service is, in the reader's words."""
    return Say(look.world.content.directory.kinds.kinds[service.kind].name)


def name(look: Look, service: AnyService) -> Value:
    """Say its name: in her language, in one she reads, or as it stands on the door.

    A name in letters she may not read is followed by how it sounds, marked as such.
    """
    language = look.session.language
    names = service.names
    if language in names or _OWN.get(language) in names:
        return Names(names)
    if language not in _LATIN:
        return Names(names)
    original = next((text for tongue, text in names.items() if tongue != "en"), "")
    if not in_cyrillic(original):
        return Names(names)
    return Say(
        "{name} (in Latin letters: {latin})", {"name": original, "latin": in_latin(original)}
    )


def heading(look: Look, service: AnyService) -> Say:
    """Say what it is and what it is called; only the name where that begins with what it is."""
    words, language = look.world.words, look.session.language
    titled: dict[str, Value] = {"kind": kind(look, service), "name": name(look, service)}
    whole = words.say(language, Say("{name}", titled)).casefold()
    if whole.startswith(words.say(language, kind(look, service)).casefold()):
        return Say("{name}", titled)
    return Say("{kind} — {name}", titled)


def for_whom(service: AnyService) -> Say:
    """Say for whom it is."""
    whom: tuple[Value, ...] = tuple(_AUDIENCES[one] for one in service.serves)
    return Say("For whom: {whom}", {"whom": whom})


def whereabouts(look: Look, one: Nearby) -> Say:
    """Say how far it is in words a person uses."""
    content = look.world.content
    place = content.places.get(one.service.at)
    if one.reach == "country" or place is None:
        return Say("For the whole country")
    there = Names(place.names)
    if place.kind == "region":
        return Say("For the whole region: {region}", {"region": there})
    if look.town is not None and look.town.kind == "region":
        # Kilometres would count from the middle of her region, and she may be anywhere in it.
        return Say("Place: {place}", {"place": there})
    if one.reach == "town" or one.km is None:
        return Say("Here: {place}", {"place": there})
    roughly = place.approximate or (look.town is not None and look.town.approximate)
    km = rounded(one.km, least=_CLOSE_KM if roughly else 1)
    return Say("About {km} km away: {place}", {"km": km, "place": there})


def rounded(km: float, least: int = 1) -> int:
    """Round a distance as people tell it: to 1 km, 5, 10 or 50, and never to nothing.

    Where a position is known only to about 10 km, `least` keeps the steps that large.
    """
    step = 1 if km < _CLOSE_KM else 5 if km < _FINE_KM else 10 if km < _COARSE_KM else 50
    step = max(step, least)
    return max(step, round(km / step) * step)


def home(look: Look, service: AnyService) -> Place | None:
    """Find the place, district or region where it is."""
    return look.world.content.places.get(service.at)


def place(look: Look, service: AnyService) -> Say:
    """Name where it is."""
    there = home(look, service)
    return Say("{place}", {"place": Names(there.names) if there else ""})


def cautions(look: Look, one: AnyService, standing: Standing) -> tuple[Say, ...]:
    """Warn of what one weak source says, and of what only a list says that nobody signed."""
    weak = standing.caution == "weak"
    told = (Say("It may exist, but we are not sure. Call before you go."),) if weak else ()
    lines = standing_in(look, one.sectors[0])
    if not standing.listed or not lines:
        return told
    tried = () if one.phones else lines_to(look, one)[:1]
    instead = next((line for line in lines if line not in tried), lines[0])
    said: dict[str, Value] = {"year": standing.year, "number": instead.number}
    if standing.year:
        listed = Say("From a public list of {year}; if nobody answers, call {number}.", said)
    else:
        listed = Say("From a public list without a date; if nobody answers, call {number}.", said)
    return (*told, listed)


def lines_to(look: Look, service: AnyService) -> tuple[Hotline, ...]:
    """Name the lines through which it is reached: its own, or those that stand in."""
    return may_be_called(look, service.through) or standing_in(look, service.sectors[0])


def contact(look: Look, service: AnyService) -> Say:
    """Say in one line how to reach it: its number, or the line that leads there."""
    if service.phones:
        numbers: tuple[Value, ...] = tuple(map(_number, service.phones[:2]))
        return Say("Phone: {numbers}", {"numbers": numbers})
    lines = lines_to(look, service)
    if lines:
        return Say("Reach it through: {line}", {"line": called(lines[0])})
    return Say("No number is known to us.")


def warned(look: Look, service: AnyService) -> tuple[Say, ...]:
    """Warn before a call that whoever answers must or may pass it on to the police."""
    if service.phones:
        warning = WARNS.get(service.reports)
        return () if warning is None else (warning,)
    return warnings(lines_to(look, service)[:1])


def is_behind_police(look: Look, service: AnyService) -> bool:
    """Tell whether nobody but the police leads to it."""
    lines = () if service.phones else lines_to(look, service)[:1]
    return any(one.reports is Reports.IS_POLICE for one in lines)


def answers(look: Look, service: AnyService, standing: Standing) -> bool | None:
    """Tell whether it is open now; None where that is not known or its source is doubtful."""
    if standing.caution:
        return None
    timezone = look.world.content.countries[look.session.country].timezone
    return is_open(service.hours, timezone, look.now)


def state(look: Look, service: AnyService, standing: Standing) -> Say | None:
    """Say whether it is open now, where we may."""
    opened = answers(look, service, standing)
    return None if opened is None else OPEN if opened else CLOSED


def dialled(phone: Phone) -> str:
    """Give the number as it is dialled from anywhere, where that is certain."""
    return phone.e164 or phone.number


def _number(phone: Phone) -> Say:
    number = Say("<b>{number}</b>", {"number": phone.number})
    return Say("WhatsApp: {number}", {"number": number}) if phone.channel == "whatsapp" else number
