"""Delivery to a webhook: in order per chat and per person, again and again until it is taken."""

import asyncio
import contextlib
from collections import defaultdict, deque
from typing import Any

import aiohttp

from tests.standin.clock import Clock
from tests.standin.pulse import Pulse
from tests.standin.record import Record
from tests.standin.updates import Update, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
READ_TIMEOUT = 60.0  # seconds
LONGEST_PAUSE = 60.0
LONGEST_WISH = 3_600.0  # the most that a Retry-After may ask for
GONE_AFTER = 23 * 3_600.0  # seconds of nothing but 410 until the webhook is removed


class Webhook:
    """The bot's webhook, none until `set`. `scale` shortens the pauses between tries in tests."""

    def __init__(self, clock: Clock, pulse: Pulse, updates: Updates, record: Record):
        self.url = ""
        self.scale = 1.0
        self.secret: str | None = None
        self.last_error: tuple[int, str] | None = None
        self._clock, self._pulse = clock, pulse
        self._updates, self._record = updates, record
        self._lanes: dict[str, deque[Update]] = defaultdict(deque)
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._open = asyncio.Semaphore(40)
        self._most = 40
        self._gone_since: float | None = None

    def set(self, url: str, secret: str | None, most: int) -> None:
        """Deliver to `url` from now on, over at most `most` connections; "" stops it."""
        for worker in self._workers.values():
            worker.cancel()
        self._workers.clear()
        self._lanes.clear()
        self.url, self.secret, self._most = url, secret, most
        self.last_error, self._gone_since = None, None
        self._open = asyncio.Semaphore(most)
        if url:
            for update in list(self._updates.waiting.values()):
                self.offer(update)

    def offer(self, update: Update) -> None:
        """Queue an update behind the others of its lane."""
        if not self.url:
            return
        self._lanes[update.lane].append(update)
        worker = self._workers.get(update.lane)
        if worker is None or worker.done():
            self._workers[update.lane] = asyncio.create_task(self._deliver(update.lane))

    def info(self) -> dict[str, Any]:
        """The Bot API's type WebhookInfo."""
        body: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.waiting),
        }
        if self.url:
            body["max_connections"] = self._most
        if self.last_error is not None:
            body["last_error_date"], body["last_error_message"] = self.last_error
        if self._updates.allowed:
            body["allowed_updates"] = sorted(self._updates.allowed)
        return body

    async def close(self) -> None:
        """Stop delivering."""
        workers = list(self._workers.values())
        self.set("", None, 40)
        await asyncio.gather(*workers, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _deliver(self, lane: str) -> None:
        queue, failures = self._lanes[lane], 0
        while queue and self.url:
            update = queue[0]
            self._updates.expire()
            if update.id in self._updates.waiting:
                pause = await self._post(update, failures)
                if pause is not None:
                    failures += 1
                    await asyncio.sleep(pause * self.scale)
                    continue
                self._updates.waiting.pop(update.id, None)
            queue.popleft()
            failures = 0
            self._pulse.beat()

    async def _post(self, update: Update, failures: int) -> float | None:
        """Send one update: None when it was taken, else the seconds until the next try."""
        pause = 0.0 if failures == 0 else min(2.0 ** (failures - 1), LONGEST_PAUSE)
        headers = {"Content-Type": "application/json"}
        if self.secret is not None:
            headers[SECRET_HEADER] = self.secret
        try:
            async with (
                self._open,
                self._connection().post(
                    self.url, data=update.text.encode(), headers=headers, allow_redirects=False
                ) as response,
            ):
                body = await response.read()
                status, wish = response.status, response.headers.get("Retry-After")
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(0, f"Connection failed: {type(error).__name__}")
            return pause
        if 200 <= status < 300:
            self._gone_since = None
            if body:
                self._record.violation(
                    "webhook", "the answer has a body", {"body": body.decode(errors="replace")}
                )
            return None
        self._failed(status, f"Wrong response from the webhook: {status}")
        if wish is not None:
            with contextlib.suppress(ValueError):
                return min(float(wish), LONGEST_WISH)
        return pause

    def _failed(self, status: int, why: str) -> None:
        now = self._clock.now()
        self.last_error = (int(now), why)
        self._pulse.beat()
        if status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif now - self._gone_since >= GONE_AFTER:
            self.url = ""

    def _connection(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(sock_read=READ_TIMEOUT),
                connector=aiohttp.TCPConnector(limit=0, ssl=False),
            )
        return self._session
