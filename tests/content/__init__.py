"""Truths about the content room."""
