"""Campaigns in their table: who allowed what, how far it has come, and what became of the readers."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, func, insert, or_, select, update

from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign
from bot.campaigns.proposal import Correction, Phase, Proposal
from bot.campaigns.response import earliest
from bot.counting.tally import Kind, Tally
from bot.counting.weeks import DAY
from bot.errors import StoreError
from bot.store.batch import CAMPAIGN_LIFE
from bot.store.ciphers import Cipher
from bot.store.headway import HeadwayBook
from bot.store.letters import NOTHING, Progress, Totals
from bot.store.longkey import LongKey
from bot.store.prepared import Prepared
from bot.store.tables import campaign

_WHICH = campaign.c.id == bindparam("which")
_plain = [column for column in campaign.c if column.name not in ("content", "words")]
_names = [*asdict(Totals())]
_totals = [campaign.c[name] for name in _names]

_one = select(*_plain).where(_WHICH)
_locked = _one.with_for_update()
_content = select(campaign.c.content, campaign.c.words).where(_WHICH)
_open = Prepared(
    select(*_plain)
    .where(or_(campaign.c.busy, campaign.c.phase == Phase.APPROVED))
    .order_by(campaign.c.starts, campaign.c.id)
    .with_for_update()
)
_all = select(*_plain).order_by(campaign.c.starts.desc(), campaign.c.id)
_newest = (
    select(*_plain)
    .where(or_(campaign.c.starts > bindparam("since"), campaign.c.phase == Phase.DRAFT))
    .order_by(campaign.c.phase != Phase.DRAFT, campaign.c.starts.desc(), campaign.c.id)
)
_drafts = (
    select(func.count())
    .select_from(campaign)
    .where(campaign.c.author == bindparam("author"), campaign.c.phase == Phase.DRAFT)
)
_delete = delete(campaign).where(_WHICH)
_today = select(func.sum(campaign.c.today)).where(
    campaign.c.day == bindparam("date"),
    campaign.c.id.not_in(bindparam("besides", expanding=True)),
)
_recent = select(campaign.c.id).where(campaign.c.starts > bindparam("since"))
_counted = select(campaign.c.id).where(
    campaign.c.id.in_(bindparam("named", expanding=True)),
    campaign.c.starts.between(bindparam("since"), bindparam("now")),
)
_over = (
    select(campaign.c.id)
    .where(campaign.c.starts <= bindparam("before"), campaign.c.cleared.is_(False))
    .limit(1)
)
_counted_on = (
    update(campaign)
    .where(_WHICH)
    .values({column: column + bindparam(f"more_{column.name}") for column in _totals})
    .values(
        day=bindparam("date"),
        today=case((campaign.c.day == bindparam("date"), campaign.c.today), else_=0)
        + bindparam("more_sent"),
    )
)
_count = Prepared(_counted_on)
_move_on = Prepared(_counted_on.values(cursor=bindparam("last"), reached=bindparam("everybody")))


class CampaignBook:
    """Keeps the rows of `campaign`, each within the caller's transaction.

    Attributes:
        headway: how they went out over time.
    """

    def __init__(self, key: LongKey) -> None:
        """Seal what is sent, and to whom, under `key`."""
        self._readers: dict[str, tuple[bytes, Audience]] = {}
        self._cipher = Cipher(key)
        self.headway = HeadwayBook()

    def draft(
        self,
        connection: Connection,
        one: Campaign,
        audience: Audience,
        proposal: Proposal,
        now: int,
    ) -> None:
        """Keep a new campaign."""
        row: dict[str, Any] = {column.name: 0 for column in campaign.c}
        row |= {"id": one.id, "busy": False, "reached": False, "cleared": False}
        row |= {"cursor": b"", "content": self._sealed(one, audience)}
        row |= _columns(proposal) | {"expires": now + CAMPAIGN_LIFE}
        connection.execute(insert(campaign), [row])

    def revise(self, connection: Connection, one: Campaign, audience: Audience) -> None:
        """Keep what a campaign was changed to."""
        self.change(connection, one.id, {"content": self._sealed(one, audience)})

    def content(self, connection: Connection, id_: str) -> tuple[Campaign, Audience]:
        """Read what a campaign says, and to whom."""
        sealed = connection.execute(_content, {"which": id_}).one().content
        plain = self._cipher.open_bytes("campaign", "content", id_.encode(), sealed)
        said, audience = json.loads(plain)
        sets = {name: frozenset(words) for name, words in audience.items()}
        return Campaign.read(said), Audience(**sets)

    def words(self, connection: Connection, id_: str) -> Campaign | None:
        """Read what it is to say once its correction counts; None without one."""
        sealed = connection.execute(_content, {"which": id_}).one().words
        if not sealed:
            return None
        return Campaign.read(
            self._cipher.open_bytes("campaign", "words", id_.encode(), sealed).decode()
        )

    def correct(self, connection: Connection, words: Campaign, after: Proposal) -> None:
        """Keep other words for a campaign, that wait for an approval."""
        sealed = self._cipher.seal_bytes(
            "campaign", "words", words.id.encode(), words.written().encode()
        )
        self.change(connection, words.id, _columns(after) | {"words": sealed})

    def amend(self, connection: Connection, row: Row[Any], after: Proposal) -> None:
        """Say from now on what the correction says; whoever has the words before is to be edited."""
        words, (_, audience) = self.words(connection, row.id), self.content(connection, row.id)
        if words is None:
            raise StoreError("A correction has no words: take the last backup.")
        values = {"content": self._sealed(words, audience), "revision": row.revision + 1}
        self.change(connection, row.id, _columns(after) | values | {"corrected": 0, "busy": True})

    def readers(self, connection: Connection, row: Row[Any]) -> Audience:
        """Say to whom a campaign goes who can read it; looked up once for each content."""
        digest = bytes(row.digest)
        if self._readers.get(row.id, (b"", None))[0] != digest:
            one, audience = self.content(connection, row.id)
            self._readers[row.id] = digest, one.heard_by(audience)
        return self._readers[row.id][1]

    def open_ones(self, connection: Connection) -> Sequence[Row[Any]]:
        """Find those that wait for their start or are looked after, and lock them."""
        return _open.rows(connection)

    def one(self, connection: Connection, id_: str) -> Row[Any] | None:
        """Find one, and lock it."""
        return connection.execute(_locked, {"which": id_}).one_or_none()

    def all(self, connection: Connection) -> list[Progress]:
        """List them, the latest start first."""
        return [progress_of(row) for row in connection.execute(_all)]

    def newest(self, connection: Connection, since: int) -> Sequence[Row[Any]]:
        """Read all drafts, then what starts after `since`, in epoch seconds, the latest start first."""
        return connection.execute(_newest, {"since": since}).all()

    def drafts(self, connection: Connection, author: bytes) -> int:
        """Count the drafts of somebody, by her name in the team."""
        count: int = connection.execute(_drafts, {"author": author}).scalar_one()
        return count

    def delete(self, connection: Connection, id_: str) -> None:
        """Let go of a draft: nothing but its row is known of it."""
        connection.execute(_delete, {"which": id_})

    def change(self, connection: Connection, id_: str, values: Mapping[str, Any]) -> None:
        """Write columns of one row."""
        connection.execute(update(campaign).where(campaign.c.id == id_).values(values))

    def move(self, connection: Connection, id_: str, after: Proposal, **values: object) -> None:
        """Write down how far one has come, with more columns of its row."""
        self.change(connection, id_, _columns(after) | values)

    def count(self, connection: Connection, totals: Mapping[str, Totals], now: int) -> None:
        """Add to what became of readers, on this day."""
        rows = [_more(id_, one, now) for id_, one in totals.items() if one != NOTHING]
        if rows:
            _count.run(connection, *rows)
        for id_, one in totals.items():
            if one.sent:
                self.headway.count(connection, id_, one.sent, now)

    def countable(
        self, connection: Connection, tallies: Sequence[Tally], now: int
    ) -> Sequence[Tally]:
        """Leave out what names no campaign that is counted at `now`, epoch seconds.

        Anybody can write a link, and what she writes must not come into a table.
        """
        named = sorted({one.row for one in tallies if one.kind is Kind.CAMPAIGN})
        if not named:
            return tallies
        values = {"named": named, "since": earliest(now), "now": now}
        known = {*connection.execute(_counted, values).scalars()}
        return [one for one in tallies if one.kind is not Kind.CAMPAIGN or one.row in known]

    def sent_today(self, connection: Connection, now: int, besides: Collection[str] = ()) -> int:
        """Count the messages of all campaigns on this day, without some."""
        values = {"date": now // DAY, "besides": [*besides]}
        return connection.execute(_today, values).scalar_one_or_none() or 0

    def recent(self, connection: Connection, since: int, but: str) -> Collection[str]:
        """Name those that started after `since`, in epoch seconds, without one."""
        found = connection.execute(_recent, {"since": since}).scalars()
        return [id_ for id_ in found if id_ != but]

    def over(self, connection: Connection, before: int) -> str | None:
        """Name one that started by `before` and of which it is still known who got it."""
        return connection.execute(_over, {"before": before}).scalar_one_or_none()

    def move_on(
        self,
        connection: Connection,
        id_: str,
        more: Totals,
        now: int,
        cursor: bytes,
        *,
        reached: bool,
    ) -> None:
        """As `count`; and note who had the last turn, and whether that was everybody."""
        sealed = self._cipher.seal_bytes("campaign", "cursor", id_.encode(), cursor)
        values = _more(id_, more, now) | {"last": sealed, "everybody": reached}
        _move_on.run(connection, values)
        if more.sent:
            self.headway.count(connection, id_, more.sent, now)

    def cursor(self, row: Row[Any]) -> bytes:
        """Name who had the last turn; empty before the first."""
        if not row.cursor:
            return b""
        return self._cipher.open_bytes("campaign", "cursor", row.id.encode(), row.cursor)

    def _sealed(self, one: Campaign, audience: Audience) -> bytes:
        plain = json.dumps([one.written(), audience.written()]).encode()
        return self._cipher.seal_bytes("campaign", "content", one.id.encode(), plain)


def proposal_of(row: Row[Any]) -> Proposal:
    """Read how far a row says it has come, and who allowed what."""
    waits = Correction(
        bytes(row.correction), bytes(row.corrector), bytes(row.confirmer), row.corrects
    )
    return Proposal(
        bytes(row.author),
        bytes(row.digest),
        row.starts,
        Phase(row.phase),
        bytes(row.approver),
        bytes(row.approved),
        waits if waits.digest else None,
        row.amending,
    )


def _more(id_: str, totals: Totals, now: int) -> dict[str, Any]:
    added = {f"more_{name}": getattr(totals, name) for name in _names}
    return {"which": id_, "date": now // DAY} | added


def progress_of(row: Row[Any]) -> Progress:
    """Read what a row says to the operator."""
    totals = Totals(**{column.name: getattr(row, column.name) for column in _totals})
    return Progress(row.id, Phase(row.phase), row.starts, row.reach, totals, row.busy)


def _columns(proposal: Proposal) -> dict[str, Any]:
    waits = proposal.correction or Correction(b"", b"")
    return {
        "author": proposal.author,
        "digest": proposal.digest,
        "starts": proposal.starts,
        "phase": proposal.phase,
        "approver": proposal.approver,
        "approved": proposal.approved,
        "correction": waits.digest,
        "corrector": waits.author,
        "confirmer": waits.approver,
        "corrects": waits.starts,
        "amending": proposal.amending,
    } | ({} if proposal.correction else {"words": b""})
