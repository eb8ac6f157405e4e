"""Which lines may be shown for a need, with which caution, and whether they answer now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content.model import Hotline, Hours, Lines, Need, Rule, Rules


@dataclass(frozen=True, slots=True)
class Offer:
    """A line that may be shown, and the caution to show with it, or an empty one."""

    line: Hotline
    caution: str = ""


def offered(lines: Lines, rules: Rules, need: Need, today: date) -> tuple[Offer, ...]:
    """Name the lines for `need` in their order; the emergency lines if none is left.

    A line past its shelf life is withheld, but an emergency number never is: an old "112" beats
    an empty screen.
    """
    fitting = (line for line in lines.hotlines if need in line.needs)
    return tuple(_permitted(fitting, rules, today)) or tuple(
        _permitted((line for line in lines.hotlines if line.emergency), rules, today)
    )


def offer(line: Hotline, rules: Rules, today: date) -> Offer | None:
    """Decide one line by the first rule that matches it; none means: do not show."""
    if not line.emergency and expired(line, rules, today):
        return None
    for rule in rules.rules:
        if _matches(rule, line):
            return Offer(line, rule.caution or "") if rule.show else None
    return None


def expired(line: Hotline, rules: Rules, today: date) -> bool:
    """Tell whether the facts of `line` are older than the shelf life allows (in whole days)."""
    checked = max(line.checked, line.called or line.checked)
    return today - checked > timedelta(days=rules.shelf_life_days)


def answers(one: Offer, timezone: str, now: datetime) -> bool | None:
    """Tell whether we may say that a line answers now; never of one shown with a caution."""
    return None if one.caution else is_open(one.line.hours, timezone, now)


def is_open(hours: Hours, timezone: str, now: datetime) -> bool | None:
    """Tell whether a line answers at `now`; None where no source says when it does.

    Opening is counted from the minute it opens to the minute before it closes, on the listed
    days of its own time zone. Public holidays are not known and not claimed.

    Raises:
        ValueError: if `now` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    if hours.always:
        return True
    if not hours.known or hours.opens is None or hours.closes is None:
        return None
    there = now.astimezone(ZoneInfo(timezone))
    opens, closes = time.fromisoformat(hours.opens), time.fromisoformat(hours.closes)
    return there.isoweekday() in hours.days and opens <= there.time() < closes


def _permitted(lines: Iterable[Hotline], rules: Rules, today: date) -> Iterable[Offer]:
    return (found for line in lines if (found := offer(line, rules, today)) is not None)


def _matches(rule: Rule, line: Hotline) -> bool:
    for fact, wanted in rule.when.items():
        value = getattr(line, fact)
        values = value if isinstance(value, tuple) else (value,)
        if not any(one in wanted for one in values):
            return False
    return True
