"""Updates: every readable one is read, in order, whatever lies between them."""

import json
import random
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.campaigns.campaign import Photo
from bot.campaigns.wording import Mark
from bot.channels.port import Voted
from bot.channels.telegram.updates import Reader
from bot.engine.events import Chosen, Commanded, Departed, Strayed, Wrote

NOW = 1_795_000_000
ME = 4_000_000_001
PRIVATE = {"id": ME, "type": "private"}


def message(number, text="hello", user=ME, **changes):
    body = {
        "message_id": 5,
        "date": NOW - 60,
        "chat": {"id": user, "type": "private", "first_name": "A"},
        "from": {"id": user, "is_bot": False, "first_name": "A", "language_code": "ky"},
        "text": text,
    }
    return {"update_id": number, "message": body | changes}


def tap(number, data, **changes):
    body = {
        "id": "77",
        "from": {"id": ME, "is_bot": False, "first_name": "A", "language_code": "uz"},
        "message": {"message_id": 9, "date": 0, "chat": {"id": ME, "type": "private"}},
        "chat_instance": "1",
        "data": data,
    }
    return {"update_id": number, "callback_query": body | changes}


def membership(number, status, kind="private"):
    return {
        "update_id": number,
        "my_chat_member": {
            "chat": {"id": ME, "type": kind},
            "from": {"id": ME, "is_bot": False, "first_name": "A"},
            "date": NOW,
            "old_chat_member": {"status": "member"},
            "new_chat_member": {"status": status},
        },
    }


def answer(*updates):
    return json.dumps({"ok": True, "result": updates}).encode()


def without(update, *path):
    *way, last = path
    inner = update
    for key in way:
        inner = inner[key]
    del inner[last]
    return update


def mutations(number, chance):
    """One update that nobody could read, as raw bytes; each kind in turn."""
    good = message(number)
    as_text = json.dumps(good)
    kinds = (
        lambda: json.dumps(message(number, text=12)),
        lambda: json.dumps(message(number, date="yesterday")),
        lambda: json.dumps(message(number, chat=[])),
        lambda: json.dumps(without(good, "message", "chat")),
        lambda: json.dumps(without(good, "message", "message_id")),
        lambda: json.dumps(good | {"message": None, "callback_query": {"id": 3}}),
        lambda: json.dumps(message(number, **{"from": {"id": 2**64}})),
        lambda: json.dumps(message(number, **{"from": {"id": 1.5}})),
        lambda: json.dumps(message(number, message_id=10**30)),
        lambda: json.dumps(message(number, date=-(10**20))),
        lambda: json.dumps(message(number, x="?")).replace('"?"', "[" * 9000 + "]" * 9000),
        lambda: as_text.replace("hello", "\\ud83d alone"),
        lambda: as_text.replace("hello", "\\udc00"),
        lambda: as_text.replace("hello", "\x01\x02"),
        lambda: as_text.encode().replace(b"hello", b"\xff\xfe\xc3"),
        lambda: as_text[: chance.randrange(40, len(as_text))],
        lambda: as_text.replace('"date":', '"date"'),
        lambda: as_text.replace('"private"', '"private'),
        lambda: as_text.replace(str(number), f'"{number}"', 1),
        lambda: as_text.replace(str(number), "-7", 1),
        lambda: as_text.replace(str(number), "9" * 60, 1),
        lambda: as_text.replace(f'"update_id": {number}, ', "", 1),
        lambda: "null",
        lambda: "[[]]",
        lambda: "{}",
    )
    made = kinds[number % len(kinds)]()
    return made if isinstance(made, bytes) else made.encode()


def test_a_thousand_malformed_delay_no_good_one(reader):
    """Of a thousand good updates among a thousand malformed every one is read, in order (R34)."""
    chance = random.Random(34)
    for first in range(1000, 3000, 100):
        pieces = [
            mutations(number, chance) if number % 2 else json.dumps(message(number)).encode()
            for number in range(first, first + 100)
        ]
        body = b'{"ok":true,"result":[' + b",\n".join(pieces) + b"]}"
        begun = time.process_time()
        found = reader.read(body, NOW)
        assert time.process_time() - begun < 1
        assert [one.update_id for one in found.inbound] == list(range(first, first + 100, 2))
        assert all(one.event == Wrote("hello") for one in found.inbound)
        assert found.broken >= 40


@pytest.mark.parametrize("kind", range(25))
def test_one_malformed_among_two_good(reader, kind):
    """Each way to be malformed, alone between two good ones, leaves both readable."""
    number = 1000 + kind
    pieces = [
        json.dumps(message(999)).encode(),
        mutations(number, random.Random(kind)),
        json.dumps(message(2000)).encode(),
    ]
    found = reader.read(b'{"ok":true,"result":[' + b",".join(pieces) + b"]}", NOW)
    assert [one.update_id for one in found.inbound] == [999, 2000]
    assert found.last == 2000
    assert set(found.set_aside) <= {number}


def test_an_answer_cut_off_in_the_middle_gives_what_was_whole(reader):
    """Of an answer cut anywhere, every whole update before the cut is read."""
    updates = [message(number) for number in range(10, 20)]
    body = answer(*updates)
    for cut in range(len(body)):
        whole = [one.update_id for one in reader.read(body[:cut], NOW).inbound]
        assert whole == list(range(10, 10 + len(whole)))
    assert len(reader.read(body[:-2], NOW).inbound) == 10


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_are_an_error(reader, body):
    """Whatever bytes come, reading them never fails."""
    for found in (
        reader.read(body, NOW),
        reader.read_one(body, NOW),
        reader.read(b'{"result":[' + body + b"]}", NOW),
    ):
        assert found.broken <= found.pieces


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
FIELDS = st.sampled_from(("message_id", "date", "chat", "from", "text", "id", "data", "message"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(FIELDS, JSON), st.sampled_from((message, tap)))
def test_no_shape_is_an_error_and_its_number_is_known(reader, changes, make):
    """Whatever stands in the fields of an update, it is read or set aside by its number."""
    update = make(7, "x")
    (update.get("message") or update["callback_query"]).update(changes)
    found = reader.read(answer(update, message(8)), NOW)
    assert sorted([*found.set_aside, *(one.update_id for one in found.inbound)]) == [7, 8]
    assert all(abs(one.user_id) < 2**63 and abs(one.chat_id) < 2**63 for one in found.inbound)


def test_words_that_look_like_updates_are_words(reader):
    """Nobody's text can forge an update or its number, not even inside a broken answer."""
    evil = '{"update_id": 5, "message": 1}, {"update_id": 6}'
    body = answer(message(1, evil), message(2, evil, date="x"), message(3, evil))
    for whole in (body, body[:-1], body.replace(b'"x"', b"\xff")):
        found = reader.read(whole, NOW)
        assert [one.update_id for one in found.inbound] == [1, 3]
        assert found.set_aside == [2]
        assert found.inbound[0].event == Wrote(evil)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/start", Commanded("start", plain=True)),
        ("/START@TirekBot payload words", Commanded("start", "payload words")),
        ("/", Commanded("", plain=True)),
        ("/ start", Commanded("start", plain=True)),
        ("Салом", Wrote("Салом")),
        ("", Strayed(wordless=True)),
        (None, Strayed(wordless=True)),
    ],
)
def test_what_a_message_says(reader, text, event):
    """A message is a command, words, or something without words; and whose it is, is known."""
    (one,) = reader.read(answer(message(1, text)), NOW).inbound
    assert one.event == event
    assert (one.user_id, one.chat_id, one.language_code) == (ME, ME, "ky")
    assert one.cause == NOW - 60
    assert (one.message_id, one.tap, one.written) == (None, None, 5)


@pytest.mark.parametrize(
    ("facts", "plain"),
    [
        ({"text": "/ is this normal?"}, True),
        ({"caption": "/q is this normal?", "photo": [{"file_id": "x"}]}, False),
        ({"text": "/q@somebody is this normal?"}, False),
        ({"text": "/q ask her", "entities": [{"type": "text_mention"}]}, False),
        ({"text": "/q look here", "entities": [{"type": "text_link"}]}, False),
        ({"text": "/q is this normal?", "via_bot": {"id": 9}}, False),
    ],
)
def test_a_slash_makes_no_message_plain(reader, facts, plain):
    """What would be more than words in a copy is known as that, also behind a slash."""
    body = json.loads(answer(message(1, None)))
    body["result"][0]["message"] |= facts
    (one,) = reader.read(json.dumps(body).encode(), NOW).inbound
    assert isinstance(one.event, Commanded)
    assert one.event.plain is plain


def test_what_a_tap_says(reader, book, keys):
    """A tap names its button, its message and its own handle; its cause is the moment of reading."""
    data = book.seal(keys, ME, "hub", "") + book.letters("hub", "", "danger")
    (one,) = reader.read(answer(tap(1, data)), NOW).inbound
    assert one.event == Chosen("hub", "danger")
    assert (one.message_id, one.tap, one.cause) == (9, "77", NOW)
    assert (one.shown_at, one.written) == (0, None)
    (dated,) = reader.read(
        answer(tap(1, data, message={"message_id": 9, "date": NOW - 5, "chat": PRIVATE})), NOW
    ).inbound
    assert dated.shown_at == NOW - 5
    (odd,) = reader.read(answer(tap(1, "x")), NOW).inbound
    assert odd.event == Strayed()


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel", "", "PRIVATE"])
def test_groups_and_channels_are_ignored(reader, book, keys, kind):
    """What comes from a group or a channel is set aside: messages, taps and memberships (R20)."""
    chat = {"id": -100123, "type": kind}
    data = book.seal(keys, ME, "hub", "") + book.letters("hub", "", "danger")
    updates = [
        message(1, chat=chat),
        message(2, chat=chat, sender_chat=chat),
        message(3, chat=chat, **{"from": {"id": 1087968824, "is_bot": True}}),
        tap(4, data, message={"message_id": 9, "date": 0, "chat": chat}),
        membership(5, "kicked", kind),
        {"update_id": 6, "channel_post": message(6)["message"]},
        {"update_id": 7, "edited_message": message(7)["message"]},
    ]
    found = reader.read(answer(*updates), NOW)
    assert found.inbound == []
    assert found.set_aside == [1, 2, 3, 4, 5, 6, 7]


def test_a_message_without_sender_and_a_tap_without_message_are_ignored(reader):
    """Without a sender nobody spoke; without a message nobody knows where to answer."""
    nameless, homeless = without(message(1), "message", "from"), tap(2, "x")
    del homeless["callback_query"]["message"]
    found = reader.read(answer(nameless, homeless), NOW)
    assert (found.inbound, found.set_aside) == ([], [1, 2])


def test_blocking_is_departing_and_nothing_else_is(reader):
    """Only blocking the bot in private erases; coming back and other changes are set aside."""
    statuses = ("kicked", "member", "left", "administrator", "")
    found = reader.read(answer(*(membership(n, s) for n, s in enumerate(statuses, 1))), NOW)
    assert [(one.update_id, one.event) for one in found.inbound] == [(1, Departed())]
    assert found.set_aside == [2, 3, 4, 5]


def test_new_content_changes_what_buttons_mean(book, keys):
    """After the codebook is replaced, buttons are read by the new one."""
    reader = Reader(book, keys)
    data = book.seal(keys, ME, "hub", "") + book.letters("hub", "", "danger")
    reader.codebook = type(book)({"": book.code[""]}, {book.code[""]: ""})
    assert reader.read(answer(tap(1, data)), NOW).inbound[0].event == Strayed()


def vote(number, **changes):
    body = {
        "poll_id": "55",
        "user": {"id": ME, "is_bot": False, "first_name": "Aida"},
        "option_ids": [2, 0],
        "option_persistent_ids": ["c", "a"],
    }
    return {"update_id": number, "poll_answer": body | changes}


def named(name):
    return {"id": ME, "is_bot": False, "first_name": name}


def test_an_answer_to_a_poll_is_told_apart_from_turns(reader):
    """Poll, person, name, options and the time we heard of it are read; no turn is taken for it."""
    found = reader.read(answer(vote(3), vote(4, option_ids=[])), NOW)
    assert found.voted == [
        Voted("55", ME, "Aida", (2, 0), NOW),
        Voted("55", ME, "Aida", (), NOW),
    ]
    assert (found.inbound, found.set_aside) == ([], [3, 4])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A" * 64, "A" * 32),
        ("Ai\u202eda\n\u200b", "Aida"),
        ("\u202e", ""),
        ("  Аида 🌷 ", "Аида 🌷"),
    ],
)
def test_a_first_name_is_short_and_turns_no_line(reader, written, read):
    """Names are cut to 32 characters; signs that break or turn a line are left out."""
    (one,) = reader.read(answer(vote(3, user=named(written))), NOW).voted
    assert one.name == read


@pytest.mark.parametrize(
    "changes",
    [
        {"user": None},
        {"voter_chat": {"id": -100_5, "type": "channel"}},
        {"option_ids": [-1]},
        {"option_ids": "all"},
        {"poll_id": 5},
        {"user": {"id": "x"}},
    ],
)
def test_who_hides_and_what_is_broken_answers_nothing(reader, changes):
    """A channel, nobody at all and nonsense are set aside; the others are heard."""
    found = reader.read(answer(vote(3, **changes), vote(4)), NOW)
    assert len(found.voted) == 1
    assert found.set_aside == [3, 4]


def test_a_forwarded_message_says_so(reader):
    """Words that were written elsewhere are told apart from her own."""
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "x"}
    found = reader.read(answer(message(3), message(4, forward_origin=origin)), NOW)
    assert [one.forwarded for one in found.inbound] == [False, True]


@pytest.mark.parametrize(
    ("changes", "plain"),
    [
        ({}, True),
        ({"entities": [{"type": "bold", "offset": 0, "length": 5}]}, True),
        *(
            ({"entities": [{"type": kind, "offset": 0, "length": 5}]}, False)
            for kind in ("mention", "text_mention", "url", "text_link", "phone_number", "email",
                         "custom_emoji", "bot_command", "a kind to come")
        ),
        ({"via_bot": {"id": 1, "is_bot": True, "first_name": "B"}}, False),
        ({"text": None, "caption": "hello", "photo": []}, False),
    ],
)  # fmt: skip
def test_only_bare_words_may_be_passed_on(reader, changes, plain):
    """A copy would carry links, names and files along, so such a message is not plain."""
    body = message(1, **changes)
    body["message"] = {key: value for key, value in body["message"].items() if value is not None}
    (one,) = reader.read(answer(body), NOW).inbound
    assert replace(one.event, marks=()) == Wrote("hello", plain=plain)


SIZES = [{"file_id": f"id{size}", "file_unique_id": f"u{size}", "width": size, "height": size}
         for size in (90, 320, 800)]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "event"),
    [
        ({"photo": SIZES}, Strayed(wordless=True, photo=Photo("id800", "u800"))),
        (
            {"photo": SIZES, "caption": "look"},
            Wrote("look", plain=False, photo=Photo("id800", "u800")),
        ),
        ({"photo": [{"file_id": "x"}]}, Strayed(wordless=True)),
        ({"sticker": SIZES[0]}, Strayed(wordless=True)),
    ],
)
def test_a_photo_is_known_by_its_largest_size(reader, facts, event):
    """Its two ids come along, and nothing else of it; a sticker is no photo."""
    body = message(1, **facts)
    del body["message"]["text"]
    (one,) = reader.read(answer(body), NOW).inbound
    assert one.event == event


def test_marks_come_along_as_telegram_counts_them(reader):
    """What is bold and the like; a link below a word, and what we do not know, do not."""
    kinds = ("bold", "italic", "text_link", "custom_emoji", "a kind to come")
    entities = [{"type": kind, "offset": at, "length": 1} for at, kind in enumerate(kinds)]
    (one,) = reader.read(answer(message(1, entities=entities)), NOW).inbound
    assert one.event.marks == (Mark("bold", 0, 1), Mark("italic", 1, 1))
