"""People who use a bot: each waits for an answer before doing the next thing.

A person who taps presses the first of the `wanted` labels she sees, else the first button.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec

from tests.bench.double import Double
from tests.bench.http import Call

_PATIENCE = 3.0
"""Seconds without any answer at all after which what is still unanswered counts as lost."""


class _Button(msgspec.Struct):
    text: str
    callback_data: msgspec.Raw = msgspec.Raw(b"")


class _Markup(msgspec.Struct):
    inline_keyboard: list[list[_Button]] = []


_markup = msgspec.json.Decoder(_Markup)


@dataclass(slots=True)
class Sample:
    """What was seen while people did something.

    Attributes:
        answered: updates that led to a visible call.
        seconds: how long it took.
        cpu: seconds of processor time the bot used meanwhile.
        double: the share of its own core that the double used; near 1 it is what limits.
        lost: updates never answered.
        visible: seconds from feeding an update to its first visible call, for each.
        acknowledged: seconds from feeding a tap to `answerCallbackQuery`, for each.
    """

    answered: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    double: float = 0.0
    lost: int = 0
    visible: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answered updates a second."""
        return self.answered / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of processor time for each answered update."""
        return self.cpu / max(self.answered, 1) * 1e6


@dataclass(slots=True)
class _Person:
    id: int
    message_id: int = 0
    screen: Call | None = None
    steps: int = 0
    waiting_since: float = 0.0


class Crowd:
    """People with the numbers `people`, at one bot that has `spent()` processor seconds."""

    def __init__(
        self,
        double: Double,
        people: range,
        wanted: Sequence[str],
        text: str,
        spent: Callable[[], float],
    ) -> None:
        self._double, self._wanted, self._spent = double, wanted, spent
        self._text = msgspec.json.encode(text)
        self._people = {number: _Person(number) for number in people}
        self._taps: dict[str, float] = {}
        self._sample = Sample()
        self._latest = 0.0
        self._on: Callable[[_Person], None] = lambda _: None
        self.tapping = True
        double.watcher = self

    def arrived(self, call: Call, at: float) -> None:
        person = self._people.get(call.chat_id)
        if person is not None and person.waiting_since:
            self._sample.answered += 1
            self._sample.visible.append(at - person.waiting_since)
            person.waiting_since = 0.0
            self._latest = at

    def shown(self, chat_id: int, message_id: int, call: Call) -> None:
        person = self._people.get(chat_id)
        if person is not None:
            person.message_id, person.screen = message_id, call
            person.steps += 1
            self._on(person)

    def acknowledged(self, tap: str, at: float) -> None:
        since = self._taps.pop(tap, None)
        if since is not None:
            self._sample.acknowledged.append(at - since)

    async def enter(self, steps: int, start: str = "/start") -> None:
        """Let everybody say `start` and go on tapping until each has been shown `steps` screens.

        Raises:
            TimeoutError: if the bot leaves somebody without an answer.
        """
        begin, inside = msgspec.json.encode(start), asyncio.Event()
        missing = len(self._people)

        def on(person: _Person) -> None:
            nonlocal missing
            if person.steps < steps:
                self._act(person)
                return
            missing -= 1
            if not missing:
                inside.set()

        self._on = on
        for person in self._people.values():
            person.waiting_since = time.perf_counter()
            self._double.feed_text(person.id, begin)
        async with asyncio.timeout(30 + len(self._people) * steps / 50):
            await inside.wait()
        self._on = lambda _: None

    async def as_fast_as_possible(self, seconds: float, ramp: float = 0.3) -> Sample:
        """Let everybody act again as soon as the answer to the last act is seen.

        The first `ramp` seconds are not counted. Call `finished` before anything else.
        """
        self._on = self._act
        for person in self._people.values():
            self._act(person)
        await asyncio.sleep(ramp)
        with self._sampled() as sample:
            await asyncio.sleep(seconds)
        self._on = lambda _: None
        return sample

    async def at_rate(self, rate: float, seconds: float) -> Sample:
        """Let somebody act `rate` times a second, whether the bot keeps up or not.

        An act that is late because everybody still waits counts from when it was due.
        """
        idle = deque(self._people.values())
        self._on = idle.append
        acted, late = 0, False
        with self._sampled() as sample:
            began = time.perf_counter()
            while (now := time.perf_counter()) < began + seconds:
                while acted < int((now - began) * rate):
                    if not idle:
                        late = True
                        break
                    self._act(idle.popleft(), began + acted / rate if late else now)
                    acted += 1
                else:
                    late = False
                await asyncio.sleep(0.001)
            self._on = lambda _: None
            sample.lost = await self.finished()
        return sample

    def ask(self) -> None:
        """Let everybody act in the same moment, without looking at what comes of it."""
        for person in self._people.values():
            self._act(person)
            person.waiting_since = 0.0

    async def all_at_once(self) -> Sample:
        """Let everybody act in the same moment; `seconds` runs until the last answer."""
        with self._sampled() as sample:
            began = self._latest = time.perf_counter()
            for person in self._people.values():
                self._act(person)
            sample.lost = await self.finished()
        sample.seconds = self._latest - began
        return sample

    async def finished(self) -> int:
        """Wait until nobody waits any more; return how many were left without an answer."""
        asked = time.perf_counter()
        while waiting := [one for one in self._people.values() if one.waiting_since]:
            if time.perf_counter() - max(self._latest, asked) > _PATIENCE:
                break
            await asyncio.sleep(0.005)
        for person in waiting:
            person.waiting_since = 0.0
        return len(waiting)

    @contextmanager
    def _sampled(self) -> Iterator[Sample]:
        sample = self._sample = Sample()
        began, spent, own = time.perf_counter(), self._spent(), time.process_time()
        yield sample
        sample.seconds = time.perf_counter() - began
        sample.cpu = self._spent() - spent
        sample.double = (time.process_time() - own) / sample.seconds
        self._sample = Sample()  # what comes later belongs to no measurement

    def _act(self, person: _Person, since: float | None = None) -> None:
        if person.waiting_since:
            return
        data = self._pressed(person.screen) if self.tapping and person.screen else None
        person.waiting_since = since or time.perf_counter()
        if data is None or person.screen is None:
            self._double.feed_text(person.id, self._text)
        else:
            number = self._double.feed_tap(person.id, person.message_id, person.screen, data)
            self._taps[str(number)] = person.waiting_since

    def _pressed(self, screen: Call) -> bytes | None:
        if not bytes(screen.reply_markup):
            return None
        rows = _markup.decode(screen.reply_markup).inline_keyboard
        buttons = {
            one.text: bytes(one.callback_data)
            for row in rows
            for one in row
            if bytes(one.callback_data)
        }
        for label in self._wanted:
            if label in buttons:
                return buttons[label]
        return next(iter(buttons.values()), None)
