"""How a page of the library is read: in full or in easy words, and only while its law is good."""

from dataclasses import replace
from typing import Final

from bot.content.model import Paragraph, Sector
from bot.engine.blocks.base import Outcome
from bot.engine.blocks.lines import standing_in, to_call
from bot.engine.blocks.sources import EASIER, SOURCES
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say

EASY: Final = "easy"
"""What she says who wants easy words: it holds for every page that has them."""

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
    """Offer easy words, or all of them, and where the page comes from."""
    node, row = look.node, []
    if node.easy and not _is_outdated(look):
        easy = EASY in look.session.said
        row.append(Option(EASIER, Say("Full text") if easy else Say("Easy words")))
    if node.sources:
        row.append(Option(SOURCES, Say("Sources")))
    return (tuple(row),) if row else ()


def choose(look: Look, option: str, sources: str | None) -> Outcome | None:
    """Change the words, or go to `sources`, the node that shows where pages come from."""
    session, node = look.session, look.node
    if option == EASIER and node.easy:
        return Outcome(session.saying(EASY, holds=EASY not in session.said))
    if option == SOURCES and node.sources and sources:
        return Outcome(replace(session, place=sources, item=node.id))
    return None


def _is_outdated(look: Look) -> bool:
    law = look.node.law
    return law is not None and look.now.date() > law.good_until
