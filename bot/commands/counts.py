"""What commands count: sums of weeks and of people, as far as they may be told."""

import time
from collections.abc import Collection, Iterable, Mapping

from bot.campaigns.people import People, told
from bot.commands.opening import opened_for_counts
from bot.content.model import SHOWN_SECTORS, Gazetteer, NewsTopic, Outreach, Quiz
from bot.counting.table import SumTable, cells, published
from bot.counting.tally import Kind
from bot.counting.weeks import Period
from bot.directory import regions
from bot.learning.headcount import AGES, COLUMNS
from bot.learning.report import KINDS, LearningReport, summed
from bot.learning.report import cells as answer_cells
from bot.settings import Settings


async def count_gaps(settings: Settings, places: Gazetteer, weeks: int) -> SumTable:
    """Sum up searches in vain over the last finished weeks, as they may be published."""
    title = "Searches that found nothing near"
    rows = regions.rows(places)
    return await _published(settings, title, Kind.GAP, rows, SHOWN_SECTORS, weeks)


async def count_sessions(settings: Settings, places: Gazetteer, weeks: int) -> SumTable:
    """Sum up sessions and who took part over the last finished weeks, as they may be published."""
    title = "Sessions, and who took part"
    return await _published(settings, title, Kind.SESSION, regions.rows(places), COLUMNS, weeks)


async def _published(
    settings: Settings,
    title: str,
    kind: Kind,
    rows: Mapping[str, str],
    columns: Iterable[str],
    weeks: int,
) -> SumTable:
    period = Period.before(time.time(), weeks)
    async with opened_for_counts(settings) as store:
        counts = await store.counts(kind, period.first, cells(rows, columns))
    return published(title, rows, columns, counts, period)


async def count_answers(
    settings: Settings, quizzes: Collection[Quiz], weeks: int
) -> LearningReport:
    """Sum up answers over the last finished weeks, as they may be published."""
    period = Period.before(time.time(), weeks)
    asked = answer_cells(quizzes)
    async with opened_for_counts(settings) as store:
        counts = {kind: await store.counts(kind, period.first, asked) for kind in KINDS}
    return summed(counts, quizzes, period)


def kinds_of_people(
    settings: Settings, topics: Collection[NewsTopic]
) -> Mapping[str, Collection[str]]:
    """Name who there may be among those who get news, for each way of counting them."""
    return {
        "language": settings.offered.languages,
        "country": settings.offered.countries,
        "age": (*AGES, ""),
        "topics": (*(topic.id for topic in topics), ""),
    }


async def count_people(settings: Settings, topics: Collection[NewsTopic]) -> People:
    """Count those who get news, as far as that may be told; who may be there and is not counts, too."""
    kinds = kinds_of_people(settings, topics)
    async with opened_for_counts(settings) as store:
        counts = await store.people()
    every = {way: dict.fromkeys(kinds[way], 0) | counts[way] for way in kinds}
    return told(counts["language"].total(), every)


async def count_scans(settings: Settings, outreach: Outreach, weeks: int) -> SumTable:
    """Sum up scans of posters over the last finished weeks, as they may be published."""
    title, rows = "Posters that were scanned", {name: name for name in outreach.posters}
    return await _published(settings, title, Kind.SCAN, rows, outreach.places, weeks)
