"""What is shown of campaigns to those who write and approve them, and what they may do about each."""

import re
from collections.abc import Iterable
from datetime import datetime
from html import unescape
from typing import Final
from zoneinfo import ZoneInfo

from bot.campaigns.approval import decide
from bot.campaigns.audience import LEAST, Audience
from bot.campaigns.board import Board, Posted
from bot.campaigns.commands import (
    Approve,
    By,
    Command,
    Pause,
    Propose,
    Recall,
    Resume,
    Stop,
    Withdraw,
)
from bot.campaigns.events import Refusal
from bot.campaigns.proposal import Phase
from bot.content.model import Template
from bot.engine.blocks import campaign_progress
from bot.engine.blocks.base import Part
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.campaigns import made, missing
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say, Value
from bot.language.tongues import NAMES
from bot.learning.spelling import spelt
from bot.staff.roles import Act

NEW, EVERYWHERE, DONE, LIST = "new-campaign", "every-country", "campaign-done", "campaign-list"
DRAWN: Final = "campaign-drawn"
"""What can be tapped besides campaigns, countries, languages and times."""

STARTS: Final = {
    "in-half-hour": (Say("In 30 minutes"), 30 * 60),
    "in-two-hours": (Say("In 2 hours"), 2 * 3600),
    "in-half-day": (Say("In 12 hours"), 12 * 3600),
    "in-a-day": (Say("In 1 day"), 24 * 3600),
    "in-three-days": (Say("In 3 days"), 3 * 24 * 3600),
}
"""When a campaign may start, and in how many seconds that is."""

_PHASES: Final = {
    Phase.DRAFT: Say("A draft: nobody but you sees it."),
    Phase.PROPOSED: Say("It waits for a colleague who approves it."),
    Phase.APPROVED: Say("Approved. It goes out at its time."),
    Phase.SENDING: Say("It is being sent."),
    Phase.PAUSED: Say("Paused: nothing is sent now."),
    Phase.CORRECTING: campaign_progress.CORRECTING,
    Phase.DONE: Say("It has been sent."),
    Phase.STOPPED: Say("Stopped for good."),
    Phase.RECALLED: Say("Recalled: messages are being deleted."),
}
ACTIONS: Final = {
    "propose": Say("Propose it"),
    "approve": Say("Approve exactly this"),
    "send-back": Say("Make it a draft again"),
    "pause-sending": Say("Pause"),
    "resume-sending": Say("Go on"),
    "stop-sending": Say("Stop for good"),
    "recall-sent": Say("Delete what was sent"),
}
NOT_HERS: Final = Say("This screen is not open now.")
_NONE: Final = Say("There is no campaign here now.")
CHANGED: Final = Say("This campaign has changed, or is over. Look at the list again.")
_FEW: Final = Say("Fewer than {n} readers: nothing would be sent.", {"n": LEAST})
_FEW_SENT: Final = Say("Sent so far: fewer than {n}.", {"n": LEAST})
MARK: Final = 4
"""Words that name a campaign: the first 40 bits of its fingerprint, so that a button of what was
shown does nothing to what it was changed into."""
_MARK_BYTES: Final = 5
_BEGINNING: Final = 26
"""Letters of a text that its button shows."""
_TAG: Final = re.compile(r"<[^<>]*>")
PLACES: Final = tuple(str(place) for place in range(1, 10))
"""The buttons of the list: they only open what stands there at that moment."""


def listed(look: Look, board: Board) -> Part:
    """List what is there, and let those write who may."""
    rows = [
        (Option(place, Say("{text}", {"text": _beginning(look, one)})),)
        for place, one in zip(PLACES, board.posted, strict=False)
    ]
    if look.session.standing.may(Act.WRITE):
        rows.append((Option(NEW, Say("Write a campaign")),))
    text = Say("Campaigns you can see: {n}", {"n": len(board.posted)}) if board.posted else _NONE
    return Part(((text,),), tuple(rows))


def written(look: Look, chosen: list[str]) -> Part:
    """Ask what is not chosen yet: which text, who gets it, and when."""
    template = look.world.content.campaigns.get(chosen[0]) if chosen else None
    if template is None or not look.session.standing.may(Act.WRITE):
        rows = _rows((name, Say(one.title)) for name, one in look.world.content.campaigns.items())
        return Part(((Say("Which campaign?"),),), (*rows, back(LIST)))
    about = (Say("<b>{title}</b>", {"title": Say(template.title)}), Say(template.about))
    last = chosen[1] if chosen[1:] else ""
    if last in look.world.offered.languages and last not in missing(look.world, template):
        message = made(look.world, template, "").messages[last]
        read = (Say("In {language}:", {"language": NAMES[last]}),)
        text = (Say(message.text), Say("[ {button} ]", {"button": Say(message.button)}))
        return Part((read, text), (back(template.campaign),))
    if last == EVERYWHERE or last in look.world.offered.countries:
        ask = Say("When should it start? Until ten minutes before, a colleague has to approve it.")
        starts = _rows((name, label) for name, (label, _) in STARTS.items())
        return Part(
            (about, _to(look, audience(template, last)), (ask,)), (*starts, back(template.campaign))
        )
    tongues = [
        one for one in look.world.offered.languages if one not in missing(look.world, template)
    ]
    places = [(EVERYWHERE, Say("All countries"))]
    places += [(one, COUNTRIES[one]) for one in look.world.offered.countries]
    return Part(
        (about, _gaps(look, template), (Say("Read it in each language. Then: who gets it?"),)),
        (*_rows((one, Say(NAMES[one])) for one in tongues), *_rows(places), back(LIST)),
    )


def shown(look: Look, board: Board, one: Posted, more: list[str]) -> Part:
    """Show a campaign as it stands: its text, who gets it, when, how far it is, what may be done."""
    offered, messages = look.world.offered.languages, one.campaign.messages
    wanted = (*more, look.session.language, *messages)
    read = next(name for name in wanted if name in messages)
    message = messages[read]
    absent = [NAMES[name] for name in offered if name not in messages]
    lacks = Say("Missing, so that nobody gets it there: {languages}", {"languages": tuple(absent)})
    facts = (
        _PHASES[one.proposal.phase],
        *_to(look, one.audience),
        *_counts(one),
        _start(look, one),
    )
    return Part(
        (
            facts,
            *campaign_progress.figures(look, one),
            *(((lacks,),) if absent else ()),
            (Say("In {language}:", {"language": NAMES[read]}),),
            (Say(message.text), Say("[ {button} ]", {"button": Say(message.button)})),
        ),
        (
            *_rows(
                (name, Say(NAMES[name])) for name in offered if name in messages and name != read
            ),
            *_rows((name, ACTIONS[name]) for name in allowed(look, board, one)),
            *campaign_progress.ways(one),
            *(_rows([(DRAWN, Say("See it as a picture"))]) if one.is_drawn else ()),
            back(LIST),
        ),
        live=campaign_progress.is_live(one),
    )


def allowed(look: Look, board: Board, one: Posted) -> dict[str, Command]:
    """Name what she may do about it now; the same rules judge it again as it is done."""
    by, at = By(board.name, look.session.standing), look.now.timestamp()
    commands: dict[str, Command] = {
        "propose": Propose(),
        "approve": Approve(one.proposal.digest),
        **({} if one.proposal.correction else {"send-back": Withdraw()}),
        "pause-sending": Pause(),
        "resume-sending": Resume(),
        "stop-sending": Stop(),
        "recall-sent": Recall(),
    }
    return {
        name: command
        for name, command in commands.items()
        if not isinstance(decide(one.proposal, command, by, at), Refusal)
    }


def mark(one: Posted) -> tuple[str, ...]:
    """Name a campaign as it is now, in words that a button knows."""
    return mark_of(one.proposal.digest)


def mark_of(digest: bytes) -> tuple[str, ...]:
    """Name what has this fingerprint, in words that a button knows."""
    return spelt(int.from_bytes(digest[:_MARK_BYTES]), MARK)


def found(board: Board, words: list[str]) -> Posted | None:
    """Find the campaign that these words name, as long as it is what it was then."""
    return next((one for one in board.posted if mark(one) == tuple(words)), None)


def audience(template: Template, where: str) -> Audience:
    """Give those who get it in one country or in all: who asked for news of its topic."""
    countries = frozenset() if where == EVERYWHERE else frozenset({where})
    return Audience(countries=countries, topics=frozenset({template.topic}))


def _to(look: Look, audience: Audience) -> tuple[Say, ...]:
    """Say who gets it."""
    there = tuple(COUNTRIES[one] for one in sorted(audience.countries)) or (Say("All countries"),)
    topics = [Say(one.name) for one in look.world.content.topics if one.id in audience.topics]
    about = (Say("News about: {topics}", {"topics": tuple(topics)}),) if topics else ()
    return (Say("For: {countries}", {"countries": there}), *about)


def _counts(one: Posted) -> tuple[Say, ...]:
    """Say how many it reaches and has reached, as far as that may be told."""
    readers = Say("Readers: about {n}", {"n": one.readers}) if one.readers else _FEW
    if one.proposal.phase in (Phase.DRAFT, Phase.PROPOSED, Phase.APPROVED):
        return (readers,)
    return (readers, Say("Sent so far: about {n}", {"n": one.sent}) if one.sent else _FEW_SENT)


def _start(look: Look, one: Posted) -> Say:
    """Say when it starts, by the clock of the one country it is for, or else of hers."""
    country = next(iter(one.audience.countries), "") if len(one.audience.countries) == 1 else ""
    lines = look.world.content.countries.get(country or look.session.country)
    zone = lines.timezone if lines else "UTC"
    there = datetime.fromtimestamp(one.proposal.starts, ZoneInfo(zone))
    values: dict[str, Value] = {"day": there.date(), "time": there.time(), "zone": zone}
    return Say("Starts: {day}, {time} ({zone})", values)


def _gaps(look: Look, template: Template) -> tuple[Say, ...]:
    """Say in which languages nobody would get it; these come before all others."""
    absent = tuple(NAMES[one] for one in missing(look.world, template))
    if not absent:
        return (Say("It is there in every language."),)
    return (Say("Missing, so that nobody gets it there: {languages}", {"languages": absent}),)


def _beginning(look: Look, one: Posted) -> str:
    messages = one.campaign.messages
    said = messages.get(look.session.language) or next(iter(messages.values()))
    plain = unescape(_TAG.sub("", said.text)).split("\n")[0]
    return plain if len(plain) <= _BEGINNING else f"{plain[:_BEGINNING]}…"


def _rows(options: Iterable[tuple[str, Say]]) -> tuple[tuple[Option, ...], ...]:
    return tuple((Option(id_, label),) for id_, label in options)


def back(to: str) -> tuple[Option, ...]:
    """Make the button that leads back to the list, or to what was chosen before."""
    return (Option(to, Say("All campaigns") if to == LIST else Say("Back")),)
