"""Whether a poster leads somewhere, and can be told from every other one by its link."""

from collections.abc import Iterator

from bot.content.draft import Draft
from bot.content.faults import Fault
from bot.content.model import Poster
from bot.content.outreach_files import FOLDER
from bot.content.problem import Problem


def link_outreach(draft: Draft) -> Iterator[Problem]:
    """Yield links that would clash or lead nowhere, and sheets that lack what they are for."""
    numbers: dict[int, str] = {}
    for poster in draft.outreach.posters.values():
        if (other := numbers.setdefault(poster.number, poster.poster)) != poster.poster:
            what = f"{poster.number} is the number of poster '{other}'"
            yield draft.origin.at("poster", poster.poster, "number", what=what, hint="take another")
        for place, what, hint in (*_opened(poster, draft), *_torn(poster)):
            yield draft.origin.at("poster", poster.poster, *place, what=what, hint=hint)
    codes: dict[str, str] = {}
    for place_kind, code in draft.outreach.places.items():
        if (other := codes.setdefault(code, place_kind)) != place_kind:
            what = f"'{code}' is the code of '{other}'"
            yield draft.origin.at("poster places", "", place_kind, what=what, hint="take another")
    if draft.outreach.posters and not codes:
        file = f"{draft.origin.root}/{FOLDER}/places.yaml"
        yield Problem(file, 1, 1, "posters hang nowhere", "name the kinds of places here")


def _opened(poster: Poster, draft: Draft) -> Iterator[Fault]:
    if poster.opens != "quiz":
        if poster.quiz:
            yield ("quiz",), f"it opens '{poster.opens}' and names a quiz", "write 'opens: quiz'"
    elif poster.quiz is None:
        yield ("opens",), "it opens a quiz and does not say which", "add 'quiz:'"
    elif poster.quiz not in draft.quizzes:
        what = f"there is no quiz '{poster.quiz}'"
        yield ("quiz",), what, draft.near(poster.quiz, draft.quizzes)
    elif draft.quizzes[poster.quiz].is_test:
        yield ("quiz",), f"'{poster.quiz}' is the test of a course, which no link opens", ""


def _torn(poster: Poster) -> Iterator[Fault]:
    if poster.kind == "strip" and poster.tab is None:
        yield ("kind",), "nothing says what stands on a tab", "add 'tab:'"
    if poster.kind != "strip" and poster.tab is not None:
        yield ("tab",), "only a strip has tabs", "write 'kind: strip', or take it out"
