"""What the bot shows of itself before anybody writes: its address, the menu in every language."""

from pydantic import SecretStr
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.channels.telegram.api import Api, PtbRequest
from bot.engine.world import World


def client(url: str, token: str, api: Api) -> Bot:
    """Make python-telegram-bot's client on our session, for what happens rarely."""
    request = PtbRequest(api)
    base = f"{url.rstrip('/')}/bot"
    return Bot(token, base_url=base, request=request, get_updates_request=request)


async def own_link(bot: Bot) -> str:
    """Ask for the bot's own address; empty as long as Telegram does not tell."""
    try:
        me = await bot.get_me()
    except TelegramError:
        return ""
    return f"https://t.me/{me.username}"


async def address_of(url: str, token: SecretStr) -> str:
    """Ask for the address of the bot of a token, beside the service or without it."""
    words = token.get_secret_value()
    async with Api(url, words) as api:
        return await own_link(client(url, words, api))


async def set_commands(bot: Bot, world: World) -> bool:
    """Set the command menu, once for each two-letter language and once for all others.

    Telegram knows one "uz" for both scripts; Latin is set. Returns whether all of it was taken:
    a menu that could not be set is a pity, never a reason not to answer.
    """
    try:
        for language in world.offered.languages:
            if "_" in language:
                continue
            commands = [
                BotCommand(command.name, world.words.text(language, command.text))
                for command in world.content.commands.values()
                if command.listed
            ]
            code = "" if language == "en" else language
            await bot.set_my_commands(commands, language_code=code)
    except TelegramError:
        return False
    return True
