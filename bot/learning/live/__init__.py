"""A live quiz in a group: what may be asked there, who is right, how it stands. Pure."""
