"""What staff see of a campaign that goes out: how far it has come, and when it will be done."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.campaigns.approval import applied, decide
from bot.campaigns.board import Board, Posted
from bot.campaigns.commands import By, Command, Correct
from bot.campaigns.events import Refusal
from bot.campaigns.progress import Going, Sure, bar, forecast, part
from bot.campaigns.proposal import Correction, Phase
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say, Value

LOOK, CORRECTION, WRITE = "look-again", "see-correction", "write-text"
"""What can be tapped below a campaign that went out, besides what may be done about it."""

CHANGE: Final = (Option(WRITE, Say("Change the text")),)
CORRECTING: Final = Say("Everybody had it. It is being corrected.")
_ALLOWED: Final = Say("A correction is approved. It counts from {day}, {time} ({zone}).")
_GOES_ON: Final = (Phase.SENDING, Phase.PAUSED, Phase.CORRECTING, Phase.RECALLED)
_SURE: Final = {
    Sure.ABOUT: Say("Done about {day}, {time}"),
    Sure.NOT_BEFORE: Say("Not done before {day}, {time}"),
    Sure.ENDS: Say("It ends on {day}, {time}, even if some have not had it."),
}
_COUNTS: Final = {
    "left": Say("Left to send: about {n}"),
    "blocked": Say("Had blocked the bot: about {n}"),
    "departed": Say("Left the news before their turn: about {n}"),
    "corrected": Say("Corrected: about {n}"),
    "recalled": Say("Deleted: about {n}"),
    "a_minute": Say("In a minute: about {n}"),
}
"""What is told of its counts: those which are too small to be told are left out."""


def is_live(one: Posted) -> bool:
    """Tell whether what is shown of it changes by itself."""
    recalls = one.proposal.phase is not Phase.RECALLED or (
        one.going is not None and one.going.recalled < one.going.sent
    )
    return one.going is not None and one.proposal.phase in _GOES_ON and recalls


def figures(look: Look, one: Posted) -> tuple[tuple[Say, ...], ...]:
    """Say how far it has come, as far as that may be told, and when that was."""
    if one.going is None:
        return ()
    going, done = one.going, part(one.going, one.proposal)
    drawn = Say("{bar} {percent} %", {"bar": bar(done), "percent": int(done * 100)})
    asof = Say("As of {time} ({zone})", moment(look, one, look.now.timestamp()))
    about = (drawn, *_counts(one, going), *_when(look, one), *_correction(look, one))
    return ((*about, asof) if is_live(one) else about,)


def may_reword(look: Look, board: Board, one: Posted) -> bool:
    """Tell whether she may write other words for what has gone out of it."""
    by, at = By(board.name, look.session.standing), look.now.timestamp()
    return not isinstance(decide(one.proposal, Correct(b""), by, at), Refusal)


def ways(look: Look, board: Board, one: Posted) -> tuple[tuple[Option, ...], ...]:
    """Offer to change the text that is read now, to look again, and to look at its correction."""
    change = (CHANGE,) if may_reword(look, board, one) else ()
    again = ((Option(LOOK, Say("Look again")),),) if is_live(one) else ()
    waits = one.proposal.correction and one.words
    seen = ((Option(CORRECTION, Say("Look at the correction")),),) if waits else ()
    return (*change, *again, *seen)


def after(look: Look, board: Board, one: Posted, command: Command) -> Board:
    """Give the board as it will be once she has done it: judged again as it is applied."""
    by = By(board.name, look.session.standing)
    event = decide(one.proposal, command, by, look.now.timestamp())
    if isinstance(event, Refusal):
        return board
    changed = replace(one, proposal=applied(one.proposal, event))
    return replace(board, posted=tuple(changed if it is one else it for it in board.posted))


def _zones(look: Look, one: Posted) -> set[str]:
    """Name the time zones of its readers."""
    countries = look.world.content.countries
    names = one.audience.countries or look.world.offered.countries
    return {countries[name].timezone for name in names if name in countries}


def _counts(one: Posted, going: Going) -> Iterable[Say]:
    """Tell the counts that mean something as things stand."""
    told = {
        "left": going.left if one.proposal.phase in (Phase.SENDING, Phase.PAUSED) else 0,
        "blocked": going.blocked,
        "departed": going.departed,
        "corrected": going.corrected,
        "recalled": going.recalled,
        "a_minute": (going.a_minute or 0) if one.proposal.phase is not Phase.PAUSED else 0,
    }
    return (Say(_COUNTS[name].text, {"n": count}) for name, count in told.items() if count)


def _when(look: Look, one: Posted) -> tuple[Say, ...]:
    """Say when it will be done, as surely as that is known."""
    if one.going is None:
        return ()
    now, limits = look.now.timestamp(), look.world.limits
    found = forecast(one.going, one.proposal, limits, now, _zones(look, one))
    return (Say(_SURE[found.sure].text, moment(look, one, found.at)),) if found else ()


def _correction(look: Look, one: Posted) -> tuple[Say, ...]:
    """Say how far a correction has come that does not count yet."""
    match one.proposal.correction:
        case Correction(starts=0):
            return (Say("A correction waits for a colleague who approves it."),)
        case Correction(starts=starts):
            return (Say(_ALLOWED.text, moment(look, one, starts)),)
    return ()


def moment(look: Look, one: Posted, at: float) -> dict[str, Value]:
    """Say when that is by the clock of the one country it is for, or else of hers."""
    country = next(iter(one.audience.countries), "") if len(one.audience.countries) == 1 else ""
    lines = look.world.content.countries.get(country or look.session.country)
    zone = lines.timezone if lines else "UTC"
    there = datetime.fromtimestamp(at, ZoneInfo(zone))
    return {"day": there.date(), "time": there.time(), "zone": zone}
