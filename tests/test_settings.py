"""Truths about what an operator may set, and what the bot refuses to start with."""

import pytest

from bot.content.tree import read_tree
from bot.errors import SettingsError, UnsafeSettingsError
from bot.settings import Settings, load_settings

TOKEN = "123456789:" + "A1b2C-_" * 5
SECRET = "s3cr3t-_" * 5


@pytest.fixture
def home(tmp_path):
    (tmp_path / "secrets").mkdir()
    return tmp_path


def put(home, name, text, mode=0o600):
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def settled(home, text="log: {level: info}\n", **environ) -> Settings:
    return load_settings(put(home, "bot.yaml", text), environ)


def refused(home, text="log: {level: info}\n", kind=SettingsError, **environ) -> str:
    with pytest.raises(kind) as caught:
        settled(home, text, **environ)
    assert type(caught.value) is kind
    return str(caught.value).replace(f"{home}/", "")


def test_without_a_file_the_defaults_work(home, monkeypatch):
    """An empty folder is enough to try the bot: no file, no variable, no token."""
    monkeypatch.chdir(home)
    settings = load_settings(environ={})
    assert settings.telegram.token is None
    assert settings.store.url == f"sqlite:///{home}/data/tirek.db"
    assert settings.content.folder == home / "content"


def test_the_shipped_file_says_what_holds_without_it(home, request, monkeypatch):
    """`bot.yaml` shows every key there is, with the value it has when left out."""
    monkeypatch.chdir(home)
    shipped = (request.config.rootpath / "bot.yaml").read_text("utf-8")
    assert settled(home, shipped) == load_settings(put(home, "a.yaml", "log: {}"), {})
    data = read_tree(home / "bot.yaml", "bot.yaml").data
    keys = {part: set(each) for part, each in data.items()}
    keys["telegram.webhook"] = set(data["telegram"]["webhook"])
    keys["sending.campaigns"] = set(data["sending"]["campaigns"])
    fields = {name: set(type(each).model_fields) for name, each in settled(home, shipped)}
    webhook = settled(home, shipped).telegram.webhook
    campaigns = settled(home, shipped).sending.campaigns
    assert keys == fields | {
        "telegram.webhook": set(type(webhook).model_fields),
        "sending.campaigns": set(type(campaigns).model_fields),
    }


def test_a_relative_path_starts_from_the_file(home, monkeypatch):
    """Where the bot is started from does not matter."""
    monkeypatch.chdir("/")
    settings = settled(home, "store: {keys: k, url: sqlite:///d.db}", TIREK_CONTENT__FOLDER="c")
    assert settings.store.keys == home / "k"
    assert settings.store.url == f"sqlite:///{home}/d.db"
    assert settings.content.folder == home / "c"
    absolute = settled(home, "store: {url: sqlite:////var/d.db}")
    assert absolute.store.url == "sqlite:////var/d.db"


def test_a_variable_wins_over_the_file(home):
    """The environment has the last word, lists and numbers included."""
    settings = settled(
        home,
        "store: {epoch_hours: 12}\noffered: {countries: [kz]}",
        TIREK_STORE__EPOCH_HOURS="6",
        TIREK_OFFERED__COUNTRIES="kg, tj",
        TIREK_TELEGRAM__WEBHOOK__PORT="9000",
        HOME="/ignored",
    )
    assert settings.store.epoch_hours == 6
    assert settings.offered.countries == ("kg", "tj")
    assert settings.telegram.webhook.port == 9000


def test_groups_for_games_have_names(home):
    """Groups are named in the file and in a variable, where names may hold commas."""
    osh, aktau = {-1001: "Youth club, Osh"}, {-1001: "Youth club, Osh", -5: "Aktau"}
    assert settled(home, 'telegram: {games: {-1001: "Youth club, Osh"}}').telegram.games == osh
    telegram = settled(
        home,
        TIREK_TELEGRAM__GAMES="-1001: Youth club, Osh; -5: Aktau",
    ).telegram
    assert telegram.games == aktau


@pytest.mark.parametrize("written", ["@network_news", "network_news", "https://t.me/network_news"])
def test_a_public_channel_is_named_or_linked(home, written):
    """A name and a link mean the same page; without either there is none."""
    channel = settled(home, TIREK_TELEGRAM__CHANNEL=written).telegram.channel
    assert channel == "https://t.me/network_news"
    assert settled(home).telegram.channel is None


@pytest.mark.parametrize(
    "written", ["@a", "-100123", "https://t.me/+AbCd_12", "https://x.y/news", ""]
)
def test_a_private_channel_is_refused(home, written):
    """An invitation, a number and another site are no public channel."""
    assert "TIREK_TELEGRAM__CHANNEL" in refused(home, TIREK_TELEGRAM__CHANNEL=written)


@pytest.mark.parametrize("games", ["1001: x", "-5", "-5: ", "x: y", "-5: " + "x" * 41])
def test_a_group_for_games_needs_its_id_and_a_name(home, games):
    """A person's id, no name, no number and a name no button holds are refused."""
    assert "TIREK_TELEGRAM__GAMES" in refused(home, TIREK_TELEGRAM__GAMES=games)


FAULTS = {
    "stroe: {}": "bot.yaml:1:1: unknown key 'stroe' (did you mean 'store'?)",
    "store: {epoch_hour: 3}": "bot.yaml:1:9: unknown key 'epoch_hour' "
    "(did you mean 'epoch_hours'?)",
    "store: {epoch_hours: 25}": "bot.yaml:1:22: 25 is more than 24",
    "store: {epoch_hours: 0}": "bot.yaml:1:22: 0 is less than 1",
    "store: {epoch_hours: soon}": "bot.yaml:1:22: a whole number is wanted here",
    "store: {url: mysql://h/d}": "bot.yaml:1:14: the store is sqlite:///path or "
    "postgresql+asyncpg://…",
    "store: 7": "bot.yaml:1:8: a mapping is wanted here (lines of 'key: value')",
    "store:": "bot.yaml:1:7: a mapping is wanted here (lines of 'key: value')",
    "- 7": "bot.yaml:1:1: a mapping is wanted here (lines of 'key: value')",
    "retention: {sensitive_minutes: 31}": "bot.yaml:1:32: 31 is more than 30",
    "retention: {session_hours: 25}": "bot.yaml:1:28: 25 is more than 24",
    "retention: {seen_hours: 47}": "bot.yaml:1:25: 47 is less than 48",
    "retention: {reply_minutes: 6}": "bot.yaml:1:28: 6 is more than 5",
    "retention: {fade_minutes: 4}": "bot.yaml:1:27: 4 is less than 5",
    "retention: {fade_minutes: 1441}": "bot.yaml:1:27: 1441 is more than 1440",
    "sending: {window: 9}": "bot.yaml:1:19: 9 is more than 8",
    "sending: {parallel: 0}": "bot.yaml:1:21: 0 is less than 1",
    "sending: {campaigns: {window: 9}}": "bot.yaml:1:31: 9 is more than 8",
    "sending: {campaigns: {daily: 4}}": "bot.yaml:1:30: 4 is more than 3",
    "sending: {campaigns: {per_second: 26}}": "bot.yaml:1:35: more than 25 in a second cost Stars: "
    "say so with paid: true",
    "sending: {campaigns: {paid: true, per_second: 1001}}": "bot.yaml:1:47: 1001 is more than 1000",
    "log: {level: loud}": "bot.yaml:1:14: 'loud' is not known here "
    "(known: debug, info, warning, error)",
    "telegram: {mode: pulling}": "bot.yaml:1:18: 'pulling' is not known here "
    "(did you mean 'polling'?)",
    "telegram: {webhook: {port: 70000}}": "bot.yaml:1:28: 70000 is more than 65535",
    "offered: {countries: [kz, af]}": "bot.yaml:1:27: 'af' is not known here "
    "(known: kz, kg, tj, uz)",
    "offered: {languages: []}": "bot.yaml:1:22: at least 1 is wanted here",
    "log: {level: info}\nlog: {level: error}": "bot.yaml:2:1: 'log' is here twice "
    "(first in line 1)",
    "log: !!python/name:os.system": "bot.yaml:1:6: the tag "
    "tag:yaml.org,2002:python/name:os.system is not allowed (write the plain value)",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_in_the_file_is_told_with_its_place(home, text):
    """The operator reads where the fault is, what it is, and what may mend it."""
    assert refused(home, text) == FAULTS[text]


def test_a_fault_in_a_variable_names_the_variable(home):
    """Whoever set a variable need not look for it in the file; all faults are told at once."""
    told = refused(
        home,
        "sending: {window: 9}",
        TIREK_STORE__EPOCH_HOURS="x",
        TIREK_OFFERED__COUNTRIES="kz,xx",
    )
    assert told.splitlines() == [
        "TIREK_OFFERED__COUNTRIES: 'xx' is not known here (known: kz, kg, tj, uz)",
        "TIREK_STORE__EPOCH_HOURS: a whole number is wanted here",
        "bot.yaml:1:19: 9 is more than 8",
    ]
    assert refused(home, TIREK_STORE__EPOCHHOURS="3") == (
        "TIREK_STORE__EPOCHHOURS: there is no such setting (did you mean "
        "'TIREK_STORE__EPOCH_HOURS'?)"
    )


def test_the_token_is_read_when_it_is_needed(home):
    """A token file that appears or changes after the start is what the next reading gives."""
    assert settled(home).telegram.token is None
    settings = settled(home)
    put(home, "secrets/telegram-token", TOKEN + "\n")
    token = settings.telegram.token
    assert token is not None
    assert token.get_secret_value() == TOKEN
    assert TOKEN not in f"{settings!r}{settings}{token!r}{token}{settings.model_dump_json()}"


def test_the_token_file_can_be_named_by_a_variable(home):
    """A service manager says where it put the secret."""
    path = put(home, "run/token", TOKEN)
    settings = settled(home, TIREK_TELEGRAM__TOKEN_FILE=str(path))
    assert settings.telegram.token is not None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_token_that_others_may_touch_stops_the_start(home, mode):
    """The bot says how to close the file instead of running with an open one."""
    put(home, "secrets/telegram-token", TOKEN, mode)
    assert refused(home, kind=UnsafeSettingsError) == (
        "secrets/telegram-token: others may read this file (chmod 600 secrets/telegram-token)"
    )


def test_a_link_is_as_safe_as_where_it_leads(home):
    """A link to an open file is open."""
    target = put(home, "elsewhere", TOKEN, 0o644)
    (home / "secrets/telegram-token").symlink_to(target)
    assert "others may read this file" in refused(home, kind=UnsafeSettingsError)
    target.chmod(0o600)
    assert settled(home).telegram.token is not None


def test_a_key_folder_that_others_may_enter_stops_the_start(home):
    """Keys are worth as much as what they protect."""
    (home / "data/keys").mkdir(parents=True)
    (home / "data/keys").chmod(0o750)
    assert refused(home, kind=UnsafeSettingsError) == (
        "data/keys: others may read this folder (chmod 700 data/keys)"
    )


@pytest.mark.parametrize("held", ["", "hello", TOKEN[:-1], TOKEN + "x", TOKEN + "\n" + TOKEN])
def test_a_malformed_token_is_refused_without_repeating_it(home, held):
    """Logs of a failed start hold no part of a token."""
    put(home, "secrets/telegram-token", held)
    assert refused(home) == (
        "secrets/telegram-token: this does not hold a bot token: digits, a colon and 35 "
        "characters, as BotFather wrote it"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"telegram: {{token: '{TOKEN}'}}",
        f"telegram: {{token_file: '{TOKEN}'}}",
        f"telegram: {{mode: '{TOKEN}'}}",
        f"'{TOKEN}': 1",
        f"log: {TOKEN}",
        f"log: &{TOKEN} 1",
        f"log: '{TOKEN}",
    ],
)
def test_a_token_in_the_wrong_place_is_not_repeated(home, text):
    """Whoever puts the token into the settings by mistake does not find it in the log."""
    told = refused(home, text)
    assert "A1b2C" not in told
    assert told.startswith("bot.yaml:1:")
    assert "A1b2C" not in refused(home, TIREK_TELEGRAM__TOKEN_FILE=TOKEN)
    assert "A1b2C" not in refused(home, TIREK_LOG__LEVEL=TOKEN)


ADDRESSES = {
    "http://api.telegram.org": "bot.yaml:1:21: the token would travel unencrypted to another "
    "machine (use https://)",
    "http://10.0.0.7:8081": "bot.yaml:1:21: the token would travel unencrypted to another "
    "machine (use https://)",
    "http://127.0.0.1.example.org": "bot.yaml:1:21: the token would travel unencrypted to "
    "another machine (use https://)",
    "ftp://api.telegram.org": "bot.yaml:1:21: this is no web address (https://api.telegram.org)",
    "http://[": "bot.yaml:1:21: this is no web address (https://api.telegram.org)",
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_the_token_never_travels_in_the_clear(home, url):
    """Only this machine may be spoken to without encryption."""
    told = refused(home, f"telegram: {{api_url: '{url}'}}", kind=UnsafeSettingsError)
    assert told == ADDRESSES[url]


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081/", "http://[::1]:1", "http://localhost"])
def test_a_bot_api_server_of_ones_own_may_be_near(home, url):
    """A Bot API server on the same machine needs no encryption."""
    settings = settled(home, f"telegram: {{api_url: '{url}'}}")
    assert settings.telegram.api_url == url.rstrip("/")


def webhook(**keys: str) -> str:
    every = {"public_url": "https://bot.example.org/x", "secret_file": "secrets/hook"} | keys
    lines = "".join(f"    {key}: {value}\n" for key, value in every.items())
    return f"telegram:\n  mode: webhook\n  webhook:\n{lines}"


WEBHOOKS = {
    ("secret_file", "null"): "bot.yaml:5:18: a webhook without a secret takes calls from anybody "
    "(name a file with a long random word)",
    ("secret_file", "secrets/none"): "bot.yaml:5:18: there is no such file, and a webhook without "
    "a secret takes calls from anybody (put a long random word into it, then chmod 600)",
    ("listen", "0.0.0.0"): "bot.yaml:6:13: listening on 0.0.0.0 lets other machines in without "
    "encryption (use 127.0.0.1 behind a proxy, or set allow_public_listen: true)",
    ("public_url", "http://bot.example.org"): "bot.yaml:4:17: Telegram calls https:// addresses "
    "only (add one)",
    ("public_url", "null"): "bot.yaml:4:17: Telegram calls https:// addresses only (add one)",
    ("public_url", "https://bot.example.org:8080"): "bot.yaml:4:17: Telegram calls only the "
    "ports 443, 80, 88 and 8443",
}


@pytest.mark.parametrize("change", WEBHOOKS, ids=" ".join)
def test_an_unsafe_webhook_stops_the_start(home, change):
    """A webhook needs a secret, an https address and a listener that only this machine reaches."""
    put(home, "secrets/hook", SECRET)
    told = refused(home, webhook(**dict([change])), kind=UnsafeSettingsError)
    assert told == WEBHOOKS[change]


def test_a_safe_webhook_starts(home):
    """With a secret of good length the webhook works, and a public listener if asked for twice."""
    put(home, "secrets/hook", SECRET)
    settings = settled(home, webhook(listen="0.0.0.0", allow_public_listen="true"))
    secret = settings.telegram.webhook.secret()
    assert secret is not None
    assert secret.get_secret_value() == SECRET
    put(home, "secrets/hook", "short")
    assert refused(home, webhook()) == (
        "secrets/hook: this does not hold a webhook secret: 32 to 256 of the characters "
        "A-Z a-z 0-9 _ -"
    )
    put(home, "secrets/hook", SECRET, 0o644)
    assert refused(home, webhook(), kind=UnsafeSettingsError) == (
        "secrets/hook: others may read this file (chmod 600 secrets/hook)"
    )


def test_a_password_does_not_stand_in_the_file(home):
    """The address of a database may carry a password in the environment, not in `bot.yaml`."""
    url = "postgresql+asyncpg://tirek:open-sesame@db/tirek"
    told = refused(home, f"store: {{url: '{url}'}}", kind=UnsafeSettingsError)
    assert told == (
        "bot.yaml:1:14: a password stands in the file (set TIREK_STORE__URL, or name a "
        "PGPASSFILE for the service)"
    )
    settings = settled(home, TIREK_STORE__URL=url)
    assert settings.store.url == url
    assert "sesame" not in f"{settings!r}{settings}"


def test_settings_do_not_change(home):
    """Nobody turns a screw while the bot runs."""
    with pytest.raises(ValueError, match="frozen"):
        settled(home).log.level = "error"  # type: ignore[misc]
