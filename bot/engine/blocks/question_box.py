"""`question_box`: a question without a name, for the team or on paper."""

import re
from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.replies import PassOn, Show
from bot.engine.world import Look
from bot.language.say import Say
from bot.understanding.normalise import words

MOST: Final = 3
"""Questions of one person while she stands there: a team reads them all."""
LONGEST: Final = 500
"""Characters of a question."""
FEWEST: Final = 3
"""Words of a question; fewer may be anything, and the team could not answer."""

ONLY_WORDS: Final = "only_words"
"""Lead: what she sent holds more than words, and was not passed on."""

LEADS_ON: Final = re.compile(r"@\w|://|\bt\.me/|(?:\d[\s()./-]*){7}")
"""An account, a link or a phone number, as Telegram marks none when they are typed oddly."""

_OPEN: Final = (
    (
        Say("Write your question in one message, 500 characters at most."),
        Say("It goes to the team of this bot without your name. Then I remove it from this chat."),
        Say("If I answer with numbers to call, I have not passed it on: they come first."),
    ),
    (
        Say(
            "Do not write names, also not your own. The answer comes in the group, not in this chat."
        ),
        Say("Do you need help yourself? “I want to talk to someone” is below."),
    ),
)
_PAPER: Final = (
    (
        Say("Here questions are collected on paper."),
        Say("Write yours on a small paper, without your name, and give it to those who lead."),
    ),
    (Say("Do you need help yourself? “I want to talk to someone” is below."),),
)


class QuestionBox(PlainBlock):
    """Take words for the team. What they say is looked at for harm before, and kept nowhere."""

    spec: ClassVar[BlockSpec] = BlockSpec("question_box", NoOptions)
    words: ClassVar[tuple[str, ...]] = tuple(str(number) for number in range(1, MOST + 1))
    passes_on: ClassVar[bool] = True

    def view(self, look: Look) -> Part:
        """Say what becomes of a question."""
        return Part(_OPEN if look.world.has_team else _PAPER)

    def hear(self, look: Look, text: str) -> Outcome | None:
        """Pass a question on, or say why not; None where there is no team."""
        session = look.session
        if not look.world.has_team:
            return None
        asked = int(session.item) if session.item.isdecimal() else 0
        if asked >= MOST:
            return Outcome(session, lead="asked_enough")
        if len(text) > LONGEST:
            return Outcome(session, lead="question_long")
        if LEADS_ON.search(text):
            return Outcome(session, lead=ONLY_WORDS)
        if len(words(text)) < FEWEST:
            return Outcome(session, lead="question_short")
        there = replace(session, item=str(asked + 1))
        return Outcome(there, (PassOn(), Show(there.place, there.item, "passed_on")))
