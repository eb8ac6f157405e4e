"""What the Bot API double accepts and refuses."""

import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.standin import StandIn
from tests.standin.entities import formatted, parse_html
from tests.standin.refusal import Refusal
from tests.standin.spec import units

USER = 5001


@pytest.fixture
async def tg():
    async with StandIn() as double:
        await double.meet(USER, language_code="ky")
        yield double


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(tg, http):
    async def call(method: str, **params: Any) -> dict[str, Any]:
        async with http.post(f"{tg.base_url}{tg.token}/{method}", json=params) as response:
            body: dict[str, Any] = await response.json()
            assert body["ok"] == (response.status == 200)
            assert body["ok"] or body["error_code"] == response.status
            return body

    return call


def keyboard(*rows: list[str]) -> dict[str, Any]:
    return {
        "inline_keyboard": [
            [{"text": one, "callback_data": one.lower()} for one in r] for r in rows
        ]
    }


async def test_every_body_form(tg, http):
    """A query, a form, a multipart form and JSON all say the same, objects as JSON strings."""
    url = f"{tg.base_url}{tg.token}/sendMessage"
    markup = keyboard(["Help"])
    flat = {
        "chat_id": str(USER),
        "text": "салам",
        "reply_markup": json.dumps(markup),
        "protect_content": "true",
    }
    parts = aiohttp.FormData()
    for key, value in flat.items():
        parts.add_field(key, value, content_type="text/plain")
    nested = {"chat_id": USER, "text": "салам", "reply_markup": markup, "protect_content": True}
    for options in ({"params": flat}, {"data": flat}, {"data": parts}, {"json": nested}):
        async with http.post(url, **options) as response:
            assert response.status == 200, await response.text()
    async with http.get(url, params=flat) as response:
        assert response.status == 200
    assert [(m.text, m.labels, m.protected) for m in await tg.shown(USER)] == [
        ("салам", ["Help"], True)
    ] * 5
    assert await tg.violations() == []


async def test_wrong_token(tg, http):
    """A wrong token is 401, and nothing is logged as the bot's call."""
    async with http.get(f"{tg.base_url}1:wrong/getMe") as response:
        assert response.status == 401
    assert await tg.calls() == []


async def test_unknown_method(call, tg):
    """An unknown method is 404 and a violation; case does not matter in a known one."""
    assert (await call("sendMassage"))["error_code"] == 404
    assert (await call("GETME"))["result"]["is_bot"] is True
    assert [v.method for v in await tg.violations()] == ["sendMassage"]


async def test_method_outside_of_the_double(call, tg):
    """A real method that the double does not execute is refused aloud, never faked."""
    answer = await call("sendDice", chat_id=USER)
    assert answer["error_code"] == 404
    assert len(await tg.violations()) == 1


@pytest.mark.parametrize(
    ("method", "params", "told"),
    [
        ("sendMessage", {"chat_id": USER}, '"text" is required'),
        ("sendMessage", {"chat_id": USER, "text": "a", "txt": "b"}, 'unknown parameter "txt"'),
        ("sendMessage", {"chat_id": USER, "text": 5}, "text must be of type String"),
        ("sendMessage", {"chat_id": 1.5, "text": "a"}, "chat_id must be of type Integer or String"),
        ("sendMessage", {"chat_id": USER, "text": "  \n "}, "message text is empty"),
        ("sendMessage", {"chat_id": USER, "text": "a", "parse_mode": "Markup"}, "parse_mode"),
        ("sendMessage", {"chat_id": USER, "text": "a", "disable_notification": 1}, "Boolean"),
        ("sendMessage", {"chat_id": USER, "text": "a", "reply_markup": "{"}, "parsed as JSON"),
        (
            "sendMessage",
            {"chat_id": USER, "text": "a", "link_preview_options": {"disabled": True}},
            'unknown field "disabled" for LinkPreviewOptions',
        ),
        (
            "sendMessage",
            {
                "chat_id": USER,
                "text": "a",
                "entities": [{"type": "bold", "offset": 0, "length": 9}],
            },
            "outside",
        ),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "allowed are 0-200"),
        ("deleteMessages", {"chat_id": USER, "message_ids": list(range(101))}, "too many"),
        ("deleteMessages", {"chat_id": USER, "message_ids": []}, "not specified"),
        ("getUpdates", {"limit": 101}, "allowed are 1-100"),
        ("getUpdates", {"allowed_updates": ["massage"]}, "massage"),
        ("sendChatAction", {"chat_id": USER, "action": "think"}, "action"),
        ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND"),
        ("setMyCommands", {"commands": [{"command": "help", "description": ""}]}, "1-256"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chats"}}, "allowed are default"),
        ("setMyName", {"name": "a" * 65}, "0-64"),
        ("setMyDescription", {"description": "a" * 513}, "0-512"),
        ("setMyShortDescription", {"short_description": "я" * 121}, "0-120"),
        ("setMyShortDescription", {"language_code": "kyr"}, "language code"),
        ("setChatMenuButton", {"menu_button": {"type": "command"}}, "allowed are commands"),
        ("setWebhook", {"url": "http://example.org/x"}, "HTTPS"),
        ("setWebhook", {"url": "https://example.org:8080/x"}, "ports"),
        ("setWebhook", {"url": "https://example.org/x", "secret_token": "a b"}, "secret token"),
        ("editMessageText", {"text": "a"}, "message identifier is not specified"),
    ],
)
async def test_broken_request(call, tg, method, params, told):
    """A request that breaks the table or a rule is a 400 that says why, and a violation."""
    answer = await call(method, **params)
    assert answer["error_code"] == 400
    assert told in answer["description"]
    assert [v.description for v in await tg.violations()] == [answer["description"]]
    assert await tg.shown(USER) == []


@pytest.mark.parametrize(
    ("button", "told"),
    [
        ({"text": "a"}, "Text buttons are unallowed"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "a", "url": "https://a.org"}, "at once"),
        ({"text": "a", "url": "tel:112"}, "Wrong HTTP URL"),
        ({"text": " ", "callback_data": "a"}, "empty"),
        ({"text": "a", "data": "a"}, 'unknown field "data"'),
        ({"callback_data": "a"}, 'misses the field "text"'),
    ],
)
async def test_broken_button(call, tg, button, told):
    """Every inline button has one label and one action that Telegram takes."""
    markup = {"inline_keyboard": [[button]]}
    answer = await call("sendMessage", chat_id=USER, text="a", reply_markup=markup)
    assert told in answer["description"]
    assert len(await tg.violations()) == 1


async def test_keyboard_size(call):
    """100 buttons and 8 a row are the most; data of 64 bytes is the longest."""
    full = keyboard(*[["x" * 64] * 8] * 12, ["x"] * 4)
    assert (await call("sendMessage", chat_id=USER, text="a", reply_markup=full))["ok"]
    for rows in ([["x"] * 9], [["x"]] * 101):
        wide = keyboard(*rows)
        answer = await call("sendMessage", chat_id=USER, text="a", reply_markup=wide)
        assert "REPLY_MARKUP_TOO_LONG" in answer["description"]


async def test_length_is_measured_after_tags(call):
    """4096 UTF-16 units count without tags and escapes; an emoji counts twice."""
    fits = "<b>" + "&amp;" * 4094 + "</b>🙂"
    assert (await call("sendMessage", chat_id=USER, text=fits, parse_mode="HTML"))["ok"]
    answer = await call("sendMessage", chat_id=USER, text=fits + "a", parse_mode="HTML")
    assert answer["description"] == "Bad Request: message is too long"


async def test_profile(call, tg):
    """Commands, name and descriptions are kept per language and can be read back."""
    commands = [{"command": "help", "description": "Жардам"}]
    private = {"type": "all_private_chats"}
    await call("setMyCommands", commands=commands, language_code="ky", scope=private)
    await call("setMyShortDescription", short_description="Numbers and places")
    await call("setMyShortDescription", short_description="Номерлер", language_code="ky")
    await call("setChatMenuButton", menu_button={"type": "commands"})
    answer = await call("getMyCommands", language_code="ky", scope=private)
    assert answer["result"] == commands
    assert (await call("getMyCommands"))["result"] == []
    for language, text in (("ky", "Номерлер"), ("tg", "Numbers and places")):
        answer = await call("getMyShortDescription", language_code=language)
        assert answer["result"] == {"short_description": text}
    await call("deleteMyCommands", language_code="ky", scope=private)
    assert (await tg.profile())["commands"] == {}
    assert (await tg.profile())["texts"]["short_description ky"] == "Номерлер"


def test_nested_entities():
    """Tags become entities in UTF-16 units, outer before inner; escapes become letters."""
    text, entities = formatted(
        '🙂 <b>жардам <i>азыр</i></b> <a href="https://a.org">x</a> &lt;&amp;&#33;', "HTML", None
    )
    assert text == "🙂 жардам азыр x <&!"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 11},
        {"type": "italic", "offset": 10, "length": 4},
        {"type": "text_link", "offset": 15, "length": 1, "url": "https://a.org"},
    ]


def test_white_space_around_is_dropped():
    """Telegram trims a text, moves its entities along and drops those that cover nothing."""
    text, entities = formatted(" \n<b> <i>a</i>b </b> <u> </u>", "HTML", None)
    assert text == "ab"
    assert entities == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 0, "length": 1},
    ]


def test_all_tags():
    """Each tag that a message of ours may use has its entity."""
    source = (
        "<u>a</u><s>b</s><tg-spoiler>c</tg-spoiler><code>d</code>"
        '<pre><code class="language-py">e</code></pre><blockquote expandable>f</blockquote>'
    )
    assert [e["type"] for e in parse_html(source)[1]] == [
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "pre",
        "expandable_blockquote",
    ]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("я<b><i>a</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ("<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag"),
        ("<b>a</b", "Unclosed end tag"),
        ("<a href>x</a>", "Expected equal sign"),
        ("a<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 1'),
    ],
)
def test_broken_html(source, told):
    """HTML that Telegram cannot parse is refused with the place of the fault."""
    with pytest.raises(Refusal, match="can't parse entities") as refused:
        parse_html(source)
    assert told in refused.value.description


@given(st.text().filter(lambda s: s.strip()))
def test_escaped_text_survives(plain):
    """Any text, escaped and wrapped in a tag, is shown as it was, under one entity."""
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text, entities = formatted(f"<b>{escaped}</b>", "HTML", None)
    assert text == plain.strip()
    assert entities == [{"type": "bold", "offset": 0, "length": units(plain.strip())}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": 90.5},
        {"longitude": -181.0},
        {"latitude": "42.8"},
        {"title": " "},
        {"address": ""},
        {"foo": 1},
    ],
)
async def test_a_venue_needs_a_point_and_words(tg, call, wrong):
    """A venue beyond the earth, without words or with unknown parameters is a violation."""
    whole = {"chat_id": USER, "latitude": 42.8, "longitude": 74.6, "title": "A", "address": "B"}
    assert (await call("sendVenue", **whole))["ok"]
    assert (await call("sendVenue", **whole | wrong))["error_code"] == 400
    assert len(await tg.violations()) == 1
