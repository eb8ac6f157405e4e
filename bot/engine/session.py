"""What is known of a person while she talks: a handful of words, none of them hers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Session:
    """Where a conversation stands. Nothing in it was typed by the person.

    Attributes:
        place: the id of the node on her screen.
        item: what that node is about (a hotline's id), or empty.
        language: the language she reads, once chosen or guessed for the first screen.
        country: the country she chose, or empty; never inferred.
        after: the node she was on her way to when something had to be asked first, or empty.
        told: whether she has seen what this bot keeps and cannot hide.
    """

    place: str
    language: str
    item: str = ""
    country: str = ""
    after: str = ""
    told: bool = False
