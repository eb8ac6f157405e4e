"""People who work with the bot: what a role may do, how one is invited, what is noted of it. Pure."""
