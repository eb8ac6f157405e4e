"""The store as commands open it: beside the service or without it, and for no longer than they last."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from bot.settings import Settings
from bot.store.keys import KeyRing
from bot.store.store import Store


def opened(settings: Settings) -> AbstractAsyncContextManager[Store]:
    """Open the store of this bot, for what is done about those who are known for longer.

    Raises:
        SettingsError: they are known under another long-term key than that of `settings`.
        StoreError: the database cannot be opened.
    """
    kept = settings.store
    return _opened(kept.url, marks=kept.marks, long_key=kept.long_key)


def opened_for_counts(settings: Settings) -> AbstractAsyncContextManager[Store]:
    """Open it to read counts alone, for which nobody needs to know anybody: without a lasting key.

    Raises:
        StoreError: the database cannot be opened.
    """
    return _opened(settings.store.url)


@asynccontextmanager
async def _opened(
    url: str, *, marks: Path | None = None, long_key: Path | None = None
) -> AsyncIterator[Store]:
    with tempfile.TemporaryDirectory(prefix="tirek-") as folder:
        # No epoch key is needed, and keys that another user makes here the bot could not read.
        keys = KeyRing(Path(folder) / "keys")
        store = await Store.open(url, keys, marks=marks, long_key=long_key)
        try:
            yield store
        finally:
            await store.close()
