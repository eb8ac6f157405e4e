"""Letters are settled: what became of them is written down, once for each."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.store.ciphers import Cipher
from bot.store.letters import COPIES, Exchange, Fate, Letter, Settled, Totals
from bot.store.longkey import LongKey
from bot.store.mailings import drop_letter, hers, of_it, put_off
from bot.store.prepared import Prepared
from bot.store.tables import mailing

_sent = Prepared(
    update(mailing)
    .where(*hers)
    .values(
        due=None,
        message=bindparam("number"),
        at=bindparam("moment"),
        revision=bindparam("words"),
    )
)
_corrected = Prepared(
    update(mailing)
    .where(*hers, mailing.c.message.is_not(None))
    .values(revision=bindparam("words"), due=None)
)
# Whose lease ran out may have another one's copy on its way: that one is not forgotten.
_back = Prepared(put_off.where(mailing.c.due.is_not(None), mailing.c.attempts == bindparam("was")))
_unsettled_among = select(mailing.c.person, mailing.c.due).where(
    of_it, mailing.c.person.in_(bindparam("people", expanding=True))
)


class Settling:
    """Settles letters in the rows of `mailing`, within the caller's transaction."""

    def __init__(self, key: LongKey) -> None:
        """Seal the numbers of messages under `key`."""
        self._cipher = Cipher(key)

    def settle(self, connection: Connection, brought: Exchange, now: int) -> dict[str, Totals]:
        """Write down what became of letters; what that adds to the totals of each campaign."""
        rows: dict[str, list[dict[str, Any]]] = {"sent": [], "back": [], "drop": [], "edited": []}
        counts: dict[str, Counter[str]] = {}
        for one in self._left(connection, brought.settled) if brought.again else brought.settled:
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
            *((_sent, "sent"), (_back, "back"), (drop_letter, "drop")),
            (_corrected, "edited"),
        ):
            if rows[which]:
                statement.run(connection, *rows[which])
        return {id_: Totals(**count) for id_, count in counts.items()}

    def _left(self, connection: Connection, settled: Collection[Settled]) -> list[Settled]:
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

    def _sealed(self, letter: Letter, message_id: int | None) -> bytes | None:
        if message_id is None:
            return None
        row = letter.campaign.encode() + letter.person
        return self._cipher.seal("mailing", "message", row, message_id)


def _returned(one: Settled, times: int, now: int) -> dict[str, Any]:
    """Say when it is due again: unless somebody else has claimed it since, for a lease ran out."""
    return {"when": one.due, "times": times, "moment": now, "was": one.letter.attempts}
