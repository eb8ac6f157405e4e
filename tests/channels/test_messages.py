"""Messages as the Bot API takes them: silent, protected, balanced, and the same for everybody."""

import json
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from bot.engine.phrases import LEADS
from bot.engine.screen import CardPage
from bot.engine.session import Session
from bot.engine.stage import Stage
from tests.engine.walking import COUNTRIES, NOW

ME, OTHER, CHAT = 4_000_000_001, 4_000_000_002, 4_000_000_001
TAGS = {"b", "i", "code", "a"}


class Balance(HTMLParser):
    """Checks that only allowed tags stand there and each is closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], text

    def handle_starttag(self, tag, _attrs):
        assert tag in TAGS, tag
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def pages(world, everywhere):
    """Every page there is, with each line a person may read above it, and every note."""
    stage, menu = Stage(world), Session("hub", "tg", country="tj")
    return [
        *(stage.page(session, NOW) for session in everywhere),
        *(stage.note(session) for session in everywhere),
        *(stage.page(menu, NOW, lead) for lead in LEADS),
    ]


@pytest.fixture
def cards(stage):
    found = [
        stage.card(Session("talk-line", "ru", line.id, country), NOW)
        for country in COUNTRIES
        for line in stage.world.content.countries[country].hotlines
    ]
    return [card for card in found if card is not None]


def check_keyboard(markup):
    rows = markup["inline_keyboard"]
    assert rows
    assert sum(map(len, rows)) <= 100
    for row in rows:
        assert 1 <= len(row) <= 8
        for button in row:
            assert button.pop("text").strip()
            ((kind, value),) = button.items()
            assert kind in {"callback_data", "url", "copy_text"}
            if kind == "callback_data":
                assert 1 <= len(value.encode()) <= 64
            elif kind == "copy_text":
                assert 1 <= len(value["text"]) <= 256
            else:
                assert value.startswith("https://wa.me/")


def test_every_new_message_is_silent_protected_and_without_preview(pages, messages):
    """Each sendMessage carries the flags of a quiet message, and a body Telegram takes (R13)."""
    count = 0
    for page in pages:
        body = json.loads(messages.new(page, ME, CHAT))
        assert body.pop("disable_notification") is True
        assert body.pop("protect_content") is True
        assert body.pop("link_preview_options") == {"is_disabled": True}
        assert body.pop("parse_mode") == "HTML"
        assert body.pop("chat_id") == CHAT
        assert body.pop("text") == page.text
        check_keyboard(body.pop("reply_markup"))
        assert body == {}
        Balance(page.text)
        count += 1
    assert count > 2000


def test_every_edit_is_without_preview(pages, messages):
    """Each editMessageText names its message, previews nothing and carries no flag it cannot."""
    for page in pages:
        body = json.loads(messages.edited(page, ME, CHAT, 77))
        assert (body.pop("chat_id"), body.pop("message_id")) == (CHAT, 77)
        assert body.pop("link_preview_options") == {"is_disabled": True}
        assert set(body) == {"text", "parse_mode", "reply_markup"}


def test_every_card_is_silent_and_protected(cards, messages):
    """A card is a contact only for an international number; either way it is quiet and closable."""
    methods = set()
    for card in cards:
        method, raw = messages.card(card, ME, CHAT)
        body = json.loads(raw)
        assert body["disable_notification"] is True
        assert body["protect_content"] is True
        check_keyboard(body["reply_markup"])
        assert method == ("sendContact" if card.e164 else "sendMessage")
        if card.e164:
            assert body["phone_number"] == card.e164
            assert set(body["first_name"]) <= set("0123456789 +()-")
        else:
            assert body["text"] == f"<b>{card.name}</b>"
            assert body["parse_mode"] == "HTML"
            assert set(card.name) <= set("0123456789 +()-")
        methods.add(method)
    assert methods == {"sendContact", "sendMessage"}


def test_every_button_written_is_read_back(pages, messages, book, keys):
    """The callback data that stands in a message is what this person's tap is read from."""
    for page in list(pages)[::9]:
        body = json.loads(messages.new(page, ME, CHAT))
        written = [one for row in body["reply_markup"]["inline_keyboard"] for one in row]
        for label, button in zip(page.labels, written, strict=True):
            if "callback_data" in button:
                chosen = book.read(keys, ME, button["callback_data"])
                assert (chosen.place, chosen.choice, chosen.item) == (
                    page.place,
                    label.id,
                    page.item,
                )


def test_two_people_get_the_same_bytes_but_for_their_seal(pages, messages):
    """Two people's messages differ in the chat and the tag of the buttons, in nothing else (R28)."""
    for page in list(pages)[::9]:
        mine, hers = messages.new(page, ME, CHAT), messages.new(page, OTHER, CHAT)
        assert len(mine) == len(hers)
        mine_whole, hers_whole = json.loads(mine), json.loads(hers)
        for body in (mine_whole, hers_whole):
            for row in body["reply_markup"]["inline_keyboard"]:
                for button in row:
                    if "callback_data" in button:
                        button["callback_data"] = button["callback_data"][11:]
        assert mine_whole == hers_whole


def test_what_is_prepared_is_bounded_and_never_another_pages(
    stage, everywhere, messages, monkeypatch
):
    """Prepared bodies are bounded in number, and a page never gets another page's body."""
    monkeypatch.setattr("bot.channels.telegram.messages._PREPARED", 20)
    monkeypatch.setattr("bot.engine.stage._REMEMBERED", 15)
    for minute in range(3):
        for session in everywhere[::11]:
            page = stage.page(session, NOW + timedelta(minutes=minute))
            assert json.loads(messages.new(page, ME, CHAT))["text"] == page.text
            assert len(messages._pages) <= 20


def test_a_card_says_nothing_of_help(cards):
    """A card's name may end up in a phone book: it is a number and no word (R12)."""
    assert cards
    for card in cards:
        assert isinstance(card, CardPage)
        assert not any(letter.isalpha() for letter in card.name)
