"""Truths about the understanding room."""
