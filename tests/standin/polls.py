"""Polls as Telegram keeps them: open for a time, one answer each, told to the bot unless anonymous."""

from collections.abc import Callable
from typing import Any

from tests.standin.chats import Chat, Chats, Shown
from tests.standin.clock import Clock
from tests.standin.people import ActError, People
from tests.standin.refusal import bad


class Polls:
    """Every poll of the bot. `tell` queues an update: kind, body, lane."""

    def __init__(
        self,
        clock: Clock,
        chats: Chats,
        people: People,
        tell: Callable[[str, dict[str, Any], str], int | None],
    ):
        self._clock, self._chats, self._people, self._tell = clock, chats, people, tell
        self._votes: dict[str, dict[int, list[int]]] = {}
        self._closes: dict[str, float] = {}

    def open(self, chat: Chat, message: Shown, params: dict[str, Any]) -> dict[str, Any]:
        """A new poll as the Bot API's type Poll."""
        number = f"{abs(chat.id)}{message.message_id}"
        is_quiz = params.get("type", "regular") == "quiz"
        poll: dict[str, Any] = {
            "id": number,
            "question": params["question"],
            "options": [
                {"persistent_id": f"{number}-{at}", "text": option["text"], "voter_count": 0}
                for at, option in enumerate(params["options"])
            ],
            "total_voter_count": 0,
            "is_closed": params.get("is_closed", False),
            "is_anonymous": params.get("is_anonymous", True),
            "type": params.get("type", "regular"),
            "allows_multiple_answers": params.get("allows_multiple_answers", False),
            "allows_revoting": params.get("allows_revoting", not is_quiz),
            "members_only": params.get("members_only", False),
        }
        optional = ("correct_option_ids", "explanation", "open_period", "close_date")
        poll |= {name: params[name] for name in optional if name in params}
        self._votes[number] = {}
        if "open_period" in params:
            self._closes[number] = self._clock.now() + params["open_period"]
        return poll

    def stop(self, message: Shown) -> dict[str, Any]:
        """Close a poll; Refusal 400 when it is closed already."""
        poll = self._poll(message)
        if poll["is_closed"]:
            raise bad("poll has already been closed")
        poll["is_closed"] = True
        return poll

    def vote(
        self, user_id: int, chat_id: int, options: list[int], message_id: int | None = None
    ) -> int:
        """Answer the newest poll of a chat, or that of `message_id`; the update's id.

        It is 0 where the bot is not told: the poll is anonymous, or the bot wants no answers.
        ActError where Telegram lets nobody do that: closed, answered before, too many options.
        """
        chat = self._chats.known(chat_id)
        found = [one for one in chat.messages.values() if "poll" in one.other] if chat else []
        message = next((m for m in reversed(found) if message_id in (None, m.message_id)), None)
        if message is None:
            raise ActError(f"there is no poll in chat {chat_id}")
        poll = self._poll(message)
        votes = self._votes[poll["id"]]
        if poll["is_closed"]:
            raise ActError("the poll is closed")
        if user_id in votes and not poll["allows_revoting"]:
            raise ActError("an answer in a quiz can't be changed")
        if not options or (len(options) > 1 and not poll["allows_multiple_answers"]):
            raise ActError("one option, or several where that is allowed")
        if not {*options} <= {*range(len(poll["options"]))}:
            raise ActError("there is no such option")
        self._people.meet(user_id)
        for option in votes.get(user_id, []):
            poll["options"][option]["voter_count"] -= 1
        votes[user_id] = options
        for option in options:
            poll["options"][option]["voter_count"] += 1
        poll["total_voter_count"] = len(votes)
        if poll["is_anonymous"]:
            return 0
        body = {
            "poll_id": poll["id"],
            "user": self._people.known[user_id],
            "option_ids": options,
            "option_persistent_ids": [poll["options"][at]["persistent_id"] for at in options],
        }
        return self._tell("poll_answer", body, f"user {user_id}") or 0

    def _poll(self, message: Shown) -> dict[str, Any]:
        """The poll of a message, closed by now if its time is over."""
        poll: dict[str, Any] = message.other["poll"]
        closes = self._closes.get(poll["id"])
        if closes is not None and self._clock.now() >= closes:
            poll["is_closed"] = True
        return poll
