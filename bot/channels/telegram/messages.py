"""Pages as the Bot API wants them: JSON made once for each page, filled in for each person."""

from collections.abc import Iterable
from html import escape

import msgspec
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.buttons import Codebook, Seal
from bot.engine.screen import (
    CardPage,
    Label,
    NewsPage,
    Page,
    PicturePage,
    RecordingPage,
    VenuePage,
)

_SEAL = b"~~~~~~~~~~~"
"""Stands where a person's seal goes; the same length, and no word of ours contains it."""

_LEAVES = b'"callback_data":""}]]}}'
"""How a message of a campaign ends before it is filled in: with the button that ends the news."""

_PREPARED = 1024

QUIET = {"disable_notification": True, "protect_content": True}
"""Every message of ours but a picture to share or to print, because any other may later be edited into a
sensitive one (R13)."""

_PLAYED = {False: ("sendVoice", "voice"), True: ("sendVideo", "video")}
"""For a sound and for a film: the method, and the field that holds it."""

_DRAWN = {False: ("sendPhoto", "photo"), True: ("sendDocument", "document")}
"""The same for a picture, and for a PDF."""

_NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}
"""No text unfolds a page, even one that a client makes a link of."""


class Messages:
    """Bodies of calls for one content. Make a new one when the content is reloaded."""

    def __init__(
        self, codebook: Codebook, keys: Seal, lasting: Seal | None = None, *, paid: bool = False
    ) -> None:
        """Start with nothing prepared.

        `lasting` are the keys of the button that ends the news; without them there is no news.
        `paid` says that Telegram is paid for sending news faster than for nothing.
        """
        self._codebook, self._keys, self._lasting, self._paid = codebook, keys, lasting, paid
        self._pages: dict[int, tuple[Page, bytes]] = {}
        self._news: dict[int, tuple[NewsPage, bytes, bytes]] = {}

    def new(self, page: Page, user_id: int, chat_id: int) -> bytes:
        """Write the body of `sendMessage`."""
        quiet = b'"disable_notification":true,"protect_content":true,'
        return b'{"chat_id":%d,%b%b' % (chat_id, quiet, self._sealed(page, user_id))

    def edited(self, page: Page, user_id: int, chat_id: int, message_id: int) -> bytes:
        """Write the body of `editMessageText`."""
        return b'{"chat_id":%d,"message_id":%d,%b' % (
            chat_id,
            message_id,
            self._sealed(page, user_id),
        )

    def card(self, card: CardPage, user_id: int, chat_id: int) -> tuple[str, bytes]:
        """Name the method that shows a card, and write its body.

        Only an international number becomes a contact: clients put a plus sign before whatever
        a contact holds, which would make "112" undiallable. A short number stays text.
        """
        body = {"chat_id": chat_id, **QUIET, "reply_markup": self._removable(card, user_id)}
        if card.e164:
            contact = {"phone_number": card.e164, "first_name": card.name}
            return "sendContact", msgspec.json.encode(body | contact)
        # A lock screen shows it, and the name of a line may tell the topic (R12): as in a contact
        # the number stands alone.
        text = {"text": f"<b>{escape(card.name)}</b>", "parse_mode": "HTML", **_NO_PREVIEW}
        return "sendMessage", msgspec.json.encode(body | text)

    def venue(self, venue: VenuePage, user_id: int, chat_id: int) -> bytes:
        """Write the body of `sendVenue`."""
        body = {
            "chat_id": chat_id,
            **QUIET,
            "latitude": venue.lat,
            "longitude": venue.lon,
            "title": venue.title,
            "address": venue.address,
            "reply_markup": self._removable(venue, user_id),
        }
        return msgspec.json.encode(body)

    def recording(
        self, recording: RecordingPage, user_id: int, chat_id: int, file_id: str = ""
    ) -> tuple[str, str, bytes]:
        """Name the method that plays a recording and its field for the file, and write its body.

        With `file_id` Telegram takes the copy it has. A sound goes as a voice message, which no
        player shows a title of (R12).
        """
        method, field = _PLAYED[recording.is_film]
        body = {"chat_id": chat_id, **QUIET, "reply_markup": self._removable(recording, user_id)}
        return method, field, msgspec.json.encode(body | ({field: file_id} if file_id else {}))

    def picture(self, picture: PicturePage, user_id: int, chat_id: int) -> tuple[str, str, bytes]:
        """Name the method that sends a picture and its field for the file, and write its body.

        Pictures alone are not protected: they are made to be passed on or printed, and never become
        another screen, for neither a photo nor a file can be edited into a text.
        """
        method, field = _DRAWN[picture.is_pdf]
        body = {
            "chat_id": chat_id,
            "disable_notification": True,
            "caption": picture.caption,
            "parse_mode": "HTML",
            "reply_markup": self._removable(picture, user_id),
        }
        return method, field, msgspec.json.encode(body)

    def news(self, page: NewsPage, user_id: int, chat_id: int) -> bytes:
        """Write the body of `sendMessage` for a message of a campaign; with a picture, of `sendPhoto`."""
        _, sent, news = self._prepared_news(page)
        return b'{"chat_id":%d,%b,%b%b' % (chat_id, sent, news, self._leaves(user_id))

    def news_edited(self, page: NewsPage, user_id: int, chat_id: int, message_id: int) -> bytes:
        """Write the body of `editMessageText` or `editMessageCaption` for one that was corrected."""
        _, _, news = self._prepared_news(page)
        leaves = self._leaves(user_id)
        return b'{"chat_id":%d,"message_id":%d,%b%b' % (chat_id, message_id, news, leaves)

    def _leaves(self, user_id: int) -> bytes:
        """Write the end of a message of a campaign: what stands behind the button that ends them."""
        if self._lasting is None:
            raise RuntimeError("news need the keys of the button that ends them")
        leaves = self._codebook.leaving(self._lasting, user_id)
        return b'"callback_data":"%b"}]]}}' % leaves.encode()

    def _prepared_news(self, page: NewsPage) -> tuple[NewsPage, bytes, bytes]:
        """Write what all readers of a page get alike, once: how it is sent, and what it says."""
        known = self._news.get(id(page))
        if known is None:
            if len(self._news) >= _PREPARED:
                self._news.clear()
            paid = {"allow_paid_broadcast": True} if self._paid else {}
            picture = {"photo": page.picture} if page.picture else {}
            sent = msgspec.json.encode(QUIET | paid | picture)[1:-1]
            # The page itself is kept beside its body, so that its identity stays its own.
            known = self._news[id(page)] = (page, sent, self._prepare_news(page))
        return known

    def _prepare_news(self, page: NewsPage) -> bytes:
        rows = [[{"text": page.button.text, "url": page.button.url}]] if page.button else []
        rows.append([{"text": page.leave, "callback_data": ""}])
        body = {
            "parse_mode": "HTML",
            **({"caption": page.text} if page.picture else {"text": page.text, **_NO_PREVIEW}),
            "reply_markup": {"inline_keyboard": rows},
        }
        return msgspec.json.encode(body).removeprefix(b"{").removesuffix(_LEAVES)

    def _removable(
        self, shown: CardPage | VenuePage | RecordingPage | PicturePage, user_id: int
    ) -> msgspec.Raw:
        keyboard = self._keyboard(shown.place, shown.item, ((shown.remove,),))
        seal = self._codebook.seal(self._keys, user_id, shown.place, shown.item)
        return msgspec.Raw(msgspec.json.encode(keyboard).replace(_SEAL, seal.encode()))

    def _sealed(self, page: Page, user_id: int) -> bytes:
        seal = self._codebook.seal(self._keys, user_id, page.place, page.item)
        return self._prepared(page).replace(_SEAL, seal.encode())

    def _prepared(self, page: Page) -> bytes:
        if page.fleeting:
            return self._prepare(page)
        known = self._pages.get(id(page))
        if known is None:
            if len(self._pages) >= _PREPARED:
                self._pages.clear()
            # The page itself is kept beside its body, so that its identity stays its own.
            known = self._pages[id(page)] = (page, self._prepare(page))
        return known[1]

    def _prepare(self, page: Page) -> bytes:
        body = {
            "text": page.text,
            "parse_mode": "HTML",
            **_NO_PREVIEW,
            "reply_markup": self._keyboard(page.place, page.item, page.rows),
        }
        return msgspec.json.encode(body).removeprefix(b"{")

    def _keyboard(
        self, place: str, item: str, rows: Iterable[Iterable[Label]]
    ) -> dict[str, object]:
        markup = InlineKeyboardMarkup(
            [[self._button(place, item, label) for label in row] for row in rows]
        )
        keyboard: dict[str, object] = markup.to_dict()
        return keyboard

    def _button(self, place: str, item: str, label: Label) -> InlineKeyboardButton:
        if label.url:
            return InlineKeyboardButton(label.text, url=label.url)
        if label.copies:
            return InlineKeyboardButton(label.text, copy_text=CopyTextButton(label.copies))
        data = _SEAL.decode() + self._codebook.letters(place, item, label.id)
        return InlineKeyboardButton(label.text, callback_data=data)
