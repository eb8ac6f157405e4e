"""Everything that leaves the bot: answers, chats that are cleared, people who are forgotten."""
