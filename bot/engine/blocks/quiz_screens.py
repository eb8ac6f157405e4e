"""What a quiz shows: its first screen, a question, an answer, the end. One message, edited."""

from collections.abc import Iterable
from typing import Final

from bot.content.model import Item, Quiz
from bot.counting.tally import Kind
from bot.engine.blocks.base import Part
from bot.engine.blocks.facts import named
from bot.engine.blocks.quiz_age import ages, asks_age
from bot.engine.blocks.titles import bold
from bot.engine.blocks.wishing_tree import tree_node
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.answers import DONE, FACT, MYTH, put, scene
from bot.learning.draw import shown
from bot.learning.play import Play

BEGIN, SKIP, NEXT, MISSED, ANEW = "begin", "skip", "next", "missed", "anew"
"""What can be tapped besides answers: to begin, leave out, go on, try the missed ones, begin anew."""

PICTURE: Final = "picture"
"""The choice at the end that sends the result as a picture."""

TREE: Final = "tree"
"""The choice at the end that leads to the wishing tree."""

_TO_TREE: Final = ((Option(TREE, Say("Tie a ribbon on the wishing tree")),),)
"""A row of its own, where there is a tree."""

_STATEMENT: Final = {FACT: Say("Fact"), MYTH: Say("Myth")}
_GROUP: Final = {
    Kind.BEFORE: Say("Before the session. Nobody sees your answers; the group only sees sums."),
    Kind.AFTER: Say("After the session. Nobody sees your answers; the group only sees sums."),
}
_READABLE: Final = Say("Anyone who opens this phone can read this chat.")


def front(look: Look, quiz: Quiz, kind: Kind, due: int) -> Part:
    """Say what the quiz is about; ask for the age where it is not for everybody.

    `due` is how much of it is to be repeated; 0 asks all of it.
    """
    rows = ages() if asks_age(look, quiz) else ((Option(BEGIN, Say("Begin")),),)
    about = Say("Questions: {n}.", {"n": min(due, quiz.asks) or quiz.asks})
    group = ((_GROUP[kind],),) if kind in _GROUP else ()
    return Part(((bold(quiz.title),), *group, (Say(quiz.about),), (about, _READABLE)), rows)


def question(play: Play) -> Part:
    """Ask the present item."""
    return Part((*_heading(play), *_asked(play)), _pickable(play))


def _heading(play: Play) -> tuple[tuple[Say, ...], ...]:
    number, all_ = play.round.number + 1, len(play.items)
    return (
        (
            bold(play.quiz.title),
            Say("Question {number} of {all}", {"number": number, "all": all_}),
            Say("{bar}", {"bar": "▰" * number + "▱" * (all_ - number)}),
        ),
    )


def _asked(play: Play) -> tuple[tuple[Say, ...], ...]:
    """Say the question, and what there is to pick, each with the number of its button."""
    item, picks = play.item, play.round.picks
    if item.story:
        here = scene(item, picks)
        ways = tuple(_numbered(at, way.text) for at, way in enumerate(here.ways, 1))
        return ((bold(item.text),), (Say(here.text),), ways)
    if item.fact is not None:
        return ((Say(item.text),), (Say("Fact or myth?"),))
    texts = item.order or tuple(one.text for one in item.answers)
    left = {int(one) for one in play.options if one.isdecimal()}
    lines = tuple(
        _numbered(number, text, is_picked=item.several and bool(picks >> at & 1))
        for number, (at, text) in enumerate(shown(texts, item, play.round.seed), 1)
        if at + 1 in left
    )
    if item.order:
        before = put(item, picks)
        so_far = ((_in_order(item, before),),) if before else ()
        ask = Say("What comes next?") if before else Say("Which step comes first?")
        return ((Say(item.text),), *so_far, (ask, *lines))
    hint = ((Say("More than one fits. Tap each, then “Done”."),),) if item.several else ()
    return ((Say(item.text),), *hint, lines)


def _numbered(number: int, text: str, *, is_picked: bool = False) -> Say:
    sign = "✓ " if is_picked else ""
    return Say("{sign}{number}. {text}", {"sign": sign, "number": number, "text": Say(text)})


def _in_order(item: Item, steps: Iterable[int]) -> Say:
    """Say steps one after another; an arrow stands between them."""
    texts = [Say(item.order[step - 1]) for step in steps]
    said = texts[0]
    for text in texts[1:]:
        said = Say("{before} → {text}", {"before": said, "text": text})
    return said


def _pickable(play: Play) -> tuple[tuple[Option, ...], ...]:
    """Offer what can be picked as it is shown, then to leave it out."""
    item = play.item
    if item.fact is not None:
        row = tuple(Option(one, _STATEMENT[one]) for one in play.options)
    elif item.story:
        ways = scene(item, play.round.picks).ways
        row = tuple(
            Option(str(n), Say("{n}", {"n": n}), also=Say(way.text))
            for n, way in enumerate(ways, 1)
        )
    else:
        texts, options = item.order or item.answers, play.options
        row = tuple(
            Option(str(at + 1), Say("{n}", {"n": number}), also=_words(item, at))
            for number, (at, _) in enumerate(shown(texts, item, play.round.seed), 1)
            if str(at + 1) in options
        )
    done = ((Option(DONE, Say("Done")),),) if DONE in play.options else ()
    return (row, *done, (Option(SKIP, Say("Skip")),))


def _words(item: Item, at: int) -> Say:
    return Say(item.order[at] if item.order else item.answers[at].text)


def told(look: Look, play: Play) -> Part:
    """Say whether it was right, what is right, why, and its first source: more would bury it."""
    item = play.item
    source = look.world.content.sources[item.sources[0]]
    last = play.round.number + 1 == len(play.items)
    onward = Say("Show the result") if last else Say("Next")
    return Part(
        (
            *_heading(play),
            (bold(item.text) if item.story else Say(item.text),),
            (_verdict(play), *_answer(item)),
            (Say(item.why),),
            (Say("Source: {source}", {"source": named(source)}),),
        ),
        ((Option(NEXT, onward),),),
    )


def _verdict(play: Play) -> Say:
    """Say how it went; a story says so by its ending."""
    item, picks = play.item, play.round.picks
    if item.story and not scene(item, picks).ways:
        return Say(scene(item, picks).text)
    if item.story or not picks:
        return Say("Skipped.")
    return Say("✓ Right.") if play.is_right else Say("Not quite.")


def _answer(item: Item) -> tuple[Say, ...]:
    if item.story:
        return ()
    if item.fact is not None:
        return (Say("This is a fact.") if item.fact else Say("This is a myth."),)
    if item.order:
        order = _in_order(item, range(1, len(item.order) + 1))
        return (Say("The order: {order}", {"order": order}),)
    right = [Say(one.text) for one in item.answers if one.right]
    if item.several:
        return (Say("These fit:"), *(Say("– {text}", {"text": one}) for one in right))
    return (Say("The answer: {answer}", {"answer": right[0]}),)


def end(look: Look, play: Play) -> Part:
    """Sum up without shame, and offer another try; before a session, only thank."""
    if not play.explains:
        thanks = Say("Thank you. The session answers these questions.")
        return Part(((bold(play.quiz.title),), (thanks,)))
    counted = Say("Right answers: {right} of {all}.", {"right": play.right, "all": len(play.items)})
    close = Say("Did something come close to your own life? “I want to talk to someone” is below.")
    tree = _TO_TREE if tree_node(look) else ()
    paragraphs = ((bold(play.quiz.title),), (Say(play.band.text),), (counted,), (close,))
    if play.kind is Kind.AFTER:
        return Part(paragraphs, tree)
    again = ((Option(MISSED, Say("Try the missed ones")),),) if play.round.missed else ()
    picture = () if play.quiz.is_test else ((Option(PICTURE, Say("A picture to share")),), *tree)
    return Part(paragraphs, (*again, (Option(ANEW, Say("Once more")),), *picture))
