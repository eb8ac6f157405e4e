"""The words and facts the bot serves, as frozen values.

English text in these values is the gettext msgid; nothing here is executed. The loader fills
them from `content/`, the engine reads them, and nobody changes them.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, StringConstraints

from bot.content.origin import Origin

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
"""A word a person can read in a diff: lower-case letters, digits and single hyphens."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4096, strip_whitespace=True)]
"""English source text, the gettext msgid. Markup: `<b>`, `<i>`, `<code>` and `<a>` only."""

Country = Literal["kz", "kg", "tj", "uz"]
Language = Literal["en", "ru", "kk", "ky", "tg", "uz", "uz_Cyrl"]


class Frozen(BaseModel):
    """A value of the content: strict about unknown keys, never changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Condition(Frozen):
    """Plain data that must hold for a text or a choice to appear; an empty one always holds.

    Each list is "one of these"; lists of different keys must all hold. A condition on the
    country does not hold while the country is unknown.
    """

    country: tuple[Country, ...] = ()
    language: tuple[Language, ...] = ()


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
    `forgets` erases everything held about the person as the screen is shown.
    """

    id: Id
    text: tuple[Paragraph, ...] = ()
    sensitive: bool = False
    help: bool = False
    forgets: bool = False
    needs: tuple[Literal["country"], ...] = ()
    called: Text | None = None
    block: str | None = None
    options: Mapping[str, Any] = Field(default_factory=dict, alias="with")
    goto: Id | None = None
    choices: tuple[Choice, ...] = ()


class Command(Frozen):
    """A slash command: its name, its line in the command menu (neutral!) and where it leads."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    text: Annotated[Text, Field(max_length=256)]
    goto: Id


class Flow(Frozen):
    """The nodes of one file. Ids are unique over all files; exactly one file names `start`."""

    flow: Id
    start: Id | None = None
    commands: tuple[Command, ...] = ()
    nodes: tuple[Node, ...]


class Need(StrEnum):
    """What a person may want from a line, in the words of the menu."""

    DANGER = "danger"
    TALK = "talk"
    CHILD = "child"
    MEDICAL = "medical"
    LEGAL = "legal"


class Confidence(StrEnum):
    """How sure the sources make us: official or two independent ones, one good one, or less."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Reports(StrEnum):
    """Whether who answers must pass the call on to the police."""

    IS_POLICE = "is_police"
    MUST = "must"
    SERIOUS_CASES = "serious_cases"
    UNKNOWN = "unknown"


class Cost(StrEnum):
    """What a call costs, as far as a source says so."""

    FREE = "free"
    FREE_MOBILE = "free_from_mobiles"
    ORDINARY = "ordinary"
    INTERNET = "internet"
    UNKNOWN = "unknown"


class Hours(Frozen):
    """When a line answers, in the time zone of its country.

    `always` is true for round the clock; otherwise `days` (ISO, Monday 1) and `opens`/`closes`
    as `HH:MM`. Leave everything out where no source says it: then nothing is claimed.
    """

    always: bool = False
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    opens: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    closes: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None

    @property
    def known(self) -> bool:
        """Tell whether any source says when the line answers."""
        return self.always or (bool(self.days) and self.opens is not None)


class Source(Frozen):
    """Where a fact was read: a page or a named document, and its date as far as known.

    `title` is for whoever checks; it may tell the topic and is never shown to a person. She sees
    `by`, a short neutral name, or else the site of `url`.
    """

    by: str | None = None
    title: str
    url: str | None = None
    date: str | None = None


class Hotline(Frozen):
    """A line a person can reach, with everything she should know before she calls.

    `number` is what a person dials inside the country; `e164` is present only where a source
    or the numbering plan makes the international form certain. `checked` is the day the
    sources were last compared; `called` the day somebody last rang the number, if ever.
    """

    id: Id
    name: Text
    number: Annotated[str, StringConstraints(pattern=r"^[0-9+() -]{2,24}$")]
    e164: Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{6,14}$")] | None = None
    channel: Literal["phone", "whatsapp"] = "phone"
    landline_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,6}$")] | None = None
    needs: tuple[Need, ...]
    emergency: bool = False
    serves: Text
    hours: Hours = Hours()
    languages: tuple[str, ...] = ()
    cost: Cost = Cost.UNKNOWN
    reports: Reports
    remark: Text | None = None
    conflicts: tuple[Literal["hours", "operator", "scope", "number"], ...] = ()
    confidence: Confidence
    verify_before_use: bool
    publish: Literal["yes", "with_warning", "verify_first", "no"]
    checked: date
    called: date | None = None
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


class Lines(Frozen):
    """A country's lines in the order they are offered, and the time zone they live in."""

    country: Country
    timezone: str
    hotlines: tuple[Hotline, ...]


class Rule(Frozen):
    """What is done with a line whose facts match `when`: the first matching rule decides.

    Every key of `when` names a fact of the line and lists the values that match.
    """

    when: Mapping[
        Literal["confidence", "verify_before_use", "publish", "conflicts"], tuple[str | bool, ...]
    ] = Field(default_factory=dict)
    show: bool
    caution: Text | None = None


class Rules(Frozen):
    """Which lines may be shown, with which caution, and for how many days after `checked`."""

    shelf_life_days: Annotated[int, Field(ge=1, le=3660)]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class Content(Frozen):
    """Everything authors wrote, indexed: the one value the engine needs besides catalogues.

    `origin` knows where each piece was written; it takes no part in comparing two contents.
    """

    start: Id
    nodes: Mapping[str, Node]
    commands: Mapping[str, Command]
    countries: Mapping[str, Lines]
    rules: Rules
    origin: Annotated[Origin, SkipValidation] = Field(
        default_factory=Origin, repr=False, exclude=True
    )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and all(
            getattr(self, name) == getattr(other, name)
            for name in Content.model_fields
            if name != "origin"
        )

    __hash__ = None  # type: ignore[assignment] # it holds mappings
