"""A chat drawn as a phone shows it, for pictures in the documentation."""

import time
from html import escape
from typing import Any

from tests.standin.chats import Chat, Shown

TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "text_link": "u",
    "spoiler": "mark",
}
STYLE = """
*{box-sizing:border-box} body{margin:0;background:#c9d1d9;display:flex;justify-content:center;
gap:20px;padding:20px;min-height:100vh;
font:15px/1.4 "Noto Sans","DejaVu Sans",system-ui,sans-serif;color:#17212b}
main{width:390px;background:#e7ecf1;display:flex;flex-direction:column;border-radius:22px;
overflow:hidden;box-shadow:0 2px 10px #0003}
header{background:#fff;padding:14px 18px;font-weight:600;border-bottom:1px solid #cfd6dd}
header small{display:block;font-weight:400;color:#6b7a88}
section{padding:12px;display:flex;flex-direction:column;gap:8px;flex:1;justify-content:flex-end}
.it{max-width:86%;align-self:flex-start}.it:has(.row){width:86%}.me{align-self:flex-end}
.bubble{background:#fff;border-radius:14px;padding:8px 12px;white-space:pre-wrap;
overflow-wrap:anywhere;box-shadow:0 1px 1px #0002}.me .bubble{background:#dcf2d0}
time{float:right;margin:6px 0 -2px 10px;font-size:11px;color:#7d8b98}
.row{display:flex;gap:4px;margin-top:4px}.key{flex:1;background:#5b7083;color:#fff;padding:9px 6px;
border-radius:9px;display:grid;place-items:center;text-align:center;font-size:14px;overflow-wrap:anywhere}
.card{display:flex;gap:10px;align-items:center}.face{width:38px;height:38px;border-radius:50%;
background:#6f8fa8;color:#fff;display:grid;place-items:center;font-weight:600}
.card b,.card span{display:block}.card span{color:#3c6a92}
blockquote{margin:4px 0;padding-left:8px;border-left:3px solid #6f8fa8}pre{margin:4px 0}
footer{background:#f4f6f8;padding:8px;border-top:1px solid #cfd6dd}
footer .key{background:#fff;color:#17212b;border:1px solid #cfd6dd}
"""


def page(*chats: Chat, title: str = "Stand-in") -> str:
    """The whole HTML page of one chat, or of several side by side; it loads nothing from afar."""
    title = escape(title)
    phones = "".join(_phone(chat, title) for chat in chats)
    return (
        '<!doctype html><html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>{phones}</body></html>"
    )


def _phone(chat: Chat, title: str) -> str:
    title = escape(chat.info["title"]) if "title" in chat.info else title
    bubbles = "".join(_message(one) for one in chat.shown())
    keys = "".join(_row(row) for row in chat.keyboard)
    footer = f"<footer>{keys}</footer>" if keys else ""
    head = f"<header>{title}<small>bot</small></header>"
    return f"<main>{head}<section>{bubbles}</section>{footer}</main>"


def _message(message: Shown) -> str:
    side = "it" if message.by_bot else "it me"
    rows = "".join(_row([button.text for button in row]) for row in message.buttons)
    edited = "edited " if message.edit_date else ""
    clock = time.strftime("%H:%M", time.gmtime(message.edit_date or message.date))
    return (
        f'<div class="{side}" id="m{message.message_id}"><div class="bubble">{_body(message)}'
        f"<time>{edited}{clock}</time></div>{rows}</div>"
    )


def _row(labels: list[str]) -> str:
    keys = "".join(f'<div class="key">{escape(label)}</div>' for label in labels)
    return f'<div class="row">{keys}</div>'


def _body(message: Shown) -> str:
    if message.contact is None:
        kinds = ", ".join(message.other)
        return styled(message.text, message.entities) if message.text else f"[{escape(kinds)}]"
    card = message.contact
    name = f"{card['first_name']} {card.get('last_name', '')}".strip()
    return (
        f'<div class="card"><div class="face">{escape(name[:1])}</div><div><b>{escape(name)}</b>'
        f"<span>{escape(card['phone_number'])}</span></div></div>"
    )


def styled(text: str, entities: list[dict[str, Any]]) -> str:
    """A text with its entities (nested, offsets in UTF-16 units) as HTML."""
    data = text.encode("utf-16-le")
    marks: list[tuple[int, int, int, str]] = []
    for number, entity in enumerate(entities):
        tag = TAGS.get(entity["type"])
        if tag:
            end = entity["offset"] + entity["length"]
            # At one place inner ends come before outer ends, and ends before starts.
            marks.append((entity["offset"], 1, number, f"<{tag}>"))
            marks.append((end, 0, -number, f"</{tag}>"))
    out: list[str] = []
    at = 0
    for offset, _, _, tag in sorted(marks):
        out.append(escape(data[at * 2 : offset * 2].decode("utf-16-le")))
        out.append(tag)
        at = offset
    out.append(escape(data[at * 2 :].decode("utf-16-le")))
    return "".join(out)
