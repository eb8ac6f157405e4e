"""Lockdown: nothing is sent or kept any more, and whoever writes gets the emergency numbers."""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bot.channels.port import Channel, Inbound
from bot.engine.events import Departed
from bot.engine.stage import Stage
from bot.errors import ChannelError, StoreError
from bot.language.tongues import first_language
from bot.learning.live.game import Game

_LOOK_EVERY = 1.0
"""Seconds between looks for the flag: with what follows, well within the five of R42."""

_ONCE_IN = 5.0
"""Seconds in which one person gets the numbers once: whoever floods delays nobody else."""

_CROWD = 1000
"""Answers under way before no more updates are asked for."""


class Flag:
    """A file that says whether the bot is locked down; it outlives every restart."""

    def __init__(self, path: Path) -> None:
        """Look for the flag at `path`."""
        self._path = path

    @property
    def is_up(self) -> bool:
        """Tell whether the bot is locked down."""
        return self._path.exists()

    def raise_(self) -> None:
        """Lock the bot down; it is durable when this returns.

        Raises:
            StoreError: the file cannot be written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            folder = os.open(self._path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise StoreError(
                f"{self._path} cannot be written: {error.strerror}. Stop the service by hand, "
                f"then mend that and run the command again."
            ) from error

    def lower(self) -> None:
        """End the lockdown: the next start of the service is an ordinary one."""
        self._path.unlink(missing_ok=True)

    async def raised(self) -> None:
        """Wait until the bot is locked down."""
        while not self.is_up:  # noqa: ASYNC110 - another process raises it, and calls nobody
            await asyncio.sleep(_LOOK_EVERY)


class HelpLines:
    """Takes no turns: gives the emergency numbers from memory, and keeps nothing of anybody."""

    def __init__(self, stage: Stage, channel: Channel, clock: Callable[[], float]) -> None:
        """Answer through `channel`; `clock` in seconds."""
        self._stage, self._channel, self._clock = stage, channel, clock
        self._told: dict[int, float] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    async def take(self, inbound: Sequence[Inbound], set_aside: Sequence[int] = ()) -> None:  # noqa: ARG002 - the port's signature
        """Give everybody who writes the numbers, in the language of her app."""
        now = self._clock()
        self._told = {who: at for who, at in self._told.items() if now - at < _ONCE_IN}
        for one in inbound:
            if isinstance(one.event, Departed) or one.chat_id in self._told:
                continue
            self._told[one.chat_id] = now
            task = asyncio.get_running_loop().create_task(self._tell(one))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def play(
        self,
        decide: Callable[[Mapping[int, Game]], Mapping[int, Game | None]],  # noqa: ARG002 - as above
    ) -> Mapping[int, Game]:
        """Know of no game: each ended with the lockdown."""
        return {}

    async def ordered(self) -> None:
        """Wait for ever: nobody leads anything now."""
        await asyncio.Event().wait()

    async def roomy(self) -> None:
        """Let a thousand answers be under way, not more."""
        while len(self._under_way) > _CROWD:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)

    async def settled(self) -> None:
        """Wait until every answer has gone out."""
        await asyncio.gather(*self._under_way)

    async def _tell(self, one: Inbound) -> None:
        language = first_language(one.language_code, self._stage.world.offered.languages)
        with suppress(ChannelError):
            await self._channel.deliver(self._stage.emergency(language), one.chat_id, None, one.tap)
