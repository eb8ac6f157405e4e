"""`live`: begin a live quiz in a group, hurry it on, end it; for those who may lead."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.content.model import Quiz
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.team import NOT_YOURS
from bot.engine.blocks.titles import with_age
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Club, Look
from bot.language.say import Say
from bot.learning.draw import SEEDS
from bot.learning.live.fitting import asked_in, playable
from bot.learning.live.orders import Begin, Hurry, Order, Stop

SECONDS: Final = ("20", "30", "45")
"""How long a question may stay open."""

START, RUNNING, NEXT, STOP = "start-game", "running", "next-question", "stop-game"
"""What can be tapped besides groups, quizzes and seconds: to begin, to see to a game that goes on,
to hurry it, to end it."""

_SALT: Final = 16
"""Random bytes under which a game knows its players."""

_NO_CLUB: Final = Say(
    "No group is open for games yet. The organisation that runs this bot can open one."
)
_WARNING: Final = Say(
    "Everybody in the group sees the questions, and who answered what. Nobody has to take part."
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was chosen so far; what is not chosen yet, or not there any more, is empty."""

    club: Club | None = None
    quiz: Quiz | None = None
    seconds: str = ""
    runs: bool = False

    @property
    def item(self) -> str:
        """What the screen is about, in words that `_read` reads again."""
        if self.club is None:
            return ""
        if self.runs:
            return AND.join((self.club.code, RUNNING))
        quiz = self.quiz.quiz if self.quiz else ""
        return AND.join(filter(None, (self.club.code, quiz, self.seconds)))


class LiveQuiz(PlainBlock):
    """Choose group, quiz and time, then begin; who may not lead is told how to become a leader."""

    spec: ClassVar[BlockSpec] = BlockSpec("live", NoOptions)
    fleeting: ClassVar[bool] = True
    staffed: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (*SECONDS, START, RUNNING, NEXT, STOP)

    def view(self, look: Look) -> Part:
        """Say what is to be chosen next, or what goes on."""
        if not look.session.leads:
            return Part((NOT_YOURS,))
        if not look.world.clubs:
            return Part(((_NO_CLUB,),))
        plan = _read(look)
        options = tuple((_option(look, one),) for one in _offered(look, plan))
        if plan.club is None:
            return Part(((Say("Which group?"),),), options)
        group = Say("Group: {name}", {"name": plan.club.name})
        if plan.runs:
            end = Say(
                "A game goes on until its last question. If one went on already, it still does."
            )
            return Part(((group,), (end,)), options)
        if plan.quiz is None:
            return Part(((group,), (Say("Which quiz?"),)), options)
        title = Say("Quiz: {title}", {"title": Say(plan.quiz.title)})
        if not plan.seconds:
            ask = Say("How many seconds may a question stay open?")
            return Part(((group, title), (ask,)), (tuple(one for (one,) in options),))
        time = Say("Seconds for each question: {n}", {"n": int(plan.seconds)})
        many = Say("Questions: {n}.", {"n": min(plan.quiz.asks, len(plan.quiz.items))})
        return Part(((group, title, time, many), (_WARNING,)), options)

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take a choice, or give an order; what is not offered now is no option."""
        plan = _read(look)
        if not look.session.leads or option not in _offered(look, plan):
            return None
        if plan.club is None:
            return _at(look, _Plan(_club(look, option)))
        match option:
            case "start-game" if plan.quiz is not None:
                return _at(look, _Plan(plan.club, runs=True), _begin(look, plan.club, plan))
            case "running":
                return _at(look, _Plan(plan.club, runs=True))
            case "next-question":
                return _at(look, plan, Hurry(plan.club.chat_id))
            case "stop-game":
                return _at(look, _Plan(plan.club), Stop(plan.club.chat_id))
        if plan.quiz is None:
            return _at(look, replace(plan, quiz=_quiz(look, option)))
        return _at(look, replace(plan, seconds=option))


def _read(look: Look) -> _Plan:
    """Read what was chosen out of the item; the only group there is need not be chosen."""
    clubs = look.world.clubs
    code, *words = look.session.item.split(AND)
    club = _club(look, code) or (clubs[0] if len(clubs) == 1 else None)
    if club is None:
        return _Plan()
    if words == [RUNNING]:
        return _Plan(club, runs=True)
    quiz = _quiz(look, words[0]) if words else None
    seconds = words[1] if quiz and words[1:] and words[1] in SECONDS else ""
    return _Plan(club, quiz, seconds)


def _offered(look: Look, plan: _Plan) -> Iterable[str]:
    """Name what can be tapped now."""
    if plan.club is None:
        return [one.code for one in look.world.clubs]
    if plan.runs:
        return [NEXT, STOP]
    if plan.quiz is None:
        return [*(one for one in look.world.content.played if _quiz(look, one)), RUNNING]
    return [START] if plan.seconds else SECONDS


def _option(look: Look, id_: str) -> Option:
    if club := _club(look, id_):
        return Option(id_, Say("{name}", {"name": club.name}))
    if quiz := look.world.content.played.get(id_):
        return Option(id_, with_age(quiz.title, quiz.age))
    if id_ in SECONDS:
        return Option(id_, Say("{n}", {"n": int(id_)}))
    return Option(id_, _LABELS[id_])


_LABELS: Final = {
    START: Say("Start"),
    RUNNING: Say("A game goes on there"),
    NEXT: Say("Next question now"),
    STOP: Say("Stop the game"),
}


def _club(look: Look, code: str) -> Club | None:
    return next((one for one in look.world.clubs if one.code == code), None)


def _quiz(look: Look, id_: str) -> Quiz | None:
    """Give a quiz with the items that may be asked in a group, in the language it is played in."""
    world, session = look.world, look.session
    quiz = world.content.played.get(id_)

    def is_neutral(text: str) -> bool:
        return world.lexicon.tells(world.words.text(session.language, text)) is None

    return quiz and playable(quiz, session.country, look.now.date(), is_neutral)


def _begin(look: Look, club: Club, plan: _Plan) -> Order | None:
    if plan.quiz is None:
        return None
    seed, *salt = look.world.draw(1 + _SALT)
    return Begin(
        chat_id=club.chat_id,
        language=look.session.language,
        quiz=plan.quiz.quiz,
        items=asked_in(plan.quiz, look.session.country, seed % SEEDS),
        seconds=int(plan.seconds),
        seed=seed % SEEDS,
        salt=bytes(salt),
    )


def _at(look: Look, plan: _Plan, order: Order | None = None) -> Outcome:
    there = replace(look.session, place=look.node.id, item=plan.item)
    return Outcome(there, order=order)
