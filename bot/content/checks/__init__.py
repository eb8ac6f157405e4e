"""Proofs over the content, one family a file."""
