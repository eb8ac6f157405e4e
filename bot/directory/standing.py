"""Whether a service may be shown today, with which caution, and until when it is believed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.content.model import Confidence, Kinds, Office, Refuge, Services

Caution = Literal["", "weak", "listed"]
Reason = Literal["", "kind", "closed", "withheld", "expired", "weak", "listed"]
Choice = Literal["caution", "withhold"]

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator decides where the sources leave room.

    Attributes:
        weak_places: what becomes of a service whose contacts have one old or weak source.
        listed_places: what becomes of one that only an unsigned list names.
        near_km: how many kilometres away, as the crow flies, is still near.
    """

    weak_places: Choice = "caution"
    listed_places: Choice = "caution"
    near_km: int = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of one service on one day.

    Attributes:
        shown: whether a person may see it.
        caution: what to say with it: "weak" for weak sources, "listed" for an unsigned list.
        reason: why it is not shown; empty where it is.
        listed: whether nothing but unsigned lists names it.
        year: the year of the newest of those lists, as far as known.
    """

    shown: bool
    caution: Caution = ""
    reason: Reason = ""
    year: str = ""
    listed: bool = False


def standing(
    service: Refuge | Office, services: Services, kinds: Kinds, policy: Policy, today: date
) -> Standing:
    """Decide one service of `services` by what its file and the operator say, and by the day.

    A service both weak and merely listed is shown as weak, and only if both are allowed: a
    stricter policy never shows more.

    Raises:
        KeyError: if it cites a source that its file lacks; `check` refuses such content.
    """
    kind = kinds.kinds.get(service.kind)
    if kind is None or not kind.listed:
        return Standing(shown=False, reason="kind")
    if service.status == "closed":
        return Standing(shown=False, reason="closed")
    if service.withheld is not None:
        return Standing(shown=False, reason="withheld")
    if today > good_until(service, kinds):
        return Standing(shown=False, reason="expired")
    sources = [services.sources[one] for one in service.sources]
    listed = all(one.unsigned for one in sources)
    year = _newest(one.date for one in sources) if listed else ""
    weak = service.confidence is Confidence.LOW
    if weak and policy.weak_places == "withhold":
        return Standing(shown=False, reason="weak", year=year)
    if listed and policy.listed_places == "withhold":
        return Standing(shown=False, reason="listed", year=year)
    caution: Caution = "weak" if weak else "listed" if listed else ""
    return Standing(shown=True, caution=caution, year=year, listed=listed)


def good_until(service: Refuge | Office, kinds: Kinds) -> date:
    """Name the last day of its shelf life, from when it was last compared or called.

    Raises:
        KeyError: if nothing is said of its kind.
    """
    seen = max(service.checked, service.called or service.checked)
    return seen + timedelta(days=kinds.kinds[service.kind].shelf_life_days)


def _newest(dates: Iterable[str | None]) -> str:
    return max((year for each in dates if each for year in _YEAR.findall(each)), default="")
