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
class Left:
    """She laid her role down."""


Doing = Accepted | Passed | Left
