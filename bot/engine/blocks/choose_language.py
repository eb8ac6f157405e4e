"""`choose_language`: every offered language under its own name, one tap each."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.screen import Option, in_rows
from bot.engine.world import Look
from bot.language.say import Say
from bot.language.tongues import NAMES, chooser, for_country

_A_ROW = 2


class ChooseLanguage(PlainBlock):
    """Offer the languages, likely ones first; go on to `goto`, or stay where the node says none."""

    spec: ClassVar[BlockSpec] = BlockSpec("choose_language", NoOptions, goto="optional")

    def view(self, look: Look) -> Part:
        """Show the native names; they are never translated."""
        options = [
            Option(language, Say("{name}", {"name": NAMES[language]})) for language in _order(look)
        ]
        return Part(rows=in_rows(options, _A_ROW))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take the language at once and go on."""
        if option not in look.world.offered.languages:
            return None
        return Outcome(replace(look.session, language=option, place=look.onward))


def _order(look: Look) -> tuple[str, ...]:
    """Put those of her country first, once she has chosen one; else those near her language."""
    offered, session = look.world.offered.languages, look.session
    if session.country:
        return for_country(session.country, session.language, offered)
    return chooser(session.language, offered)
