"""What is asked in each transaction and hardly ever changes: looked up once a second."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Answer = TypeVar("Answer")


class Lately:
    """Answers that are a second old at most, by the clock of those who ask."""

    def __init__(self) -> None:
        self._second = 0
        self._known: dict[Hashable, object] = {}

    def known(self, what: Hashable, now: float, look: Callable[[], Answer]) -> Answer:
        """Give the answer to `what`; `look` finds it, and always means the same by the same `what`."""
        if int(now) != self._second:
            self._second, self._known = int(now), {}
        if what not in self._known:
            self._known[what] = look()
        return cast("Answer", self._known[what])

    def forget(self) -> None:
        """Look everything up anew."""
        self._known = {}
