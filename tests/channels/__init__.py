"""Truths about the channels room."""
