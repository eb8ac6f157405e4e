"""How the tables came to be, one file a step; run by `bot.store.migrate`."""
