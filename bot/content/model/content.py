"""Everything authors wrote, as one frozen value."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, SkipValidation

from bot.content.model.base import Frozen, Id
from bot.content.model.campaigns import Template
from bot.content.model.disclosures import DisclosureLexicon
from bot.content.model.flow import Command, Node
from bot.content.model.hotlines import Lines, Rules
from bot.content.model.library import Cited
from bot.content.model.news import NewsTopic
from bot.content.model.outreach import Outreach
from bot.content.model.places import Gazetteer
from bot.content.model.quizzes import Quiz
from bot.content.model.services import Directory
from bot.content.model.sessions import Plan
from bot.content.model.wishes import NO_WISHES, WishList
from bot.content.origin import Origin


class Content(Frozen):
    """Everything authors wrote, indexed: the one value the engine needs besides catalogues.

    `origin` knows where each piece was written; it takes no part in comparing two contents.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    start: Id
    nodes: Mapping[str, Node]
    commands: Mapping[str, Command]
    countries: Mapping[str, Lines]
    rules: Rules
    places: Annotated[Gazetteer, SkipValidation] = Field(default_factory=Gazetteer, repr=False)
    directory: Directory = Directory()
    disclosures: Annotated[DisclosureLexicon, SkipValidation] = Field(
        default_factory=DisclosureLexicon, repr=False
    )
    sources: Mapping[str, Cited] = Field(default_factory=dict, repr=False)
    quizzes: Mapping[str, Quiz] = Field(default_factory=dict, repr=False)
    wish_list: Annotated[WishList, SkipValidation] = Field(default=NO_WISHES, repr=False)
    topics: tuple[NewsTopic, ...] = ()
    sessions: Mapping[str, Plan] = Field(default_factory=dict, repr=False)
    campaigns: Mapping[str, Template] = Field(default_factory=dict, repr=False)
    outreach: Outreach = Field(default_factory=Outreach, repr=False)
    pickup: Mapping[str, tuple[str, ...]] = Field(default_factory=dict, repr=False)
    origin: Annotated[Origin, SkipValidation] = Field(
        default_factory=Origin, repr=False, exclude=True
    )

    @property
    def played(self) -> Mapping[str, Quiz]:
        """The quizzes that anybody may play: all but the tests of courses."""
        return {name: quiz for name, quiz in self.quizzes.items() if not quiz.is_test}

    @property
    def erasing(self) -> Mapping[str, str]:
        """The screens from which one tap erases a person, each with the screen that does."""
        forgets = {node.id for node in self.nodes.values() if node.forgets}
        ways = ((node.id, choice.goto) for node in self.nodes.values() for choice in node.choices)
        return {place: goto for place, goto in ways if goto in forgets}

    def place_of(self, block: str) -> str:
        """Name the first node that calls `block`, or nothing where none does."""
        return next((node.id for node in self.nodes.values() if node.block == block), "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and all(
            getattr(self, name) == getattr(other, name)
            for name in Content.model_fields
            if name != "origin"
        )

    __hash__ = None  # type: ignore[assignment] # it holds mappings
