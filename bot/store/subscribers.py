"""Those who asked for news: under the long-term key, until they leave (R3, R4, R16)."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from bot.campaigns.audience import Reader
from bot.campaigns.subscription import QUIET, Subscription
from bot.store.batch import Subscriber
from bot.store.ciphers import Cipher
from bot.store.longkey import LongKey
from bot.store.statements import drop_mailings_of, drop_subscriber, put
from bot.store.tables import campaign, mailing, subscriber

_1970 = date(1970, 1, 1)
_AMONG = b"subscriber"

_load = select(subscriber).where(subscriber.c.person == bindparam("who"))
_known = select(subscriber.c.person).where(
    subscriber.c.person.in_(bindparam("people", expanding=True))
)
# Campaigns are few, and named first they let the key of `mailing` find her rows among a million.
_last = (
    select(mailing.c.campaign)
    .where(mailing.c.campaign.in_(select(campaign.c.id)), mailing.c.person == bindparam("who"))
    .where(mailing.c.message.is_not(None))
    .order_by(mailing.c.at.desc(), mailing.c.campaign)
    .limit(1)
)
_counts = {
    column.name: select(column.label("kind"), func.count().label("many")).group_by(column)
    for column in (
        subscriber.c.language,
        subscriber.c.country,
        subscriber.c.age,
        subscriber.c.topics,
    )
}


class SubscriberBook:
    """Finds, keeps and lets go of the rows of `subscriber`, each within the caller's transaction."""

    def __init__(self, insert: Any, key: LongKey) -> None:
        """Name rows by `key` and seal their chats with it; `insert` is the dialect's."""
        self._key, self._cipher = key, Cipher(key)
        self._keep = put(insert, subscriber)

    def load(self, connection: Connection, user_id: int) -> Subscription | None:
        """What this person asked for."""
        row = connection.execute(_load, {"who": self.name(user_id)}).one_or_none()
        return subscription_of(row) if row else None

    def keep(self, connection: Connection, subscribers: Mapping[int, Subscriber]) -> None:
        """Send news to these people from now on, or change what they asked for."""
        rows = [self._row(user_id, one) for user_id, one in subscribers.items()]
        connection.execute(self._keep, rows)

    def known(self, connection: Connection, user_ids: Collection[int]) -> list[bytes]:
        """Name those of these people who get news."""
        people = [self.name(user_id) for user_id in user_ids]
        return [bytes(row.person) for row in connection.execute(_known, {"people": people})]

    def last_letters(self, connection: Connection, user_ids: Collection[int]) -> list[str]:
        """Name the campaign of the last message that each of them got, as long as that is known."""
        people = [self.name(user_id) for user_id in user_ids]
        found = (connection.execute(_last, {"who": one}).scalar_one_or_none() for one in people)
        return [one for one in found if one is not None]

    def drop(self, connection: Connection, people: Collection[bytes]) -> None:
        """Send these people nothing more, named as by `known`."""
        for drop in (drop_subscriber, drop_mailings_of):
            connection.execute(drop, [{"who": name} for name in people])

    def counts(self, connection: Connection) -> dict[str, Counter[str]]:
        """Count them by language, country, age and topic; "" stands for an age that was not told.

        Who chose several topics counts for each; who chose none is counted under "".
        """
        found = {
            name: Counter({row.kind: row.many for row in connection.execute(count)})
            for name, count in _counts.items()
        }
        topics = Counter[str]()
        for chosen, many in found["topics"].items():
            topics.update(dict.fromkeys(chosen.split() or [""], many))
        return found | {"topics": topics}

    def name(self, user_id: int) -> bytes:
        """What somebody is called among those who get news, and nowhere else."""
        return self._key.current.pseudonym(user_id, _AMONG)

    def chat_of(self, row: Row[Any]) -> int:
        """The chat of a row.

        Raises:
            KeyMissingError: its key is gone.
            SealBrokenError: it was altered, or belongs to another row.
        """
        return self._cipher.open("subscriber", "chat", bytes(row.person), row.chat)

    def _row(self, user_id: int, one: Subscriber) -> dict[str, Any]:
        name, reader = self.name(user_id), one.subscription.reader
        return {
            "person": name,
            "chat": self._cipher.seal("subscriber", "chat", name, one.chat_id),
            "language": reader.language,
            "country": reader.country,
            "region": reader.region,
            "age": reader.age,
            "topics": " ".join(sorted(reader.topics)),
            "quiet": one.subscription.quiet,
            "agreed": (one.subscription.agreed - _1970).days,
            "version": one.subscription.version,
        }


def reader_of(row: Row[Any]) -> Reader:
    """What audiences are made of, in a row."""
    topics = frozenset(row.topics.split())
    return Reader(row.language, row.country, row.region, row.age, topics)


def subscription_of(row: Row[Any]) -> Subscription:
    """What a row says she asked for."""
    agreed = _1970 + timedelta(days=row.agreed)
    return Subscription(agreed, row.version, reader_of(row), quiet_of(row))


def quiet_of(row: Row[Any]) -> str:
    """In which hours a row says she wants nothing; those that are offered no more are the usual ones."""
    quiet: str = row.quiet
    return quiet if quiet in QUIET else QUIET[0]
