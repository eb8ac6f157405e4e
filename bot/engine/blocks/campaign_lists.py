"""The campaigns that somebody sees, and what a new one can be made of."""

import re
from dataclasses import replace
from html import unescape
from typing import Final

from bot.campaigns.audience import Audience
from bot.campaigns.board import Board, Drafted, Posted
from bot.campaigns.campaign import Campaign
from bot.content.model import Template
from bot.engine.blocks.base import Outcome, Part
from bot.engine.blocks.campaign_screens import LIST, back, in_language, mark, message, rows
from bot.engine.campaigns import made, missing
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say
from bot.language.tongues import NAMES
from bot.staff.invitation import CODE_BYTES, code
from bot.staff.roles import Act

NEW, OWN, TAKE = "new-campaign", "own-words", "take-text"
"""What can be tapped besides campaigns, topics and languages."""

PLACES: Final = tuple(str(place) for place in range(1, 10))
"""The buttons of the list: they only open what stands there at that moment."""

_NONE: Final = Say("There is no campaign here now.")
_FULL: Final = Say(
    "You have {n} drafts. Propose or delete one of them, then you can begin another."
)
_OWN_WORDS: Final = Say("My own words")
_BEGINNING: Final = 26
"""Letters of a text that its button shows."""
_TAG: Final = re.compile(r"<[^<>]*>")
_FIRST_START: Final = 24 * 60 * 60
"""Seconds until a new draft would start, before its author chooses."""


def listed(look: Look, board: Board) -> Part:
    """List what is there, and let those write who may."""
    found = [
        (Option(place, _beginning(look, one)),)
        for place, one in zip(PLACES, board.posted, strict=False)
    ]
    if look.session.standing.may(Act.WRITE):
        found.append((Option(NEW, Say("Write a campaign")),))
    text = Say("Campaigns you can see: {n}", {"n": len(board.posted)}) if board.posted else _NONE
    return Part(((text,),), tuple(found))


def begun(look: Look, board: Board, chosen: list[str]) -> Part:
    """Ask what a new campaign is made of: a text that is there, or words of her own."""
    if board.is_full:
        return Part(((Say(_FULL.text, {"n": board.drafts}),),), (back(LIST),))
    templates = look.world.content.campaigns
    match chosen:
        case [name, *more] if name in templates:
            return _ready(look, templates[name], more)
        case [one] if one == OWN:
            topics = ((topic.id, Say(topic.name)) for topic in look.world.content.topics)
            return Part(((Say("What is it about?"),),), (*rows(topics), back(NEW)))
    texts = ((name, Say(one.title)) for name, one in templates.items())
    return Part(
        ((Say("Which campaign?"),),), (*rows(texts), (Option(OWN, _OWN_WORDS),), back(LIST))
    )


def begin(look: Look, board: Board, chosen: list[str], option: str) -> Outcome | None:
    """Go on to what is asked next; with the last choice there is a draft."""
    if board.is_full:
        return None
    if option == NEW:
        return _at(look)
    match chosen:
        case [name, *_] if (template := look.world.content.campaigns.get(name)) is not None:
            if option == TAKE and len(missing(look.world, template)) < len(
                look.world.offered.languages
            ):
                return _drafted(look, made(look.world, template, _id(look)))
            tongues = {*look.world.offered.languages} - {*missing(look.world, template)}
            return _at(look, name, option) if option in tongues else None
        case [one] if one == OWN:
            known = {topic.id for topic in look.world.content.topics}
            return _drafted(look, Campaign(_id(look), option, {}, "")) if option in known else None
    known = {OWN, *look.world.content.campaigns}
    return _at(look, option) if option in known else None


def _ready(look: Look, template: Template, more: list[str]) -> Part:
    """Show a text that is there, in the language that is chosen or hers."""
    absent = missing(look.world, template)
    tongues = [one for one in look.world.offered.languages if one not in absent]
    wanted = (*more, look.session.language, *tongues)
    read = next((one for one in wanted if one in tongues), "")
    about = (Say("<b>{title}</b>", {"title": Say(template.title)}), Say(template.about))
    names = tuple(NAMES[one] for one in absent)
    gaps = Say("Missing, so that nobody gets it there: {languages}", {"languages": names})
    lacks = (gaps if absent else Say("It is there in every language."),)
    if not read:
        return Part((about, lacks), (back(NEW),))
    said = made(look.world, template, "").messages[read]
    others = rows((one, Say(NAMES[one])) for one in tongues if one != read)
    return Part(
        (about, lacks, in_language(read), *message(said.text, said.button)),
        (*others, (Option(TAKE, Say("Take this text")),), back(NEW)),
    )


def _drafted(look: Look, one: Campaign) -> Outcome:
    audience = Audience(topics=frozenset({one.topic}))
    starts = int(look.now.timestamp()) + _FIRST_START
    item = AND.join(mark(one.digest(audience, starts)))
    there = replace(look.session, item=item)
    return Outcome(there, doing=Drafted(one, audience, starts))


def _at(look: Look, *chosen: str) -> Outcome:
    return Outcome(replace(look.session, item=AND.join((NEW, *chosen))))


def _id(look: Look) -> str:
    return code(look.world.draw(CODE_BYTES))


def _beginning(look: Look, one: Posted) -> Say:
    messages = one.campaign.messages
    if not messages:
        return _OWN_WORDS
    said = messages.get(look.session.language) or next(iter(messages.values()))
    plain = unescape(_TAG.sub("", said.text)).split("\n")[0]
    begins = plain if len(plain) <= _BEGINNING else f"{plain[:_BEGINNING]}…"
    return Say("{text}", {"text": begins})
