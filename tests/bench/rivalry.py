"""What a journaled message costs of processor time, beside a bare loop of python-telegram-bot."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from bot.campaigns.proposal import DELAY
from tests.bench.double import TOKEN, Double
from tests.bench.http import Call
from tests.bench.programs import RIVALS, ROOT, Running
from tests.mailing.approved import FIRST, appoint, approve, subscribe
from tests.mailing.running import opened, settings

_WARM = 1000
"""Messages before measuring begins: what a start costs is not what a message costs."""

_TIMEOUT = 300.0

_SETTINGS = """\
telegram: {{token_file: token, api_url: "{url}"}}
content: {{folder: "{root}/content", locales: "{root}/locales"}}
log: {{level: warning}}
{sending}"""


class Counter:
    """Counts messages as the double gets them, but for those to person 1, who is told of hers."""

    def __init__(self) -> None:
        self.count = 0
        self.answered = asyncio.Event()
        self._waiting: tuple[int, asyncio.Event] | None = None

    def arrived(self, call: Call, _at: float) -> None:
        """Count one."""
        if call.chat_id == 1:
            self.answered.set()
            return
        self.count += 1
        if self._waiting and self.count >= self._waiting[0]:
            self._waiting[1].set()

    def shown(self, _chat_id: int, _message_id: int, _call: Call) -> None:
        """Nobody goes on by it."""

    def acknowledged(self, _tap: str, _at: float) -> None:
        """Nobody taps."""

    async def until(self, count: int) -> None:
        """Wait for so many."""
        event = asyncio.Event()
        self._waiting = count, event
        if self.count < count:
            async with asyncio.timeout(_TIMEOUT):
                await event.wait()


class Times(Counter):
    """Notes when messages come, and to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []
        self.who: set[int] = set()

    def arrived(self, call: Call, at: float) -> None:
        """Note one."""
        self.at.append(at)
        self.who.add(call.chat_id)
        super().arrived(call, at)

    def fullest(self) -> int:
        """Count the messages in the fullest of all windows of one second."""
        most = first = 0
        for last, at in enumerate(self.at):
            while self.at[first] <= at - 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most


async def rivalry(messages: int, rounds: int) -> list[str]:
    """Measure both in turn, round after round; what each message cost, and the ratio."""
    ours, theirs, early, late = [], [], 0.0, 0.0
    async with Double() as double:
        for _ in range(rounds):
            bare, _, _ = await _cost(double, messages, _rival(double.url, messages))
            theirs.append(bare)
            with tempfile.TemporaryDirectory(prefix="tirek-bench-") as folder:
                await prepared(Path(folder), double.url, messages)
                mine, early, late = await _cost(double, messages, tirek(Path(folder)))
                ours.append(mine)
    mine, bare = statistics.median(ours), statistics.median(theirs)
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return [
        f"python-telegram-bot, a bare loop: {bare * 1e6:.0f} us of processor time a message",
        f"Tirek, claimed, sent and settled: {mine * 1e6:.0f} us",
        f"resident: {early:.0f} MB after {_WARM:,} messages, {late:.0f} MB after {messages:,}",
        f"ratio: {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})",
    ]


@asynccontextmanager
async def _started(python: Path, *words: str) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(str(python), *words, cwd=ROOT)
    try:
        yield Running(process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _rival(url: str, messages: int) -> AbstractAsyncContextManager[Running]:
    python = RIVALS if RIVALS.exists() else Path(sys.executable)
    return _started(python, "-m", "tests.bench.bots.ptb_send", url, TOKEN, str(messages))


def tirek(folder: Path) -> AbstractAsyncContextManager[Running]:
    """Run the bot that `prepared` settled in `folder`."""
    settled = str(folder / "bot.yaml")
    return _started(Path(sys.executable), "-m", "bot", "run", "--settings", settled)


async def crowd(folder: Path, readers: int, per_second: int) -> list[str]:
    """Let the bot send to so many at a rate, by the clock of the double: how full its seconds were."""
    async with Double() as double:
        await prepared(folder, double.url, readers, per_second)
        times = Times()
        cost, early, late = await _cost(double, readers + _WARM // 10, tirek(folder), times)
    seconds = times.at[-1] - times.at[0]
    return [
        f"{len(times.at):,} messages to {len(times.who):,} readers in {seconds:.1f} s",
        f"fullest second: {times.fullest()}, used: {len(times.at) / seconds / per_second:.1%}",
        f"{cost * 1e6:.0f} us of processor time a message",
        f"resident: {early:.0f} MB after {_WARM:,} messages, {late:.0f} MB after the last",
    ]


async def _cost(
    double: Double,
    messages: int,
    program: AbstractAsyncContextManager[Running],
    counter: Counter | None = None,
) -> tuple[float, float, float]:
    """Give the seconds of processor time for each message, and resident megabytes early and late."""
    counter = double.watcher = counter or Counter()
    async with program as running:
        await counter.until(_WARM)
        before, first = running.cpu(), counter.count
        early = running.memory()
        await counter.until(messages - _WARM // 10)
        after, last = running.cpu(), counter.count
        late = running.memory()
    double.forget()
    return (after - before) / (last - first), early, late


async def prepared(folder: Path, url: str, readers: int, per_second: int = 1000) -> None:
    """Settle a bot in `folder` whose campaign to so many readers is due."""
    before = time.time() - DELAY - 2
    store = await opened(folder, lambda: before)
    await appoint(store)
    await subscribe(store, range(FIRST, FIRST + readers), country="")
    await approve(store, lambda: before)
    await store.close()
    token = folder / "token"
    token.touch(mode=0o600)
    token.write_text(TOKEN)
    sending = settings(paid="true", per_second=per_second)
    text = _SETTINGS.format(url=url, root=ROOT, sending=sending)
    (folder / "bot.yaml").write_text(text)
