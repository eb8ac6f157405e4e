"""Whether everything on the wishing tree fits, and tells nothing to whoever looks over a shoulder."""

from collections.abc import Iterator
from typing import Final

from bot.content.checks.limits import too_long
from bot.content.checks.terms import Terms
from bot.content.model import Content
from bot.content.model.wishes import WishList
from bot.content.problem import Problem

WISH: Final = 80
"""Characters of a wish: two lines of a small phone."""
RIBBON: Final = 24
"""Characters of the name of a ribbon: it is a label, two in a row."""


def check_wishes(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield texts too long, texts that tell the topic, and ids that clash with other buttons."""
    for kind, name, key, text, most in texts(content.wish_list):
        for _, what, _ in too_long([((key,), text, most)], terms):
            yield content.origin.at(kind, name, key, what=what)
        for language in terms.languages:
            if word := terms.lexicon.tells(terms.said(language, text)):
                what, hint = f"in {language} this tells the topic: '{word}'", "say it plainly"
                yield content.origin.at(kind, name, key, what=what, hint=hint)
    choices = {
        choice.id: node.id
        for node in content.nodes.values()
        if node.block == "tie_ribbon"
        for choice in node.choices
    }
    for kind, name, *_ in texts(content.wish_list):
        if name in choices:
            what = f"where ribbons are tied, '{choices[name]}', there is a choice '{name}' already"
            yield content.origin.at(kind, name, "id", what=what, hint="give it another id")


def texts(wishes: WishList) -> Iterator[tuple[str, str, str, str, int]]:
    """Give every text: the kind and id of what it is of, its key, and how many characters fit."""
    for wish in wishes.wishes:
        yield "wish", wish.id, "text", wish.text, WISH
    for ribbon in wishes.ribbons:
        yield "ribbon", ribbon.id, "name", ribbon.name, RIBBON
