"""What a person did, decoded by a channel: past-tense values without any Telegram in them."""

from dataclasses import dataclass

from bot.campaigns.campaign import Photo
from bot.campaigns.wording import Mark


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command was sent: `name` without its slash, lower-case; `rest` are the words behind it.

    What is no command of ours is words. `plain` is as for `Wrote`, and false where nobody knows.
    """

    name: str
    rest: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A button was pressed on the screen of node `place` about `item`."""

    place: str
    choice: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Wrote:
    """Words were typed. They live in memory for one turn and are never stored or logged.

    `plain` is false for words under a picture, and for words with a link, a name or a number by
    which somebody can be found: such a message is not passed on. `marks` are what is bold and the
    like, `photo` is the picture they stand under; both count only where they are asked for.
    """

    text: str
    plain: bool = True
    marks: tuple[Mark, ...] = ()
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A place on the map was shared, in degrees. It lives for one turn, as words do."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Strayed:
    """Something came that is no word and no valid button.

    `wordless` tells a picture, a voice or a file from a forged or dead button. `photo` is the
    picture, which counts only where one is asked for.
    """

    wordless: bool = False
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class Departed:
    """The person blocked the bot or closed her account: she is erased without a word."""


Event = Commanded | Chosen | Wrote | Located | Strayed | Departed
