"""What quizzes taught: how hard each question is, and what a session changed. Sums only. Pure."""

from bot.learning.report.plot import plot
from bot.learning.report.table import KINDS, LearningReport, Line, Share, Shift, cells, summed

__all__ = ["KINDS", "LearningReport", "Line", "Share", "Shift", "cells", "plot", "summed"]
