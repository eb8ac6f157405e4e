"""Those who asked to be known for longer, players and readers of news, as one batch meets them."""

from collections.abc import Collection

from sqlalchemy import Connection

from bot.campaigns.response import leave
from bot.campaigns.subscription import Subscription
from bot.counting.tally import Tally
from bot.learning.memory import Memory
from bot.store.batch import Batch
from bot.store.erased import ErasedBook
from bot.store.learners import LearnerBook
from bot.store.rawfiles import RawFiles
from bot.store.renaming import Renaming
from bot.store.subscribers import SubscriberBook


class Known:
    """Looks them up, keeps them and lets go of them, each within the caller's transaction.

    During a rotation whoever is met is first called what the newest key calls her.
    """

    def __init__(
        self,
        learners: LearnerBook,
        subscribers: SubscriberBook,
        renaming: Renaming,
        erased: ErasedBook,
        raw: RawFiles,
    ) -> None:
        """Keep them in both books; whom they let go of is marked in `erased`, and left a trace in `raw`."""
        self._learners, self._subscribers = learners, subscribers
        self._renaming, self._erased, self._raw = renaming, erased, raw

    def recall(self, connection: Connection, user_id: int, now: int) -> Memory | None:
        """What this player asked to be remembered."""
        self._renaming.meet(connection, [user_id])
        return self._learners.load(connection, user_id, now)

    def subscribed(self, connection: Connection, user_id: int) -> Subscription | None:
        """What this reader asked for."""
        self._renaming.meet(connection, [user_id])
        return self._subscribers.load(connection, user_id)

    def learn(self, connection: Connection, batch: Batch, now: int) -> None:
        """Remember what players of a batch asked for, and forget those who did not or are forgotten."""
        unlearned = {who for who, memory in batch.memories.items() if memory is None}
        remembered = {who: memory for who, memory in batch.memories.items() if memory is not None}
        if batch.forgotten or unlearned:
            self._let_go(connection, self._learners, {*batch.forgotten, *unlearned}, now)
        if remembered:
            self._renaming.meet(connection, remembered)
            self._learners.keep(connection, remembered, now)

    def subscribe(self, connection: Connection, batch: Batch, now: int) -> None:
        """Send news to who asked in a batch, and no more to those who left or are forgotten."""
        left = {who for who, one in batch.subscribers.items() if one is None}
        asked = {who: one for who, one in batch.subscribers.items() if one is not None}
        if batch.forgotten or left:
            self._let_go(connection, self._subscribers, {*batch.forgotten, *left}, now)
        if asked:
            self._renaming.meet(connection, asked)
            self._subscribers.keep(connection, asked)

    def leaves(self, connection: Connection, batch: Batch) -> list[Tally]:
        """Count who wants no more news; not whom we forget, for erasing beats reporting.

        To be asked before `subscribe`, with which their letters go.
        """
        left = {who for who, one in batch.subscribers.items() if one is None}
        parted = left - {*batch.forgotten}
        if not parted:
            return []
        self._renaming.meet(connection, parted)
        return [*map(leave, self._subscribers.last_letters(connection, parted))]

    def forget(self, connection: Connection, user_ids: Collection[int], now: int) -> None:
        """Know these people no more, neither as players nor as readers."""
        for book in (self._learners, self._subscribers):
            self._let_go(connection, book, user_ids, now)

    def _let_go(
        self,
        connection: Connection,
        book: LearnerBook | SubscriberBook,
        user_ids: Collection[int],
        now: int,
    ) -> None:
        """Know these people no more; the mark comes first, the raw files with the next sweep."""
        self._renaming.meet(connection, user_ids)
        people = book.known(connection, user_ids)
        if people:
            self._erased.mark_known(connection, people, now)
            book.drop(connection, people)
            self._raw.traced = True
