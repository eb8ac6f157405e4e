"""Posters as they are printed: what stands on each, in one language and for one kind of place."""

import re
from typing import Final

from bot.content.checks.outreach import texts
from bot.content.lexicon import Lexicon
from bot.content.model import Poster
from bot.engine.links import printed
from bot.engine.world import World
from bot.errors import TirekError
from bot.pictures.poster import Sheet

_HTTPS: Final = "https://"
_ADDRESS: Final = re.compile(r"(?:https://)?(?:t\.me/|@)?(?P<name>[A-Za-z]\w{4,31})", re.ASCII)
"""How people write the address of a bot; its name has 5 to 32 letters, digits and _ (Bot API)."""


def address(written: str, lexicon: Lexicon) -> str:
    """Read the address of a bot as somebody wrote it: `t.me/a_bot`, `@a_bot`, or the whole of it.

    Raises:
        TirekError: it is no address of a bot, or the bot's own name tells the topic: then no sheet
            with it is neutral, and no tab may be carried in a pocket (R12).
    """
    found = _ADDRESS.fullmatch(written.strip())
    if found is None:
        raise TirekError(f"'{written}' is no address of a bot. It looks like t.me/tirek_bot.")
    name = found["name"]
    apart = re.sub(r"_|(?<=[a-z])(?=[A-Z])", " ", name)
    if word := lexicon.tells(apart):
        raise TirekError(
            f"The bot is called {name}, and '{word}' tells the topic. Give it a neutral name first: "
            f"whoever carries this address shows it."
        )
    return f"{_HTTPS}t.me/{name}"


def sheet(world: World, poster: Poster, language: str, code: str, at: str) -> Sheet:
    """Put a poster into words.

    Args:
        world: where the words and their translations are.
        poster: which one.
        language: the language it is printed in; what lacks there stands in the next one.
        code: what links call the kind of place where it hangs.
        at: the address of the bot, as `address` gives it.
    """

    def said(msgid: str) -> str:
        return world.words.text(language, msgid)

    return Sheet(
        title=said(poster.title),
        lines=tuple(map(said, poster.lines)),
        invitation=said(poster.invitation),
        address=at.removeprefix(_HTTPS),
        link=f"{at}?start={printed(poster, code, language)}",
        tab=said(poster.tab) if poster.tab else "",
    )


def untranslated(world: World, poster: Poster, language: str) -> list[str]:
    """List the words of a poster that another language would stand in for."""
    return [text for _, text in texts(poster) if not world.words.has(language, text)]
