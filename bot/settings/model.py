"""What an operator decides, with bounds: no number may break a promise of the threat model."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationInfo,
)

from bot.content.model import Country, Language
from bot.directory.standing import Policy
from bot.settings.secret import SECRET, TOKEN, looks_like_token, read_secret


def _resolved(path: Path, info: ValidationInfo) -> Path:
    if looks_like_token(str(path)):
        raise ValueError("here the name of a file is wanted, not what is in it")
    return Path(info.context["base"] if info.context else ".") / path.expanduser()


def _divided(value: Any) -> Any:
    return [each.strip() for each in value.split(",")] if isinstance(value, str) else value


def _named(value: Any) -> Any:
    """Read `id: name; id: name`, as a variable writes it."""
    if not isinstance(value, str):
        return value
    pairs = [each.partition(":") for each in value.split(";") if each.strip()]
    return {id_.strip(): name.strip() for id_, _, name in pairs}


def _beside(url: str, info: ValidationInfo) -> str:
    scheme, _, rest = url.partition(":///")
    if scheme == "sqlite" and rest not in ("", ":memory:"):
        return f"{scheme}:///{_resolved(Path(rest), info)}"
    if not url.startswith(("sqlite:", "postgresql+asyncpg:")):
        raise ValueError("the store is sqlite:///path or postgresql+asyncpg://…")
    return url


FilePath = Annotated[Path, AfterValidator(_resolved)]
"""A path; a relative one starts from the folder of `bot.yaml`."""


GroupId = Annotated[int, Field(lt=0)]
"""What Telegram calls a group; people have ids above zero."""

GroupName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
"""What the operator calls a group: it is the label of a button."""


_FREE = 25
"""Messages a second that Telegram sends for nothing, with some room left (R18)."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


_NAME = r"[A-Za-z][A-Za-z0-9_]{3,31}"


def _public(channel: str) -> str:
    """Read `@name`, or a page of it, as the address of the page."""
    name = channel.removeprefix("https://t.me/").removeprefix("@")
    if not re.fullmatch(_NAME, name, re.ASCII):
        raise ValueError("a public channel is @name or https://t.me/name")
    return f"https://t.me/{name}"


class Webhook(_Part):
    """Where Telegram brings updates when it brings them itself."""

    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    path: Annotated[str, Field(pattern=r"^/[A-Za-z0-9/_-]*$", max_length=200)] = "/telegram"
    public_url: str | None = None
    secret_file: FilePath | None = None
    allow_public_listen: bool = False

    def secret(self) -> SecretStr | None:
        """Read the secret that Telegram repeats in each call; None where no file is named."""
        return read_secret(self.secret_file, SECRET) if self.secret_file else None


class Telegram(_Part):
    """The bot's account and the way to the Bot API."""

    token_file: FilePath = Field(Path("secrets/telegram-token"), validate_default=True)
    api_url: Annotated[str, AfterValidator(lambda url: url.rstrip("/"))] = (
        "https://api.telegram.org"
    )
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Field(default_factory=Webhook)
    groups: Annotated[tuple[int, ...], BeforeValidator(_divided)] = ()
    """Ids of the groups the bot stays in; it leaves every other one at once (R20)."""
    games: Annotated[Mapping[GroupId, GroupName], BeforeValidator(_named)] = Field(
        default_factory=dict
    )
    """Groups in which live quizzes may be played, each with a name for those who lead them."""
    questions: Annotated[int, Field(lt=0)] | None = None
    """Id of the group in which a team gets questions without names; the bot stays in it, too."""

    channel: Annotated[str, AfterValidator(_public)] | None = None
    """The public channel of the network, `@name`: offered beside news of one's own (R16)."""

    @property
    def token(self) -> SecretStr | None:
        """The token, read from its file now; None where there is no such file.

        Raises:
            UnsafeSettingsError: if others may read the file.
            SettingsError: if it holds no token. Neither repeats what the file holds.
        """
        return read_secret(self.token_file, TOKEN)


class Store(_Part):
    """The database, the folder of keys and the file of erasure marks."""

    url: Annotated[str, AfterValidator(_beside)] = Field(
        "sqlite:///data/tirek.db", repr=False, validate_default=True
    )
    keys: FilePath = Field(Path("data/keys"), validate_default=True)
    epoch_hours: Annotated[int, Field(ge=1, le=24)] = 24
    """Hours until a new epoch key; R3 allows 24."""
    long_key: FilePath = Field(Path("data/long-key"), validate_default=True)
    """The folder of the key under which those lie who asked to be known for longer."""
    marks: FilePath = Field(Path("data/erasures"), validate_default=True)
    """Who was erased, by pseudonym, for a backup that is put back (R6)."""
    lockdown: FilePath = Field(Path("data/lockdown"), validate_default=True)
    """The file that says, across restarts, that the bot is locked down (R42)."""


class Sources(_Part):
    """Where content and catalogues are read."""

    folder: FilePath = Field(Path("content"), validate_default=True)
    locales: FilePath = Field(Path("locales"), validate_default=True)


class Offered(_Part):
    """The countries and languages a person may choose, in this order."""

    countries: Annotated[tuple[Country, ...], BeforeValidator(_divided), Field(min_length=1)] = (
        "kz",
        "kg",
        "tj",
        "uz",
    )
    languages: Annotated[tuple[Language, ...], BeforeValidator(_divided), Field(min_length=1)] = (
        "kk",
        "ky",
        "tg",
        "uz",
        "uz_Cyrl",
        "ru",
        "en",
    )


class Retention(_Part):
    """How long things live; never longer than the threat model's section 4 says."""

    sensitive_minutes: Annotated[int, Field(ge=1, le=30)] = 30
    session_hours: Annotated[int, Field(ge=1, le=24)] = 24
    seen_hours: Annotated[int, Field(ge=48, le=48)] = 48
    """R32 keeps update ids at least 48 h and section 4 at most 48 h: there is no choice."""
    reply_minutes: Annotated[int, Field(ge=1, le=5)] = 5
    """Minutes after which a sensitive reply is too late (R11)."""
    fade_minutes: Annotated[int, Field(ge=5, le=1440)] = 30
    """Minutes without a doing of hers after which a chat clears itself (R9); she may choose."""


class Directory(_Part):
    """What people see of places whose sources leave room for doubt, and what still counts as near."""

    weak_places: Literal["caution", "withhold"] = "caution"
    """Places that one old or weak source names."""
    listed_places: Literal["caution", "withhold"] = "caution"
    """Places that only a list without a known author names."""
    near_km: Annotated[int, Field(ge=5, le=500)] = 100
    """Kilometres, as the crow flies, up to which a place is near."""

    @property
    def policy(self) -> Policy:
        """The same as the directory's own value."""
        return Policy(self.weak_places, self.listed_places, self.near_km)


class Log(_Part):
    """What the log holds: event codes and numbers, at this level and above.

    `debug` is safe too: libraries, which print texts and ids there, are silent at every level.
    """

    level: Literal["debug", "info", "warning", "error"] = "info"


def _for_nothing(per_second: int, info: ValidationInfo) -> int:
    if per_second > _FREE and not info.data.get("paid"):
        raise ValueError(f"more than {_FREE} in a second cost Stars: say so with paid: true")
    return per_second


class Campaigns(_Part):
    """How fast, and how often, those are written to who asked for news."""

    paid: bool = False
    """Whether Telegram is paid, in Stars, for more than it sends for nothing."""
    per_second: Annotated[int, Field(ge=1, le=1000), AfterValidator(_for_nothing)] = _FREE
    """Messages a second, those to everybody else counted in."""
    window: Annotated[int, Field(ge=1, le=8)] = 8
    """Messages sent and not yet noted: the most that a crash may double (R33)."""
    daily: Annotated[int, Field(ge=1, le=3)] = 1
    """Campaigns that one reader gets in 24 hours at most."""
    daily_overall: Annotated[int, Field(ge=1)] = 1_000_000
    """Messages of all campaigns on one day (UTC) at most."""


class Sending(_Part):
    """How much may be under way to Telegram at once."""

    window: Annotated[int, Field(ge=1, le=8)] = 8
    """New messages sent and not yet noted: the most that a crash may double (R33)."""
    parallel: Annotated[int, Field(ge=1, le=1024)] = 256
    """Calls under way at the same time."""
    campaigns: Campaigns = Field(default_factory=Campaigns)


class Settings(_Part):
    """Everything an operator decides."""

    telegram: Telegram
    store: Store
    content: Sources
    offered: Offered
    directory: Directory
    retention: Retention
    log: Log
    sending: Sending
