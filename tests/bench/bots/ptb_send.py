"""python-telegram-bot with its own rate limiter: the same message to one person after another."""

import asyncio
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import AIORateLimiter, Application

FIRST = 6_000_000_000
_BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Open", url="https://t.me/bench_bot?start=q7")],
        [InlineKeyboardButton("No more news", callback_data="x" * 27)],
    ]
)


async def main(url: str, token: str, count: int) -> None:
    limiter = AIORateLimiter(overall_max_rate=1000, overall_time_period=1)
    builder = Application.builder().token(token).base_url(f"{url}/bot").rate_limiter(limiter)
    async with builder.build() as app:
        for number in range(count):
            await app.bot.send_message(
                FIRST + number, "Good news", parse_mode="HTML", reply_markup=_BUTTONS
            )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
