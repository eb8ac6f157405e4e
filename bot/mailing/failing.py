"""When too many messages of a campaign fail to go on with it (R18). Pure."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

_LATEST: Final = 200
_FEWEST: Final = 20
_PART: Final = 0.05


def _window() -> deque[bool]:
    return deque(maxlen=_LATEST)


@dataclass(slots=True)
class Failing:
    """What became of the last 200 messages of one campaign."""

    _failed: deque[bool] = field(default_factory=_window)
    _many: int = 0

    def note(self, *, failed: bool) -> None:
        """Add one that was settled for good."""
        if len(self._failed) == _LATEST:
            self._many -= self._failed[0]
        self._failed.append(failed)
        self._many += failed

    @property
    def too_many(self) -> bool:
        """Tell whether more than 5 % of them failed, of 20 at least."""
        return len(self._failed) >= _FEWEST and self._many > _PART * len(self._failed)
