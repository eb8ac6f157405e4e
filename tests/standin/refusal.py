"""How Telegram says no."""

from typing import Any


class Refusal(Exception):  # noqa: N818
    """An answer with `ok: false`.

    `violation` marks a request that no correct client would ever send; other refusals (blocked,
    not modified, too fast) happen to correct clients too.
    """

    def __init__(
        self,
        code: int,
        description: str,
        *,
        violation: bool = False,
        parameters: dict[str, Any] | None = None,
    ):
        super().__init__(description)
        self.code = code
        self.description = description
        self.violation = violation
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The JSON body of this refusal."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return body if self.parameters is None else {**body, "parameters": self.parameters}


def wrong(what: str) -> Refusal:
    """A 400 for a request that breaks the rules of the Bot API, kept as a violation."""
    return Refusal(400, f"Bad Request: {what}", violation=True)


def bad(what: str) -> Refusal:
    """A 400 that a correct client may meet, too."""
    return Refusal(400, f"Bad Request: {what}")


def too_fast(seconds: int) -> Refusal:
    """A 429 that asks for `seconds` of silence."""
    return Refusal(
        429,
        f"Too Many Requests: retry after {seconds}",
        parameters={"retry_after": seconds},
    )
