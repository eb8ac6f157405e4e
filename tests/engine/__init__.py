"""Truths about the engine room."""
