"""`choose_country`: she says where she is; nothing is inferred from language or number."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.countries import NAMES
from bot.engine.blocks.lines import emergency
from bot.engine.screen import Option
from bot.engine.world import Look


class ChooseCountry(PlainBlock):
    """Ask for the country once, then go on to where she was going, or to `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "choose_country", NoOptions, goto="required", asks="country"
    )

    def view(self, look: Look) -> Part:
        """Show the offered countries, one a row, and whom to call who cannot wait for the next screen."""
        return Part(
            (emergency(look),),
            rows=tuple(
                (Option(country, NAMES[country]),) for country in look.world.offered.countries
            ),
        )

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take the country and go on."""
        if option not in look.world.offered.countries:
            return None
        place = look.session.after or look.onward
        return Outcome(replace(look.session, country=option, place=place, after=""))
