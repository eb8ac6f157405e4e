"""Letters are claimed: what was put off to this moment, and those who come next in the audience."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select

from bot.campaigns.audience import Audience
from bot.campaigns.proposal import Proposal
from bot.counting.weeks import DAY
from bot.store.audiences import Slices
from bot.store.batch import MAILING_LIFE
from bot.store.campaigns import CampaignBook
from bot.store.ciphers import Cipher
from bot.store.lately import Lately
from bot.store.letters import COPIES, LEASE, Awake, Caps, Exchange, Letter, Totals
from bot.store.longkey import LongKey
from bot.store.mailings import MailingBook, beside, drop_letter, put_off, waiting
from bot.store.prepared import Prepared
from bot.store.renaming import Renaming
from bot.store.subscribers import SubscriberBook, quiet_of
from bot.store.tables import mailing

_QUERIES = 8
"""Queries for new readers in one transaction at most, so that nobody waits for it long."""

_claimed = Prepared(
    insert(mailing).values({column: bindparam(column.name) for column in mailing.c})
)
_again = Prepared(put_off)
_due = (
    beside.where(*waiting, mailing.c.due <= bindparam("now"))
    .where(mailing.c.attempts == 0)
    .order_by(mailing.c.due)
    .limit(bindparam("most"))
)
_doubtful = (
    beside.where(*waiting, mailing.c.due <= bindparam("now"))
    .where(mailing.c.attempts > 0)
    .order_by(mailing.c.due)
    .limit(1)
)
_got = (
    select(mailing.c.person, func.count().label("times"), func.max(mailing.c.at).label("last"))
    .where(
        mailing.c.campaign.in_(bindparam("others", expanding=True)),
        mailing.c.person.in_(bindparam("people", expanding=True)),
        or_(mailing.c.due.is_(None), mailing.c.message.is_not(None)),
        mailing.c.at > bindparam("since"),
    )
    .group_by(mailing.c.person)
)


@dataclass(slots=True)
class Claim:
    """What is claimed of one campaign in one transaction.

    Attributes:
        letters: what is to be sent.
        totals: what became of readers who had their turn and get nothing.
        cursor: who had the last turn.
        reached: whether that was everybody.
        moved: whether either of these two has changed.
    """

    cursor: bytes
    reached: bool
    letters: list[Letter] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """When a reader may be written to.

    Attributes:
        awake: her quiet hours.
        each: how many campaigns she gets within 24 hours at most.
        others: the campaigns of late, beside this one.
        ends: from when on nothing of this campaign goes out, in epoch seconds.
        revision: which of its texts goes out now.
    """

    awake: Awake
    each: int
    others: Collection[str]
    ends: int
    revision: int


class Claiming:
    """Claims letters in the rows of `mailing`, each within the caller's transaction."""

    def __init__(
        self,
        campaigns: CampaignBook,
        mailings: MailingBook,
        subscribers: SubscriberBook,
        renaming: Renaming,
        key: LongKey,
        lately: Lately,
    ) -> None:
        """Work with the books of the mailroom; tell versions of `key`."""
        self._campaigns, self._mailings, self._subscribers = campaigns, mailings, subscribers
        self._renaming, self._cipher, self._lately = renaming, Cipher(key), lately
        self._slices = Slices()

    def claim(
        self,
        connection: Connection,
        row: Row[Any],
        proposal: Proposal,
        brought: Exchange,
        awake: Awake,
        caps: Caps,
        now: float,
    ) -> Claim:
        """Claim of one campaign what a mailer has places for; nothing of it is written to its row."""
        claim = Claim(self._campaigns.cursor(row), row.reached)
        if not brought.places:
            return claim
        others = self._lately.known(
            row.id,
            now,
            lambda: self._campaigns.recent(connection, row.starts - MAILING_LIFE, row.id),
        )
        rules = Rules(awake, caps.each, others, proposal.ends, row.revision)
        # Letters are due at a second; those that are put off now are looked for anew.
        due = self._lately.known(
            (row.id, "due"), now, lambda: self._mailings.has_due(connection, row.id, int(now))
        )
        if due:
            if brought.doubts:
                self._doubt(connection, row.id, rules, claim, now)
            most = brought.places - len(claim.letters)
            if most > 0:
                self._take_up(connection, row.id, rules, claim, now, most)
        # While names change nobody can go on in their order: whoever is renamed waits in the queue.
        reads = not claim.reached and not self._renaming.lasts(connection)
        if reads and len(claim.letters) < brought.places:
            audience = self._campaigns.readers(connection, row)
            self._go_on(connection, row.id, rules, claim, now, brought.places, audience)
        return claim

    def _take_up(
        self, connection: Connection, id_: str, rules: Rules, claim: Claim, now: float, most: int
    ) -> None:
        """Claim letters that were put off to this moment."""
        rows = connection.execute(_due, {"which": id_, "now": int(now), "most": most}).all()
        self._write_to(connection, id_, rules, claim, now, rows, new=False)

    def _doubt(
        self, connection: Connection, id_: str, rules: Rules, claim: Claim, now: float
    ) -> None:
        """Claim one letter that may have arrived already: more copies than two must never exist.

        Its claim counts as no try: `once_more` does, right before it goes.
        """
        row = connection.execute(_doubtful, {"which": id_, "now": int(now)}).one_or_none()
        if row is None:
            return
        if row.attempts >= COPIES:
            drop_letter.run(connection, {"which": id_, "who": row.whose})
            claim.totals += Totals(unsure=1)
        else:
            self._write_to(connection, id_, rules, claim, now, [row], new=False)

    def _go_on(
        self,
        connection: Connection,
        id_: str,
        rules: Rules,
        claim: Claim,
        now: float,
        most: int,
        audience: Audience,
    ) -> None:
        """Claim letters to the next of the audience after the cursor, and move it."""
        for _ in range(_QUERIES):
            if claim.reached or len(claim.letters) >= most:
                return
            wanted = most - len(claim.letters)
            rows, last = self._slices.after(connection, id_, audience, claim.cursor, wanted)
            claim.moved, claim.reached = True, last is None
            claim.cursor = last or claim.cursor
            self._write_to(connection, id_, rules, claim, now, rows, new=True)

    def _write_to(
        self,
        connection: Connection,
        id_: str,
        rules: Rules,
        claim: Claim,
        now: float,
        rows: Sequence[Row[Any]],
        *,
        new: bool,
    ) -> None:
        """Claim letters to these readers, put off those who may not be written to now."""
        full = self._full(connection, rules, rows, now)
        kept, dropped = [], []
        moments: dict[tuple[str, str, float], float] = {}  # many live by the same clock
        for row in rows:
            person = bytes(row.person if new else row.whose)
            values = {"which": id_, "who": person, "moment": int(now)}
            attempts = 0 if new else row.attempts
            if row.person is None:
                dropped.append(values)
                claim.totals += Totals(departed=1)
                continue
            hers = row.country, quiet_of(row), full.get(person, now)
            when = moments.get(hers) or moments.setdefault(hers, rules.awake(*hers))
            if when >= rules.ends:
                dropped.append(values)
                claim.totals += Totals(missed=1)
            elif when > now:
                kept.append(values | {"when": int(when) + 1, "times": attempts})
            else:
                kept.append(values | {"when": int(now) + LEASE, "times": max(attempts, 1)})
                chat = self._subscribers.chat_of(row)
                letter = Letter(
                    *(id_, person, chat, row.language, attempts + 1, now),
                    version=self._cipher.version(row.chat),
                    revision=rules.revision,
                )
                claim.letters.append(letter)
        if new and kept:
            _claimed.run(connection, *map(_row, kept))
        elif kept:
            _again.run(connection, *kept)
        if dropped and not new:
            drop_letter.run(connection, *dropped)

    def _full(
        self, connection: Connection, rules: Rules, rows: Sequence[Row[Any]], now: float
    ) -> dict[bytes, float]:
        """Tell of those who have had enough for a day when that is over."""
        people = [row.person for row in rows if row.person is not None]
        if not rules.others or not people:
            return {}
        values = {"others": [*rules.others], "people": people, "since": int(now) - DAY}
        got = connection.execute(_got, values)
        return {bytes(row.person): row.last + DAY for row in got if row.times >= rules.each}


def _row(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "campaign": values["which"],
        "person": values["who"],
        "due": values["when"],
        "attempts": values["times"],
        "at": values["moment"],
        "message": None,
        "revision": 0,
    }
