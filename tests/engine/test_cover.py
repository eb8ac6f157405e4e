"""Truths about the cover: a quiz, and nothing but a quiz, until her own phrase is typed."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine import cover
from bot.engine.events import Chosen, Commanded, Located, Strayed, Wrote
from bot.engine.replies import Leave, Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.betrayal import lexicon
from tests.engine.walking import LANGUAGES, NOW, buttons, pages

PHRASES = {
    "kk": ("көк аспан астында", "kok aspan astinda"),
    "ky": ("жашыл токой көлү", "jashyl tokoi kolu"),
    "tg": ("боғи сабзи мо", "boghi sabzi mo"),
    "uz": ("koʻk togʻ gullari", "кўк тоғ гуллари"),
    "uz_Cyrl": ("кўк тоғ гуллари", "koʻk togʻ gullari"),
    "ru": ("синий чайник бабушки", "СИНИЙ чайник, бабушки!"),
    "en": ("blue kettle of grandma", "Blue kettle of grandma."),
}
"""A phrase as it is chosen, and as it may be typed later."""


TOLD = (
    "муж бьёт",
    "күйеуім ұрады",
    "менин күйөөм сабады",
    "шавҳарам мезанад",
    "he beats me",
    "help",
)


def put_up(engine, language, phrase):
    """Type the phrase twice where it is asked for; give the two turns."""
    asked = Session("phrase", language, told=True)
    first = engine.step(asked, Wrote(phrase), NOW)
    return first, engine.step(first.session, Wrote(phrase), NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_her_phrase_opens_in_any_letters_and_is_removed(engine, language):
    """Typed as she chose it or in other letters, her phrase opens the cover and leaves the chat."""
    chosen, typed = PHRASES[language]
    first, second = put_up(engine, language, chosen)
    assert first.conceal
    assert second.conceal
    assert second.replies == (Leave(),)
    assert cover.is_closed(second.session, engine.stage.world.content)
    for words in (chosen, typed):
        opened = engine.step(second.session, Wrote(words), NOW)
        assert opened.conceal
        assert not cover.is_closed(opened.session, engine.stage.world.content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_out_brings_the_quiz_back(engine, language):
    """Behind an opened cover, every ordinary word that ends the chat clears it, and the quiz stays."""
    _, up = put_up(engine, language, PHRASES[language][0])
    opened = engine.step(up.session, Wrote(PHRASES[language][0]), NOW).session
    content, words = engine.stage.world.content, engine.stage.world.words
    (ending,) = (node for node in content.nodes.values() if node.leaves)
    for word in words.text(language, ending.called).split(","):
        for session in (opened, replace(opened, place="hub"), up.session):
            turn = engine.step(session, Wrote(word.strip()), NOW)
            assert turn.replies == (Leave(),)
            assert turn.session == cover.closed(up.session, content)


def test_a_phrase_is_typed_twice(engine):
    """Another second phrase puts nothing up; she begins again."""
    first, _ = put_up(engine, "ru", PHRASES["ru"][0])
    turn = engine.step(first.session, Wrote("зелёный чайник дедушки"), NOW)
    assert turn.session.cover is None
    assert turn.replies[0].lead == "phrase_differs"


def test_a_short_phrase_is_refused(engine):
    """What anybody might type by chance is no phrase."""
    turn = engine.step(Session("phrase", "ru", told=True), Wrote("да ок"), NOW)
    assert turn.session.cover is None
    assert turn.replies[0].lead == "phrase_short"
    assert turn.conceal


@given(words=st.text(alphabet="абвгдежзиклмнопрст ", min_size=8, max_size=30))
@settings(max_examples=40, deadline=None)
def test_nothing_of_a_phrase_can_be_read(words):
    """Neither the phrase nor a word of it stands in what is kept, and the salt changes it all."""
    one, other = cover.made(words, b"a" * 16), cover.made(words, b"b" * 16)
    assert one.digest != other.digest
    for word in (words, cover.folded(words)):
        assert word.encode() not in one.digest
    assert cover.opens(one, words.upper())


def test_nothing_else_opens_it(engine):
    """Words about danger, the name of the bot and everything else that helps elsewhere lead to the quiz."""
    _, up = put_up(engine, "en", PHRASES["en"][0])
    content = engine.stage.world.content
    for text in ("tirek", "help", "my husband hits me", "112", "menu", "Osh", "I want to die"):
        turn = engine.step(up.session, Wrote(text), NOW)
        assert cover.is_closed(turn.session, content)
        assert all(isinstance(one, Show) and content.nodes[one.place].cover for one in turn.replies)
        assert turn.conceal, "what she typed must not stand above the quiz"


def test_buttons_of_help_do_nothing_behind_the_cover(engine):
    """A button of help that still stands in the chat leads to the quiz, as any old button does."""
    _, up = put_up(engine, "en", PHRASES["en"][0])
    content = engine.stage.world.content
    for node in content.nodes.values():
        if node.cover:
            continue
        for choice in node.choices:
            turn = engine.step(up.session, Chosen(node.id, choice.id), NOW)
            places = [one.place for one in turn.replies if isinstance(one, Show)]
            assert all(content.nodes[place].cover for place in places)
            assert cover.is_closed(turn.session, content)


NONSENSE = "ъьъ ьъь"


def behind(engine, language, phrase="a phrase of her own"):
    """Stand behind the cover at each of its screens."""
    hers = replace(cover.made(phrase, b"s" * 16), confirmed=True)
    nodes = engine.stage.world.content.nodes.values()
    return [Session(node.id, language, told=True, cover=hers) for node in nodes if node.cover]


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_answers_nothing_in_the_quiz_is_removed(engine, data):
    """A slip of her phrase, a disclosure and nonsense leave the chat with the same answer."""
    language = data.draw(st.sampled_from(LANGUAGES))
    phrase = PHRASES[language][0]
    at = data.draw(st.integers(0, len(phrase) - 1))
    slip = phrase[:at] + phrase[at + 1 :]
    typed = data.draw(st.sampled_from((slip, *TOLD)) | st.text(min_size=1))
    session = data.draw(st.sampled_from(behind(engine, language, phrase)))
    if cover.opens(session.cover, typed):
        return
    turn, stray = (engine.step(session, Wrote(text), NOW) for text in (typed, NONSENSE))
    assert stray.conceal
    if turn.replies == stray.replies:
        assert turn.conceal
    else:
        assert typed not in (slip, *TOLD)
        assert Leave() in turn.replies or _pressed(engine, session, turn)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_to_the_quiz_stays(engine, language):
    """Who plays by typing keeps what was typed, as in any quiz."""
    for session in behind(engine, language):
        for label in engine.stage.page(session, NOW).labels:
            assert not engine.step(session, Wrote(label.text), NOW).conceal


def test_no_message_but_an_answer_stays_behind_the_cover(engine):
    """Commands, points on the map, pictures and voices are removed as words are."""
    sent = (Commanded("menu"), Commanded("forge", "t"), Located(41.3, 69.2), Strayed(wordless=True))
    for session in behind(engine, "en"):
        for event in sent:
            assert engine.step(session, event, NOW).conceal


def _pressed(engine, session, turn):
    """Tell whether a button of the screen does what this turn did."""
    taps = (one.tap for one in buttons(engine.stage.page(session, NOW)))
    return any(engine.step(session, tap, NOW).session.place == turn.session.place for tap in taps)


STRANGE = ("start", "menu", "close", "language", "about", "forget", "settings", "admin", "quiz")
TYPED = (
    "привет", "help", "помоги", "кто ты", "открой", "1", "2", "9", "меню", "тирек", "112", "102",
    "меня бьёт муж", "күйеуім ұрады", "erim uradi", "шавҳарам мезанад", "Ош", "Алматы", "secret",
    "пароль", "password", "назад", "quiz", "стоп", "жауап", "", "🙂", "x" * 500,
)  # fmt: skip


def explore(world, explorations, steps):
    """Let strangers look around behind the cover, and beside each one in the quiz of nobody."""
    content, chance, tells = world.content, random.Random(4), lexicon().tells
    hers = replace(cover.made("a phrase of her own", b"s" * 16), confirmed=True)
    nobodys = replace(hers, salt=b"n" * 16, digest=b"0" * 32)
    draws = random.Random(5)
    covered = Engine(Stage(replace(world, draw=draws.randbytes)))
    seen: set[int] = set()
    for _ in range(explorations):
        language = chance.choice(LANGUAGES)
        session = Session("", language, cover=hers)
        plain = Session(cover.first_screen(content), language, cover=nobodys)
        for _ in range(steps):
            page = covered.stage.page(plain, NOW)
            event = _any_doing(chance, page, content)
            state = draws.getstate()
            turn = covered.step(session, event, NOW)
            draws.setstate(state)
            same = covered.step(plain, event, NOW)
            assert turn.session is not None
            assert same.session is not None
            session, plain = turn.session, same.session
            assert session.cover == hers
            assert content.nodes[session.place].cover
            assert replace(session, cover=nobodys) == plain
            assert (turn.replies, turn.conceal) == (same.replies, same.conceal)
            for shown in pages(covered.stage, turn):
                if id(shown) not in seen:
                    seen.add(id(shown))
                    assert tells(re.sub(r"<[^>]*>", "", shown.text)) is None
                    assert not any(tells(label.text) for label in shown.labels)


def test_explorers_find_a_quiz_and_no_trace_of_her(world):
    """Whoever taps and types around without the phrase sees no telling word and no trace of her."""
    explore(world, explorations=200, steps=12)


@pytest.mark.soak
def test_ten_thousand_explorers_find_a_quiz(world):
    """The same for ten thousand explorers."""
    explore(world, explorations=10_000, steps=10)


def _any_doing(chance, page, content):
    """Draw what somebody might do who looks around."""
    kind = chance.random()
    if kind < 0.6 and page.labels:
        return chance.choice([one.tap for one in buttons(page)])
    if kind < 0.75:
        return Commanded(chance.choice(STRANGE))
    if kind < 0.9:
        return Wrote(chance.choice(TYPED))
    if kind < 0.94:
        return Located(41.3, 69.2)
    if kind < 0.97:
        return Strayed(wordless=chance.random() < 0.5)
    node = chance.choice([*content.nodes.values()])
    ways = [one.id for one in node.choices] or ["x"]
    return Chosen(node.id, chance.choice(ways))
