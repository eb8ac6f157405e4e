"""Links that open the chat at a quiz: `?start=quiz_consent`, or in a language `quiz_consent_kk`."""

from dataclasses import dataclass
from typing import Final

from bot.engine.blocks.quiz import PlayQuiz
from bot.engine.world import World

_QUIZ: Final = "quiz_"
"""What the words behind `start` begin with; Telegram lets through letters, digits, - and _ ."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Where a link leads: a node, what it is about there, and the language, or "" for her own."""

    place: str
    item: str
    language: str


class Links:
    """The links of one world."""

    def __init__(self, world: World) -> None:
        """Look up where quizzes are played."""
        nodes = world.content.nodes.values()
        played = (node.id for node in nodes if node.block == PlayQuiz.spec.name)
        self._place = next(played, None)
        self._quizzes, self._languages = world.content.quizzes, world.offered.languages

    def read(self, words: str) -> Linked | None:
        """Take the words behind `start` apart; None where they are no link of ours."""
        if self._place is None or not words.startswith(_QUIZ):
            return None
        quiz, _, language = words.removeprefix(_QUIZ).partition("_")
        if quiz not in self._quizzes:
            return None
        return Linked(self._place, quiz, language if language in self._languages else "")
