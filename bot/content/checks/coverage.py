"""Whether every region of every country has an answer for everything a person can look for."""

from collections.abc import Iterator

from bot.content.checks.terms import Terms
from bot.content.model import SHOWN_SECTORS, Content, Place, Sector, Services
from bot.content.problem import Problem
from bot.directory.hotlines import offer
from bot.directory.standing import Policy, standing


def check_directory(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield missing files, sectors without a line, regions without an answer, unused sources."""
    if not content.directory.countries:
        return
    for country in terms.countries:
        services = content.directory.countries.get(country)
        if services is None:
            file = f"{content.origin.root}/services/{country}.yaml"
            yield Problem(file, 1, 1, "this file is missing")
            continue
        yield from _unused(content, services)
        yield from _lines(content, services, terms)


def _unused(content: Content, services: Services) -> Iterator[Problem]:
    used = {source for service in services.all for source in service.sources}
    for source in services.sources:
        if source not in used:
            yield content.origin.at(
                "services",
                services.country,
                *("sources", source),
                what=f"nothing cites the source '{source}'",
                hint="cite it, or take it out",
                key=True,
            )


def _lines(content: Content, services: Services, terms: Terms) -> Iterator[Problem]:
    """Find sectors for which no line would be shown, and the regions that then have nothing."""
    for sector in SHOWN_SECTORS:
        if sector not in services.lines:
            yield content.origin.at(
                "services",
                services.country,
                "lines",
                what=f"no line stands in for the sector '{sector}'",
                hint=f"{sector}: the best line of content/hotlines/{services.country}.yaml first",
                key=True,
            )
        if _answered(content, services, sector, terms):
            continue
        for region in content.places.regions.get(services.country, ()):
            if not _there(content, services, sector, region, terms):
                yield content.origin.at(
                    "services",
                    services.country,
                    *("lines", sector.value),
                    what=f"nothing of the sector '{sector}' would be shown in '{region.id}'",
                    hint="name a line that is shown",
                    key=True,
                )


def _answered(content: Content, services: Services, sector: Sector, terms: Terms) -> bool:
    lines = content.countries.get(services.country)
    named = services.lines.get(sector, ())
    return lines is not None and any(
        line.id in named and offer(line, content.rules, terms.today) for line in lines.hotlines
    )


def _there(
    content: Content, services: Services, sector: Sector, region: Place, terms: Terms
) -> bool:
    """Tell whether a service of the sector that may be shown serves the region."""
    kinds = content.directory.kinds
    for service in services.all:
        at = content.places.get(service.at)
        serves = service.at == services.country or (at is not None and at.region == region.id)
        if not serves or sector not in service.sectors:
            continue
        if standing(service, services, kinds, Policy(), terms.today).shown:
            return True
    return False
