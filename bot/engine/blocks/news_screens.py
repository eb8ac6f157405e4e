"""What somebody chooses who wants news: how it stands behind a button, and how it is said."""

from dataclasses import dataclass, replace
from typing import Final, Self

from bot.campaigns.audience import Reader
from bot.campaigns.subscription import QUIET, Subscription
from bot.content.model import NewsTopic, Place
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Names, Say, Value
from bot.language.tongues import NAMES as LANGUAGES
from bot.learning.headcount import AGES
from bot.learning.spelling import spelt, unspelt

STEPS: Final = ("language", "country", "region", "age", "topics", "quiet", "summary")
"""What is asked, one after the other; the last one sums up."""

OPTIONAL: Final = ("region", "age", "topics")
"""What need not be kept at all: who skips it leaves it out."""

_OLDER: Final = Say("25 or older")


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen so far, and what is asked now.

    Attributes:
        step: one of `STEPS`.
        reader: what audiences would be made of.
        quiet: the quiet hours, one of `QUIET`.
    """

    step: str
    reader: Reader
    quiet: str = QUIET[0]

    @classmethod
    def read(cls, look: Look) -> Self:
        """Read the choices out of what the screen is about; who gets news has hers already.

        What is not there any more, such as a region that was renamed, is not chosen.
        """
        step, *words = look.session.item.split(AND)
        step = step if step in STEPS else STEPS[0]
        asked = look.session.subscription
        if asked is not None:
            return cls(step, asked.reader, asked.quiet)
        language, country, region, age, topics, quiet = (*words, *("",) * 6)[:6]
        offered = look.world.offered
        reader = Reader(
            language if language in offered.languages else look.session.language,
            country if country in offered.countries else look.session.country,
            age=age if age in AGES else "",
            topics=_unspelt(look, topics),
        )
        known = {one.id for one in regions(look, reader.country)}
        reader = replace(reader, region=region if region in known else "")
        return cls(step, reader, quiet if quiet in QUIET else QUIET[0])

    def item(self, look: Look) -> str:
        """Write them down in words that `read` reads again; of who gets news only the step."""
        if look.session.subscription is not None:
            return self.step
        one = self.reader
        words = (one.language, one.country, one.region, one.age, _spelt(look, one.topics))
        return AND.join((self.step, *words, self.quiet))

    def onward(self) -> Self:
        """Go on to the next question; of a country without regions none is asked for."""
        return replace(self, step=STEPS[STEPS.index(self.step) + 1])


def told(look: Look, reader: Reader, quiet: str) -> tuple[Say, ...]:
    """Say what is chosen, a line each."""
    return (
        Say("Language: {language}", {"language": language_of(reader)}),
        Say("Place: {place}", {"place": place_of(look, reader)}),
        Say("Age: {age}", {"age": age_of(reader)}),
        Say("Topics: {topics}", {"topics": topics_of(look, reader)}),
        Say("No messages: {hours}", {"hours": hours(quiet)}),
    )


def told_of(look: Look, asked: Subscription) -> tuple[Say, ...]:
    """Say what is kept of somebody who gets news."""
    return (
        *told(look, asked.reader, asked.quiet),
        Say("You said yes on {day}.", {"day": asked.agreed}),
    )


def language_of(reader: Reader) -> str:
    """Name the language of her news in itself."""
    return LANGUAGES.get(reader.language, reader.language)


def place_of(look: Look, reader: Reader) -> Value:
    """Name her region with the country, or the country alone."""
    country = COUNTRIES.get(reader.country, Say("not said"))
    region = next((one for one in regions(look, reader.country) if one.id == reader.region), None)
    if region is None:
        return country
    return Say("{region}, {country}", {"region": Names(region.names), "country": country})


def age_of(reader: Reader) -> Say:
    """Say the band of her age, if she told it."""
    return band(reader.age) if reader.age in AGES else Say("not said")


def topics_of(look: Look, reader: Reader) -> Value:
    """Name the topics she chose; none stands for all."""
    chosen = tuple(Say(one.name) for one in topics(look) if one.id in reader.topics)
    if not reader.topics:
        return Say("all")
    return chosen or Say("none of those that there are now")


def band(age: str) -> Say:
    """Say a band of age."""
    return _OLDER if age == AGES[-1] else Say("{age}", {"age": age.replace("-", "–")})


def hours(quiet: str) -> str:
    """Write quiet hours as clocks show them."""
    begins, _, ends = quiet.partition("-")
    return f"{begins}:00–{ends}:00"


def regions(look: Look, country: str) -> tuple[Place, ...]:
    """List the regions of a country."""
    return look.world.content.places.regions.get(country, ())


def topics(look: Look) -> tuple[NewsTopic, ...]:
    """List the topics on offer."""
    return look.world.content.topics


def _spelt(look: Look, chosen: frozenset[str]) -> str:
    """Write a choice of topics as one word: a bit for each of the list."""
    bits = sum(1 << at for at, one in enumerate(topics(look)) if one.id in chosen)
    (word,) = spelt(bits, 1)
    return word


def _unspelt(look: Look, word: str) -> frozenset[str]:
    bits = unspelt([word]) or 0
    return frozenset(one.id for at, one in enumerate(topics(look)) if bits >> at & 1)
