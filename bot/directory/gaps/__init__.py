"""The gap report: where people looked for help that is not known to exist near them. Pure."""

from bot.directory.gaps.counts import GapCount, monday
from bot.directory.gaps.picture import picture
from bot.directory.gaps.table import GapTable, Period, cells, published

__all__ = ["GapCount", "GapTable", "Period", "cells", "monday", "picture", "published"]
