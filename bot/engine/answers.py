"""Yes, no and "that is not it", in all the words that people say them with. Pure."""

from collections.abc import Callable
from typing import Final

from bot.language.say import Say

YES: Final = Say("Yes")
NO: Final = Say("No")
ALSO_YES: Final = Say("yeah yep yup sure please it is")
ALSO_NO: Final = Say("nope nah not thanks thank you")

MISTAKEN: Final = Say(
    "no no, nope, nah, wrong, not that, not me, not about me, it is not that, it is not about me, "
    "misunderstood, you got me wrong, you got it wrong, you are wrong, i did not say that, "
    "i did not mean that, nothing happened, i was joking, just kidding, i am fine, all is well"
)
"""What says, comma by comma and each as a whole, that an answer to harm was none to her words."""


def answers(text: Callable[[str, str], str], language: str) -> tuple[str, ...]:
    """Say yes and no in a language, each as one text with its other words; `text` translates."""
    return tuple(
        f"{text(language, one.text)} {text(language, also.text)}"
        for one, also in ((YES, ALSO_YES), (NO, ALSO_NO))
    )


def denials(text: Callable[[str, str], str], language: str) -> tuple[str, ...]:
    """Say in a language, each as one text, what denies that an answer fits: a bare no does."""
    return (text(language, NO.text), *text(language, MISTAKEN.text).split(","))
