"""A campaign in its author's hands: what she may write, and what its button can open. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.campaigns.campaign import Campaign, Message, Photo
from bot.campaigns.wording import Wording
from bot.content.checks.limits import NEUTRAL, plain, units
from bot.content.lexicon import folded
from bot.engine.blocks.question_box import LEADS_ON, QuestionBox
from bot.engine.blocks.wishing_tree import WishingTree
from bot.engine.campaigns import LEAVE, link_to
from bot.engine.events import Wrote
from bot.engine.world import World
from bot.language.say import Say

ALONE: Final = 2_500
"""UTF-16 units of a text of her own: Telegram takes 4,096, and where it is approved all that is said of
it has to fit beside it, which is 1,300 where every region of a country is chosen by its name. The
button that ends the news takes none of them."""

BELOW_PICTURE: Final = 1_024
"""UTF-16 units of a text below a picture (Bot API, `caption`)."""

LONG, TELLING, LEADING, BUTTON, EMPTY, NO_ROOM = (
    *("text_long", "text_telling", "text_leading", "text_button", "text_empty"),
    "picture_no_room",
)
"""Leads: why something of hers was not taken."""

_BUTTON_LINE: Final = re.compile(r"^\W*[\[［【〔「⟦].*[\]］】〕」⟧]\W*$", re.MULTILINE)
"""A line that stands in brackets as a whole, as buttons are drawn in letters."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a button can open: the words behind `start`, and what the button says."""

    link: str
    label: Say


def room(campaign: Campaign) -> int:
    """Count the UTF-16 units that a text of this campaign may have."""
    return BELOW_PICTURE if campaign.picture else ALONE


def refused(world: World, campaign: Campaign, wrote: Wrote, wording: Wording) -> str:
    """Name the lead that says why a text is not taken; "" where it is."""
    if not any(map(str.isalnum, wording.text)):
        return EMPTY
    if units(wording.text) > room(campaign):
        return LONG
    if not wrote.plain or wrote.photo or LEADS_ON.search(wording.text):
        return LEADING
    if _looks_like_a_button(world, wording.text):
        return BUTTON
    tells = any(world.lexicon.tells(each[:NEUTRAL]) for each in (wording.text, wording.bare))
    return TELLING if tells else ""


def said(world: World, campaign: Campaign, language: str, wording: Wording) -> Campaign:
    """Say it so in one language; the button says there what it says already, or what it opens."""
    known = campaign.messages.get(language)
    button = known.button if known else _label(world, campaign.link, language)
    message = Message(wording.html, button)
    return replace(campaign, messages={**campaign.messages, language: message})


def unsaid(campaign: Campaign, language: str) -> Campaign:
    """Take the text in one language out."""
    left = {one: said for one, said in campaign.messages.items() if one != language}
    return replace(campaign, messages=left)


def has_room(campaign: Campaign) -> bool:
    """Tell whether every text is short enough to stand below a picture."""
    return all(units(plain(one.text)) <= BELOW_PICTURE for one in campaign.messages.values())


def pictured(campaign: Campaign, photo: Photo | None) -> Campaign:
    """Put a picture above the text, or take it away."""
    return replace(campaign, picture=photo)


def openings(world: World) -> Mapping[str, Opening]:
    """List what a button can open: quizzes and pages, by their ids, with the names people know."""
    content = world.content
    pages = {WishingTree.spec.name: "t"}
    if world.has_team:
        pages[QuestionBox.spec.name] = "b"
    ways = [way for node in content.nodes.values() for way in node.choices]
    found: dict[str, Opening] = {}
    for block, link in pages.items():
        place = content.place_of(block)
        label = next((way.text for way in ways if way.goto == place), "")
        if place and label:
            found[place] = Opening(link, Say(label))
    for name, quiz in content.played.items():
        found[name] = Opening(link_to(quiz), Say(quiz.title))
    return found


def opened(world: World, campaign: Campaign, link: str) -> Campaign:
    """Let the button open something else, or be none at all with ""; it says so in each language."""
    messages = {
        language: Message(one.text, _label(world, link, language))
        for language, one in campaign.messages.items()
    }
    return replace(campaign, messages=messages, link=link)


def _label(world: World, link: str, language: str) -> str:
    labels = (one.label for one in openings(world).values() if one.link == link)
    return next((world.plain(language, label) for label in labels), "")


def _looks_like_a_button(world: World, text: str) -> bool:
    """Tell whether a line is drawn as a button, or says what the button says that ends the news."""
    ours = {folded(world.plain(one, LEAVE)) for one in world.offered.languages}
    lines = (folded(line).strip(" \t.!…→»>›▶") for line in text.split("\n"))
    return bool(_BUTTON_LINE.search(text)) or not ours.isdisjoint(lines)
