"""aiogram_dialog: the same menu of three windows."""

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.state import State, StatesGroup
from aiogram_dialog import Dialog, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Row, SwitchTo
from aiogram_dialog.widgets.text import Const

TEXTS = ("What do you need now?", "You are not alone.", "Here is a number to call.")


class Menu(StatesGroup):  # type: ignore[misc,unused-ignore]  # untyped where it is not installed
    first = State()
    second = State()
    third = State()


STATES = (Menu.first, Menu.second, Menu.third)


def window(number: int) -> Any:
    after, before = STATES[(number + 1) % 3], STATES[(number - 1) % 3]
    row = Row(
        SwitchTo(Const("Next"), id="next", state=after),
        SwitchTo(Const("Back"), id="back", state=before),
    )
    return Window(Const(TEXTS[number]), row, state=STATES[number])


async def begin(_message: Any, dialog_manager: Any) -> None:
    await dialog_manager.start(Menu.first, mode=StartMode.RESET_STACK)


async def main(url: str, token: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    dispatcher.message.register(begin)
    dispatcher.include_router(Dialog(*(window(number) for number in range(3))))
    setup_dialogs(dispatcher)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
