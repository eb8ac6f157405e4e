"""Updates that no Telegram should send: cut off, of wrong kinds, of wrong sizes, from nowhere."""

import json
import random

CANARY = "қоңырау-канарейка-zxq"
"""Words that must never be written down, in letters that JSON and bytes treat differently."""


POINTS = (
    '{"latitude": 91, "longitude": 74.98}',
    '{"latitude": -90.0001, "longitude": 74.98}',
    '{"latitude": 46.84, "longitude": 180.5}',
    '{"latitude": NaN, "longitude": 74.98}',
    '{"latitude": 46.84, "longitude": Infinity}',
    '{"latitude": 1e999, "longitude": 74.98}',
    '{"latitude": 46.84, "longitude": -1e400}',
    '{"latitude": "46.84", "longitude": "74.98"}',
    '{"latitude": "' + CANARY + '", "longitude": 74.98}',
    '{"latitude": null, "longitude": null}',
    '{"latitude": true, "longitude": false}',
    '{"latitude": [46.84], "longitude": {"a": 1}}',
    '{"latitude": 46.84}',
    '{"longitude": 74.98}',
    '{"lat": 46.84, "lon": 74.98}',
    "{}",
    "[]",
    "[46.84, 74.98]",
    '"46.84, 74.98"',
    "7",
    "true",
    '{"latitude": 46.84, "longitude": 74.98',
    '{"latitude": 0x2E, "longitude": 74.98}',
    '{"latitude": 46,84, "longitude": 74,98}',
)
"""Locations that are none."""


def astray(number: int, person: int, point: str) -> str:
    """Make an update in which `person` shares what is no point on the earth."""
    who = f'"from": {{"id": {person}}}, "chat": {{"id": {person}, "type": "private"}}'
    message = f'"message_id": 730111222, "date": 1800000000, {who}, "location": {point}'
    return f'{{"update_id": {number}, "message": {{{message}}}}}'


def broken(number: int, person: int, draw: random.Random) -> str:
    """Make one malformed update under the update id `number`, seemingly from `person`."""
    whole = json.dumps(
        {
            "update_id": number,
            "message": {
                "message_id": 1,
                "date": 1_800_000_000,
                "chat": {"id": person, "type": "private"},
                "from": {"id": person, "first_name": CANARY},
                "text": CANARY,
            },
        },
        ensure_ascii=False,
    )
    head = f'{{"update_id": {number}, '
    who = f'"from": {{"id": {person}}}, "chat": {{"id": {person}, "type": "private"}}'
    return draw.choice(
        (
            whole[: draw.randrange(20, len(whole) - 1)],
            whole.replace(":", ";"),
            whole.replace(": 1800000000", ": null"),
            head + '"message": 7}',
            head + '"message": []}',
            head + f'"message": {{"message_id": -1, "date": 0, {who}}}}}',
            head + f'"message": {{"message_id": 1, "date": "today", {who}}}}}',
            head + f'"message": {{"message_id": 1, "date": 0, {who}, "text": ["{CANARY}"]}}}}',
            head + f'"message": {{"message_id": 1, "date": 0, {who}, "text": "{CANARY}}}}}',
            head + '"message": {"from": {"id": 1e400}}}',
            head + f'"message": {{"from": {{"id": {10**30}}}}}}}',
            head + '"callback_query": {"id": 5, "from": {"id": "x"}, "data": 9}}',
            head + f'"callback_query": {{"id": "5", "from": {{"id": {person}}}, "data": null}}}}',
            head + f'"callback_query": {{"from": {{"id": {person}}}, "data": "{CANARY}"}}}}',
            head + '"my_chat_member": {"chat": null}}',
            head + '"message": ' + '{"reply_to_message": ' * 2_000 + "1" + "}" * 2_000 + "}",
            head + "\x00\x01\x02",
            astray(number, person, draw.choice(POINTS)),
            f'{{"update_id": "{number}"}}',
            f"{CANARY} {person}",
            "[" * draw.randrange(1, 3_000),
            '"',
            "",
        )
    )
