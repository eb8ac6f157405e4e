"""Places on the wire: points come in and are let go, pins go out, towns stand behind buttons."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels.port import Removal
from bot.channels.telegram.sender import TelegramSender
from bot.channels.terminal import Terminal
from bot.engine.events import Chosen, Located, Strayed, Wrote
from bot.engine.screen import Label, VenuePage
from bot.engine.session import AND, Session
from tests.channels.test_messages import check_keyboard
from tests.channels.test_updates import NOW as CAUSE
from tests.channels.test_updates import answer, message
from tests.engine.walking import COUNTRIES, LANGUAGES, NOW

ME, OTHER, CHAT = 4_000_000_001, 4_000_000_002, 4_000_000_001
PIN = VenuePage(
    "service", "near-legal+kz-one", "Legal “aid” <b>", "Abay 5 & 7", 43.23891, 76.88971,
    Label("remove", "Remove this message"),
)  # fmt: skip


class Calls:
    """An Api that takes every call and remembers it."""

    def __init__(self):
        self.made = []

    async def call(self, method, body):
        self.made.append((method, json.loads(body)))
        return b'{"ok":true,"result":{"message_id":77}}'


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"horizontal_accuracy": 12.5, "live_period": 900, "heading": 7},
        {"proximity_alert_radius": 50},
    ],
)
def test_a_shared_point_is_read_and_its_message_named(reader, more):
    """A location, live or not, alone or in a venue, is a point in a message with a number."""
    point = {"latitude": 40.51401, "longitude": 72.80302, **more}
    venue = {"location": point, "title": "Home", "address": "Lenin 1"}
    for extra in ({}, {"venue": venue}, {"text": None}):
        shared = message(1, None, location=point, **{k: v for k, v in extra.items() if v})
        (one,) = reader.read(answer(shared), CAUSE).inbound
        assert one.event == Located(40.51401, 72.80302)
        assert one.written == 5
        assert (one.message_id, one.tap) == (None, None)
        assert "Lenin" not in repr(one)


def test_every_message_of_hers_is_named(reader):
    """Words, pictures and commands come with the number by which they can be removed."""
    found = reader.read(answer(message(1), message(2, None), message(3, "/start")), CAUSE)
    assert [one.written for one in found.inbound] == [5, 5, 5]


@pytest.mark.parametrize(
    "point",
    [
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": -181},
        {"latitude": "40.5", "longitude": 72},
        {"latitude": 40.5},
        {},
        [],
        "here",
        7,
    ],
)
def test_an_odd_point_is_set_aside_by_its_number(reader, point):
    """A point that is none is set aside, and what comes with it is read."""
    found = reader.read(answer(message(1, None, location=point), message(2)), CAUSE)
    assert found.set_aside == [1]
    assert [one.event for one in found.inbound] == [Wrote("hello")]


def test_a_point_in_a_group_is_nobodys(reader):
    """A location sent in a group is neither read nor removed (R20)."""
    chat = {"id": -100123, "type": "supergroup"}
    point = {"latitude": 40.5, "longitude": 72.8}
    found = reader.read(answer(message(1, None, chat=chat, location=point)), CAUSE)
    assert (found.inbound, found.set_aside) == ([], [1])


def test_a_pin_is_silent_protected_and_closable(messages, book, keys):
    """A map pin is as quiet as every message, holds only its address, and can be removed."""
    body = json.loads(messages.venue(PIN, ME, CHAT))
    assert body.pop("disable_notification") is True
    assert body.pop("protect_content") is True
    markup = body.pop("reply_markup")
    data = markup["inline_keyboard"][0][0]["callback_data"]
    assert book.read(keys, OTHER, data) == Strayed()
    chosen = book.read(keys, ME, data)
    assert (chosen.place, chosen.choice) == ("service", "remove")
    check_keyboard(markup)
    assert body == {
        "chat_id": CHAT,
        "latitude": 43.23891,
        "longitude": 76.88971,
        "title": "Legal “aid” <b>",
        "address": "Abay 5 & 7",
    }


async def test_a_pin_is_sent_as_a_venue_and_her_message_deleted(messages, stage):
    """A pin is one new message, and what shows where she is is deleted by its number."""
    calls = Calls()
    sender = TelegramSender(calls, messages, Path())  # type: ignore[arg-type]
    assert await sender.deliver(PIN, CHAT, None, None) == 77
    start = stage.page(Session("start", "en"), NOW)
    await sender.deliver(Removal(start), CHAT, 5, None)
    assert [method for method, _ in calls.made] == ["sendVenue", "deleteMessage"]
    assert calls.made[1][1] == {"chat_id": CHAT, "message_id": 5}


@pytest.mark.parametrize("plain", [True, False])
async def test_a_terminal_prints_a_pin(plain, tmp_path):
    """In a terminal a pin is its title, its address and its point, letter by letter."""
    printed = io.StringIO()
    terminal = Terminal(Console(file=printed, width=80), tmp_path, plain=plain)
    await terminal.deliver(PIN, CHAT, None, None)
    title, address, point, _, remove, *_ = printed.getvalue().splitlines()
    assert (title, address) == (PIN.title, PIN.address)
    assert point == "43.23891, 76.88971"
    assert remove.strip() == "1. Remove this message"


@pytest.mark.parametrize("country", COUNTRIES)
def test_five_towns_fit_behind_every_button(stage, messages, book, keys, country):
    """Five places to choose from, the most there are, fit into 64 bytes and are read back."""
    longest = sorted(stage.world.content.places.settlements[country], key=lambda one: -len(one.id))
    item = AND.join(one.id for one in longest[:5])
    for language in LANGUAGES:
        session = Session("town", language, item, country, told=True)
        page = stage.page(session, NOW)
        body = json.loads(messages.new(page, ME, CHAT))
        written = [one for row in body["reply_markup"]["inline_keyboard"] for one in row]
        for label, button in zip(page.labels, written, strict=True):
            assert len(button["callback_data"].encode()) <= 64
            chosen = book.read(keys, ME, button["callback_data"])
            assert chosen == Chosen("town", label.id, item)


def test_a_screen_about_what_content_lacks_can_still_be_drawn(stage, messages, book, keys):
    """Who stands at a service, page or line that newer content lacks still gets buttons that work."""
    for place, item in (
        ("service", "near-talk+kg-gone"),
        ("danger-line", "kg-gone"),
        ("near-talk", "998"),
        ("town", "kg-gone+kg-osh"),
    ):
        session = Session(place, "ru", item, "kg", told=True, town="kg-osh")
        page = stage.page(session, NOW)
        for body in (messages.new(page, ME, CHAT), messages.edited(page, ME, CHAT, 7)):
            for row in json.loads(body)["reply_markup"]["inline_keyboard"]:
                for button in row:
                    if "callback_data" in button:
                        chosen = book.read(keys, ME, button["callback_data"])
                        assert isinstance(chosen, Chosen)
                        assert chosen.place == place


def test_an_item_of_more_words_than_a_button_holds_is_cut(book, keys):
    """No screen about too many places makes a button longer than Telegram takes."""
    item = AND.join(["kg-osh"] * 9)
    data = book.seal(keys, ME, "town", item) + book.letters("town", item, "kg-osh")
    assert len(data.encode()) <= 64
    assert book.read(keys, ME, data) == Chosen("town", "kg-osh", AND.join(["kg-osh"] * 7))


def test_town_and_answers_stand_in_no_button(stage, messages):
    """Two people in different towns who said different things get buttons of the same bytes."""
    near = Session("referral", "ru", "", "kg", told=True, town="kg-osh", said=("hurt",))
    far = replace(near, town="kg-bishkek", said=("hurt", "no_police"))
    data = [
        {
            button["callback_data"]
            for row in json.loads(messages.new(stage.page(one, NOW), ME, CHAT))["reply_markup"][
                "inline_keyboard"
            ]
            for button in row
        }
        for one in (near, far)
    ]
    assert data[0] == data[1]
