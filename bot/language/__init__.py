"""Catalogues, scripts, fallback chains, numbers and dates: everything that turns a `Say` to text."""
