"""Invitations: one link, used once, for a day; then a course, and a second person who says yes."""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.staff.roles import Role

LIFE: Final = 24 * 60 * 60
"""Seconds from the invitation to the confirmation, at most (R26)."""

TOKEN_BYTES: Final = 16
"""Random bytes of a link: 128 bits (R26)."""

CODE_BYTES: Final = 8
"""Random bytes that a short code is made from."""

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters of a code: none that is taken for another when it is read aloud or written down."""

CODE: Final = f"[{_LETTERS}]{{{CODE_BYTES}}}"
"""What a short code looks like, as a regular expression."""

_LINK: Final = re.compile(r"i_([A-Za-z0-9_-]{22})", re.ASCII)


class State(StrEnum):
    """How far an invitation has come; once it is confirmed it is gone."""

    ISSUED = "issued"
    ACCEPTED = "accepted"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open invitation, as the operator sees it: nothing in it leads to a person.

    Attributes:
        code: what the operator calls it.
        role: what it invites to.
        state: how far it has come.
        expires: when it ends, in epoch seconds.
    """

    code: str
    role: Role
    state: State
    expires: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who took up the invitation `code` to `role`, passed, and waits for the second yes.

    `check` are the bytes that her words are drawn from.
    """

    code: str
    role: Role
    check: bytes


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who serves, as the operator sees her: by the code she was invited under, no more.

    `since` is a day, in days since 1970-01-01.
    """

    code: str
    role: Role
    since: int


def state(*, accepted: bool, passed: bool) -> State:
    """Tell how far an invitation has come."""
    if not accepted:
        return State.ISSUED
    return State.PASSED if passed else State.ACCEPTED


def token(chance: bytes) -> str:
    """Write down the secret of a link, from `TOKEN_BYTES` random bytes."""
    if len(chance) != TOKEN_BYTES:
        raise ValueError(len(chance))
    return urlsafe_b64encode(chance).rstrip(b"=").decode()


def code(chance: bytes) -> str:
    """Make a short code, from `CODE_BYTES` random bytes or more."""
    return "".join(_LETTERS[one % len(_LETTERS)] for one in chance[:CODE_BYTES])


def link(address: str, secret: str) -> str:
    """Write the link of an invitation; `address` is that of the bot."""
    return f"{address}?start=i_{secret}"


def token_in(words: str) -> str:
    """Find the secret in the words behind `start`; "" where they are no invitation."""
    found = _LINK.fullmatch(words)
    return found[1] if found else ""
