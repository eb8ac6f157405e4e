"""Quizzes as they are played: what is asked next, what is right, how a round ends. Pure."""
