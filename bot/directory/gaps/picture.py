"""The table as a page that prints in grey: a map of dots above, a table of shades below."""

from collections.abc import Iterator
from math import sqrt

from bot.content.model import Gazetteer
from bot.counting.svg import footed, page, written
from bot.counting.table import SumTable
from bot.directory.gaps.chart import HEIGHT as MAP_HEIGHT
from bot.directory.gaps.chart import WIDTH, chart

_LEFT = 30
_TOP = 110
_LINE = 17
_NAMES = 250
_DARK = 0.69
"""From this share of the darkest grey on, black letters would be hard to read."""


def picture(table: SumTable, gazetteer: Gazetteer) -> str:
    """Draw the table as an SVG as wide as a page, as long as it needs.

    Args:
        table: what may be published; nothing else is drawn.
        gazetteer: where the regions lie: there are no borders in it, so none are drawn.
    """
    regions = [region for there in gazetteer.regions.values() for region in there]
    body = [written(_LEFT, 40, table.title, 20, "bold")]
    body.append(
        written(
            _LEFT,
            62,
            f"{table.period}, by region and sector of help, {table.period.weeks} weeks",
            12,
        )
    )
    body.append(
        written(_LEFT, 80, "The area of a circle shows the sum of its region.", 10, shade="#555")
    )
    body.append(f'<g transform="translate({_LEFT},{_TOP - 15})">{chart(table, regions)}</g>')
    y = _TOP + MAP_HEIGHT + 20
    body += _heat(table, y)
    y += (len(table.rows) + 1) * _LINE
    notes, height = footed(_LEFT, y, table.notes)
    return page(f"{table.title}, {table.period}", WIDTH + 2 * _LEFT, height, [*body, *notes])


def _heat(table: SumTable, top: float) -> Iterator[str]:
    """One line for each region: its name, its sums on a grey as dark as they are large."""
    columns = (*table.columns, "shown")
    wide = (WIDTH - _NAMES) / len(columns)
    darkest = max((one or 0 for row in table.rows for one in row.sums), default=0)
    for at, sector in enumerate(columns):
        middle = _LEFT + _NAMES + wide * (at + 0.5)
        yield written(middle, top, sector.capitalize(), 10, "bold", anchor="middle")
    for line, row in enumerate(table.rows, 1):
        y = top + line * _LINE
        yield written(_LEFT, y, row.name, 10)
        for at, one in enumerate((*row.sums, row.shown)):
            x = _LEFT + _NAMES + wide * at
            share = sqrt((one or 0) / darkest) if at < len(row.sums) else 0.0
            if share:
                grey = round(250 - 190 * share)
                yield (
                    f'<rect x="{x:.1f}" y="{y - 12}" width="{wide - 2:.1f}" height="{_LINE - 2}" '
                    f'fill="rgb({grey},{grey},{grey})"/>'
                )
            ink = "#fff" if share > _DARK else "#666" if one is None else "#000"
            said = table.period.text(one)
            yield written(x + wide / 2 - 1, y, said, 10, shade=ink, anchor="middle")
