"""Truths about the store room."""
