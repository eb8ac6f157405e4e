"""What a turn can change in the team: values, applied in the transaction of that turn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """She took up the invitation of `token`."""

    token: str


@dataclass(frozen=True, slots=True)
class Passed:
    """She passed the test of the course."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """She said yes, as the second person, to whoever took up the invitation called `code`."""

    code: str


@dataclass(frozen=True, slots=True)
class Left:
    """She laid her role down."""


Doing = Accepted | Passed | Confirmed | Left
