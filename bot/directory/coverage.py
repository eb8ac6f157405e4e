"""What the directory has for every region and sector, and what stands in where it has nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rich.table import Table

from bot.content.model import SHOWN_SECTORS, Content, Gazetteer, Sector, Service, Services
from bot.directory.standing import Policy, Reason, Standing, standing

WHOLE_COUNTRY: Final = "whole country"
"""The name of the row of what serves all of a country."""

_HEADS: Final = ("country", "region", "sector", "shown", "weak", "listed", "withheld", "instead")


@dataclass(frozen=True, slots=True)
class Row:
    """One sector in one region, or in the country as a whole.

    Attributes:
        country: the code of the country.
        region: the id of the region; empty for the country as a whole.
        name: what the region is called in English.
        sector: the sector.
        shown: how many services are shown, with or without a caution.
        weak: how many of those with the caution that their sources are weak.
        listed: how many of those with the caution that only an unsigned list names them.
        withheld: how many are not shown, by reason.
        instead: the lines that stand in where none is shown, best first.
    """

    country: str
    region: str
    name: str
    sector: Sector
    shown: int
    weak: int
    listed: int
    withheld: Mapping[Reason, int] = field(hash=False)
    instead: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Tell whether there is anything to tell a person: a service, or a line instead."""
        return bool(self.shown or self.instead)


def table(content: Content, policy: Policy, today: date) -> tuple[Row, ...]:
    """Count the services of each country, region and sector that every region must answer for.

    A service counts in the region it is in or serves; one that serves the whole country counts
    only in the last row of its country.
    """
    rows = []
    for country, hotlines in content.countries.items():
        nothing = Services(country=hotlines.country, lines={}, sources={})
        services = content.directory.countries.get(country, nothing)
        found: dict[tuple[str, Sector], list[Standing]] = {}
        for service in services.all:
            decided = standing(service, services, content.directory.kinds, policy, today)
            for sector in service.sectors:
                where = _region(service, country, content.places)
                found.setdefault((where, sector), []).append(decided)
        names = {one.id: one.names["en"] for one in content.places.regions.get(country, ())}
        rows += [
            _row(country, (region, name), sector, found.get((region, sector), ()), services.lines)
            for region, name in (*names.items(), ("", WHOLE_COUNTRY))
            for sector in SHOWN_SECTORS
        ]
    return tuple(rows)


def plain(rows: Iterable[Row]) -> Iterator[str]:
    """Write the rows as lines of columns parted by tabs, the heads first."""
    yield "\t".join(_HEADS)
    for row in rows:
        yield "\t".join(_cells(row))


def rich(rows: Iterable[Row]) -> Table:
    """Write the rows as a table for a terminal; what nothing answers for stands out."""
    whole = Table()
    for head in _HEADS:
        whole.add_column(head, justify="right" if head in ("shown", "weak", "listed") else "left")
    above: tuple[str, str] | None = None
    for row in rows:
        here = (row.country, row.name)
        cells = _cells(row)
        if here == above:
            cells[:2] = ["", ""]
        elif above:
            whole.add_section()
        above = here
        whole.add_row(*cells, style=None if row.answered else "bold red")
    return whole


def _region(service: Service, country: str, places: Gazetteer) -> str:
    return "" if service.at == country else places.places[service.at].region


def _row(
    country: str,
    region: tuple[str, str],
    sector: Sector,
    found: Sequence[Standing],
    lines: Mapping[Sector, tuple[str, ...]],
) -> Row:
    shown = [one for one in found if one.shown]
    return Row(
        country,
        *region,
        sector,
        shown=len(shown),
        weak=sum(one.caution == "weak" for one in shown),
        listed=sum(one.caution == "listed" for one in shown),
        withheld=Counter(one.reason for one in found if not one.shown),
        instead=() if shown else lines.get(sector, ()),
    )


def _cells(row: Row) -> list[str]:
    figures = (str(figure or "–") for figure in (row.shown, row.weak, row.listed))
    withheld = ", ".join(f"{count} {reason}" for reason, count in sorted(row.withheld.items()))
    instead = f"call {', '.join(row.instead)}" if row.instead else ""
    missing = "" if row.answered else "nothing"
    return [row.country, row.name, row.sector, *figures, withheld, instead or missing]
