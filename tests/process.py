"""The real bot as its own process, against the stand-in, in a folder of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.betrayal import betrayals
from tests.standin.driver import STARTING
from tests.standin.server import StandIn

ROOT = Path(__file__).parent.parent


class BotProcess:
    """`tirek run` in `folder`, talking to `tg`. It can be killed and started again at will.

    At its end everything it said is looked through for what could give somebody away.
    """

    def __init__(
        self,
        folder: Path,
        tg: StandIn,
        *,
        level: str = "warning",
        extra: str = "",
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare; `extra` is added to the settings, `env` to the environment.

        Processes that stand beside each other in one folder differ by their `env` alone.
        """
        self.folder, self._tg, self._env = folder, tg, dict(env or {})
        self._process: asyncio.subprocess.Process | None = None
        self.log = folder / "log"
        secret = folder / "token"
        secret.touch(mode=0o600)
        secret.write_text(tg.token)
        (folder / "bot.yaml").write_text(
            f"telegram:\n  token_file: token\n  api_url: {tg.url}\n"
            f"content:\n  folder: {ROOT / 'content'}\n  locales: {ROOT / 'locales'}\n"
            f"log:\n  level: {level}\n{extra}"
        )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        betrayed = betrayals(self._tg.record.calls)
        assert not betrayed, betrayed

    async def start(self) -> None:
        """Start it; it answers as soon as it can."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--settings", str(self.folder / "bot.yaml"),
                cwd=ROOT, stdout=log, stderr=log,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **self._env},
            )  # fmt: skip

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    async def logged(self, words: str, times: int = 1) -> None:
        """Wait until the log holds `words` so many times; TimeoutError after two minutes."""
        async with asyncio.timeout(STARTING):
            while self.log.read_text().count(words) < times:  # noqa: ASYNC110 - a file calls nobody
                await asyncio.sleep(0.02)

    async def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    async def kill(self) -> None:
        """End it without a word, as a power cut or the kernel would."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        return await self._process.wait()
