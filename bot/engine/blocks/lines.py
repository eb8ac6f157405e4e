"""How a line is spoken of on any screen: its number, its name, and what stands in in danger."""

from collections.abc import Iterable, Sequence

from bot.content.model import Hotline, Need, Reports, Sector
from bot.directory.hotlines import Offer, answers, offer, offered
from bot.engine.blocks.countries import NAMES
from bot.engine.world import Look, World
from bot.language.say import Say, Value

OPEN, CLOSED = Say("Open now."), Say("Closed now.")

WARNS = {
    Reports.MUST: Say("They must tell the police about your call."),
    Reports.SERIOUS_CASES: Say("They pass serious cases to the police."),
}


def called(line: Hotline) -> Say:
    """Say the number of a line with its name in brackets."""
    return Say("<b>{number}</b> ({name})", {"number": line.number, "name": Say(line.name)})


def warnings(lines: Iterable[Hotline]) -> tuple[Say, ...]:
    """Warn where every one of `lines` passes calls on: of a mixed list nobody could tell whose."""
    first, *others = {WARNS.get(line.reports) for line in lines} or {None}
    return () if first is None or others else (first,)


def to_call(lines: Sequence[Hotline]) -> tuple[Say, ...]:
    """Name the lines to call where no place is known, and what to know before."""
    return (Say("You can call: {lines}", _named(lines)), *warnings(lines))


def also_to_call(lines: Sequence[Hotline]) -> tuple[Say, ...]:
    """Name the lines to call beside a place that is known, if there are any."""
    return (Say("You can also call: {lines}", _named(lines)), *warnings(lines)) if lines else ()


def _named(lines: Sequence[Hotline]) -> dict[str, Value]:
    return {"lines": tuple(map(called, lines))}


def in_danger(look: Look, *, care: bool = False) -> Say:
    """Name the emergency numbers of her country; with `care` those for medical help come first."""
    content = look.world.content
    lines = content.countries[look.session.country]
    urgent = offered(lines, content.rules, Need.DANGER, look.now.date())
    found = _urgent((one.line for one in urgent), care=care)
    numbers: tuple[Value, ...] = tuple(map(called, found))
    return Say("In danger, call: {numbers}", {"numbers": numbers})


def emergency(look: Look, *, care: bool = False) -> tuple[Say, ...]:
    """Name the emergency numbers, those of every country while hers is unknown.

    With `care` those that bring medical help come first and the police last: who wishes to die
    needs them in this order.
    """
    if look.session.country:
        return (in_danger(look, care=care),)
    return (Say("In danger, call:"), *emergency_lines(look.world, care=care))


def _urgent(lines: Iterable[Hotline], *, care: bool) -> list[Hotline]:
    """Choose the emergency lines, in the order of their file or in that of care."""
    urgent = [one for one in lines if one.emergency]
    return sorted(urgent, key=_before_police) if care else urgent


def _before_police(line: Hotline) -> int:
    return 2 if line.reports is Reports.IS_POLICE else Need.MEDICAL not in line.needs


def emergency_lines(world: World, only: str = "", *, care: bool = False) -> tuple[Say, ...]:
    """Name the emergency numbers of every offered country, or of one, each country in a line."""
    lines: list[Say] = []
    for country in (only,) if only else world.offered.countries:
        if country in world.content.countries:
            urgent = _urgent(world.content.countries[country].hotlines, care=care)
            numbers: tuple[Value, ...] = tuple(one.number for one in urgent)
            said: dict[str, Value] = {"country": NAMES[country], "numbers": numbers}
            lines.append(Say("{country}: {numbers}", said))
    return tuple(lines)


def entry(one: Offer, timezone: str, look: Look) -> tuple[Say, ...]:
    """Tell a line: number, name, whether it answers now, and what is needed before a call.

    Where its name speaks of only some of those it answers, it says whom it answers.
    """
    line = Say("<b>{number}</b> — {name}.", {"number": one.line.number, "name": Say(one.line.name)})
    state = answers(one, timezone, look.now)
    if state is not None:
        line = Say("{line} {state}", {"line": line, "state": OPEN if state else CLOSED})
    whom = (for_whom(one.line),) if one.line.says_whom else ()
    warning = WARNS.get(one.line.reports)
    return (line, *whom) if warning is None else (line, *whom, warning)


def for_whom(line: Hotline) -> Say:
    """Say for whom a line is."""
    return Say("For whom: {whom}", {"whom": Say(line.serves)})


def standing_in(look: Look, sector: Sector) -> tuple[Hotline, ...]:
    """Name the lines of her country that answer for `sector` where no place is known.

    When all of them have grown too old, the emergency lines are left: they never do.
    """
    content = look.world.content
    services = content.directory.countries.get(look.session.country)
    named = services.lines.get(sector, ()) if services else ()
    urgent = [
        line.id for line in content.countries[look.session.country].hotlines if line.emergency
    ]
    return may_be_called(look, named) or may_be_called(look, urgent)


def may_be_called(look: Look, ids: Iterable[str]) -> tuple[Hotline, ...]:
    """Find the lines of her country with these ids that may be shown, in the order of `ids`."""
    content = look.world.content
    lines = content.countries.get(look.session.country)
    known = {line.id: line for line in lines.hotlines} if lines else {}
    today = look.now.date()
    return tuple(
        known[one] for one in ids if one in known and offer(known[one], content.rules, today)
    )
