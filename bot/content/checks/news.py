"""Whether what is offered as news fits and tells nothing, and no screen of help leads there."""

from collections.abc import Iterator
from typing import Final

from bot.content.checks.terms import Terms
from bot.content.model import Content
from bot.content.problem import Problem

NAME: Final = 32
"""Characters of the name of a topic: it is a label, with a mark before it."""


def check_news(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield names too long, names that tell the topic, and ways from help to the news (R14)."""
    for topic in content.topics:
        for language in terms.languages:
            said = terms.translate(language, topic.name) if terms.translate else topic.name
            if len(said) > NAME:
                what = f"in {language} this has {len(said)} characters, {NAME} fit"
                yield content.origin.at("topic", topic.id, "name", what=what)
            if word := terms.lexicon.tells(said):
                what, hint = f"in {language} this tells the topic: '{word}'", "say it plainly"
                yield content.origin.at("topic", topic.id, "name", what=what, hint=hint)
    yield from _from_help(content, terms)


def _from_help(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield each choice that leads to the news from where nobody plays or learns."""
    specs = {node.id: terms.blocks.get(node.block or "") for node in content.nodes.values()}
    news = {name for name, spec in specs.items() if spec and spec.news}
    for node in content.nodes.values():
        spec = specs[node.id]
        if spec and (spec.news or spec.playful):
            continue
        for at, choice in enumerate(node.choices):
            if choice.goto in news:
                what = f"this leads to the news from '{node.id}', where people look for help"
                hint = "only screens on which people play lead there"
                yield content.origin.at(
                    "node", node.id, "choices", at, "goto", what=what, hint=hint
                )
