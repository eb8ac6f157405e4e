"""What somebody can ask for news about, as authors write it."""

from typing import Annotated, Final

from pydantic import Field

from bot.content.model.base import Frozen, Id, Text

MOST_TOPICS: Final = 8
"""Topics of the list: what fits on one screen of a small phone, each with a button."""


class NewsTopic(Frozen):
    """What news can be about. Its name may be read over a shoulder: it tells nothing of harm."""

    id: Id
    name: Text


class NewsTopics(Frozen):
    """`topics.yaml`, in the order in which they are offered."""

    topics: Annotated[tuple[NewsTopic, ...], Field(min_length=1, max_length=MOST_TOPICS)]
