"""What is called how on screens, in lists and on pictures: the bot, quizzes and plans."""

from typing import Final

from bot.language.say import Say

NAME: Final = "Tirek"
"""What the bot is called, in all letters alike."""


def bold(title: str) -> Say:
    """Say a title above a screen."""
    return Say("<b>{title}</b>", {"title": Say(title)})


def with_age(title: str, age: int) -> Say:
    """Say a title in a list, with the age it is for."""
    return Say("{title} · {age}+", {"title": Say(title), "age": age})
