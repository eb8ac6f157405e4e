"""python-telegram-bot with its defaults: a menu of three windows, edited in place."""

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

WINDOWS = ("What do you need now?", "You are not alone.", "Here is a number to call.")


def keyboard(window: int) -> InlineKeyboardMarkup:
    after, before = (window + 1) % len(WINDOWS), (window - 1) % len(WINDOWS)
    row = [
        InlineKeyboardButton("Next", callback_data=str(after)),
        InlineKeyboardButton("Back", callback_data=str(before)),
    ]
    return InlineKeyboardMarkup([row])


async def begin(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(WINDOWS[0], reply_markup=keyboard(0))


async def turn(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    if query is not None and query.data is not None:
        await query.answer()
        window = int(query.data)
        await query.edit_message_text(WINDOWS[window], reply_markup=keyboard(window))


def main(url: str, token: str) -> None:
    bot = Application.builder().token(token).base_url(f"{url}/bot").build()
    bot.add_handler(MessageHandler(filters.TEXT, begin))
    bot.add_handler(CallbackQueryHandler(turn))
    bot.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
