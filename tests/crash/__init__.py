"""Crashes on purpose: what is lost, doubled or out of order when the bot is killed."""
