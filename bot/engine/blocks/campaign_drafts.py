"""A campaign as its author changes it: its texts, its picture, its button and its start."""

from typing import Final

from bot.campaigns.approval import decide
from bot.campaigns.board import Board, Posted
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import By, Propose, Revise
from bot.campaigns.events import Refusal
from bot.engine import drafting
from bot.engine.blocks import campaign_audience
from bot.engine.blocks.base import Part
from bot.engine.blocks.campaign_progress import WRITE
from bot.engine.blocks.campaign_screens import (
    ACTIONS,
    LIST,
    MARK,
    SAMPLE,
    allowed,
    back,
    facts,
    gaps,
    in_language,
    message,
    rows,
    ticked,
)
from bot.engine.screen import Option, in_rows
from bot.engine.world import Look
from bot.language.say import Say
from bot.language.tongues import NAMES

DRAFT, READ, UNSET = "draft", "read-text", "take-out"
PICTURE, BUTTON, NO_BUTTON = "draft-picture", "draft-button", "no-button"
AUDIENCE, START, DELETE = "draft-audience", "draft-start", "delete-draft"
"""Where she stands in a draft, and what can be tapped there besides languages and what is chosen."""

STARTS: Final = {
    "in-half-hour": (Say("In 30 minutes"), 30 * 60),
    "in-two-hours": (Say("In 2 hours"), 2 * 3600),
    "in-half-day": (Say("In 12 hours"), 12 * 3600),
    "in-a-day": (Say("In 1 day"), 24 * 3600),
    "in-three-days": (Say("In 3 days"), 3 * 24 * 3600),
}
"""When a campaign may start, and in how many seconds that is."""

STEPS: Final = (READ, WRITE, PICTURE, BUTTON, AUDIENCE, START, DELETE, *campaign_audience.STEPS)
"""Words behind the mark of a campaign that say what of it she changes."""

PARTS: Final = {
    PICTURE: Say("Picture"),
    BUTTON: Say("Button"),
    AUDIENCE: Say("Who gets it"),
    START: Say("Start time"),
}
"""What of a campaign is changed besides its texts."""
_NO_BUTTON: Final = Say("No button")
_A_ROW: Final = 2


def may_change(look: Look, board: Board, one: Posted) -> bool:
    """Tell whether it is hers to change, and early enough."""
    revise = Revise(one.proposal.digest, one.proposal.starts)
    by = By(board.name, look.session.standing)
    return not isinstance(decide(one.proposal, revise, by, look.now.timestamp()), Refusal)


def view(look: Look, board: Board, one: Posted, more: list[str]) -> Part:
    """Show the draft, or ask for one thing of it."""
    match more:
        case [step, name] if step == READ and name in one.campaign.messages:
            return _read(one, name)
        case [step, name] if step in (READ, WRITE) and name in NAMES:
            return ask_for_text(one.campaign, name)
        case [step] if step == PICTURE:
            return _ask_for_picture(one)
        case [step] if step == BUTTON:
            return _ask_for_button(look, one)
        case [step] if step == START:
            ask = Say(
                "When should it start? Until ten minutes before, a colleague has to approve it."
            )
            starts = rows((name, label) for name, (label, _) in STARTS.items())
            return Part(((ask,),), (*starts, back(DRAFT)))
        case [step] if step == DELETE and DELETE in allowed(look, board, one):
            ask = Say("Delete this draft? This cannot be undone.")
            return Part(((ask,),), (*rows([(DELETE, Say("Yes, delete"))]), back(DRAFT)))
        case [step] if step == AUDIENCE or step in campaign_audience.STEPS:
            return campaign_audience.view(look, one, step, DRAFT, AUDIENCE)
    return _draft(look, board, one)


def _draft(look: Look, board: Board, one: Posted) -> Part:
    """Show all of it but the words, and what can be changed."""
    languages = tuple(
        Option(name, ticked(NAMES[name], on=name in one.campaign.messages), also=Say(NAMES[name]))
        for name in look.world.offered.languages
    )
    parts = tuple(Option(part, label) for part, label in PARTS.items())
    button = Say("Button: {label}", {"label": _opens(look, one)})
    return Part(
        ((*facts(look, one), button, *_too_near(look, board, one)), *gaps(look, one)),
        (
            *in_rows(languages, _A_ROW),
            *in_rows(parts, _A_ROW),
            *rows((name, ACTIONS[name]) for name in allowed(look, board, one)),
            back(LIST),
        ),
    )


def _too_near(look: Look, board: Board, one: Posted) -> tuple[Say, ...]:
    """Say that nobody could approve it in time as it is."""
    by = By(board.name, look.session.standing)
    late = decide(one.proposal, Propose(), by, look.now.timestamp()) is Refusal.TOO_SOON
    return (Say("The start is too near to be approved. Choose a new start time."),) if late else ()


def _read(one: Posted, name: str) -> Part:
    said = one.campaign.messages[name]
    options = (
        (WRITE, Say("Change the text")),
        (SAMPLE, Say("Send it to me")),
        (UNSET, Say("Take it out")),
    )
    return Part(
        (in_language(name), *message(said.text, said.button)), (*rows(options), back(DRAFT))
    )


def ask_for_text(one: Campaign, name: str) -> Part:
    """Ask for the text of a campaign in language `name`."""
    ask = Say("Write the text in {language}, in one message.", {"language": NAMES[name]})
    room = {"n": drafting.room(one)}
    fits = Say("{n} characters fit. Bold and italics stay as you set them.", room)
    neutral = Say(
        "In the first 100 characters, do not say what it is about: somebody beside the reader may "
        "see them."
    )
    return Part(((ask,), (fits, neutral)), (back(DRAFT),))


def _ask_for_picture(one: Posted) -> Part:
    ask = Say(
        "Send a picture now. I do not open it: Telegram keeps it and shows it to the readers."
    )
    fits = Say("Below a picture {n} characters fit.", {"n": drafting.BELOW_PICTURE})
    has = ((Say("It has a picture."),),) if one.campaign.picture else ()
    take_out = rows([(UNSET, Say("Take it out"))]) if one.campaign.picture else ()
    return Part((*has, (ask, fits)), (*take_out, back(DRAFT)))


def _ask_for_button(look: Look, one: Posted) -> Part:
    ask = Say("What should the button open? Its words come by themselves, in each language.")
    ways = drafting.openings(look.world)
    return Part(
        ((Say("Button: {label}", {"label": _opens(look, one)}),), (ask,)),
        (
            *rows((name, way.label) for name, way in ways.items()),
            (Option(NO_BUTTON, _NO_BUTTON),),
            back(DRAFT),
        ),
    )


def _opens(look: Look, one: Posted) -> Say:
    """Say what its button opens."""
    ways = drafting.openings(look.world).values()
    return next((way.label for way in ways if way.link == one.campaign.link), _NO_BUTTON)


def step_of(words: list[str]) -> list[str]:
    """Give what stands behind the mark, where that is a step of writing."""
    return words[MARK:] if words[MARK : MARK + 1] and words[MARK] in STEPS else []
