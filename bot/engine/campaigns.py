"""From what authors wrote to a campaign: what its readers see, in each language that has it."""

from typing import Final

from bot.campaigns.campaign import Campaign, Message
from bot.content.model import Quiz, Template
from bot.engine.screen import ADDRESS, Label, NewsPage
from bot.engine.world import Words, World
from bot.language.say import Say

LEAVE: Final = Say("No more news")
"""What the button below every message says that ends the news."""


def made(world: World, template: Template, id_: str) -> Campaign:
    """Make the campaign `id_` of what authors wrote.

    It is there in those offered languages into which all of it is translated: nothing stands in
    for a translation that is missing or stale.
    """
    text, button = Say(template.text), Say(template.button)
    absent = missing(world, template)
    messages = {
        language: Message(world.words.say(language, text), world.words.say(language, button))
        for language in world.offered.languages
        if language not in absent
    }
    quiz = world.content.quizzes.get(template.quiz or "")
    return Campaign(id_, template.topic, messages, link_to(quiz))


def missing(world: World, template: Template) -> tuple[str, ...]:
    """Name the offered languages into which it is not translated, or not all of it."""
    words = world.words
    return tuple(
        one
        for one in world.offered.languages
        if not (words.has(one, template.text) and words.has(one, template.button))
    )


def page(words: Words, campaign: Campaign, language: str) -> NewsPage | None:
    """Show a campaign as it is read in one language; None where nothing was written in it."""
    message = campaign.messages.get(language)
    if message is None:
        return None
    link = f"{ADDRESS}?start={campaign.start}"
    button = Label("", message.button, url=link) if campaign.link else None
    picture = campaign.picture.file_id if campaign.picture else ""
    return NewsPage(message.text, button, words.say(language, LEAVE), picture)


def link_to(quiz: Quiz | None) -> str:
    """Write the words behind `start`, as `bot.engine.links` reads them; without a quiz, to the tree."""
    return f"q{quiz.number}" if quiz else "t"
