"""The picture of the house stays true: imports point down, the pure rooms stay pure."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "bot").rglob("*.py"))

FLOORS = (
    ("bot.errors", "bot.building", "bot.counting", "bot.staff", "bot.campaigns"),
    (
        *("bot.content", "bot.understanding", "bot.directory", "bot.language", "bot.settings"),
        "bot.pictures",
    ),
    ("bot.learning",),
    ("bot.engine",),
    ("bot.store", "bot.channels", "bot.just_heard"),
    ("bot.outward.parcels",),
    ("bot.outward.lanes", "bot.outward.rendering", "bot.outward.clearing"),
    ("bot.outward.delivery", "bot.outward.erasures", "bot.outward.following", "bot.turns"),
    ("bot.outward.wiping",),
    ("bot.outward",),
    ("bot.mailing",),
    ("bot.conversation", "bot.lockdown"),
    ("bot.growing",),
    ("bot.app", "bot.logs", "bot.posters", "bot.proof"),
    ("bot.commands.opening", "bot.commands.near_answers", "bot.commands.preview"),
    ("bot.commands.counts", "bot.commands.team", "bot.commands.sending", "bot.commands.rotating"),
    ("bot.commands.reporting",),
    ("bot.commands",),
    ("bot.__main__",),
)
PURE = (
    *("bot.engine", "bot.understanding", "bot.directory", "bot.learning"),
    *("bot.content", "bot.language", "bot.pictures", "bot.counting", "bot.staff"),
    "bot.campaigns",
)
NO_IO = {"telegram", "sqlalchemy", "aiosqlite", "asyncpg", "aiohttp", "asyncio", "socket"}
NO_CHANCE = {"random", "secrets", "time", "uuid"}
CLOCKS = {"now", "utcnow", "today"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
UNSAFE_ATTRIBUTES = {
    ("yaml", "load"),
    ("yaml", "unsafe_load"),
    ("yaml", "full_load"),
    ("os", "system"),
    ("os", "popen"),
}


def module(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree(path):
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path):
    """Every module a file imports, wherever in the file, with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found = (ROOT / Path(*whole.split("."))).with_suffix(".py")
                yield (whole if found.exists() else node.module), node.lineno


def inside(name, rooms):
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def floor(name):
    return next((at for at, rooms in enumerate(FLOORS) if inside(name, rooms)), None)


def test_every_file_lives_on_a_floor():
    """Each module but the package itself stands on one of the floors."""
    homeless = [module(path) for path in FILES if floor(module(path)) is None]
    assert homeless == ["bot"]


def test_imports_point_down():
    """No module imports anything from a floor above its own."""
    upward = [
        f"{module(path)}:{line} imports {name}"
        for path in FILES
        if floor(module(path)) is not None
        for name, line in imports(path)
        if inside(name, ["bot"]) and (floor(name) or 0) > floor(module(path))
    ]
    assert upward == []


def test_the_pure_rooms_read_only_the_types_of_content():
    """Understanding and directory need of content only its frozen types."""
    rooms = ("bot.understanding", "bot.directory")
    reached = {
        name
        for path in FILES
        if inside(module(path), rooms)
        for name, _ in imports(path)
        if inside(name, ["bot.content"])
    }
    assert reached <= {"bot.content.model"}


@pytest.mark.parametrize("path", [one for one in FILES if inside(module(one), PURE)], ids=module)
def test_pure_rooms_touch_no_world(path):
    """Engine, understanding, directory, content, language use no net, no clock and no chance."""
    used = {name.split(".")[0] for name, _ in imports(path)}
    assert not used & (NO_IO | NO_CHANCE)
    read = [
        f"line {node.lineno}: {node.attr}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]
    assert read == []


def test_only_one_room_knows_python_telegram_bot():
    """python-telegram-bot is imported by bot.channels.telegram alone."""
    importers = {
        module(path)
        for path in FILES
        for name, _ in imports(path)
        if name.split(".")[0] == "telegram"
    }
    assert importers
    assert all(inside(name, ["bot.channels.telegram"]) for name in importers)


def test_the_database_is_known_to_the_store_alone():
    """SQLAlchemy, its drivers and Alembic are imported by bot.store alone."""
    drivers = {"sqlalchemy", "aiosqlite", "asyncpg", "alembic", "sqlite3"}
    importers = {
        module(path) for path in FILES for name, _ in imports(path) if name.split(".")[0] in drivers
    }
    assert importers
    assert all(inside(name, ["bot.store"]) for name in importers)


@pytest.mark.parametrize("path", FILES, ids=module)
def test_nothing_is_executed_that_was_read(path):
    """No pickle, no eval, no unsafe YAML and no shell stands anywhere in the bot (R46)."""
    found = [name for name, _ in imports(path) if name.split(".")[0] in UNSAFE_MODULES]
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in UNSAFE_CALLS:
                found.append(f"{name} in line {node.lineno}")
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if (
                owner,
                name,
            ) in UNSAFE_ATTRIBUTES:
                safe = any(_is_safe_loader(one.value) for one in node.keywords)
                if not safe:
                    found.append(f"{owner}.{name} in line {node.lineno}")
        found += [
            f"shell in line {node.lineno}"
            for keyword in node.keywords
            if keyword.arg == "shell" and getattr(keyword.value, "value", True)
        ]
    assert found == []


def _is_safe_loader(value):
    name = getattr(value, "id", getattr(value, "attr", ""))
    return "Safe" in name


def test_the_watch_sees_what_it_watches_for(tmp_path, monkeypatch):
    """The watch itself finds an upward import, so that a silent watch cannot pass for peace."""
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    upward = tmp_path / "bot" / "engine" / "step.py"
    upward.parent.mkdir(parents=True)
    upward.write_text("def f():\n    from bot.store import store\n    import telegram.error\n")
    names = [name for name, _ in imports(upward)]
    assert names == ["bot.store", "telegram.error"]
    assert floor(names[0]) > floor(module(upward))
