"""Which lines and services somebody should ring next, and what to ask there. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.content.model import Content, Hotline, Hours, Office, Phone, Refuge, Reports, Rules, Sector
from bot.directory.hotlines import offer
from bot.directory.standing import good_until

Why = Literal["unverified", "expiring", "hidden"]
"""Why a call is due: nobody has confirmed it, it grows too old, or it is not shown at all."""

COMPARE: Final = "No number is known: compare the sources again."
"""What is left to do for a service without a number of its own."""

COLUMNS: Final = ("by", "id", "name", "number", "answers", "ask")
"""What `row` gives of a call."""

_ORDER: Final[tuple[Why, ...]] = ("unverified", "expiring", "hidden")
_SECTORS: Final = (
    *(Sector.MEDICAL, Sector.SHELTER, Sector.PSYCHOSOCIAL),
    *(Sector.POLICE, Sector.LEGAL, Sector.SOCIAL),
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make.

    Attributes:
        rank: 0 for emergency lines, 1 for other lines, 2 for protected services, then by sector.
        numbers: what to dial inside the country; empty where only the sources can be compared.
        hours: when somebody answers, in the time of the country, as far as known.
        ask: what to ask, the most important first.
        due: the last day on which what is written counts as fresh.
    """

    id: str
    country: str
    name: str
    numbers: tuple[str, ...]
    hours: Hours
    ask: tuple[str, ...]
    due: date
    why: Why
    rank: int


def calls(content: Content, today: date, within_days: int = 30) -> tuple[Call, ...]:
    """List the calls to make, the most important first.

    First what is shown, has to be verified and was never called: lines, protected services, then
    by sector. Then what else is fresh for at most `within_days` more days. Last what is not
    shown, which a call may clear up; what is closed is left alone. A service without a number of
    its own is listed only when it grows too old: there only the sources can be compared again.
    """
    found = [*_lines(content, today, within_days), *_services(content, today, within_days)]
    return tuple(
        sorted(
            found,
            key=lambda call: (_ORDER.index(call.why), call.rank, call.due, call.country, call.id),
        )
    )


def row(call: Call) -> tuple[str, ...]:
    """Write a call in the columns of `COLUMNS`, for a table or a line of plain text."""
    numbers = ", ".join(call.numbers) or "–"
    answers = f"{_said(call.hours)} ({call.country})"
    return call.due.isoformat(), call.id, call.name, numbers, answers, " ".join(call.ask)


def _lines(content: Content, today: date, within_days: int) -> Iterator[Call]:
    for country, lines in content.countries.items():
        for line in lines.hotlines:
            due = line_good_until(line, content.rules)
            shown = offer(line, content.rules, max(line.checked, line.called or line.checked))
            soon = due - today <= timedelta(days=within_days)
            why = _why(line, soon=soon, shown=shown is not None)
            if why:
                told = (
                    f"Sources disagree on the {each}: which is right?" for each in line.conflicts
                )
                yield Call(
                    id=line.id,
                    country=country,
                    name=line.name,
                    numbers=(line.number,),
                    hours=line.hours,
                    ask=(*_questions(line), *told),
                    due=due,
                    why=why,
                    rank=0 if line.emergency else 1,
                )


def line_good_until(line: Hotline, rules: Rules) -> date:
    """Name the last day of a line's shelf life, from when it was last compared or called."""
    return max(line.checked, line.called or line.checked) + timedelta(days=rules.shelf_life_days)


def _services(content: Content, today: date, within_days: int) -> Iterator[Call]:
    directory = content.directory
    for country, services in directory.countries.items():
        for service in services.all:
            if service.status == "closed" or not directory.kinds.kinds[service.kind].listed:
                continue
            due = good_until(service, directory.kinds)
            soon = due - today <= timedelta(days=within_days)
            why = _why(service, soon=soon, shown=service.withheld is None)
            told = (f"Withheld: {service.withheld}.",) if service.withheld else ()
            if not service.phones:
                why = "expiring" if soon and service.withheld is None else None
            if why:
                yield Call(
                    id=service.id,
                    country=country,
                    name=_name(service),
                    numbers=tuple(map(_dialled, service.phones)),
                    hours=service.hours,
                    ask=(*told, *_questions(service)) if service.phones else (COMPARE,),
                    due=due,
                    why=why,
                    rank=_rank(service),
                )


def _why(one: Hotline | Refuge | Office, *, soon: bool, shown: bool) -> Why | None:
    if not shown:
        return "hidden"
    if one.verify_before_use and one.called is None:
        return "unverified"
    return "expiring" if soon else None


def _rank(service: Refuge | Office) -> int:
    if isinstance(service, Refuge):
        return 2
    return 3 + min(_SECTORS.index(sector) for sector in service.sectors)


def _questions(one: Hotline | Refuge | Office) -> Iterator[str]:
    """Ask whether the number is right, and then for every fact that nobody knows."""
    yield "Is the number right, and who answers?"
    if not one.hours.known:
        yield "When does somebody answer?"
    if not one.languages:
        yield "In which languages?"
    if one.reports is Reports.UNKNOWN:
        yield "Is what is told passed on to the police?"
    if not isinstance(one, Hotline):
        if one.children is None:
            yield "May children come along?"
        if one.step_free is None:
            yield "Can one come in without steps?"


def _name(service: Refuge | Office) -> str:
    """Pick a name for the operator: English, Russian, or any there is."""
    names = service.names
    return names.get("en") or names.get("ru") or next(iter(names.values()))


def _dialled(phone: Phone) -> str:
    return phone.number if phone.channel == "phone" else f"{phone.number} ({phone.channel})"


def _said(hours: Hours) -> str:
    if hours.always:
        return "always"
    if not hours.known:
        return "not known"
    days = " ".join(_DAYS[day - 1] for day in hours.days)
    return f"{days} {hours.opens}-{hours.closes}"
