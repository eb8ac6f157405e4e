"""Messages to those who asked for them: what is sent, to whom, who allowed it, and when. Pure."""
