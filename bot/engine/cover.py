"""The cover on a shared phone: a quiz is all there is until her own phrase is typed. Pure."""

import hmac
from dataclasses import replace
from hashlib import scrypt

from bot.content.model import Content
from bot.engine.session import Cover, Session
from bot.understanding.normalise import loose_words

SALT = 16
"""Random bytes in a salt."""

KEPT_HOURS = 24
"""Hours after her last doing for which a cover is kept: the longest life of a conversation."""

_COST, _BLOCK, _DIGEST = 1024, 8, 32
"""Rounds and block size of the hash and bytes of its result: about 3 ms for each try."""

_FEWEST_LETTERS, _MOST_LETTERS = 6, 60
"""Letters of a phrase, without spaces: so many that nobody types it by chance."""


def folded(phrase: str) -> str:
    """Write a phrase as all its spellings have in common: any letters, any alphabet of ours."""
    return " ".join(loose_words(phrase))


def may_be_a_phrase(phrase: str) -> bool:
    """Tell whether a phrase is long enough not to be typed by chance, and short enough to type."""
    return _FEWEST_LETTERS <= len(folded(phrase).replace(" ", "")) <= _MOST_LETTERS


def made(phrase: str, salt: bytes) -> Cover:
    """Make a cover that opens by `phrase`, still to be confirmed by typing it again."""
    return Cover(salt, _digest(phrase, salt))


def opens(cover: Cover, text: str) -> bool:
    """Tell whether `text` is the phrase, in constant time."""
    return hmac.compare_digest(cover.digest, _digest(text, cover.salt))


def first_screen(content: Content) -> str:
    """Name the first screen of the cover, or the start where the content has none."""
    covering = (node.id for node in content.nodes.values() if node.cover)
    return next(covering, content.start)


def is_closed(session: Session, content: Content) -> bool:
    """Tell whether the cover is up and she has not opened it, or it closed after a pause."""
    if session.cover is None or not session.cover.confirmed:
        return False
    node = content.nodes.get(session.place)
    return node is None or node.cover


def closed(session: Session, content: Content) -> Session:
    """Return what is left of a conversation behind its cover: language and cover, nothing else."""
    return Session(first_screen(content), session.language, cover=session.cover)


def face(session: Session | None, content: Content) -> str:
    """Name the neutral screen that stays when the chat is cleared."""
    covered = session is not None and session.cover is not None and session.cover.confirmed
    return first_screen(content) if covered else content.start


def opened(session: Session, place: str) -> Session:
    """Return the conversation behind the cover, standing at `place`."""
    return replace(session, place=place, item="", after="")


def _digest(phrase: str, salt: bytes) -> bytes:
    secret = folded(phrase[: 4 * _MOST_LETTERS]).encode()
    return scrypt(secret, salt=salt, n=_COST, r=_BLOCK, p=1, dklen=_DIGEST)
