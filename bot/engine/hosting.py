"""What a group reads while a live quiz goes on there. Pure."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.content.model import Item
from bot.engine.world import World
from bot.language.say import Say, Value
from bot.learning.draw import shown
from bot.learning.live.game import Game
from bot.learning.live.standings import Standing, standings

QUESTION: Final = 300
"""Characters of a poll's question (Bot API)."""

_AHEAD: Final = 5
"""Players named after each question."""
_PODIUM: Final = 3
"""Players named at the end."""

_FACT, _MYTH = Say("Fact"), Say("Myth")


@dataclass(frozen=True, slots=True)
class Poll:
    """A question as a poll: plain text; `right` are the places of its right options, from 0."""

    question: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    several: bool
    why: str


def welcome(world: World, game: Game) -> str:
    """Announce the quiz, as HTML."""
    title = world.content.played[game.quiz].title if _is_known(world, game) else ""
    return _lines(
        world,
        game,
        Say("<b>Quiz: {title}</b>", {"title": Say(title)}),
        Say("Questions: {n}.", {"n": len(game.items)}),
        Say("Seconds for each question: {n}", {"n": game.seconds}),
        Say("Everybody here sees who answered what. Points and names are forgotten at the end."),
    )


def poll(world: World, game: Game) -> Poll | None:
    """Ask the present item; None where the content knows it no more."""
    item = _item(world, game)
    if item is None:
        return None
    options, right = _options(item, game.seed)
    said = partial(world.plain, game.language)
    number = Say("Question {number} of {all}", {"number": game.number + 1, "all": len(game.items)})
    question = said(Say(item.text))
    numbered = f"{said(number)}\n\n{question}"
    return Poll(
        question=numbered if _units(numbered) <= QUESTION else question,
        options=tuple(map(said, options)),
        right=right,
        several=item.several,
        why=said(Say(item.why)),
    )


def answer(world: World, game: Game) -> str:
    """Tell the right answer, why, and who is ahead, as HTML."""
    item = _item(world, game)
    best = [_standing(world, one) for one in standings(game, _AHEAD)]
    if item is None:
        return _lines(world, game, *best)
    options, right = _options(item, game.seed)
    answers: Value = tuple(options[place] for place in right)
    return _lines(
        world, game, Say("Right: {answer}", {"answer": answers}), Say(item.why), Say(""), *best
    )


def podium(world: World, game: Game, link: str) -> str:
    """Name the best, and say where there is more, as HTML."""
    best = [_standing(world, one) for one in standings(game, _PODIUM)]
    crowd = Say("Players: {n}.", {"n": len(game.players)})
    close = Say("Thank you for playing. More to play and to read: {link}", {"link": link})
    nobody = Say("Nobody has answered this time.")
    told = (*best, crowd) if best else (nobody,)
    return _lines(world, game, Say("<b>The quiz is over</b>"), *told, Say(""), close)


def _is_known(world: World, game: Game) -> bool:
    return game.quiz in world.content.played


def _item(world: World, game: Game) -> Item | None:
    quiz = world.content.played.get(game.quiz)
    asked = game.items[game.number]
    return next((one for one in quiz.items if one.id == asked), None) if quiz else None


def _options(item: Item, seed: int) -> tuple[tuple[Say, ...], tuple[int, ...]]:
    """Give the options as they are shown, and the places of the right ones."""
    if item.fact is not None:
        return (_FACT, _MYTH), (0 if item.fact else 1,)
    answers = [one for _, one in shown(item.answers, item, seed)]
    right = tuple(place for place, one in enumerate(answers) if one.right)
    return tuple(Say(one.text) for one in answers), right


def _standing(world: World, one: Standing) -> Say:
    """Say a line of the table; whoever has the name of somebody before gets a number.

    What a person calls herself is hostile input: no telling word is said in our voice (R20).
    """
    tells = not one.name or world.lexicon.tells(one.name)
    name: Value = Say("A player") if tells else one.name
    if one.number > 1:
        name = Say("{name} {number}", {"name": name, "number": one.number})
    values: dict[str, Value] = {"place": one.place, "name": name, "points": one.points}
    return Say("{place}. {name}: {points}", values)


def _lines(world: World, game: Game, *lines: Say) -> str:
    return "\n".join(world.words.say(game.language, line) if line.text else "" for line in lines)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
