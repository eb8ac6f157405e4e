"""What must not stand open when the bot starts."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.content.problem import Problem
from bot.settings.environment import Overlaid
from bot.settings.model import Settings, Webhook
from bot.settings.secret import open_to_others

PORTS = (None, 443, 80, 88, 8443)
"""The ports Telegram calls webhooks on, and none given."""


def open_doors(settings: Settings, tree: Overlaid) -> Iterator[Problem]:
    """Yield everything unsafe in the settings and around the files they name."""
    telegram, webhook = settings.telegram, settings.telegram.webhook
    for path in (telegram.token_file, webhook.secret_file):
        if path and path.exists() and open_to_others(path):
            yield Problem(str(path), 0, 0, "others may read this file", f"chmod 600 {path}")
    keys = settings.store.keys
    if keys.exists() and open_to_others(keys):
        yield Problem(str(keys), 0, 0, "others may read this folder", f"chmod 700 {keys}")
    yield from _api(telegram.api_url, tree)
    if _password(settings.store.url) and ("store", "url") not in tree.variables:
        what = "a password stands in the file"
        hint = "set TIREK_STORE__URL, or name a PGPASSFILE for the service"
        yield tree.at(("store", "url"), what, hint)
    if telegram.mode == "webhook":
        yield from _webhook(webhook, tree)


def _api(url: str, tree: Overlaid) -> Iterator[Problem]:
    place, (scheme, host, _) = ("telegram", "api_url"), _address(url)
    if scheme not in ("http", "https") or not host:
        yield tree.at(place, "this is no web address", "https://api.telegram.org")
    elif scheme == "http" and not _own(host):
        what = "the token would travel unencrypted to another machine"
        yield tree.at(place, what, "use https://")


def _webhook(webhook: Webhook, tree: Overlaid) -> Iterator[Problem]:
    base = ("telegram", "webhook")
    if webhook.secret_file is None:
        what = "a webhook without a secret takes calls from anybody"
        yield tree.at((*base, "secret_file"), what, "name a file with a long random word")
    elif not webhook.secret_file.exists():
        what = "there is no such file, and a webhook without a secret takes calls from anybody"
        hint = "put a long random word into it, then chmod 600"
        yield tree.at((*base, "secret_file"), what, hint)
    if not _own(webhook.listen) and not webhook.allow_public_listen:
        what = f"listening on {webhook.listen} lets other machines in without encryption"
        hint = "use 127.0.0.1 behind a proxy, or set allow_public_listen: true"
        yield tree.at((*base, "listen"), what, hint)
    scheme, host, port = _address(webhook.public_url or "")
    if scheme != "https" or not host:
        yield tree.at((*base, "public_url"), "Telegram calls https:// addresses only", "add one")
    elif port not in PORTS:
        what = "Telegram calls only the ports 443, 80, 88 and 8443"
        yield tree.at((*base, "public_url"), what)


def _own(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(url: str) -> tuple[str, str, int | None]:
    """Divide an address into scheme, host and port; what is no address has no host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port


def _password(url: str) -> bool:
    """Tell whether `scheme://user:password@host` is what a URL looks like."""
    user, at, _ = url.partition("://")[2].rpartition("@")
    return bool(at) and ":" in user
