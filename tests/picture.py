"""`python -m tests.picture`: make `docs/conversation.png`, two people on two phones, anew.

The bot that answers is the real one, as its own process, against the double; what is drawn is
what the two chats show in the end. It needs Chromium, which nothing else here does.
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.language.catalogue import Catalogues
from tests.process import ROOT, BotProcess
from tests.standin.server import StandIn
from tests.standin.view import page

PICTURE = ROOT / "docs" / "conversation.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT = 840, 1120

WAYS = {
    "kk": ("Continue", "Continue", "Kazakhstan", "I want to talk to someone"),
    "uz": ("Continue", "Continue", "Uzbekistan", "> I want to talk to someone", "1146"),
}
"""For each language what its person does, in English: buttons to tap, or `>` words to type."""


async def conversations(folder: Path) -> str:
    """Hold both conversations with the real bot and return the page that shows them."""
    words = Catalogues.load(ROOT / "locales")
    async with StandIn() as tg, BotProcess(folder, tg):
        for user_id, (language, way) in enumerate(WAYS.items(), 5001):
            await tg.say(user_id, "/start", language_code=language)
            await tg.settled(timeout=30)
            for doing in way:
                said = words.text(language, doing.removeprefix("> "))
                await (tg.say if doing.startswith(">") else tg.tap)(user_id, said)
                await tg.settled()
        return page(*(tg.chat(5001 + number) for number in range(len(WAYS))), title="Tirek")


def photograph(browser: str, folder: Path, html: str) -> None:
    """Let the browser draw the page into `PICTURE`."""
    file = folder / "conversation.html"
    file.write_text(html, "utf-8")
    subprocess.run(
        [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
            *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
            *("--disable-sync", "--hide-scrollbars", f"--user-data-dir={folder / 'browser'}"),
            *(f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={PICTURE}", file.as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )


def main() -> int:
    """Make the picture; 1 with a kind word where there is no browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.stderr.write("The picture needs Chromium. On Debian: apt install chromium\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="tirek-") as name:
        folder = Path(name)
        photograph(browser, folder, asyncio.run(conversations(folder)))
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} kB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
