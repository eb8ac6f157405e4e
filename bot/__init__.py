"""Tirek: conversations written in YAML, served to people who need a real number now."""
