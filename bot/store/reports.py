"""What may be published of campaigns and of those who get them: counts with noise, drawn once."""

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection

from bot.campaigns import people, response
from bot.campaigns.people import ALL, People
from bot.campaigns.proposal import Phase
from bot.campaigns.results import ARRIVED, LOST, Result, is_due, scales
from bot.counting.tally import Kind
from bot.counting.weeks import DAY, Period, monday
from bot.store.batch import TALLY_LIFE
from bot.store.campaigns import CampaignBook
from bot.store.database import Database
from bot.store.letters import Totals
from bot.store.subscribers import SubscriberBook
from bot.store.tallies import TallyBook


class Reports:
    """Draws what is published and gives the same whenever it is asked for again.

    Every method raises `StoreError` with the remedy when the database cannot do its work.
    """

    def __init__(
        self,
        database: Database,
        subscribers: SubscriberBook,
        campaigns: CampaignBook,
        tallies: TallyBook,
        clock: Callable[[], float],
    ) -> None:
        """Read and keep in `database`; `clock` in epoch seconds."""
        self._database, self._clock = database, clock
        self._subscribers, self._campaigns, self._tallies = subscribers, campaigns, tallies

    async def people(self, kinds: Mapping[str, Collection[str]], period: Period) -> People:
        """Tell how many get news, as they were when this was first asked in the week of `period`.

        `kinds` name who there may be, by way of counting: nobody else is told of, so that what is
        told of says nothing about who is there.
        """

        def work(connection: Connection) -> People:
            counts = self._subscribers.counts(connection)
            cells = {(ALL, ""): counts["language"].total()}
            cells |= {(way, one): counts[way][one] for way, there in kinds.items() for one in there}
            drawn = self._tallies.snapshot(
                connection, Kind.PEOPLE, period.first, cells, period.scale
            )
            by = {way: {one: drawn[way, one] for one in there} for way, there in kinds.items()}
            return people.told(drawn[ALL, ""], by, period.shown)

        return await self._database.run(work)

    async def campaigns(self) -> dict[Result, dict[str, int]]:
        """Count, with noise, what became of each campaign of the last year that is quite over."""
        now = self._clock()

        def work(connection: Connection) -> dict[Result, dict[str, int]]:
            exact = self._counted(connection, now)
            drawn: dict[tuple[str, str], int] = {}
            for week, scale in scales(exact).items():
                cells = {
                    (one.id, column): count
                    for one, counts in exact.items()
                    if one.week == week
                    for column, count in counts.items()
                }
                drawn |= self._tallies.snapshot(connection, Kind.RESULT, week, cells, scale)
            return {
                one: {column: drawn[one.id, column] for column in counts}
                for one, counts in exact.items()
            }

        return await self._database.run(work)

    def _counted(self, connection: Connection, now: float) -> dict[Result, dict[str, int]]:
        # Of an older week what was drawn may be gone, and drawn anew it would tell more.
        first = monday(now - TALLY_LIFE * DAY) + 7
        found: dict[Result, dict[str, int]] = {}
        for one in self._campaigns.all(connection):
            if one.reach and is_due(one.starts, now) and monday(one.starts) >= first:
                topic = self._campaigns.content(connection, one.id)[0].topic
                result = Result(one.id, topic, one.starts, one.phase is Phase.RECALLED)
                found[result] = {
                    ARRIVED: one.totals.sent,
                    LOST: _lost(one.totals),
                    **self._answers(connection, one.id, one.starts, now),
                }
        return found

    def _answers(self, connection: Connection, id_: str, starts: int, now: float) -> dict[str, int]:
        period, cells = response.over(starts, now), response.cells(id_)
        counts = self._tallies.finished(
            connection, Kind.CAMPAIGN, period.first, cells, now, period.weeks
        )
        sums = period.summed(counts)
        return {column: sums[id_, column] for _, column in cells}


def _lost(totals: Totals) -> int:
    return totals.blocked + totals.failed + totals.unsure + totals.departed + totals.missed
