"""What the pages say is there, is there."""

import re
import shutil
from datetime import date
from typing import Any, get_args

import pytest
import yaml

from bot.__main__ import cli
from bot.content.lexicon import Avoided, AvoidFile, SensitiveFile
from bot.content.load import load
from bot.content.model import (
    Answer,
    Audience,
    Band,
    Choice,
    Citation,
    Command,
    Condition,
    Fact,
    Flow,
    Frozen,
    Hotline,
    Hours,
    Item,
    Kind,
    Kinds,
    Level,
    Lines,
    NeverFile,
    Node,
    Office,
    OpenKind,
    Phone,
    Plan,
    Poster,
    PosterPlaces,
    ProtectedKind,
    Quiz,
    Refuge,
    Rule,
    Rules,
    Scene,
    Sector,
    Sectors,
    SectorText,
    Services,
    Source,
    Step,
    StepKind,
    Topic,
    Way,
)
from bot.content.places_file import DistrictEntry, PlaceEntry, PlacesFile, RegionEntry
from bot.engine.blocks import SPECS
from bot.proof import prove
from bot.settings import load_settings
from tests.conftest import ROOT

PAGES = [
    *ROOT.glob("*.md"),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "tests").rglob("*.md")),
]
WRITING = ROOT / "docs" / "write-content.md"
OPERATING = ROOT / "docs" / "operate.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:bot|tests|content|docs|locales|requirements)/[\w./-]*)`")
CODE = re.compile(r"`([^`\n]+)`")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def examples(page, language="yaml"):
    return [body for kind, body in BLOCK.findall(page.read_text("utf-8")) if kind == language]


def anchors(page):
    """The fragments a page offers, as a forge makes them from its headings."""
    heads = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pages
def test_links_lead_to_files(page):
    """Every link to a file of ours leads to one, and its fragment to a heading there."""
    lost = []
    for target in LINK.findall(BLOCK.sub("", page.read_text("utf-8"))):
        if target.startswith(("https://", "http://")):
            continue
        name, _, fragment = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (fragment and fragment not in anchors(there)):
            lost.append(target)
    assert lost == []


@pages
def test_named_files_exist(page):
    """Every file and folder of ours that a page names exists."""
    named = PATH.findall(page.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pages
def test_named_commands_exist(page):
    """Every verb of make and of tirek that a page names can be typed."""
    text = page.read_text("utf-8")
    typed = [*CODE.findall(BLOCK.sub("", text)), *(body for _, body in BLOCK.findall(text))]
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    groups = {each.name: each.typer_instance for each in cli.registered_groups}
    known = [*cli.registered_commands]
    known += [each for group in groups.values() if group for each in group.registered_commands]
    ours = {each.name or getattr(each.callback, "__name__", "") for each in known} | {*groups}
    for code in typed:
        made = re.findall(r"(?:^|&& )make ([a-z-]+)", code, re.MULTILINE)
        assert set(made) <= verbs
        asked = re.findall(
            r"(?:^|/)tirek (?:(?:words|services|staff|audit|outreach) )?([a-z]+)\b",
            code,
            re.MULTILINE,
        )
        assert set(asked) <= ours


@pytest.fixture
def content(tmp_path):
    """The shipped content with every example of the page laid over it."""
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    for example in examples(WRITING):
        name = example.partition("\n")[0].removeprefix("# ")
        assert name.startswith("content/"), f"an example says first which file it is: {name}"
        (tmp_path / name).write_text(example, "utf-8")
    return folder


def test_examples_of_content_pass_the_proof(content, tmp_path):
    """What the page shows to authors loads, and the proof finds nothing in it."""
    assert load(content, SPECS).nodes.keys() >= {"before-call", "legal", "legal-line"}
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    (tmp_path / "bot.yaml").write_text("{}\n")
    settings = load_settings(tmp_path / "bot.yaml", {})
    assert [str(each) for each in prove(settings, date(2026, 11, 21))] == []


def test_every_key_and_every_value_is_explained():
    """Authors find each key, each block and each value they may write on the page."""
    page = WRITING.read_text("utf-8")
    explained = set(re.findall(r"[a-z_0-9]+", " ".join(CODE.findall(BLOCK.sub("", page)))))
    models: tuple[type[Frozen], ...] = (
        Flow, Command, Node, Choice, Condition, Lines, Hotline, Hours, Source, Rules, Rule,
        SensitiveFile, AvoidFile, Avoided, PlacesFile, RegionEntry, DistrictEntry, PlaceEntry,
        Services, Refuge, Office, Phone, Citation, Kinds, Kind, Sectors, SectorText, NeverFile,
        Quiz, Item, Answer, Scene, Way, Band, Plan, Step, Poster, PosterPlaces,
    )  # fmt: skip
    shown = explained | set(re.findall(r"[a-z_0-9]+(?=:)", "\n".join(examples(WRITING))))
    keys = {field.alias or name for one in models for name, field in one.model_fields.items()}
    assert keys - shown - {"id"} == set()
    assert SPECS.keys() - explained == set()
    kinds = set(re.findall(r"[a-z-]+", " ".join(CODE.findall(BLOCK.sub("", page)))))
    assert set(get_args(StepKind)) - kinds == set()
    for key in ("cost", "reports", "confidence", "publish", "channel"):
        kind: Any = Hotline.model_fields[key].annotation
        values = get_args(kind) or [each.value for each in kind]
        assert set(values) - explained == set()
    for words in (
        *(Sector, Audience, get_args(Fact), get_args(ProtectedKind), get_args(OpenKind)),
        *(get_args(Topic), get_args(Level)),
    ):
        assert set(words) - explained == set()


def test_every_code_of_the_log_is_explained():
    """Operators find each event code that the bot can log in the table."""
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    codes = set(re.findall(r"\.(?:info|warning|error|exception|critical)\(\"([a-z_.]+)", source))
    assert "app.started" in codes
    page = OPERATING.read_text("utf-8")
    assert {code for code in codes if f"`{code}" not in page} == set()


@pytest.mark.parametrize("example", examples(OPERATING))
def test_examples_of_settings_are_settings(example, tmp_path):
    """What the page shows to operators is accepted as `bot.yaml`."""
    assert isinstance(yaml.safe_load(example), dict)
    (tmp_path / "secrets").mkdir()
    secret = tmp_path / "secrets" / "webhook-secret"
    secret.touch(mode=0o600)
    secret.write_text("a" * 43)
    (tmp_path / "bot.yaml").write_text(example, "utf-8")
    load_settings(tmp_path / "bot.yaml", {})
