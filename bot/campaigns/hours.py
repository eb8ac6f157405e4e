"""The hours in which a reader wants no messages, in the time zone she lives in."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

_WRITTEN: Final = re.compile(r"([01]\d|2[0-3])-([01]\d|2[0-3])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when it is quiet, as full hours of the day, 0 to 23; mostly over midnight.

    Where both are the same hour it is never quiet.
    """

    begins: int
    ends: int

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Read what `str` writes, such as `21-09`; None for anything else."""
        found = _WRITTEN.fullmatch(written)
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.begins:02}-{self.ends:02}"

    def covers(self, at: float, zone: str) -> bool:
        """Tell whether it is quiet at a moment in epoch seconds; `zone` as in `Asia/Bishkek`."""
        hour = datetime.fromtimestamp(at, ZoneInfo(zone)).hour
        if self.begins <= self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends

    def free(self, at: float, zone: str) -> float:
        """Find the first moment from `at` on that is not quiet, in epoch seconds."""
        if not self.covers(at, zone):
            return at
        here = datetime.fromtimestamp(at, ZoneInfo(zone))
        mornings = (
            datetime.combine(here.date() + timedelta(days), time(self.ends, fold=fold), here.tzinfo)
            for days in range(3)
            for fold in (0, 1)  # where clocks are set back, an hour comes twice
        )
        moments = (one.timestamp() for one in mornings)
        return min(one for one in moments if one >= at and not self.covers(one, zone))


NIGHT: Final = Quiet(21, 9)
"""The hours that are quiet for everybody who chose no others."""
