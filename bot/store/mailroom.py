"""The mailroom: the one door to campaigns, each doing in a transaction of its own.

What people and the mailer decide is in `deciding.py`, what staff see in `showing.py`. What the mailer brings and takes
is in `exchanging.py`; behind it `settling.py` writes down what became of letters, and `tending.py` looks after each
campaign, whose letters come from `claiming.py` and, to be taken back or corrected, from `lending.py`.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from bot.campaigns.audience import Audience
from bot.campaigns.board import Board, Drafted, Posted, Writing
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import MACHINE, By, Command
from bot.campaigns.estimate import reach
from bot.campaigns.events import Event, Refusal
from bot.campaigns.headway import Stretch
from bot.store.audiences import count_meant
from bot.store.audits import AuditBook
from bot.store.campaigns import CampaignBook, progress_of
from bot.store.claiming import Claiming
from bot.store.corrections import Corrections
from bot.store.database import Database
from bot.store.deciding import Deciding
from bot.store.exchanging import Exchanging
from bot.store.lately import Lately
from bot.store.lending import Lending
from bot.store.letters import Awake, Caps, Exchange, Handed, Letter, Progress
from bot.store.longkey import LongKey
from bot.store.mailings import MailingBook
from bot.store.renaming import Renaming
from bot.store.senders import SenderBook
from bot.store.settling import Settling
from bot.store.showing import Showing
from bot.store.subscribers import SubscriberBook
from bot.store.team import TeamBook
from bot.store.tending import Tending


class Mailroom:
    """Keeps campaigns and hands their letters out.

    Every method raises `StoreError` with the remedy when the database cannot do its work; then
    nothing of that call was applied.
    """

    def __init__(
        self,
        database: Database,
        key: LongKey,
        campaigns: CampaignBook,
        subscribers: SubscriberBook,
        team: TeamBook,
        audits: AuditBook,
        renaming: Renaming,
        *,
        clock: Callable[[], float],
    ) -> None:
        """Work in `database` under `key`; `clock` in epoch seconds."""
        self._database, self._clock = database, clock
        self._campaigns, self._team = campaigns, team
        mailings, lending, lately = MailingBook(), Lending(key, subscribers), Lately()
        corrections = Corrections(campaigns, lending, team)
        claiming = Claiming(campaigns, mailings, subscribers, renaming, key, lately)
        self._showing = Showing(campaigns, mailings)
        self._deciding = Deciding(campaigns, mailings, corrections, team, audits)
        self._exchanging = Exchanging(
            *(campaigns, mailings, SenderBook(database.insert), Settling(key)),
            Tending(
                *(campaigns, mailings, claiming, lending, corrections),
                *(self._deciding, renaming),
            ),
            *(renaming, lately),
        )

    async def draft(self, one: Campaign, audience: Audience, starts: int, author: bytes) -> None:
        """Keep a new campaign of `author`, by her name in the team."""
        now, drafted = int(self._clock()), Drafted(one, audience, starts)

        def work(connection: Connection) -> None:
            by = By(author, self._team.standing_of(connection, author))
            self._deciding.draft(connection, drafted, by, now)

        await self._database.run(work)

    async def act(self, id_: str, command: Command, by: By = MACHINE) -> Event | Refusal | None:
        """Judge a command and do it; return what happened or why not, None without such a one."""
        now = self._clock()
        return await self._database.run(lambda at: self._deciding.act(at, id_, command, by, now))

    async def correct(self, words: Campaign, by: By = MACHINE) -> Event | Refusal | None:
        """Propose other words for the campaign of the same id; return as `act` does."""
        now = self._clock()
        return await self._database.run(lambda at: self._deciding.correct(at, words, by, now))

    async def reach(self, audience: Audience) -> int | None:
        """Tell how many readers an audience has, as far as that may be told."""
        return reach(await self._database.read(lambda at: count_meant(at, audience)))

    async def all(self) -> list[Progress]:
        """List the campaigns of the last year, the latest start first."""
        return await self._database.read(self._campaigns.all)

    async def one(self, id_: str) -> Progress | None:
        """Show one campaign; None without such a one."""

        def work(connection: Connection) -> Progress | None:
            row = self._campaigns.one(connection, id_)
            return progress_of(row) if row else None

        return await self._database.read(work)

    async def headway(self, id_: str) -> tuple[Stretch, ...]:
        """Tell how a campaign went out over time, as far as that may be told."""
        now = self._clock()
        return await self._database.read(lambda at: self._showing.headway(at, id_, now))

    async def posted(self, id_: str) -> Posted | None:
        """Show how far one campaign has come; None without such a one, or before it begins."""
        now = self._clock()
        return await self._database.read(lambda at: self._showing.posted(at, id_, now))

    async def content(self, id_: str) -> tuple[Campaign, Audience]:
        """Read what a campaign says, and to whom."""
        return await self._database.read(lambda at: self._campaigns.content(at, id_))

    async def texts(self, id_: str) -> tuple[int, Campaign]:
        """Read what a campaign says by now, and how often it was corrected until then."""

        def work(connection: Connection) -> tuple[int, Campaign]:
            row = self._campaigns.one(connection, id_)
            one, _ = self._campaigns.content(connection, id_)
            return row.revision if row else 0, one

        return await self._database.read(work)

    async def exchange(self, exchanged: Exchange, awake: Awake, caps: Caps) -> Handed:
        """Settle what the mailer did, and claim what it can do next: one transaction.

        What is handed out says how many send, for the rate is one for all of them.
        """
        now = self._clock()
        return await self._database.run(
            lambda at: self._exchanging.exchange(at, exchanged, awake, caps, now)
        )

    async def once_more(self, letter: Letter) -> bool:
        """Count the second try of a letter, right before it goes; False where it must not.

        Killed between its claim and this, it comes again: so it is lost only by a kill between this
        and the request, after another before the first one (R33).
        """
        now = int(self._clock())
        return await self._database.run(lambda at: self._exchanging.once_more(at, letter, now))

    async def release(self, released: Exchange) -> None:
        """Settle what was done and send no more: the others take up its part of the rate."""
        now = self._clock()
        await self._database.run(lambda at: self._exchanging.release(at, released, now))

    def board(self, connection: Connection, by: By, now: float, *, waiting: bool = True) -> Board:
        """Show the newest campaigns that she may see, within the caller's transaction.

        Authors see their own, approvers all that were proposed. Without those that are `waiting` for
        their start nobody's readers are counted, which takes long where they are many.
        """
        return self._showing.board(connection, by, now, waiting=waiting)

    def note(self, connection: Connection, writing: Writing, by: By, now: float) -> None:
        """Apply what somebody did, within the caller's transaction.

        Raises:
            StoreError: things have changed since she was looked at; the turn is to be taken again.
        """
        self._deciding.note(connection, writing, by, now)
