"""Conversations as authors write them: nodes, what they say, and the ways on."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from bot.content.model.base import Country, Frozen, Id, Language, Text
from bot.content.model.disclosures import Label
from bot.content.model.library import Law, Recorded

Fact = Literal[
    "brief",
    "children",
    "easy",
    "from_14",
    "from_16",
    "hurt",
    "men",
    "no_police",
    "open_now",
    "police",
    "recent",
    "step_free",
    "tonight",
    "under_14",
]
"""What a person can answer to our own questions or ask of a list: words of ours, never hers."""


class Condition(Frozen):
    """Plain data that must hold for a text or a choice to appear; an empty one always holds.

    Each list is "one of these"; lists of different keys must all hold. A condition on the
    country does not hold while the country is unknown; `said` is what she answered; `heard` is
    what her own words were taken for, which is known only while its answer stands there;
    `remembered` is whether she asked that her progress in quizzes is, which is known there only;
    `subscribed` is whether she gets news, which is known at the screens of the news only.
    """

    country: tuple[Country, ...] = ()
    language: tuple[Language, ...] = ()
    said: tuple[Fact, ...] = ()
    heard: tuple[Label, ...] = ()
    remembered: bool | None = None
    subscribed: bool | None = None


class Paragraph(Frozen):
    """A paragraph that is shown only while `when` holds."""

    text: Text
    when: Condition = Condition()


class Choice(Frozen):
    """A way on from a node: a button, a number to type, and words to type.

    `beside` puts the button into the row of the one before it.
    """

    id: Id
    text: Text
    goto: Id
    when: Condition = Condition()
    beside: bool = False


class Node(Frozen):
    """One screen: paragraphs, an optional block that adds to it, and the ways on.

    `sensitive` puts the screen on the survivor track: silent, protected, short-lived, and with
    a way to close it. `needs` names what must be known first: the engine shows the node whose
    block asks for it and then goes on. `help` marks the node that every other node must reach
    within two taps. `called` lists, comma by comma, words that lead here from anywhere.
    `forgets` erases everything held about the person as the screen is shown. `leaves` clears
    the chat instead of showing a screen: it has no text of its own. `cover` marks the screens
    that are all there is for somebody who has put the cover up; they know nothing of help. `staff`
    marks the screens of those who work with the bot; for everybody else they are not there.

    A page of the library may say the same in `easy` words, which stand below the first paragraph
    of `text`, its title; it names its `sources`, and the `law` it tells of, after whose day only
    the title is left, and whom to ask. What it says may also be heard or seen: `audio` and `video`
    name files under `content/media/`, by language.
    """

    id: Id
    text: tuple[Paragraph, ...] = ()
    sensitive: bool = False
    help: bool = False
    forgets: bool = False
    leaves: bool = False
    cover: bool = False
    staff: bool = False
    needs: tuple[Literal["told", "country", "town"], ...] = ()
    called: Text | None = None
    easy: tuple[Paragraph, ...] = ()
    sources: tuple[Id, ...] = ()
    law: Law | None = None
    audio: Mapping[Language, Recorded] = Field(default_factory=dict)
    video: Mapping[Language, Recorded] = Field(default_factory=dict)
    block: str | None = None
    options: Mapping[str, Any] = Field(default_factory=dict, alias="with")
    goto: Id | None = None
    choices: tuple[Choice, ...] = ()


class Command(Frozen):
    """A slash command: its name, its line in the command menu (neutral!) and where it leads.

    One that is not `listed` stands in no menu: it is for those who were told of it.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    text: Annotated[Text, Field(max_length=256)]
    goto: Id
    listed: bool = True


class Flow(Frozen):
    """The nodes of one file. Ids are unique over all files; exactly one file names `start`."""

    flow: Id
    start: Id | None = None
    commands: tuple[Command, ...] = ()
    nodes: tuple[Node, ...]
