"""How old a player says she is: asked once, before the first quiz that is not for everybody."""

from typing import Final

from bot.content.model import Age, Fact, Quiz
from bot.engine.screen import Option
from bot.engine.session import Session
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.round import AGES

_BANDS: Final[dict[Age, Fact]] = {12: "under_14", 14: "from_14", 16: "from_16"}
"""What she says, by the youngest age it means; known on sensitive screens only, kept nowhere."""
_LABELS: Final = {
    "under_14": Say("I am under 14"),
    "from_14": Say("I am 14 or 15"),
    "from_16": Say("I am 16 or older"),
}
WORDS: Final = tuple(_LABELS)


def age_said(session: Session) -> Age | None:
    """Give the youngest age of her band, if she has said it."""
    return next((age for age, flag in _BANDS.items() if flag in session.said), None)


def oldest(session: Session) -> Age:
    """Give the age she has said, or the oldest: what was remembered of her was for her age then."""
    return age_said(session) or AGES[-1]


def saying_age(session: Session, option: str) -> Session:
    """Note the age she chose instead of any other; any other option changes nothing."""
    if option not in _LABELS:
        return session
    for flag in _LABELS:
        session = session.saying(flag, holds=flag == option)
    return session


def asks_age(look: Look, quiz: Quiz) -> bool:
    """Tell whether she has to say her age first: some of it is for older people than she said."""
    if all(item.age == AGES[0] for item in quiz.items):
        return False
    age = age_said(look.session)
    return age is None or age < quiz.age


def ages() -> tuple[tuple[Option, ...], ...]:
    """Offer the bands, a row each."""
    return tuple((Option(flag, label),) for flag, label in _LABELS.items())
