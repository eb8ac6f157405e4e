"""Who is to get a campaign, who has it: claimed in the order of their names, settled in batches."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from bot.campaigns.audience import LEAST, Audience
from bot.counting.weeks import DAY
from bot.errors import StoreError
from bot.store.ciphers import Cipher
from bot.store.letters import COPIES, LEASE, Fate, Letter, Settled, Totals
from bot.store.longkey import LongKey
from bot.store.prepared import Prepared
from bot.store.subscribers import SubscriberBook, quiet_of
from bot.store.tables import mailing, subscriber

Awake = Callable[[str, str, float], float]
"""Tells for a country and quiet hours from which moment on, not before the given one, somebody may be
written to; epoch seconds."""

_SLICE, _SLICE_MOST = 32, 4096
"""Subscribers looked at in one query: few where most are meant, more where few are."""

_QUERIES = 8
"""Queries for new readers in one transaction at most, so that nobody waits for it long."""

_UNTOUCHED = 2
"""Seconds from its claim on for which a lease is not renewed: hardly a letter is under way so long."""

_CAMPAIGN: BindParameter[str] = bindparam("which")
_PERSON: BindParameter[bytes] = bindparam("who")
_HERS = (mailing.c.campaign == _CAMPAIGN, mailing.c.person == _PERSON)
_of = mailing.c.campaign == _CAMPAIGN
# A message that has arrived is due only while it is lent out, to be taken back or corrected.
_waiting = (_of, mailing.c.due.is_not(None), mailing.c.message.is_(None))

_claimed = Prepared(
    insert(mailing).values({column: bindparam(column.name) for column in mailing.c})
)
_sent = Prepared(
    update(mailing)
    .where(*_HERS)
    .values(
        due=None,
        message=bindparam("number"),
        at=bindparam("moment"),
        revision=bindparam("words"),
    )
)
_corrected = Prepared(
    update(mailing)
    .where(*_HERS, mailing.c.message.is_not(None))
    .values(revision=bindparam("words"), due=None)
)
_put_off = (
    update(mailing)
    .where(*_HERS)
    .values(due=bindparam("when"), attempts=bindparam("times"), at=bindparam("moment"))
)
_again = Prepared(_put_off)
# Whose lease ran out may have another one's copy on its way: that one is not forgotten.
_back = Prepared(_put_off.where(mailing.c.due.is_not(None), mailing.c.attempts == bindparam("was")))
_once_more = (
    update(mailing)
    .where(*_HERS, mailing.c.due.is_not(None), mailing.c.attempts == bindparam("was"))
    .values(due=bindparam("when"), attempts=bindparam("times"))
)
_drop = Prepared(delete(mailing).where(*_HERS))
_renew = (
    update(mailing)
    .where(_of, mailing.c.person.in_(bindparam("people", expanding=True)))
    .where(mailing.c.due.is_not(None))
    .values(due=bindparam("when"))
)
_beside = select(
    mailing.c.person.label("whose"), mailing.c.attempts, mailing.c.message, *subscriber.c
).join_from(mailing, subscriber, mailing.c.person == subscriber.c.person, isouter=True)
_unsettled_among = select(mailing.c.person, mailing.c.due).where(
    _of, mailing.c.person.in_(bindparam("people", expanding=True))
)
_due = (
    _beside.where(*_waiting, mailing.c.due <= bindparam("now"))
    .where(mailing.c.attempts == 0)
    .order_by(mailing.c.due)
    .limit(bindparam("most"))
)
_doubtful = (
    _beside.where(*_waiting, mailing.c.due <= bindparam("now"))
    .where(mailing.c.attempts > 0)
    .order_by(mailing.c.due)
    .limit(1)
)
_arrived = _beside.where(_of, mailing.c.message.is_not(None))
_free = or_(mailing.c.due.is_(None), mailing.c.due <= bindparam("now"))
_standing = _arrived.where(_free).limit(bindparam("most"))
_outdated = (
    _arrived.where(mailing.c.revision < bindparam("words")).where(_free).limit(bindparam("most"))
)
_any_outdated = (
    select(mailing.c.person)
    .where(_of, mailing.c.message.is_not(None), mailing.c.revision < bindparam("words"))
    .limit(1)
)
_stands = (
    select(mailing.c.person)
    .where(_of)
    .where(
        or_(
            mailing.c.message.is_not(None),
            and_(mailing.c.attempts > 0, mailing.c.due > bindparam("now")),
        )
    )
    .limit(1)
)
_lent = update(mailing).where(*_HERS).values(due=bindparam("when"))
_soonest = select(func.min(mailing.c.due)).where(*_waiting)
_latest = (
    select(mailing.c.due)
    .where(*_waiting)
    .order_by(mailing.c.due.desc())
    .offset(bindparam("besides"))
    .limit(1)
)
_unsettled = select(mailing.c.person).where(*_waiting).limit(1)
_give_up = delete(mailing).where(
    *_waiting, or_(mailing.c.attempts == 0, mailing.c.due <= bindparam("now"))
)
_some = select(mailing.c.person).where(_of).order_by(mailing.c.person).limit(bindparam("most"))
_clear = delete(mailing).where(_of, mailing.c.person <= _PERSON)
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
_after = (
    select(subscriber.c.person)
    .where(subscriber.c.person > bindparam("cursor"))
    .order_by(subscriber.c.person)
    .offset(bindparam("skipped"))
    .limit(1)
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


class MailingBook:
    """Keeps the rows of `mailing`, each within the caller's transaction.

    A row comes with the claim of a letter: it is due when its lease runs out, so that whatever
    becomes of the process somebody else takes it up then. A row that is settled is due no more.
    """

    def __init__(self, key: LongKey, subscribers: SubscriberBook) -> None:
        """Seal the numbers of messages under `key`; `subscribers` know the chats."""
        self._cipher, self._subscribers = Cipher(key), subscribers
        self._slices: dict[str, int] = {}

    def settle(
        self, connection: Connection, settled: Iterable[Settled], now: int
    ) -> dict[str, Totals]:
        """Write down what became of letters; what that adds to the totals of each campaign."""
        rows: dict[str, list[dict[str, Any]]] = {"sent": [], "back": [], "drop": [], "edited": []}
        counts: dict[str, Counter[str]] = {}
        for one in settled:
            letter, fate = one.letter, one.fate
            row: dict[str, Any] = {"which": letter.campaign, "who": letter.person}
            count = counts.setdefault(letter.campaign, Counter())
            match fate:
                case Fate.SENT:
                    number = self._sealed(letter, one.message_id)
                    sent = {"number": number, "moment": now, "words": letter.revision}
                    rows["sent"].append(row | sent)
                    count["sent"] += 1
                case Fate.CORRECTED | Fate.KEPT:
                    rows["edited"].append(row | {"words": letter.revision})
                    count["corrected"] += fate is Fate.CORRECTED
                case Fate.UNSENT:
                    rows["back"].append(row | _returned(one, letter.attempts - 1, now))
                case Fate.DOUBTFUL if letter.attempts < COPIES:
                    rows["back"].append(row | _returned(one, letter.attempts, now))
                case _:
                    rows["drop"].append(row)
                    count["unsure" if fate is Fate.DOUBTFUL else fate.value] += 1
        for statement, which in (
            *((_sent, "sent"), (_back, "back"), (_drop, "drop")),
            (_corrected, "edited"),
        ):
            if rows[which]:
                statement.run(connection, *rows[which])
        return {id_: Totals(**count) for id_, count in counts.items()}

    def left(self, connection: Connection, settled: Collection[Settled]) -> list[Settled]:
        """Leave out what has been written down already: it must not be counted twice."""
        left: list[Settled] = []
        for id_ in {one.letter.campaign for one in settled}:
            mine = [one for one in settled if one.letter.campaign == id_]
            values = {"which": id_, "people": [one.letter.person for one in mine]}
            rows = connection.execute(_unsettled_among, values)
            dues = {bytes(row.person): row.due for row in rows}
            left += [
                one
                for one in mine
                if one.letter.person in dues
                and (one.letter.message_id is not None or dues[one.letter.person] is not None)
            ]
        return left

    def renew(self, connection: Connection, letters: Collection[Letter], now: int) -> None:
        """Keep the leases of letters that are under way for long."""
        long = [one for one in letters if now - one.claimed > _UNTOUCHED]
        for id_ in {one.campaign for one in long}:
            people = [one.person for one in long if one.campaign == id_]
            values = {"which": id_, "people": people, "when": now + LEASE}
            connection.execute(_renew, values)

    def has_due(self, connection: Connection, id_: str, now: int) -> bool:
        """Tell whether a letter of a campaign waits to be taken up by now."""
        soonest = connection.execute(_soonest, {"which": id_}).scalar_one_or_none()
        return soonest is not None and soonest <= now

    def take_up(
        self, connection: Connection, id_: str, rules: Rules, claim: Claim, now: float, most: int
    ) -> None:
        """Claim letters that were put off to this moment."""
        rows = connection.execute(_due, {"which": id_, "now": int(now), "most": most}).all()
        self._write_to(connection, id_, rules, claim, now, rows, new=False)

    def doubt(
        self, connection: Connection, id_: str, rules: Rules, claim: Claim, now: float
    ) -> None:
        """Claim one letter that may have arrived already: more copies than two must never exist.

        Its claim counts as no try: `once_more` does, right before it goes.
        """
        row = connection.execute(_doubtful, {"which": id_, "now": int(now)}).one_or_none()
        if row is None:
            return
        if row.attempts >= COPIES:
            _drop.run(connection, {"which": id_, "who": row.whose})
            claim.totals += Totals(unsure=1)
        else:
            self._write_to(connection, id_, rules, claim, now, [row], new=False)

    def once_more(self, connection: Connection, letter: Letter, now: int) -> bool:
        """Count the second try of a letter; False where it is no longer this claim's to send."""
        values = {"which": letter.campaign, "who": letter.person, "when": now + LEASE}
        values |= {"was": letter.attempts - 1, "times": letter.attempts}
        return bool(connection.execute(_once_more, values).rowcount)

    def go_on(
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
            size = max(self._slices.get(id_, _SLICE), wanted)
            values = {"cursor": claim.cursor, "size": size, "most": wanted}
            rows = _slice(audience).rows(connection, values)
            claim.moved = True
            if len(rows) == wanted:
                claim.cursor = bytes(rows[-1].person)
                self._slices[id_] = max(size // 2, _SLICE)
            else:
                # Whoever of the slice is meant has a turn now; the next slice begins after it.
                last = connection.execute(
                    _after, {"cursor": claim.cursor, "skipped": size - 1}
                ).scalar_one_or_none()
                claim.reached = last is None
                claim.cursor = bytes(last) if last else claim.cursor
                self._slices[id_] = min(size * 2, _SLICE_MOST)
            self._write_to(connection, id_, rules, claim, now, rows, new=True)

    def standing(
        self, connection: Connection, id_: str, now: float, most: int
    ) -> tuple[list[Letter], int]:
        """Claim messages that still stand in the chats of readers, to be taken back.

        Also how many nobody can take back any more: their readers have left.
        """
        values = {"which": id_, "now": int(now), "most": most}
        return self._lend(connection, id_, connection.execute(_standing, values), now)

    def outdated(
        self, connection: Connection, id_: str, now: float, most: int, revision: int
    ) -> tuple[list[Letter], int]:
        """Claim messages that say something else than the text `revision`; as `standing` does."""
        values = {"which": id_, "now": int(now), "most": most, "words": revision}
        letters, lost = self._lend(connection, id_, connection.execute(_outdated, values), now)
        return [replace(one, edits=True, revision=revision) for one in letters], lost

    def is_outdated(self, connection: Connection, id_: str, revision: int) -> bool:
        """Tell whether a message still says something else than the text `revision`."""
        values = {"which": id_, "words": revision}
        return connection.execute(_any_outdated, values).first() is not None

    def _lend(
        self, connection: Connection, id_: str, rows: Iterable[Row[Any]], now: float
    ) -> tuple[list[Letter], int]:
        letters, lost = [], []
        for row in rows:
            try:
                chat = self._subscribers.chat_of(row) if row.person else None
                number = self._opened(id_, row.whose, row.message)
            except StoreError:
                chat = None
            if chat is None:
                lost.append({"which": id_, "who": row.whose})
            else:
                version = self._cipher.version(row.chat)
                reader = bytes(row.whose), chat, row.language
                letters.append(Letter(id_, *reader, 0, now, number, version))
        if lost:
            _drop.run(connection, *lost)
        if letters:
            until = {"which": id_, "when": int(now) + LEASE}
            connection.execute(_lent, [until | {"who": one.person} for one in letters])
        return letters, len(lost)

    def stands(self, connection: Connection, id_: str, now: int) -> bool:
        """Tell whether a message stands in a chat, or is on its way to one."""
        return connection.execute(_stands, {"which": id_, "now": now}).first() is not None

    def waits(self, connection: Connection, id_: str) -> bool:
        """Tell whether a letter of a campaign is not settled."""
        return connection.execute(_unsettled, {"which": id_}).first() is not None

    def waits_until(self, connection: Connection, id_: str) -> int:
        """Tell until when some of those wait who were put off, as many as may be told; 0 for fewer."""
        values = {"which": id_, "besides": LEAST - 1}
        return connection.execute(_latest, values).scalar_one_or_none() or 0

    def give_up(self, connection: Connection, id_: str, now: int) -> int:
        """Let go of the letters of a campaign that nobody is sending; how many there were."""
        return connection.execute(_give_up, {"which": id_, "now": now}).rowcount

    def clear(self, connection: Connection, id_: str, most: int) -> bool:
        """Let go of some rows of a campaign; whether there were any."""
        people = connection.execute(_some, {"which": id_, "most": most}).scalars().all()
        if people:
            connection.execute(_clear, {"which": id_, "who": people[-1]})
        return bool(people)

    def reach(self, connection: Connection, audience: Audience) -> int:
        """Count the readers of an audience."""
        counted = select(func.count()).select_from(subscriber).where(_meant(audience, subscriber.c))
        return int(connection.execute(counted).scalar_one())

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
            _drop.run(connection, *dropped)

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

    def _sealed(self, letter: Letter, message_id: int | None) -> bytes | None:
        if message_id is None:
            return None
        row = letter.campaign.encode() + letter.person
        return self._cipher.seal("mailing", "message", row, message_id)

    def _opened(self, id_: str, person: bytes, sealed: bytes) -> int:
        return self._cipher.open("mailing", "message", id_.encode() + bytes(person), sealed)


def _returned(one: Settled, times: int, now: int) -> dict[str, Any]:
    """Say when it is due again: unless somebody else has claimed it since, for a lease ran out."""
    return {"when": one.due, "times": times, "moment": now, "was": one.letter.attempts}


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


def _meant(audience: Audience, of: ReadOnlyColumnCollection[str, Any]) -> ColumnElement[bool]:
    """Say in the database's words whom `Audience.holds`."""
    narrowed = [
        or_(*(of[name] == word for word in sorted(words)))  # IN would be written anew each time
        for name, words in (
            ("language", audience.languages),
            ("country", audience.countries),
            ("region", audience.regions),
            ("age", audience.ages),
        )
        if words
    ]
    if audience.topics:
        listed = " " + of.topics + " "
        asked = [
            listed.contains(f" {topic} ", autoescape=True) for topic in sorted(audience.topics)
        ]
        narrowed.append(or_(of.topics == "", *asked))
    return and_(true(), *narrowed)


@lru_cache(maxsize=16)
def _slice(audience: Audience) -> Prepared:
    """Look at `size` subscribers after the cursor for `most` of those who are meant.

    Built once for each audience: that costs more than to run it.
    """
    next_ones = (
        select(subscriber)
        .where(subscriber.c.person > bindparam("cursor"))
        .order_by(subscriber.c.person)
        .limit(bindparam("size"))
        .subquery()
    )
    meant = _meant(audience, next_ones.c)
    return Prepared(
        select(next_ones).where(meant).order_by(next_ones.c.person).limit(bindparam("most"))
    )
