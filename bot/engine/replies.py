"""What the bot will do in answer: values of content keys, never of text."""

from dataclasses import dataclass

REMOVE = "remove"
"""The choice on a card that removes it."""

RESUME = "resume"
"""The choice on a note that shows again where the person is."""


@dataclass(frozen=True, slots=True)
class Show:
    """Put the screen of node `place` in front of the person.

    A tap edits the message it came from; after typed words it is a new message. `lead` names
    a line said above the screen (see `engine.phrases`), for example the kind fallback.
    """

    place: str
    item: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Send the contact of hotline `item` as a message of its own, to be kept or closed.

    `place` is the node it was asked from; its close button leads nowhere and removes the card.
    """

    place: str
    item: str


@dataclass(frozen=True, slots=True)
class Venue:
    """Send the public address of service `item` as a pin on a map, to be followed or closed.

    `place` is the node it was asked from. Only a service whose address may be known has one.
    """

    place: str
    item: str


@dataclass(frozen=True, slots=True)
class Recording:
    """Send what node `place` says as sound or film, to be played or removed; never by itself.

    `item` is "audio" or "video".
    """

    place: str
    item: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Send what node `place` draws about `item`, to be shared or removed; drawn as it is sent."""

    place: str
    item: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Send a message as others will get it, as node `place` knows it by `item`: to this person alone."""

    place: str
    item: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove the message the tap came from (a card that is no longer wanted)."""


@dataclass(frozen=True, slots=True)
class PassOn:
    """Copy the words she has just typed to the team, without her name; the turn conceals hers.

    Which message that is only the turn knows; what it says nobody here does.
    """


@dataclass(frozen=True, slots=True)
class Note:
    """Say neutrally that something was interrupted and one tap goes on: never a word of content."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Clear the chat: every message known goes, hers and ours; one neutral screen stays.

    It is never stored as a reply: the ledger of messages is told that its time has come, as it
    comes for everybody who leaves a conversation alone for long enough.
    """


Reply = Show | Card | Venue | Recording | Picture | Sample | Remove | PassOn | Note | Leave
