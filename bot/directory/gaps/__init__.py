"""The picture of where people looked for help that is not known to exist near them. Pure."""

from bot.directory.gaps.picture import picture

__all__ = ["picture"]
