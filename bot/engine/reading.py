"""How a page of the library is read: in full or in easy words, and only while its law is good."""

from dataclasses import replace
from typing import Final

from bot.content.model import Paragraph, Sector
from bot.engine.blocks.base import Outcome
from bot.engine.blocks.lines import standing_in, to_call
from bot.engine.blocks.sources import AUDIO, EASIER, SOURCES, VIDEO, Sources
from bot.engine.replies import Recording
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say

EASY: Final = "easy"
"""What she says who wants easy words: it holds for every page that has them."""

_PLAYED: Final = {AUDIO: Say("Listen"), VIDEO: Say("Watch")}

_OUTDATED: Final = Say(
    "We compared this page with its sources too long ago to show it. Laws change. Ask a lawyer."
)


def told(look: Look) -> tuple[Paragraph, ...]:
    """Choose what is shown of a node's own texts; its first one is the title."""
    node = look.node
    if _is_outdated(look):
        return node.text[:1]
    if node.easy and EASY in look.session.said:
        return (*node.text[:1], *node.easy)
    return node.text


def instead(look: Look) -> tuple[tuple[Say, ...], ...]:
    """Say whom to ask where a law may have changed since it was written about."""
    if not _is_outdated(look):
        return ()
    return ((_OUTDATED,), to_call(standing_in(look, Sector.LEGAL)))


def ways(look: Look) -> tuple[tuple[Option, ...], ...]:
    """Offer to hear or see it, easy words, or all of them, and where the page comes from."""
    node, row = look.node, []
    for kind, label in _PLAYED.items():
        if recorded(look, kind):
            row.append(Option(kind, label))
    if node.easy and not _is_outdated(look):
        easy = EASY in look.session.said
        row.append(Option(EASIER, Say("Full text") if easy else Say("Easy words")))
    if node.sources:
        row.append(Option(SOURCES, Say("Sources")))
    return (tuple(row),) if row else ()


def choose(look: Look, option: str) -> Outcome | None:
    """Send what can be played, change the words, or go where pages name their sources."""
    session, node = look.session, look.node
    if option == EASIER and node.easy:
        return Outcome(session.saying(EASY, holds=EASY not in session.said))
    if option in _PLAYED and recorded(look, option):
        return Outcome(session, (Recording(node.id, option),))
    place = look.world.content.place_of(Sources.spec.name) if option == SOURCES else ""
    if place and node.sources:
        return Outcome(replace(session, place=place, item=node.id))
    return None


def recorded(look: Look, kind: str) -> str | None:
    """Name the file that says what the page says, in her language; a tongue has no letters."""
    files = {AUDIO: look.node.audio, VIDEO: look.node.video}.get(kind, {})
    spoken = {language.partition("_")[0]: file for language, file in files.items()}
    return None if _is_outdated(look) else spoken.get(look.session.language.partition("_")[0])


def _is_outdated(look: Look) -> bool:
    law = look.node.law
    return law is not None and look.now.date() > law.good_until
