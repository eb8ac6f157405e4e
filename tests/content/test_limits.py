"""Truths about what people see: sizes, and words that tell the topic."""

from dataclasses import replace

from tests.content.kit import BACK, HOME, LEAVE, linked


def test_ordinary_screens_begin_neutrally(found):
    """The first 100 characters of an ordinary screen tell nothing; later ones may."""
    told = "flows/home.yaml:15:11: the first 100 characters tell the topic: 'violence'"
    assert found(home=linked("text: <b>About</b> violence.", BACK)) == [told]
    assert found(home=linked(f"text: {'x' * 100} violence.", BACK)) == []


def test_a_lock_screen_shows_nothing(found):
    """The first 40 characters of a sensitive screen tell nothing; later ones may."""
    ways = f"{BACK[:-1]}, {{id: out, text: Out, goto: leave}}]"
    sensitive = ("sensitive: true", ways)
    assert found(home=linked("text: Raped?", *sensitive) + LEAVE) == [
        "flows/home.yaml:15:11: the first 40 characters tell the topic: 'raped'"
    ]
    assert found(home=linked(f"text: {'x' * 40} raped.", *sensitive) + LEAVE) == []


def test_the_start_and_the_commands_tell_nothing(found, terms):
    """Buttons of the start screen and the command menu are seen by whoever holds the phone."""
    open_book = HOME.replace("text: Go on", "text: Stop violence").replace(
        "nodes:", "commands:\n  - {name: shelter, text: Places, goto: help}\nnodes:"
    )
    assert found(home=open_book) == [
        "flows/home.yaml:4:12: the command menu tells the topic: 'shelter'",
        "flows/home.yaml:9:24: a button of the start screen tells the topic: 'violence'",
    ]
    russian = replace(terms, translate=lambda _, text: "Убежища" if text == "Places" else text)
    quiet = HOME.replace("nodes:", "commands:\n  - {name: go, text: Places, goto: help}\nnodes:")
    assert found(russian, home=quiet) == [
        "flows/home.yaml:4:22: the command menu tells the topic: 'убежища'"
    ]


def test_labels_are_short(found):
    """A label that phones would cut is named with its length."""
    assert found(home=linked("text: Hi.", BACK.replace("Back", "x" * 41))) == [
        (
            "flows/home.yaml:16:32: a label of 41 characters, 40 fit (aim at 24: translations are "
            "longer)"
        )
    ]


def test_rendered_screens_fit_into_a_message(found, terms):
    """Every screen is measured as each person sees it: UTF-16 units, after markup is read."""

    def render(node, item, language, country):
        text = "<b>😀</b>" * (2049 if (node, language, country) == ("help", "ru", "kz") else 2048)
        return text, ["OK"] * (101 if node == "help" and language == "en" else 1)

    assert found(replace(terms, render=render)) == [
        "flows/home.yaml:8:3: in en there are 101 buttons, 100 fit",
        "flows/home.yaml:8:3: in ru the text has 4098 characters, 4096 fit (shorten it)",
    ]


def test_rendered_screens_are_neutral_and_not_empty(found, terms):
    """Translations and what blocks add are held to the same as the source."""

    def render(node, item, language, country):
        if language == "en":
            return "Hello.", ["Go"]
        return {"start": ("<b>Насилие</b>", ["Убежища"]), "help": (" ", ["х" * 41])}[node]

    assert found(replace(terms, render=render)) == [
        "flows/home.yaml:5:11: in ru the first 100 characters tell the topic: 'насилие'",
        "flows/home.yaml:6:5: in ru a button of the start screen tells the topic: 'убежища'",
        "flows/home.yaml:8:3: in ru the screen has no text (add 'text:')",
        f"flows/home.yaml:11:5: in ru '{'х' * 41}' is a label of 41 characters (40 fit, aim at 24)",
    ]


def test_a_screen_may_begin_with_what_was_asked_for(found, terms):
    """A sensitive screen without words of its own begins with the name of what was tapped."""

    def render(node, item, language, country):
        return "150, a line about violence", ("Back",)

    out = BACK.replace("goto: start", "goto: leave")
    card = linked("sensitive: true", "block: numbers", "with: {need: talk}", out) + LEAVE
    told = found(replace(terms, render=render), home=card)
    assert {each.partition(":")[2].split(":")[0] for each in told} == {"5", "11"}


def test_every_thing_a_screen_can_be_about_is_rendered(found, terms):
    """A screen about one line is looked at once for each line."""
    seen = []

    def render(node, item, language, country):
        seen.append((node, item))
        return "Hello.", ()

    found(replace(terms, render=render, items=lambda node, country: (f"{node.id}-{country}",)))
    assert set(seen) == {
        ("start", "start-"),
        ("start", "start-kz"),
        ("help", "help-"),
        ("help", "help-kz"),
    }
