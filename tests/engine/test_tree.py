"""Truths about the wishing tree: a ribbon is tied once, small counts are hidden, help is near."""

import re
from dataclasses import replace
from itertools import product

import pytest

from bot.channels.telegram.buttons import Codebook
from bot.channels.terminal import unmarked
from bot.counting.ribbons import ELSEWHERE, FEW
from bot.counting.tally import Kind, Tally
from bot.engine.events import Chosen, Commanded, Strayed, Wrote
from bot.engine.replies import Picture
from bot.engine.session import AND, Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.language.say import Say
from tests.betrayal import lexicon
from tests.engine.walking import LANGUAGES, NOW

TREE, TIE = "tree", "tie"
WAYS_OUT = {"talk", "menu", "close"}
COUNTED = {"kz": {"red": 120, "blue": 60, "green": None}, "uz": {"orange": None}}


@pytest.fixture
def grown(stage):
    """An engine whose tree tells of red and blue ribbons in Kazakhstan, and of nothing else."""
    return Engine(stage.grown(COUNTED))


def at(language="en", country="kz", place=TREE, item=""):
    return Session(place, language, item=item, country=country, told=True)


def tapped(engine, session, option):
    return engine.step(session, Chosen(session.place, option, session.item), NOW)


def ways(engine, session):
    return {one.id for one in engine.stage.page(session, NOW).labels}


def tie(engine, session, wish, ribbon):
    """Tap through from the tree to a ribbon tied; all that was counted on the way."""
    tallies = []
    for option in ("tie", wish, ribbon):
        turn = tapped(engine, session, option)
        session = turn.session
        tallies += turn.tallies
    return session, tallies


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wish_hangs_on_every_ribbon(grown, world, language):
    """Each of them can be tied in each language, counts once, and is named on the tree."""
    list_, say = world.content.wish_list, world.words
    for wish, ribbon in product(list_.wishes, list_.ribbons):
        session, tallies = tie(grown, at(language), wish.id, ribbon.id)
        assert tallies == [Tally(Kind.WISH, "kz", ribbon.id)]
        assert (session.place, session.item) == (TREE, AND.join((wish.id, ribbon.id)))
        page = grown.stage.page(session, NOW)
        for named, one in (("wish", wish.text), ("ribbon", ribbon.name)):
            line = Say(f"Your {named}: {{{named}}}", {named: Say(one)})
            assert say.say(language, line) in page.text
        assert say.text(language, "It is tied. It is not in the counts yet.") in page.text


def test_who_has_no_country_counts_elsewhere(grown):
    """Whoever came by a link and has named no country is counted, though in none of them."""
    _, tallies = tie(grown, at(country=""), "rest", "green")
    assert tallies == [Tally(Kind.WISH, ELSEWHERE, "green")]


def test_looking_counts_nothing(grown):
    """The tree, its picture, the lists, going back and forth: none of it is a ribbon."""
    session = at()
    for option in ("picture", "tie", "rest", "another-wish", "rest", "tree", "tie", "menu"):
        turn = tapped(grown, session, option)
        assert turn.tallies == ()
        session = turn.session
    for event in (Commanded("tree"), Wrote("tree"), Commanded("start", "t"), Strayed()):
        assert grown.step(session, event, NOW).tallies == ()


def test_a_second_tap_ties_nothing(grown):
    """Buttons that are left over from the ribbon just tied count no other, whatever they say."""
    session, _ = tie(grown, at(), "rest", "green")
    for item, option in (("rest", "green"), ("rest", "red"), ("", "home"), ("home", "blue")):
        turn = grown.step(session, Chosen(TIE, option, item), NOW)
        assert turn.tallies == ()
        assert turn.session == session


def test_another_ribbon_is_asked_for(grown):
    """Whoever lends her phone to a friend asks for another ribbon, and it counts as well."""
    session, _ = tie(grown, at(), "rest", "green")
    labels = [one.text for one in grown.stage.page(session, NOW).labels]
    assert labels[0] == "Tie another ribbon"
    _, tallies = tie(grown, session, "home", "red")
    assert tallies == [Tally(Kind.WISH, "kz", "red")]


@pytest.mark.parametrize(
    ("item", "option"),
    [("gone", "red"), ("rest", "gone"), ("", "red"), ("rest", "rest"), ("rest+red", "red")],
)
def test_what_is_not_offered_ties_nothing(grown, item, option):
    """A wish or a ribbon that is not in the list, or not asked for now, is no tying."""
    assert grown.step(at(), Chosen(TIE, option, item), NOW).tallies == ()


def test_typing_the_words_or_the_number_is_tapping(grown):
    """A wish is chosen by its number or its words, a ribbon by its name; nothing else is taken."""
    there = tapped(grown, at(), "tie").session
    by_number = grown.step(there, Wrote("2"), NOW).session
    assert by_number == grown.step(there, Wrote("may every home be calm and kind"), NOW).session
    assert by_number.item == "home"
    assert grown.step(by_number, Wrote("red"), NOW).tallies == (Tally(Kind.WISH, "kz", "red"),)
    own = grown.step(there, Wrote("I wish for a bicycle"), NOW)
    assert own.tallies == ()
    assert own.session.item == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_may_be_told_is_told(grown, language):
    """No number stands there but the sums that are shown, the floor, and nothing of hidden ones."""
    say = grown.stage.world.words
    text = unmarked(grown.stage.page(at(language), NOW).text)
    assert {*re.findall(r"\d+", text)} == {"180", str(FEW)}
    few = say.say(
        language,
        Say(
            "{country}: fewer than {few} of each colour so far",
            {"country": Say("Uzbekistan"), "few": FEW},
        ),
    )
    assert few in text


def test_a_tree_nobody_counted_yet_stands_there(engine):
    """Before the first finished week every country says the same, and nothing is broken."""
    text = engine.stage.page(at(), NOW).text
    assert text.count(f"fewer than {FEW}") == len(engine.stage.world.offered.countries) + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item", ["", "rest+violet"])
def test_the_picture_shows_the_same(grown, language, item, monkeypatch):
    """It fits in every language, holds the counts that are told, and her ribbon if she tied one."""
    monkeypatch.setattr("bot.pictures.canvas.Canvas.png", lambda _: b"drawn")
    session = at(language, item=item)
    turn = tapped(grown, session, "picture")
    assert turn.replies == (Picture(TREE, item),)
    page = grown.stage.picture(session, NOW)
    assert page.draw("") == b"drawn"
    shown = page.draw.wishes
    assert shown.countries[0].counts == (120, None, None, None, 60, None)
    assert all(set(one.counts) == {None} for one in shown.countries[1:])
    assert (shown.own is None) is (item == "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_it_tells(grown, language, world):
    """The screens, the picture and its caption hold no telling word, in any language (R12)."""
    list_ = world.content.wish_list
    items = [(TREE, ""), (TIE, ""), *((TIE, one.id) for one in list_.wishes)]
    items += [(TREE, AND.join((list_.wishes[0].id, one.id))) for one in list_.ribbons]
    for place, item in items:
        session = at(language, place=place, item=item)
        assert lexicon().tells(unmarked(grown.stage.page(session, NOW).text)) is None
        if place == TREE:
            picture = grown.stage.picture(session, NOW)
            words = (picture.caption, picture.draw.wishes.title, picture.draw.wishes.note)
            assert [lexicon().tells(one) for one in words] == [None] * 3


@pytest.mark.parametrize(
    ("link", "language"), [("t", "en"), *((f"t_{one}", one) for one in LANGUAGES), ("t_xx", "en")]
)
def test_a_link_opens_the_tree(grown, link, language):
    """A poster leads a newcomer straight to it, in the language it names."""
    turn = grown.step(None, Commanded("start", link), NOW, "en")
    assert (turn.session.place, turn.session.language) == (TREE, language)


@pytest.mark.parametrize("link", ["tt", "t1", "t-kk", "T"])
def test_other_words_are_no_link(grown, link):
    """What only looks like the link leads to no tree."""
    assert grown.step(None, Commanded("start", link), NOW, "en").session.place != TREE


@pytest.mark.parametrize("place", ["play", TREE, TIE])
def test_the_ways_out_stand_on_each_screen(grown, place):
    """Talk, menu and close are on the list of quizzes, on the tree, and where a ribbon is tied."""
    for item in ("", "rest"):
        assert ways(grown, at(place=place, item=item)) >= WAYS_OUT


def test_the_list_of_quizzes_leads_to_the_tree(grown):
    """One tap from the list of quizzes, and one back."""
    assert tapped(grown, at(place="play"), "tree").session.place == TREE
    assert tapped(grown, at(), "play").session.place == "play"


def test_content_without_a_tree_offers_none(world):
    """Where authors took the tree away, the end of a quiz does not name it, and no link opens it."""
    nodes = {name: one for name, one in world.content.nodes.items() if name not in (TREE, TIE)}
    play = nodes["play"]
    kept = tuple(one for one in play.choices if one.goto != TREE)
    nodes["play"] = play.model_copy(update={"choices": kept})
    commands = {k: one for k, one in world.content.commands.items() if one.goto != TREE}
    bare = world.content.model_copy(update={"nodes": nodes, "commands": commands})
    engine = Engine(Stage(replace(world, content=bare)))
    assert engine.step(None, Commanded("start", "t"), NOW, "en").reader.place == bare.start


def test_every_word_has_a_code(world):
    """A button about any wish and ribbon can be sealed and read again."""
    book = Codebook.of(world.content, LANGUAGES)
    list_ = world.content.wish_list
    for wish, ribbon in product(list_.wishes, list_.ribbons):
        for word in (wish.id, ribbon.id, "another-wish", "tie", "picture"):
            assert book.word[book.code[word]] == word
