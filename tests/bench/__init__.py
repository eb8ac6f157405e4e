"""The benchmark: Tirek and other bots, side by side, against one double of the Bot API."""
