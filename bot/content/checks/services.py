"""Whether services can be reached and believed, and whether none leads to a hidden door."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias, get_args

import phonenumbers

from bot.content.checks.ground import Ground
from bot.content.checks.numbers import check_facts, check_number, is_short, parsed
from bot.content.checks.streets import whereabouts
from bot.content.checks.terms import Terms
from bot.content.model import Content, Country, Office, Refuge, Services
from bot.content.problem import Problem
from bot.content.tree import Place
from bot.directory.nearest import kilometres
from bot.directory.standing import good_until

UNSAID: Final = "whoever looks for the people in it must not find it"
"""Why the place of a protected service is told nowhere."""

_COMMENT: Final = re.compile(r"(?:^|\s)(#.*)")

FAR: Final = 60
"""Kilometres from any settlement, or from its own place, that no service has."""
BORDER: Final = 10
"""Kilometres a service may be from a settlement of its country and nearer to a neighbour's."""

Fault: TypeAlias = tuple[Place, str, str]
Either: TypeAlias = Refuge | Office


def check_services(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield what is wrong with each service by itself."""
    ground = Ground(one for one in content.places.places.values() if not one.is_area)
    never = _digits_of(content.directory.never)
    for country, services in content.directory.countries.items():
        for service in services.all:
            for place, what, hint in (
                *_identity(service, country),
                *_phones(service, country, never),
                *_checked(service, terms),
                *_fresh(service, content, terms),
                *(_hidden(service) if isinstance(service, Refuge) else ()),
                *(_lies(service, content, ground) if isinstance(service, Office) else ()),
                *_reached(service, services),
            ):
                yield content.origin.at("service", service.id, *place, what=what, hint=hint)
        yield from _comments(content, country)
    for country, lines in content.countries.items():
        for line in lines.hotlines:
            if why := _forbidden(line.number, line.e164, country, never):
                yield content.origin.at("line", line.id, "number", what=why, hint="take it out")


def _comments(content: Content, country: str) -> Iterator[Problem]:
    """Find words of an address in the comments between protected entries: everybody reads them."""
    tree, _ = content.origin.things["services", country]
    if ("protected",) not in tree.keys:
        return
    tops = sorted(spot.line for place, spot in tree.keys.items() if len(place) == 1)
    begins = tree.keys[("protected",)].line
    ends = next((line for line in tops if line > begins), None)
    for number, line in enumerate(tree.text.splitlines()[begins : ends and ends - 1], begins + 1):
        if (found := _COMMENT.search(line)) and (word := whereabouts(found[1])):
            what = f"the comment tells where something is: '{word}'"
            yield Problem(tree.file, number, found.start(1) + 1, what, UNSAID)


def _identity(service: Either, country: str) -> Iterator[Fault]:
    if not service.id.startswith(f"{country}-"):
        yield ("id",), f"'{service.id}' does not begin with its country", f"like {country}-…"


def _phones(service: Either, country: str, never: Mapping[str, str]) -> Iterator[Fault]:
    for index, phone in enumerate(service.phones):
        place = ("phones", index)
        if is_short(phone.number):
            what = f"the short number {phone.number} is a line, not this service's own number"
            yield (*place, "number"), what, "name the line of content/hotlines under 'through:'"
            continue
        for key, what, hint in check_number(phone, country):
            yield (*place, key), what, hint
        if why := _forbidden(phone.number, phone.e164, country, never):
            yield (*place, "number"), why, "take it out"


def _forbidden(number: str, e164: str | None, country: str, never: Mapping[str, str]) -> str:
    """Say why a number must not be here, if it must not."""
    for form in _forms(number, (country,)) | (_forms(e164, ()) if e164 else set()):
        if form in never:
            return f"{number} must never come in again: {never[form]}"
    return ""


def _digits_of(never: Mapping[str, str]) -> dict[str, str]:
    """Index the numbers that must never come in by every form in which they could."""
    countries = get_args(Country)
    return {form: why for number, why in never.items() for form in _forms(number, countries)}


def _forms(number: str, countries: Iterable[str]) -> set[str]:
    """Write a number in digits as it stands, and as it is dialled from abroad."""
    found = {"".join(filter(str.isdigit, number))}
    for country in countries:
        if whole := parsed(number, country):
            form = phonenumbers.format_number(whole, phonenumbers.PhoneNumberFormat.E164)
            found.add(form.removeprefix("+"))
    return found


def _checked(service: Either, terms: Terms) -> Iterator[Fault]:
    for key, what, hint in check_facts(service, terms):
        yield (key,), what, hint
    if service.called is not None and service.by is None:
        yield ("called",), "nobody is said to have called", "add 'by:' with a role, never a name"


def _fresh(service: Either, content: Content, terms: Terms) -> Iterator[Fault]:
    kinds = content.directory.kinds
    if service.kind not in kinds.kinds or service.withheld is not None:
        return
    last = good_until(service, kinds)
    if last < terms.today and service.status != "closed" and kinds.kinds[service.kind].listed:
        what = f"service '{service.id}' was good until {last}: withheld until checked again"
        yield ("checked",), what, ""


def _hidden(service: Refuge) -> Iterator[Fault]:
    """Find words of an address in what is said of a service whose place must not be found."""
    texts: list[tuple[Place, str | None]] = [
        *((("names", language), name) for language, name in service.names.items()),
        *(((key,), getattr(service, key)) for key in ("remark", "withheld", "by")),
    ]
    for place, text in texts:
        if text and (word := whereabouts(text)):
            what = f"'{word}' tells where a {service.kind} is"
            yield place, what, UNSAID


def _lies(service: Office, content: Content, ground: Ground) -> Iterator[Fault]:
    """Judge coordinates by the settlements around and by the service's own place."""
    lat, lon = service.lat, service.lon
    if lat is None or lon is None:
        if lat is not None or lon is not None:
            yield ("lon" if lat is None else "lat",), "lat and lon belong together", "give both"
        return
    country = service.id.partition("-")[0]
    around = ground.around(lat, lon)
    own = around.pop(country, (FAR + 1.0, None))[0]
    nearest = min(around.values(), default=None, key=lambda each: each[0])
    if nearest and nearest[0] < own and own > BORDER and nearest[0] <= FAR:
        what = f"this is {nearest[0]:.0f} km from {nearest[1].names['en']} in"
        yield ("lat",), f"{what} '{nearest[1].country}'", "compare the source"
    elif own > FAR:
        hint = "north comes first: is lat the latitude?"
        yield ("lat",), f"no settlement of '{country}' is within {FAR} km of this point", hint
    else:
        yield from _strays(service, content, lat, lon)


def _strays(service: Office, content: Content, lat: float, lon: float) -> Iterator[Fault]:
    at = content.places.get(service.at)
    if at is None or at.is_area:
        return
    far = kilometres(lat, lon, at.lat, at.lon)
    if far > FAR:
        yield ("lat",), f"this is {far:.0f} km from {at.names['en']}", "compare 'at' and the source"


def _reached(service: Either, services: Services) -> Iterator[Fault]:
    if service.withheld is not None or service.status == "closed":
        return
    address = isinstance(service, Office) and service.address is not None
    lines = any(sector in services.lines for sector in service.sectors)
    if not (service.phones or service.through or address or lines):
        what = f"nobody can reach service '{service.id}'"
        yield ("id",), what, "add a number, 'through:', or 'lines:' for its sectors"
