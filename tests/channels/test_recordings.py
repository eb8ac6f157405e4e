"""What a page says can be heard or seen: offered in her tongue, sent quietly, uploaded once."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.console import Console

from bot.channels.port import Impossible
from bot.channels.telegram.api import Api
from bot.channels.telegram.messages import Messages
from bot.channels.telegram.sender import TelegramSender
from bot.channels.terminal import Terminal
from bot.engine.events import Chosen
from bot.engine.replies import Recording, Show
from bot.engine.screen import Label, RecordingPage
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import NOW
from tests.standin.server import StandIn

ANNA, BOTA = 101, 102
SOUND = RecordingPage("now-hiv", "audio", "hiv.kk.ogg", is_film=False, remove=Label("remove", "X"))
FILM = replace(SOUND, item="video", file="hiv.mp4", is_film=True)
PAGE = Session("now-hiv", "kk", country="kz", told=True)


@pytest.fixture
def recorded(stage):
    """The shipped content, one page of it with a sound in two tongues and a film in one."""
    content = stage.world.content
    sounds = {"kk": "hiv.kk.ogg", "uz": "hiv.uz.ogg"}
    page = content.nodes["now-hiv"].model_copy(update={"audio": sounds, "video": {"ru": "h.mp4"}})
    nodes = {**content.nodes, "now-hiv": page}
    return Stage(replace(stage.world, content=content.model_copy(update={"nodes": nodes})))


@pytest.fixture
def media(tmp_path):
    (tmp_path / "hiv.kk.ogg").write_bytes(b"OggS" + bytes(1000))
    (tmp_path / "hiv.mp4").write_bytes(bytes(2000))
    return tmp_path


@pytest.mark.parametrize(
    ("language", "offered"),
    [("kk", ["audio"]), ("uz_Cyrl", ["audio"]), ("ru", ["video"]), ("tg", [])],
)
def test_only_what_she_understands_is_offered(recorded, language, offered):
    """A tongue has one sound for all its letters; no other language stands in for it."""
    labels = recorded.page(replace(PAGE, language=language), NOW).labels
    assert [one.id for one in labels if one.id in ("audio", "video")] == offered


def test_nothing_plays_unasked_and_the_page_stays(recorded):
    """A tap sends the sound as a message of its own; what is not there cannot be asked for."""
    engine = Engine(recorded)
    turn = engine.step(PAGE, Chosen("now-hiv", "audio"), NOW)
    assert turn.replies == (Recording("now-hiv", "audio"),)
    assert turn.session == PAGE
    again = engine.step(PAGE, Chosen("now-hiv", "video"), NOW)
    assert all(isinstance(one, Show) for one in again.replies)


def test_a_sound_about_an_old_law_is_not_played(stage):
    """When the text of a page has become too old to be shown, so has its recording."""
    content = stage.world.content
    law = next(node for node in content.nodes.values() if node.law)
    nodes = {**content.nodes, law.id: law.model_copy(update={"audio": {"kk": "a.ogg"}})}
    spoken = Stage(replace(stage.world, content=content.model_copy(update={"nodes": nodes})))
    there = Session(law.id, "kk", item="audio", country=law.law.country, told=True)
    assert spoken.recording(there, NOW) is not None
    assert spoken.recording(there, NOW + timedelta(days=400)) is None


async def test_a_file_goes_up_once_and_then_by_its_id(media, book, keys):
    """The first person waits for the file, the next ones get the copy that Telegram has."""
    async with StandIn() as tg, Api(tg.url, tg.token) as api:
        for one in (ANNA, BOTA):
            await tg.meet(one)
        sender = TelegramSender(api, Messages(book, keys), media)
        numbers = [
            await sender.deliver(shown, who, None, None) or 0
            for shown in (SOUND, FILM)
            for who in (ANNA, BOTA)
        ]
        for who in (ANNA, BOTA):
            sound, film = (tg.chat(who).messages[number] for number in numbers[who - ANNA :: 2])
            assert (sound.silent, sound.protected, film.silent, film.protected) == (True,) * 4
            assert sound.other["voice"]["file_id"] == "voice-0"
            assert film.other["video"]["file_id"] == "video-0"
            assert sound.labels == film.labels == ["X"]
        calls = [call for call in tg.record.calls if call.method in ("sendVoice", "sendVideo")]
        assert ["caption" in call.params for call in calls] == [False] * 4
        assert await tg.violations() == []


async def test_a_lost_file_is_given_up_not_tried_for_ever(media, book, keys):
    """Without its file a recording cannot be sent; the page it belongs to is still there."""
    async with StandIn() as tg, Api(tg.url, tg.token) as api:
        await tg.meet(ANNA)
        sender = TelegramSender(api, Messages(book, keys), media)
        with pytest.raises(Impossible):
            await sender.deliver(replace(SOUND, file="gone.ogg"), ANNA, None, None)
        assert await tg.shown(ANNA) == []


def test_its_button_removes_it(messages, book, keys):
    """The one button under a recording is sealed for its person and takes the message away."""
    method, field, body = messages.recording(SOUND, ANNA, ANNA, "known")
    sent = json.loads(body)
    data = sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert (method, sent[field]) == ("sendVoice", "known")
    assert book.read(keys, ANNA, data) == Chosen("now-hiv", "remove", "audio")


async def test_a_terminal_names_the_file(tmp_path):
    """In a terminal a recording is the name of its file, and the way to remove it."""
    printed = io.StringIO()
    await Terminal(Console(file=printed, width=80), tmp_path, plain=True).deliver(
        SOUND, ANNA, None, None
    )
    assert printed.getvalue().split() == ["hiv.kk.ogg", "1.", "X"]
