"""What goes wrong on purpose."""

import random
from typing import Any, Literal

import msgspec

from tests.standin.refusal import Refusal, too_fast

Kind = Literal["error", "drop_before", "drop_after", "truncate", "slow", "hang", "shut"]

DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request;"
    " make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


class Fault(msgspec.Struct):
    """One way to fail.

    error: refuse with `code` (429 asks for `retry_after` seconds) and execute nothing;
    drop_before / drop_after: hang up without an answer before / after executing; truncate:
    execute and send half of the answer; slow: wait `seconds` of real time, then go on as usual;
    hang: execute and say nothing, with the line left open until the bot lets go of it; shut: refuse
    this call, and every one to the chat for `retry_after` seconds, or to all chats if `whole`.
    It strikes calls of `method` ("*" is any but getUpdates), to `chat_id` if given: the next
    `times` of them, or each with `chance` 0-1.
    """

    kind: Kind
    method: str = "*"
    times: int | None = None
    chance: float | None = None
    chat_id: int | None = None
    code: int = 500
    retry_after: int = 1
    seconds: float = 1.0
    whole: bool = False

    def refusal(self) -> Refusal:
        """The answer of an `error`."""
        if self.code == 429:
            return too_fast(self.retry_after)
        return Refusal(self.code, DESCRIPTIONS.get(self.code, "Error"))


class Faults:
    """The faults that are switched on; the dice are seeded, so a run can be repeated."""

    def __init__(self, seed: int):
        self.active: list[Fault] = []
        self._dice = random.Random(seed)

    def add(self, fault: Fault) -> None:
        """Switch a fault on; ValueError without exactly one of `times` and `chance`."""
        if (fault.times is None) == (fault.chance is None):
            raise ValueError("a fault needs either times or chance")
        self.active.append(fault)

    def clear(self) -> None:
        """Switch all off."""
        self.active.clear()

    def strike(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault that hits this call, if any; one of the next `times` is used up."""
        for fault in self.active:
            if not self._meant(fault, method, params):
                continue
            if fault.chance is not None:
                if self._dice.random() < fault.chance:
                    return fault
            elif fault.times:
                fault.times -= 1
                return fault
        return None

    @staticmethod
    def _meant(fault: Fault, method: str, params: dict[str, Any]) -> bool:
        named = method == fault.method or (fault.method == "*" and method != "getUpdates")
        return named and fault.chat_id in (None, params.get("chat_id"))
