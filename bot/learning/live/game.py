"""One game in one group, as a value; every happening gives another one.

    BEGINS ─► ASKS ─► OPEN ─► TELLS ─┬─► ENDS
                ▲                    │
                └────────────────────┘

Players are known by a keyed hash under a salt of this very game, so that two games, or a game and
a chat, cannot be compared.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

LIFE: Final = 3 * 3600
"""Seconds after which a game is over, whatever happens."""

PAUSE: Final = 8.0
"""Seconds between an explanation and the next question: time to read and to talk."""

MOST_PLAYERS: Final = 500
"""Players of one game; whoever comes later plays without points."""

_NAME_BYTES: Final = 8


class Phase(StrEnum):
    """What comes next."""

    BEGINS = "begins"
    """The quiz is announced."""
    ASKS = "asks"
    """The question `number` is sent, once `until` has come."""
    OPEN = "open"
    """It stands there and can be answered, up to `until`."""
    TELLS = "tells"
    """Its answer is told."""
    ENDS = "ends"
    """The podium is shown, then nothing is left of the game."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who has answered.

    Attributes:
        name: her first name, as long as the game lasts.
        points: questions answered right.
        spent: milliseconds she took for these; it decides between equal points.
        since: when she first answered, in epoch milliseconds; it tells equal names apart.
        last: the number of the question she answered last, from 0.
    """

    name: str
    points: int
    spent: int
    since: int
    last: int


@dataclass(frozen=True, slots=True)
class Game:
    """A game as it stands.

    Attributes:
        chat_id: the group.
        language: what it is played in.
        quiz: the id of the quiz.
        items: the ids of the items it asks, in this order.
        seconds: how long each can be answered.
        seed: what the order of answers is drawn by.
        salt: random bytes under which its players are known.
        ends: the epoch second after which it is over, whatever happens.
        phase: what comes next.
        number: which item is asked, from 0.
        until: when the present phase is to end, in epoch seconds.
        opened: when the question was sent, in epoch seconds.
        poll: what Telegram calls the poll of this question, or the last one; empty before the first.
        message: the number of its message; 0 where nothing is open.
        right: its right options, by their place as shown.
        players: by what they are known by.
    """

    chat_id: int
    language: str
    quiz: str
    items: tuple[str, ...]
    seconds: int
    seed: int
    salt: bytes
    ends: int
    phase: Phase = Phase.BEGINS
    number: int = 0
    until: float = 0.0
    opened: float = 0.0
    poll: str = ""
    message: int = 0
    right: tuple[int, ...] = ()
    players: Mapping[str, Player] = field(default_factory=dict, hash=False)

    def known_as(self, user_id: int) -> str:
        """Give what a person is known by in this game, and nowhere else."""
        message = user_id.to_bytes(8, "big", signed=True)
        return hmac.digest(self.salt, message, "sha256")[:_NAME_BYTES].hex()


def announced(game: Game, now: float) -> Game:
    """Note that the group knows of the game; the first question follows after a pause."""
    if game.phase is not Phase.BEGINS:
        return game
    return replace(game, phase=Phase.ASKS, until=now + PAUSE)


def asked(game: Game, poll: str, message: int, right: tuple[int, ...], now: float) -> Game:
    """Note that the question stands in the group. Of a game that was stopped it is closed again."""
    if game.phase is Phase.ENDS:
        return replace(game, poll=poll, message=message)
    if game.phase is not Phase.ASKS:
        return game
    until = now + game.seconds
    return replace(
        game, phase=Phase.OPEN, opened=now, until=until, poll=poll, message=message, right=right
    )


def answered(
    game: Game, poll: str, user_id: int, name: str, options: tuple[int, ...], at: float
) -> Game:
    """Take an answer at `at` epoch seconds.

    It counts while its question is open, and the first of each person is final: Telegram lets
    nobody change an answer in a quiz. Exactly the right options score, one point.
    """
    known_as = game.known_as(user_id)
    before = game.players.get(known_as)
    late = game.phase is not Phase.OPEN or game.poll != poll
    if late or not options or (before is not None and before.last >= game.number):
        return game
    if before is None:
        if len(game.players) >= MOST_PLAYERS:
            return game
        before = Player(name, 0, 0, round(at * 1000), -1)
    is_right = {*options} == {*game.right}
    spent = round(min(max(at - game.opened, 0.0), game.seconds) * 1000) if is_right else 0
    after = replace(
        before, points=before.points + is_right, spent=before.spent + spent, last=game.number
    )
    return replace(game, players={**game.players, known_as: after})


def without(game: Game, user_id: int) -> Game:
    """Forget a player: her name, her points, and that she was there."""
    known_as = game.known_as(user_id)
    if known_as not in game.players:
        return game
    return replace(game, players={k: one for k, one in game.players.items() if k != known_as})


def closed(game: Game) -> Game:
    """Note that nothing more counts for the question."""
    return replace(game, phase=Phase.TELLS, message=0) if game.phase is Phase.OPEN else game


def told(game: Game, now: float) -> Game:
    """Go on to the next question after a pause, or to the end."""
    if game.phase is Phase.ENDS:
        return game
    if game.number + 1 >= len(game.items):
        return stopped(game)
    number, until = game.number + 1, now + PAUSE
    return replace(game, phase=Phase.ASKS, number=number, until=until, message=0)


def hurried(game: Game, now: float) -> Game:
    """End the present phase now: a question closes, a pause is over."""
    return replace(game, until=min(game.until, now))


def stopped(game: Game) -> Game:
    """Go to the end at once; a question that is open is not counted any more."""
    return replace(game, phase=Phase.ENDS)
