"""Campaigns are sent: evenly, in a small window, to nobody who left, in two copies at most.

Everything a process could forget is in the store before it matters: a letter is claimed there with a
lease before it goes, and what became of it is written down with the next claim. So a crash
leaves no more in doubt than the window holds, and somebody else takes it up when the lease ends.
"""

import asyncio
import logging
import math
import secrets
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from bot.campaigns.clocks import Reading
from bot.campaigns.commands import Doubt, Pause
from bot.campaigns.proposal import Phase
from bot.channels.port import (
    Channel,
    Gone,
    Impossible,
    NotDelivered,
    Undecided,
    Unwelcome,
)
from bot.errors import StoreError
from bot.mailing.failing import Failing
from bot.mailing.pace import Call, Pace
from bot.mailing.pages import Pages
from bot.mailing.share import take
from bot.store.letters import COPIES, Awake, Caps, Exchange, Fate, Handed, Letter, Place, Settled
from bot.store.mailroom import Mailroom

_log = logging.getLogger("tirek.mailing")

_TICK = 1.0
"""Seconds after which the store is asked at the latest: a pause or a stop is seen so soon."""

_FRESH = 2.0
"""Seconds for which a claim says that she still wants to be written to; older letters go back."""

_AGAIN, _AGAIN_DOUBTFUL = 2, 15
"""Seconds until another try of what did not arrive, and of what may have."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds for which nothing goes while the other side does not answer; doubled from the first on."""

_SILENCE = 8
"""Calls in a row without an answer after which the other side is taken to be away."""

_COMPARED = 300.0
"""Seconds over which both clocks are compared: a step of many small ones counts as one."""

_COUNTED = 0.5
"""Seconds for which a process does not ask again how many there are."""

_SMOOTH = 8
"""Exchanges, and answers, over which it is told how long one takes."""

_UNHURRIED = 0.05
"""Seconds that may pass between answers and the next letters: half of what `Pace` makes up for."""

_STRIDE = 0.008
"""Seconds for which letters that may go soon are waited for, to go together: a wake-up for each costs more."""

_PARTING = 2.5
"""Seconds to wait for answers when told to stop; what has none by then is in doubt."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mailer keeps to.

    Attributes:
        awake: from when on a reader may be written to.
        caps: how much may go at most.
        window: letters that may be claimed and not settled at once: what a crash may double.
    """

    awake: Awake
    caps: Caps
    window: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time of day in epoch seconds, and a clock that nobody sets."""

    wall: Callable[[], float]
    steady: Callable[[], float]

    def read(self) -> Reading:
        """Read both."""
        return Reading(self.wall(), self.steady())


class Mailer:
    """Sends what the mailroom hands out, from `async with` on."""

    def __init__(
        self,
        mailroom: Mailroom,
        channel: Channel,
        pages: Pages,
        pace: Pace,
        clocks: Clocks,
        terms: Terms,
        *,
        erase: Callable[[int], None],
    ) -> None:
        """Prepare; nothing goes before `async with`.

        Args:
            mailroom: where campaigns are.
            channel: the way out.
            pages: what they look like.
            pace: how fast they may go; by the steady clock of `clocks`.
            clocks: the time.
            terms: what it keeps to.
            erase: called with the chat of a person who does not want to hear from us any more.
        """
        self._mailroom, self._channel, self._pages = mailroom, channel, pages
        self._pace, self._clocks, self._terms, self._erase = pace, clocks, terms, erase
        self._holder = secrets.token_bytes(8)
        self._queue: deque[Letter] = deque()
        self._calls: dict[asyncio.Task[None], Letter] = {}
        self._settled: list[Settled] = []
        self._place: Place | None = None
        self._told = float("-inf")
        self._lasts = self._takes = 0.0
        self._going: Handed = Handed()
        self._failing: dict[str, Failing] = {}
        self._silent = 0
        self._unheard = False
        self._shut: tuple[int, float] = (0, 0.0)
        self._some, self._ready = asyncio.Event(), asyncio.Event()
        self._seen = clocks.read()
        pace.allow(0, self._seen.steady, self._seen.steady, self._seen.steady)
        self._stopping = False

    async def __aenter__(self) -> Self:
        """Begin to send."""
        self._dispatching = asyncio.create_task(self._dispatch(), name="letters")
        self._exchanging = asyncio.create_task(self._exchange_again_and_again(), name="mailroom")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Give back what has not gone, settle what is under way, and let another process go on."""
        self._stopping = True
        self._some.set()
        self._dispatching.cancel()
        # An exchange that is under way has claimed letters, or has settled some: it ends first.
        with suppress(TimeoutError):
            async with asyncio.timeout(_PARTING):
                await asyncio.wait((self._exchanging,))
                self._give_back()
                await asyncio.gather(*self._calls, return_exceptions=True)
        late = (self._dispatching, self._exchanging, *self._calls)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self._give_back()
        with suppress(StoreError):
            brought = Exchange(self._holder, tuple(self._settled), again=self._unheard)
            await self._mailroom.release(brought)

    async def _exchange_again_and_again(self) -> None:
        while not self._stopping:
            try:
                await self._doubt_the_clock()
                await self._exchange()
            except StoreError:
                _log.exception("mailing.unavailable")
                await asyncio.sleep(_TICK)
            except Exception:  # noqa: BLE001 - a campaign may fail, but not end all later ones
                _log.exception("mailing.broken")
                await asyncio.sleep(_TICK)
            self._some.clear()
            self._ask_for_more()  # what came of letters meanwhile may wait until there is more
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK):
                    await self._some.wait()

    async def _exchange(self) -> None:
        """Bring what is settled and take as many new letters as there are places."""
        settled = tuple(self._settled)
        over = {id(one.letter) for one in settled}  # a call may be settled and about to end
        held = [one for one in (*self._calls.values(), *self._queue) if id(one) not in over]
        asked = self._clocks.steady()
        places = self._terms.window - len(held)  # with the same commit what is settled is over
        brought = Exchange(
            self._holder,
            settled,
            held,
            places if self._is_open else 0,
            doubts=not any(letter.attempts > 1 for letter in held),
            place=self._place if asked - self._told < _COUNTED else None,
            again=self._unheard,
        )
        self._unheard = True
        handed = await self._mailroom.exchange(brought, self._terms.awake, self._terms.caps)
        self._unheard = False
        del self._settled[: len(settled)]
        self._going = handed
        now = self._clocks.steady()
        self._lasts += (now - asked - self._lasts) / _SMOOTH
        if handed.place:
            self._place, self._told = handed.place, asked
            take(self._pace, handed.place, asked, now)
        for id_, revision in {(letter.campaign, letter.revision) for letter in handed.letters}:
            await self._pages.read(id_, revision)
        self._queue.extend(handed.letters)
        await self._pause_the_failing()
        if self._queue:
            self._ready.set()

    @property
    def _is_open(self) -> bool:
        """Tell whether a letter claimed now could go soon."""
        now = self._clocks.steady()
        return self._pace.next(now) <= now + _FRESH / 2

    async def _dispatch(self) -> None:
        while True:
            if not self._queue:
                self._ready.clear()
                await self._ready.wait()
            now = self._clocks.steady()
            wait = self._pace.next(now) - now
            if wait > _FRESH:
                self._give_back()
            elif wait > 0:
                all_of_them = wait + (len(self._queue) - 1) / (self._pace.share or 1)
                await asyncio.sleep(max(wait, min(all_of_them, _STRIDE)))
            elif self._is_away and self._calls:
                await asyncio.wait(self._calls, return_when=asyncio.FIRST_COMPLETED)
            else:
                self._send(self._queue.popleft())

    @property
    def _is_away(self) -> bool:
        """Tell whether the other side is asked by one call at a time, for it may not answer."""
        return self._silent >= _SILENCE

    def _send(self, letter: Letter) -> None:
        """Send one letter, unless what was known when it was claimed is too old by now."""
        phase = self._going.going.get(letter.campaign)
        if phase not in letter.wanted or self._clocks.wall() - letter.claimed > _FRESH:
            self._settle(letter, Fate.UNSENT)
            return
        call = self._pace.begin(self._clocks.steady())
        task = asyncio.get_running_loop().create_task(self._timed(call, self._errand(letter)))
        self._calls[task] = letter
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        letter = self._calls.pop(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("mailing.broken", exc_info=task.exception())
            self._settle(letter, Fate.FAILED)
        self._ask_for_more()

    async def _timed(self, call: Call, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        finally:
            now = self._clocks.steady()
            self._takes += (now - call.began - self._takes) / _SMOOTH
            self._pace.end(call, now)

    async def _deliver(self, letter: Letter) -> None:
        page = self._pages.page(letter.campaign, letter.language)
        if page is None:
            self._settle(letter, Fate.FAILED)
            return
        if letter.attempts > 1 and not await self._may_go_once_more(letter):
            return
        try:
            number = await self._channel.deliver(page, letter.chat_id, None, None)
        except NotDelivered as refusal:
            self._heard(answered=refusal.after is not None)
            self._settle(letter, Fate.UNSENT, due=self._wait(letter, refusal.after))
        except Undecided:
            self._heard(answered=False)
            self._settle(letter, Fate.DOUBTFUL, due=_AGAIN_DOUBTFUL)
        except Unwelcome:
            self._heard(answered=True)
            self._erase(letter.chat_id)
            self._settle(letter, Fate.BLOCKED)
        except (Gone, Impossible):
            self._heard(answered=True)
            self._settle(letter, Fate.FAILED)
        else:
            self._heard(answered=True)
            self._settle(letter, Fate.SENT, number)

    def _errand(self, letter: Letter) -> Coroutine[None, None, None]:
        """Say what is to be done with a letter."""
        if letter.message_id is None:
            return self._deliver(letter)
        return self._edit(letter) if letter.edits else self._take_back(letter)

    async def _edit(self, letter: Letter) -> None:
        """Let a message that was sent say what was corrected, or give up what cannot be edited.

        What is not settled is still held while it waits, so nobody else tries; it comes again.
        """
        page, fate = self._pages.page(letter.campaign, letter.language), Fate.KEPT
        try:
            if page is not None:
                with suppress(Gone):  # she removed it: nothing says anything else any more
                    await self._channel.deliver(page, letter.chat_id, letter.message_id, None)
                fate = Fate.CORRECTED
        except (NotDelivered, Undecided) as failure:
            after = failure.after if isinstance(failure, NotDelivered) else None
            self._heard(answered=after is not None)
            await asyncio.sleep(self._wait(letter, after))
            return
        except Unwelcome:
            self._erase(letter.chat_id)
            fate = Fate.CORRECTED
        except Impossible:
            fate = Fate.KEPT
        self._heard(answered=True)
        self._settle(letter, fate)

    async def _may_go_once_more(self, letter: Letter) -> bool:
        """Count a second try with a commit of its own, so that nothing comes between that and the call."""
        try:
            return await self._mailroom.once_more(letter)
        except StoreError:
            self._settle(letter, Fate.UNSENT, due=_AGAIN)
            return False

    async def _take_back(self, letter: Letter) -> None:
        """Remove a message that was sent; where that does not come through it is tried again."""
        number = letter.message_id or 0
        try:
            cleared = await self._channel.clear(letter.chat_id, (number,), None)
        except Unwelcome:
            self._erase(letter.chat_id)
            self._settle(letter, Fate.RECALLED)
            return
        if number in cleared.gone | cleared.left:
            self._settle(letter, Fate.RECALLED)
        else:
            await asyncio.sleep(cleared.after or _AGAIN)  # still held, so nobody else tries

    def _wait(self, letter: Letter, after: float | None) -> float:
        """Obey a 429: this chat waits; and if another one waits already, all of them do."""
        if after is None:
            return _AGAIN
        now = self._clocks.steady()
        chat_id, until = self._shut
        if now < until and chat_id != letter.chat_id:
            self._pace.halt(max(until, now + after))
        self._shut = letter.chat_id, now + after
        return after

    def _heard(self, *, answered: bool) -> None:
        """Count calls without an answer; after many in a row nothing goes for a while."""
        if answered:
            self._silent = 0
            return
        self._silent += 1
        if self._is_away:
            doubled = _FIRST_PAUSE * 2 ** min(self._silent - _SILENCE, 10)
            self._pace.halt(self._clocks.steady() + min(doubled, _LONGEST_PAUSE))

    def _settle(
        self, letter: Letter, fate: Fate, message_id: int | None = None, due: float = 0
    ) -> None:
        """Note what became of a letter; `due` is in seconds from now."""
        if letter.message_id is None or fate in (Fate.RECALLED, Fate.CORRECTED, Fate.KEPT):
            # A 429 is obeyed to its last moment; what waits for nothing waits for no clock either.
            when = math.ceil(self._clocks.wall() + due) if due else int(letter.claimed)
            self._settled.append(Settled(letter, fate, message_id, when))
        if fate not in (Fate.UNSENT, Fate.RECALLED):
            given_up = fate is Fate.DOUBTFUL and letter.attempts >= COPIES
            if fate is not Fate.DOUBTFUL or given_up:
                one = self._failing.setdefault(letter.campaign, Failing())
                one.note(failed=given_up or fate in (Fate.FAILED, Fate.KEPT))
                if one.too_many:
                    self._give_back()
        self._ask_for_more()

    def _ask_for_more(self) -> None:
        """Exchange letters if few are left: each exchange is a commit that turns wait for.

        Where answers and an exchange take less than the letters of a window, all are exchanged at
        once: the fewest commits. Else few are as many as go while it lasts, so that half of the
        window goes while the other half is brought; and if in that time all of it could go, all of
        it is brought at once, for that is as quick.
        """
        window, share = self._terms.window, self._pace.share or 1
        going = self._lasts * share
        if self._lasts + self._takes < min(window / share, _UNHURRIED):
            enough = not self._queue and not self._calls
        elif going < window:
            enough = len(self._queue) <= min(math.ceil(going), window // 2)
        else:
            enough = not self._queue and (not self._calls or 4 * len(self._settled) >= 3 * window)
        if self._stopping or (enough and self._settled):
            self._some.set()

    def _give_back(self) -> None:
        """Give back what is claimed and has not gone."""
        while self._queue:
            self._settle(self._queue.popleft(), Fate.UNSENT)

    async def _pause_the_failing(self) -> None:
        for id_, one in [*self._failing.items()]:
            if id_ not in self._going.going:
                del self._failing[id_]
            elif one.too_many:
                _log.error("mailing.failing")
                del self._failing[id_]
                await self._mailroom.act(id_, Pause())
                self._give_back()

    async def _doubt_the_clock(self) -> None:
        """Send nothing by a clock that was set, until a person has looked (R38)."""
        now = self._clocks.read()
        if now.stepped(self._seen):
            _log.error("mailing.clock_set")
            for one in await self._mailroom.all():
                if one.busy or one.phase is Phase.APPROVED:
                    await self._mailroom.act(one.id, Doubt())
            self._give_back()
        elif now.steady - self._seen.steady < _COMPARED:
            return  # compared with every tick, a clock that stands still would never be far off
        self._seen = now
