"""`bot.yaml` and the environment, read into one frozen `Settings`; refuses what is unsafe."""

from bot.settings.load import load_settings
from bot.settings.model import Settings

__all__ = ["Settings", "load_settings"]
