"""Truths about the directory room."""
