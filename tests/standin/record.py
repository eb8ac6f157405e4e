"""What the double remembers about the requests it got."""

import time
from typing import Any

import msgspec

from tests.standin.clock import Clock
from tests.standin.refusal import Refusal


class Call(msgspec.Struct, omit_defaults=True):
    """One request to the Bot API.

    `at` is the double's time, `mono` the machine's monotonic clock, both in seconds. `status` is
    the answer the bot got, 0 if it got none; `applied` says whether the request was executed,
    `over` that nothing more will come of it.
    """

    number: int
    at: float
    mono: float
    method: str
    params: dict[str, Any]
    status: int = 0
    description: str = ""
    message_id: int | None = None
    applied: bool = False
    fault: str = ""
    over: bool = False


class Violation(msgspec.Struct):
    """A request, or a webhook answer, that no correct bot would give."""

    method: str
    description: str
    params: dict[str, Any]


class Record:
    """The log of all calls and the list of violations, in order."""

    def __init__(self, clock: Clock):
        self.calls: list[Call] = []
        self.violations: list[Violation] = []
        self._clock = clock

    def begin(self, method: str) -> Call:
        """A new entry for a request that has just come in."""
        call = Call(len(self.calls) + 1, self._clock.now(), time.monotonic(), method, {})
        self.calls.append(call)
        return call

    def refused(self, call: Call, refusal: Refusal) -> None:
        """The answer was no; kept as a violation if only a broken client can get it."""
        call.status, call.description = refusal.code, refusal.description
        if refusal.violation:
            self.violation(call.method, refusal.description, call.params)

    def violation(self, method: str, description: str, params: dict[str, Any]) -> None:
        """Keep a violation."""
        self.violations.append(Violation(method, description, params))

    def of(self, method: str | None = None) -> list[Call]:
        """All calls, or those of one method."""
        return [call for call in self.calls if method in (None, call.method)]
