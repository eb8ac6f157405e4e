"""Whether everything that services name exists: places, sources, lines, kinds, sectors."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from bot.content.draft import Draft
from bot.content.explain import near
from bot.content.model import Office, Refuge, Sector, Services
from bot.content.problem import Problem
from bot.content.tree import MAX_PROBLEMS

WANTED: Final = {
    "kinds": "without it nobody knows which services may be listed",
    "sectors": "without it nobody is told what a service does",
}
"""Files that the services of any country need, and why."""


def link_services(draft: Draft) -> Iterator[Problem]:
    """Yield every name in places and services that leads nowhere, and files that are missing."""
    root = draft.origin.root
    written = draft.written
    if written.files and not written.rows and ("places", "geonames") not in draft.lost:
        what, hint = "this file is missing or empty", "build it with tools/places.py"
        yield Problem(f"{root}/places/geonames.tsv", 1, 1, what, hint)
    for name, why in WANTED.items():
        if draft.services and getattr(draft, name) is None and ("services", name) not in draft.lost:
            yield Problem(f"{root}/services/{name}.yaml", 1, 1, f"this file is missing: {why}")
    for country, services in draft.services.items():
        if country not in written.files and ("places", country) not in draft.lost:
            yield Problem(f"{root}/places/{country}.yaml", 1, 1, "this file is missing")
        yield from islice(_named(draft, country, services), MAX_PROBLEMS)
    yield from _kinds(draft)
    yield from _sectors(draft)


def _named(draft: Draft, country: str, services: Services) -> Iterator[Problem]:
    yield from _lines(draft, country, services)
    for service in services.all:
        yield from _service(draft, country, services, service)


def _lines(draft: Draft, country: str, services: Services) -> Iterator[Problem]:
    for sector, lines in services.lines.items():
        for index, id_ in enumerate(lines):
            for what, hint in _hotline(draft, country, id_):
                place = ("lines", sector.value, index)
                yield draft.origin.at("services", country, *place, what=what, hint=hint)


def _service(
    draft: Draft, country: str, services: Services, service: Refuge | Office
) -> Iterator[Problem]:
    at = draft.origin.at
    for what, hint in _place(draft, country, service.at):
        yield at("service", service.id, "at", what=what, hint=hint)
    for index, source in enumerate(service.sources):
        if source not in services.sources:
            what, hint = f"there is no source '{source}'", near(source, services.sources)
            yield at("service", service.id, "sources", index, what=what, hint=hint)
    for index, id_ in enumerate(service.through):
        for what, hint in _hotline(draft, country, id_):
            yield at("service", service.id, "through", index, what=what, hint=hint)


def _place(draft: Draft, country: str, at: str) -> Iterator[tuple[str, str]]:
    place = draft.places.get(at)
    broken = place is None and ("place", at) in draft.origin.things
    if broken or at == country or (place and place.country == country):
        return
    if place:
        yield f"'{at}' lies in '{place.country}'", f"this file is about '{country}'"
    elif country in draft.written.files and ("places", "geonames") not in draft.lost:
        own = [one.id for one in draft.places.places.values() if one.country == country]
        yield f"there is no place '{at}'", near(at, [country, *own])


def _hotline(draft: Draft, country: str, id_: str) -> Iterator[tuple[str, str]]:
    lines = draft.countries.get(country)
    known = [line.id for line in lines.hotlines] if lines else []
    if id_ in known or ("hotlines", country) in draft.lost:
        return
    yield f"hotlines/{country}.yaml has no line '{id_}'", near(id_, known)


def _kinds(draft: Draft) -> Iterator[Problem]:
    """Find kinds that kinds.yaml lacks, each where it is first used."""
    seen = {*draft.kinds.kinds} if draft.kinds else None
    for service in _all(draft):
        if seen is not None and service.kind not in seen:
            what = f"kinds.yaml says nothing of the kind '{service.kind}'"
            yield draft.origin.at("service", service.id, "kind", what=what)
            seen.add(service.kind)


def _sectors(draft: Draft) -> Iterator[Problem]:
    """Find sectors that sectors.yaml lacks, each where it is first used."""
    seen: set[Sector] | None = {*draft.sectors.sectors} if draft.sectors else None
    for service in _all(draft):
        for index, sector in enumerate(service.sectors):
            if seen is not None and sector not in seen:
                what = f"sectors.yaml says nothing of the sector '{sector}'"
                yield draft.origin.at("service", service.id, "sectors", index, what=what)
                seen.add(sector)


def _all(draft: Draft) -> Iterable[Refuge | Office]:
    return (service for services in draft.services.values() for service in services.all)
