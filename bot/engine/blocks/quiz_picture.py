"""The result of a quiz as a picture to share. It says nothing about who played."""

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.engine.blocks.base import Drawing
from bot.engine.blocks.titles import NAME
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.play import Play
from bot.pictures.result_card import ResultCard, result_card

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s")


def drawing(look: Look, play: Play) -> Drawing:
    """Say how the result of a round is drawn.

    Of what is said at the end only the first sentence stands there: the rest speaks to the player.
    """
    said = partial(look.world.plain, look.session.language)
    right, all_ = play.right, len(play.items)
    score = Say("Right answers: {right} of {all}.", {"right": right, "all": all_})
    card = ResultCard(
        name=NAME,
        title=said(Say(play.quiz.title)),
        score=said(score).removesuffix("."),
        right=right,
        all=all_,
        words=_SENTENCE_END.split(said(Say(play.band.text)))[0],
        invitation=said(Say("How many would you know?")),
    )
    start = f"?start=q{play.quiz.number}_{look.session.language}"
    return Drawing(
        _Result(card, start),
        Say(
            "Share it if you like. It does not say who played. "
            "What you save or send on, I cannot remove."
        ),
    )


@dataclass(frozen=True, slots=True)
class _Result:
    """A card that waits for its link; two of the same words are the same."""

    card: ResultCard
    start: str

    def __call__(self, address: str) -> bytes:
        return result_card(replace(self.card, link=f"{address}{self.start}" if address else ""))
