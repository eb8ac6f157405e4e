"""`news`, `news_choices` and `news_left`: somebody asks for news, changes it, or leaves (R16)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field

from bot.campaigns.subscription import QUIET, Subscription, Unsubscribe
from bot.content.blocks import BlockSpec
from bot.engine.blocks import news_screens as screens
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.blocks.news_screens import OPTIONAL, STEPS, Choices
from bot.engine.screen import Option, in_rows
from bot.engine.world import Look
from bot.language.say import Names, Say, Value
from bot.language.tongues import NAMES as LANGUAGES
from bot.language.tongues import for_country
from bot.learning.headcount import AGES
from bot.learning.spelling import every_word

LEAVE: Final = "leave-news"
"""What ends the news at once, on her own screen and under every message that is sent."""

BEGIN, CHANNEL, SKIP, NEXT, AGREE = "choose-news", "channel", "skip", "next", "agree-news"

_LABELS: Final[Mapping[str, Say]] = {
    "language": Say("Language"),
    "country": Say("Country"),
    "region": Say("Region"),
    "age": Say("Age"),
    "topics": Say("Topics"),
    "quiet": Say("Quiet hours"),
}
_QUESTIONS: Final[Mapping[str, Say]] = {
    "language": Say("In which language?"),
    "country": Say("Which country is it to be about?"),
    "region": Say("Which region? Then you also hear of what happens near you."),
    "age": Say("How old are you? Then you get what is meant for your age."),
    "topics": Say("What would you like to hear about? Tap all that you want."),
    "quiet": Say("When should I never write? The clock is that of your country."),
}
_KEPT_ASIDE: Final = Say("You need not say. If you skip this, I keep nothing about it.")
_ALL: Final = Say("If you choose nothing, you hear about all of them.")
_A_ROW: Final = 2


class News(PlainBlock):
    """Say what is kept of who gets news, and let her change it or leave; else lead to `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "news",
        NoOptions,
        goto="required",
        values=frozenset({"many"}),
        opens=frozenset({"news_left"}),
        news=True,
    )
    words: ClassVar[tuple[str, ...]] = (BEGIN, CHANNEL, LEAVE, *STEPS)

    def fill(self, look: Look) -> dict[str, Value]:
        """Tell how many messages a day there can be."""
        return {"many": look.world.daily}

    def view(self, look: Look) -> Part:
        """Offer to choose, beside a public channel where there is one; or say what is kept."""
        asked = look.session.subscription
        if asked is not None:
            changes = tuple(Option(step, label) for step, label in _LABELS.items())
            leave = (Option(LEAVE, Say("No more news")),)
            return Part((screens.told_of(look, asked),), (leave, *in_rows(changes, _A_ROW)))
        begin = (Option(BEGIN, Say("Choose what I want")),)
        if not look.world.channel:
            return Part(rows=(begin,))
        channel = Option(CHANNEL, Say("Open the channel"), url=look.world.channel)
        instead = Say(
            "Or follow our public channel instead: then I keep nothing about you. Others may see "
            "that you follow it."
        )
        return Part(((instead,),), (begin, (channel,)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go on to a question, or leave at once."""
        there = replace(look.session, place=look.node.goto or look.node.id, item="")
        if option == LEAVE:
            return left(look)
        if look.session.subscription is None:
            return Outcome(there) if option == BEGIN else None
        return Outcome(replace(there, item=option)) if option in _LABELS else None


class NewsOptions(BaseModel):
    """What `with:` takes: the version of what she reads, to be raised when its sense changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[int, Field(ge=1, le=999)]


class NewsChoices(PlainBlock):
    """Ask one thing after the other, sum up, and only then take her yes; go back to `goto`.

    Nothing is kept before that yes. Who gets news already changes one thing and goes back.
    """

    spec: ClassVar[BlockSpec] = BlockSpec("news_choices", NewsOptions, goto="required", news=True)
    fleeting: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (*STEPS, *AGES, *QUIET, SKIP, NEXT, AGREE, *every_word())

    def view(self, look: Look) -> Part:
        """Ask, or sum up what would be kept."""
        chosen = Choices.read(look)
        if chosen.step == STEPS[-1]:
            return _summary(look, chosen)
        asked = (_QUESTIONS[chosen.step], _now(look, chosen))
        aside = () if chosen.step not in OPTIONAL else ((_aside(chosen),),)
        return Part((asked, *aside), (*_OFFERS[chosen.step](look, chosen), _onward(chosen)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take an answer and go on; with the yes below the summary she gets news."""
        chosen = Choices.read(look)
        if chosen.step == STEPS[-1]:
            return _agreed(look, chosen) if option == AGREE else None
        if option in (SKIP, NEXT):
            return _after(look, _skipped(chosen) if option == SKIP else chosen)
        if option not in {one.id for row in _OFFERS[chosen.step](look, chosen) for one in row}:
            return None
        taken = _taken(chosen, option)
        return _stay(look, taken) if chosen.step == "topics" else _after(look, taken)


class NewsLeft(PlainBlock):
    """Stand where it is said that the news has ended: there the button that ends it leads."""

    spec: ClassVar[BlockSpec] = BlockSpec("news_left", NoOptions, news=True)


def left(look: Look) -> Outcome:
    """Leave, and stand where that is said; of who gets none there is nothing to end.

    The button that leads here works wherever she stands, also when nothing else is known of her.
    """
    nodes = look.world.content.nodes.values()
    place = next((one.id for one in nodes if one.block == NewsLeft.spec.name), look.node.id)
    there = replace(look.session, place=place, item="", subscription=None)
    return Outcome(there, subscription=Unsubscribe())


def _summary(look: Look, chosen: Choices) -> Part:
    return Part(
        (
            (Say("If you say yes, I keep this:"),),
            screens.told(look, chosen.reader, chosen.quiet),
            (
                Say(
                    "Also kept: the number of this chat, encrypted, so that I can write to you, and "
                    "the day you said yes to these words."
                ),
                Say("Nothing of this is kept if you do not say yes."),
            ),
        ),
        ((Option(AGREE, Say("Yes, send me news")),),),
    )


def _agreed(look: Look, chosen: Choices) -> Outcome:
    back = replace(look.session, place=look.node.goto or look.node.id, item="")
    if look.session.subscription is not None:
        return Outcome(back)
    version: int = look.node.options["version"]
    asked = Subscription(look.now.date(), version, chosen.reader, chosen.quiet)
    return Outcome(replace(back, subscription=asked), lead="subscribed", subscription=asked)


def _after(look: Look, chosen: Choices) -> Outcome:
    """Go on to the next question; who changed one thing goes back and has it kept."""
    if look.session.subscription is None:
        onward = chosen.onward()
        if onward.step == "region" and not screens.regions(look, chosen.reader.country):
            onward = onward.onward()
        return _stay(look, onward)
    kept = _stay(look, chosen)
    back = replace(kept.session, place=look.node.goto or look.node.id, item="")
    return replace(kept, session=back, lead="news_changed" if kept.subscription else "")


def _stay(look: Look, chosen: Choices) -> Outcome:
    """Stand at a question with what is chosen; of who gets news it is kept at once."""
    there = replace(look.session, place=look.node.id, item=chosen.item(look))
    before = look.session.subscription
    if before is None:
        return Outcome(there)
    asked = replace(before, reader=chosen.reader, quiet=chosen.quiet)
    if asked == before:
        return Outcome(there)
    return Outcome(replace(there, subscription=asked), subscription=asked)


def _taken(chosen: Choices, option: str) -> Choices:
    reader = chosen.reader
    match chosen.step:
        case "quiet":
            return replace(chosen, quiet=option)
        case "topics":
            reader = replace(reader, topics=reader.topics ^ {option})
        case "country":
            same = option == reader.country
            reader = replace(reader, country=option, region=reader.region if same else "")
        case "region":
            reader = replace(reader, region=option)
        case "age":
            reader = replace(reader, age=option)
        case _:
            reader = replace(reader, language=option)
    return replace(chosen, reader=reader)


def _skipped(chosen: Choices) -> Choices:
    """Leave out what need not be said; all else stays as it is."""
    reader = chosen.reader
    match chosen.step:
        case "region":
            reader = replace(reader, region="")
        case "age":
            reader = replace(reader, age="")
        case "topics":
            reader = replace(reader, topics=frozenset())
    return replace(chosen, reader=reader)


def _now(look: Look, chosen: Choices) -> Say:
    """Say what holds if she goes on without a choice."""
    reader = chosen.reader
    holds: Mapping[str, Value] = {
        "language": screens.language_of(reader),
        "country": COUNTRIES[reader.country],
        "region": screens.place_of(look, reader),
        "age": screens.age_of(reader),
        "topics": screens.topics_of(look, reader),
        "quiet": screens.hours(chosen.quiet),
    }
    return Say("Now: {choice}", {"choice": holds[chosen.step]})


def _aside(chosen: Choices) -> Say:
    return _ALL if chosen.step == "topics" else _KEPT_ASIDE


def _onward(chosen: Choices) -> tuple[Option, ...]:
    several = chosen.step == "topics" and chosen.reader.topics
    return (Option(NEXT, Say("Next")) if several else Option(SKIP, Say("Skip")),)


def _languages(look: Look, chosen: Choices) -> tuple[tuple[Option, ...], ...]:
    offered = look.world.offered.languages
    order = for_country(chosen.reader.country, look.session.language, offered)
    named = tuple(Option(one, Say("{name}", {"name": LANGUAGES[one]})) for one in order)
    return in_rows(named, _A_ROW)


def _countries(look: Look, _chosen: Choices) -> tuple[tuple[Option, ...], ...]:
    return tuple((Option(one, COUNTRIES[one]),) for one in look.world.offered.countries)


def _regions(look: Look, chosen: Choices) -> tuple[tuple[Option, ...], ...]:
    known = screens.regions(look, chosen.reader.country)
    named = tuple(Option(one.id, Say("{name}", {"name": Names(one.names)})) for one in known)
    return in_rows(named, _A_ROW)


def _ages(_look: Look, _chosen: Choices) -> tuple[tuple[Option, ...], ...]:
    return in_rows(tuple(Option(one, screens.band(one)) for one in AGES), _A_ROW)


def _topics(look: Look, chosen: Choices) -> tuple[tuple[Option, ...], ...]:
    return tuple(
        (
            Option(
                one.id,
                Say("✓ {label}", {"label": Say(one.name)})
                if one.id in chosen.reader.topics
                else Say(one.name),
                also=Say(one.name),
            ),
        )
        for one in screens.topics(look)
    )


def _hours(_look: Look, _chosen: Choices) -> tuple[tuple[Option, ...], ...]:
    named = tuple(Option(one, Say("{hours}", {"hours": screens.hours(one)})) for one in QUIET)
    return in_rows(named, _A_ROW)


_OFFERS: Final[Mapping[str, Callable[[Look, Choices], tuple[tuple[Option, ...], ...]]]] = {
    "language": _languages,
    "country": _countries,
    "region": _regions,
    "age": _ages,
    "topics": _topics,
    "quiet": _hours,
}
