"""Whole journeys: the real bot as a process, people who tap and write, and what they must never lose."""
