"""A strict local double of Telegram's Bot API: the authority that the bot is tested against."""

from tests.standin.chats import Button, Event, Shown
from tests.standin.client import StandInClient
from tests.standin.clock import Clock
from tests.standin.people import ActError
from tests.standin.record import Call, Violation
from tests.standin.server import TOKEN, StandIn

__all__ = [
    "TOKEN",
    "ActError",
    "Button",
    "Call",
    "Clock",
    "Event",
    "Shown",
    "StandIn",
    "StandInClient",
    "Violation",
]
