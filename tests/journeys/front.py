"""The proxy in front of a webhook: it speaks https to Telegram and plain HTTP to the bot."""

import asyncio
import contextlib
import datetime as dt
import socket
import ssl
from collections import deque
from pathlib import Path
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "bot.example.org"


class Front(AbstractResolver):
    """Takes https for `HOST` on a loopback port and hands every byte on to one of `ports`.

    Each connection goes to the next of those that listen.

    It is also the resolver that leads a client asking for `HOST` to that loopback port.
    """

    def __init__(self, folder: Path, *ports: int) -> None:
        self._folder, self._behind = folder, deque(ports)
        self._port = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(_certificate(self._folder))
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    def client(self) -> aiohttp.ClientSession:
        """Make a session that finds this front under `HOST`; it checks no certificate."""
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ssl=False, resolver=self)
        )

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - we live on IPv4
    ) -> list[ResolveResult]:
        assert (host, port) == (HOST, 443)
        return [
            ResolveResult(
                hostname=host, host="127.0.0.1", port=self._port,
                family=socket.AF_INET, proto=0, flags=0,
            )
        ]  # fmt: skip

    async def close(self) -> None:
        """Nothing to close: the addresses are made up."""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(len(self._behind)):
            self._behind.rotate()
            with contextlib.suppress(OSError):
                behind = await asyncio.open_connection("127.0.0.1", self._behind[0])
                await asyncio.gather(_pour(reader, behind[1]), _pour(behind[0], writer))
                return
        writer.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


def _certificate(folder: Path) -> Path:
    """Write a certificate that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    today = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "front.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
