"""Whether posters may hang where they are meant to, in every language."""

from collections.abc import Iterator
from typing import Final

from bot.content.checks.terms import Terms
from bot.content.faults import Fault
from bot.content.model import Content, Poster
from bot.content.problem import Problem
from bot.content.tree import Place

NEUTRAL: Final = "neutral"


def check_outreach(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield neutral words that tell the topic, and figures, which grow old on paper."""
    for poster in content.outreach.posters.values():
        for place, what, hint in (*_printed(poster, terms), *_opened(poster, content, terms)):
            yield content.origin.at("poster", poster.poster, *place, what=what, hint=hint)


def _printed(poster: Poster, terms: Terms) -> Iterator[Fault]:
    for language in terms.languages:
        for place, text in texts(poster):
            said = terms.translate(language, text) if terms.translate else text
            neutral = poster.wording == NEUTRAL or place == ("tab",)
            if neutral and (word := terms.lexicon.tells(said)):
                yield place, f"in {language} this tells the topic: '{word}'", "say it plainly"
            if any(map(str.isdigit, said)):
                what = f"in {language} this holds a figure, and paper is never brought up to date"
                yield place, what, "leave it out: the code opens what is true today"


def _opened(poster: Poster, content: Content, terms: Terms) -> Iterator[Fault]:
    """A neutral sheet leads to a quiz that is called by a neutral name."""
    quiz = content.quizzes.get(poster.quiz or "")
    if quiz is None or poster.wording != NEUTRAL:
        return
    for language in terms.languages:
        title = terms.translate(language, quiz.title) if terms.translate else quiz.title
        if word := terms.lexicon.tells(title):
            what = f"in {language} the title of this quiz tells the topic: '{word}'"
            yield ("quiz",), what, "take another quiz"


def texts(poster: Poster) -> Iterator[tuple[Place, str]]:
    """Give every text of a poster, and where it stands."""
    yield ("title",), poster.title
    for at, line in enumerate(poster.lines):
        yield ("lines", at), line
    yield ("invitation",), poster.invitation
    if poster.tab:
        yield ("tab",), poster.tab
