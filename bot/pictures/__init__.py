"""Drawings as PNG: plain words in, bytes out; no language, no clock, no chance."""
