"""Truths about links of posters and campaigns: each opens what the plain link opens, and counts one."""

from dataclasses import replace
from itertools import product

import pytest

from bot.campaigns.response import tap
from bot.counting.tally import Kind, Tally
from bot.engine import cover
from bot.engine.campaigns import made
from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.links import printed
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.betrayal import lexicon
from tests.engine.walking import LANGUAGES, NOW

KNOWN = Session("hub", "ru", country="kg", told=True)
HELPED = Session("talk", "ky", country="kg", told=True, said=("children",))


def plain(content, poster, language):
    """What stands behind `start` in the link that is on no poster; "" for home."""
    quizzes = content.quizzes
    return {
        "home": "",
        "tree": f"t_{language}",
        "quiz": f"q{quizzes[poster.quiz].number}_{language}" if poster.quiz else "",
    }[poster.opens]


@pytest.mark.parametrize("known", [None, KNOWN, HELPED], ids=["new", "known", "helped"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scan_opens_what_the_plain_link_opens(engine, world, language, known):
    """Every poster, wherever it hangs, leads to the same screen and session, and counts one."""
    content = world.content
    for poster, (place, code) in product(
        content.outreach.posters.values(), content.outreach.places.items()
    ):
        words = printed(poster, code, language)
        scan = engine.step(known, Commanded("start", words), NOW, "en")
        assert scan.tallies == (Tally(Kind.SCAN, poster.poster, place),)
        assert scan.session.language == language
        there = replace(known, language=language) if known else None
        same = plain(content, poster, language)
        opened = engine.step(there, Commanded("start", same), NOW, language)
        assert opened.tallies == ()
        assert replace(scan, tallies=()) == opened


def test_the_words_behind_a_link_tell_nothing(world):
    """Neither the place nor the poster can be read from them; Telegram lets them through."""
    outreach = world.content.outreach
    for poster, (place, code), language in product(
        outreach.posters.values(), outreach.places.items(), LANGUAGES
    ):
        words = printed(poster, code, language)
        assert len(words) <= 64
        assert words.replace("_", "").isalnum()
        assert poster.poster not in words
        assert code not in place
        assert lexicon().tells(words) is None


@pytest.mark.parametrize("words", ["p1zz_kk", "p1aa", "p2zz"])
def test_an_unknown_place_opens_the_same_and_counts_nothing(engine, words):
    """A code that was taken out of the list still leads on, and is in no table."""
    turn = engine.step(KNOWN, Commanded("start", words), NOW)
    assert turn.tallies == ()
    assert turn.session.place in ("start", "play-quiz")


@pytest.mark.parametrize(
    "words", ["p", "p1", "p1x", "p1xkk", "p999xk", "pxk", "p1XK", "p1xk-kk", "p-1xk"]
)
def test_other_words_are_no_link(engine, words):
    """What only looks like the link of a poster counts nothing and leads where any start leads."""
    turn = engine.step(None, Commanded("start", words), NOW, "en")
    assert turn.tallies == ()
    assert turn.reader.place == "start"


def test_typed_words_are_no_scan(engine):
    """Only the command that Telegram makes of a link counts; the same words typed do not."""
    for event in (Wrote("p1xk_kk"), Wrote("start p1xk_kk"), Commanded("menu", "p1xk")):
        assert engine.step(KNOWN, event, NOW).tallies == ()


def test_behind_the_cover_nothing_is_counted(engine):
    """While a shared phone is covered a scan shows the quiz of the cover, as everything does."""
    first = engine.step(Session("phrase", "en", told=True), Wrote("green kettle of grandpa"), NOW)
    up = engine.step(first.session, Wrote("green kettle of grandpa"), NOW)
    turn = engine.step(up.session, Commanded("start", "p1xk_en"), NOW)
    assert cover.is_closed(turn.session, engine.stage.world.content)
    assert turn.tallies == ()


def test_what_follows_a_scan_counts_nothing_more(engine):
    """One scan is one: the taps after it add nothing to the table of posters."""
    turn = engine.step(None, Commanded("start", "p2jr_en"), NOW, "en")
    for label in engine.stage.page(turn.session, NOW).labels:
        tap = Chosen(turn.session.place, label.id, turn.session.item)
        after = engine.step(turn.session, tap, NOW)
        assert all(one.kind is not Kind.SCAN for one in after.tallies)


CODE = "k3m9x2ab"


@pytest.mark.parametrize("known", [None, KNOWN, HELPED], ids=["new", "known", "helped"])
def test_the_button_of_a_campaign_opens_what_its_plain_link_opens(engine, world, known):
    """The tap is counted under the campaign, and nothing else of the turn is another."""
    for template in world.content.campaigns.values():
        campaign = made(world, template, CODE)
        tapped = engine.step(known, Commanded("start", campaign.start), NOW, "ky")
        plain_one = engine.step(known, Commanded("start", campaign.link), NOW, "ky")
        assert tapped.tallies == (tap(CODE),)
        assert plain_one.tallies == ()
        assert replace(tapped, tallies=()) == plain_one


def test_the_link_of_a_campaign_is_short_and_tells_nothing(world):
    """It holds the number of what it opens and a code drawn by chance, and no word of ours."""
    for template in world.content.campaigns.values():
        campaign = made(world, template, CODE)
        assert len(campaign.start) <= 16
        assert campaign.start.replace("-", "").isalnum()
        assert template.topic not in campaign.start
        assert template.campaign not in campaign.start
        assert lexicon().tells(campaign.start) is None


@pytest.mark.parametrize(
    "words",
    [
        "q6-k3m9x2a",
        "q6-k3m9x2abc",
        "q6-K3M9X2AB",
        "q6-k3m9x2a1",
        "q6-",
        "-k3m9x2ab",
        "p1xk-k3m9x2ab",
    ],
)
def test_what_is_no_code_counts_nothing(engine, words):
    """A link that ends in anything but a code of ours leads where any start leads."""
    turn = engine.step(None, Commanded("start", words), NOW, "en")
    assert turn.tallies == ()
    assert turn.reader.place == "start"


def test_behind_the_cover_no_tap_is_counted(engine):
    """While a shared phone is covered the button of a campaign shows the quiz of the cover."""
    first = engine.step(Session("phrase", "en", told=True), Wrote("green kettle of grandpa"), NOW)
    up = engine.step(first.session, Wrote("green kettle of grandpa"), NOW)
    turn = engine.step(up.session, Commanded("start", f"q6-{CODE}"), NOW)
    assert cover.is_closed(turn.session, engine.stage.world.content)
    assert turn.tallies == ()


def test_a_poster_taken_out_of_the_content_opens_the_start(world):
    """What still hangs leads home, and into no table."""
    bare = world.content.model_copy(update={"outreach": type(world.content.outreach)()})
    engine = Engine(Stage(replace(world, content=bare)))
    turn = engine.step(None, Commanded("start", "p2jr_kk"), NOW, "en")
    assert (turn.reader.place, turn.tallies) == ("start", ())
