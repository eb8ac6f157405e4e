"""Which messages of a campaign came to whom, by the double's record."""

from collections import defaultdict
from collections.abc import Iterable

from tests.standin.record import Call
from tests.standin.server import StandIn

TEXT = "Good news"
"""With what every message of the campaign begins (`tests.mailing.approved`)."""


class Letters:
    """Reads the record as it grows, each call once."""

    def __init__(self, tg: StandIn, people: Iterable[int]) -> None:
        """Look for messages to `people`."""
        self._tg, self._read = tg, 0
        self._open: list[Call] = []
        self._of: dict[int, list[Call]] = defaultdict(list)
        self.missing = {*people}
        self.count = 0
        self.last = 0.0

    def look(self) -> "Letters":
        """Read what is new: who is `missing` got none, `count` came in all, the `last` one when."""
        calls = self._tg.record.calls
        new, self._open = [*self._open, *calls[self._read :]], []
        self._read = len(calls)
        for call in new:
            if not call.over:
                self._open.append(call)
            elif call.method == "sendMessage" and call.params["text"].startswith(TEXT):
                who = call.params["chat_id"]
                self._of[who].append(call)
                self.count += 1
                self.last = max(self.last, call.at)
                if call.applied:
                    self.missing.discard(who)
        return self

    def copies(self, who: int) -> int:
        """Count the messages that one person got."""
        return sum(call.applied for call in self._of[who])

    def shown(self, who: int) -> int | None:
        """Name the message as it stands in her chat now."""
        standing = self._tg.chat(who).messages
        numbers = (call.message_id for call in self._of[who])
        return next((one for one in numbers if one in standing), None)

    def times(self, who: int) -> list[float]:
        """Tell when each request for her came in, by the double's clock."""
        return [call.at for call in self._of[who]]
