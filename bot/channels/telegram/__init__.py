"""Telegram: the only room that knows python-telegram-bot and the Bot API."""
