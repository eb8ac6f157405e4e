"""To whom a draft goes: chosen from lists, with the readers of each choice told as far as may be."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.campaigns.audience import Audience
from bot.campaigns.board import Posted
from bot.engine.blocks.base import Part
from bot.engine.blocks.campaign_screens import back, counts, rows, ticked, to
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.blocks.news_screens import band, regions
from bot.engine.screen import Option, in_rows
from bot.engine.world import Look
from bot.language.say import Names, Say, Value
from bot.language.tongues import NAMES
from bot.learning.headcount import AGES

_SETS: Final[Mapping[str, tuple[str, Say]]] = {
    "to-languages": ("languages", Say("Language")),
    "to-countries": ("countries", Say("Country")),
    "to-regions": ("regions", Say("Region")),
    "to-ages": ("ages", Say("Age")),
    "to-topic": ("topics", Say("Topics")),
}
"""The ways in which readers are chosen: by which set of the audience, and what it is called."""

STEPS: Final = tuple(_SETS)
_TOPIC: Final = "to-topic"
_A_ROW: Final = 2


def view(look: Look, one: Posted, step: str, draft: str, audience: str) -> Part:
    """Sum up who gets it, or offer one way of choosing; `draft` and `audience` lead back."""
    now = (*to(look, one.audience), *counts(one))
    if step not in _SETS:
        ways = (
            (name, label)
            for name, (_, label) in _SETS.items()
            if name != "to-regions" or _country(one)
        )
        return Part((now,), (*rows(ways), back(draft)))
    name, _ = _SETS[step]
    on = getattr(one.audience, name)
    options = tuple(
        Option(id_, ticked(label, on=id_ in on), also=Say("{label}", {"label": label}))
        for id_, label in _OFFERS[step](look, one).items()
    )
    hint = Say("Tap to choose or to take back. If you choose nothing, it goes to all.")
    aside = ((hint,),) if step != _TOPIC else ()
    return Part((now, *aside), (*in_rows(options, _A_ROW), back(audience)))


def chosen(look: Look, one: Posted, step: str, option: str) -> tuple[str, Audience] | None:
    """Give the topic and the audience after a choice; None where it is not offered."""
    if option not in _OFFERS[step](look, one):
        return None
    if step == _TOPIC:  # who chose topics hears of nothing else, so there is always one
        return option, replace(one.audience, topics=frozenset({option}))
    name, _ = _SETS[step]
    change: dict[str, frozenset[str]] = {name: getattr(one.audience, name) ^ {option}}
    audience = replace(one.audience, **change)
    if step == "to-countries":
        audience = replace(audience, regions=frozenset())
    return one.campaign.topic, audience


def _country(one: Posted) -> str:
    """Name the one country it is for, if it is one: only then regions can be chosen."""
    return next(iter(one.audience.countries)) if len(one.audience.countries) == 1 else ""


def _languages(look: Look, _one: Posted) -> dict[str, Value]:
    return {name: NAMES[name] for name in look.world.offered.languages}


def _countries(look: Look, _one: Posted) -> dict[str, Value]:
    return {name: COUNTRIES[name] for name in look.world.offered.countries}


def _regions(look: Look, one: Posted) -> dict[str, Value]:
    return {place.id: Names(place.names) for place in regions(look, _country(one))}


def _ages(_look: Look, _one: Posted) -> dict[str, Value]:
    return {age: band(age) for age in AGES}


def _topics(look: Look, _one: Posted) -> dict[str, Value]:
    return {topic.id: Say(topic.name) for topic in look.world.content.topics}


_OFFERS: Final[Mapping[str, Callable[[Look, Posted], dict[str, Value]]]] = {
    "to-languages": _languages,
    "to-countries": _countries,
    "to-regions": _regions,
    "to-ages": _ages,
    "to-topic": _topics,
}
