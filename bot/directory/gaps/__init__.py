"""The gap report: where people looked for help that is not known to exist near them. Pure."""

from bot.directory.gaps.picture import picture
from bot.directory.gaps.table import GapTable, cells, published

__all__ = ["GapTable", "cells", "picture", "published"]
