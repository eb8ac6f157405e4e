"""Truths about what is proved over screens and the ways between them."""

from dataclasses import replace

from bot.content.check import examine
from tests.content.kit import BACK, HOME, LEAVE, home, linked, write


def test_a_good_content_has_no_problem(found):
    """Nothing is said where nothing is wrong."""
    assert found() == []
    assert found(home=linked("text: Fine.", BACK)) == []


def test_what_every_conversation_needs_is_there(found, terms):
    """A content without a block the engine sends people to, or without help, is not sound."""
    lacking = HOME.replace("    help: true\n", "")
    told = found(replace(terms, needed=frozenset({"privacy"})), home=lacking)
    assert "flows/home.yaml:4:3: no node says 'block: privacy' (add it to one)" in told
    assert "flows/home.yaml:4:3: no node says 'help: true' (add it to one)" in told


def test_every_node_can_be_reached(found):
    """A node that nothing leads to is named at its id; words and commands lead to nodes too."""
    lost = home("  lost:", "    text: Hello.", f"    {BACK}")
    assert found(home=lost) == [
        "flows/home.yaml:13:3: nothing leads to node 'lost' (add a choice, or delete it)"
    ]
    assert found(home=home("  lost:", "    called: lost", "    text: Hi.", f"    {BACK}")) == []
    commands = "commands:\n  - {name: lost, text: Lost, goto: lost}\nnodes:"
    assert found(home=lost.replace("nodes:", commands)) == []


def test_every_node_leads_on(found):
    """A screen without any way on is a dead end, and help cannot be reached from it."""
    assert found(home=linked("text: The end.")) == [
        (
            "flows/home.yaml:14:3: help is out of reach from node 'more' "
            "(at most 2 taps: add a choice that leads towards help)"
        ),
        "flows/home.yaml:14:3: node 'more' leads nowhere (add a choice)",
    ]


def test_a_condition_cannot_close_a_screen(found):
    """A screen whose only way on is hidden from some people is a dead end for them."""
    way = "choices: [{id: back, text: Back, goto: help, when: {country: [kz]}}]"
    told = found(home=linked("text: Stay.", way))
    assert told == [
        (
            "flows/home.yaml:14:3: help is out of reach from node 'more' for a person who reads ru "
            "and chose no country (at most 2 taps: add a choice that leads towards help)"
        ),
        (
            "flows/home.yaml:16:5: node 'more' leads nowhere for a person who reads ru and chose no "
            "country"
        ),
    ]


def test_help_is_two_taps_away(found):
    """From a third screen down the road help is too far; a block that shows numbers is help."""
    far = linked("text: One.", "choices: [{id: far, text: Far, goto: two}]") + (
        "  two:\n    text: Two.\n    choices: [{id: back, text: Back, goto: more2}]\n"
        "  more2:\n    text: Three.\n    choices: [{id: back, text: Back, goto: start}]\n"
    )
    assert found(home=far) == [
        (
            "flows/home.yaml:14:3: help is 4 taps away from node 'more' for a person who reads ru and "
            "chose no country (at most 2 taps: add a choice that leads towards help)"
        ),
        (
            "flows/home.yaml:17:3: help is 3 taps away from node 'two' for a person who reads ru and "
            "chose no country (at most 2 taps: add a choice that leads towards help)"
        ),
    ]
    block = "    text: Two.\n    block: numbers\n    with: {need: talk}\n"
    assert found(home=far.replace("    text: Two.\n", block)) == []


def test_what_a_node_needs_is_asked_somewhere(found):
    """A node that needs the country needs a node whose block asks for it."""
    more = linked("text: Here.", "needs: [country]", BACK)
    assert found(home=more) == [
        "flows/home.yaml:16:13: node 'more' needs the country, and no block asks for it"
    ]
    ask = f"  ask:\n    text: Where?\n    block: ask_country\n    goto: help\n    {BACK}\n"
    assert found(home=more + ask) == []


def test_a_sensitive_screen_has_an_exit(found):
    """Clearing the chat is one tap away for everybody, whatever the conditions."""
    body = ("text: Hi.", "sensitive: true")
    told = "flows/home.yaml:14:3: the sensitive node 'more' has no exit that is always there"
    assert found(home=linked(*body, BACK)) == [f"{told} (add a node with 'leaves: true')"]
    assert found(home=linked(*body, BACK) + LEAVE) == [
        f"{told} (add a choice that goes to 'leave')"
    ]
    out = "choices: [{id: out, text: Out, goto: leave%s}, {id: back, text: Back, goto: help}]"
    hidden = found(home=linked(*body, out % ", when: {country: [kz]}") + LEAVE)
    assert hidden == [f"{told} (add a choice that goes to 'leave')"]
    assert found(home=linked(*body, out % "") + LEAVE) == []


def test_leaving_is_an_end(found):
    """A node that leaves needs no text and no way on; no command leads into a dead end by it."""
    commands = "commands:\n  - {name: bye, text: Bye, goto: leave}\nnodes:"
    assert found(home=home().replace("nodes:", commands) + LEAVE) == []
    lost = LEAVE.replace("    called: bye\n", "")
    assert found(home=home() + lost) == [
        "flows/home.yaml:13:3: nothing leads to node 'leave' (add a choice, or delete it)"
    ]


def test_behind_the_cover_nothing_leads_to_help(found):
    """Screens of the cover need no way to help, and must have none."""
    quiz = "  quiz:\n    cover: true\n    text: Ten questions.\n"
    again = "    choices: [{id: again, text: Again, goto: quiz}]\n"
    assert found(home=home() + quiz + again) == []
    assert found(home=home() + quiz + again.replace("goto: quiz", "goto: help")) == [
        "flows/home.yaml:16:46: the cover node 'quiz' leads to 'help', which tells what this bot is"
    ]
    told = found(home=home() + quiz + "    sensitive: true\n" + again)
    assert "flows/home.yaml:16:5: the cover node 'quiz' cannot be sensitive" in told


def test_a_button_does_not_hang_on_what_was_heard(found):
    """A text may depend on what was heard, a choice may not: it is forgotten before the tap."""
    assert found(home=linked("text: [Hi., {text: Ho., when: {heard: [suicide]}}]", BACK)) == []
    way = "choices: [{id: back, text: Back, goto: start}, {id: a, text: A, goto: help%s}]"
    assert found(home=linked("text: Hi.", way % ", when: {heard: [suicide]}")) == [
        "flows/home.yaml:16:88: a choice cannot hang on what was heard: it is forgotten when she taps"
    ]


def test_choices_of_a_screen_look_different(found):
    """Two buttons with one label are told apart only if nobody sees both."""
    way = "choices: [{{id: a, text: Go, goto: help{}}}, {{id: b, text: go, goto: start{}}}]"
    assert found(home=linked("text: Hi.", way.format("", ""))) == [
        "flows/home.yaml:16:60: choices 'a' and 'b' look the same: 'go'"
    ]
    apart = way.format(", when: {language: [ru]}", ", when: {language: [en]}")
    assert found(home=linked("text: Hi.", apart)) == []


def test_conditions_name_what_is_offered(found):
    """A condition on a country or language nobody can choose is named, and why it matters."""
    text = "text: [{text: Hi., when: {country: [kg]}}, {text: Ho., when: {language: [ru, kk]}}]"
    assert found(home=linked(text, BACK)) == [
        "flows/home.yaml:15:31: this can never be shown: country 'kg' is not offered",
        "flows/home.yaml:15:82: language 'kk' is not offered",
    ]


def test_a_word_calls_one_screen(found):
    """A word that leads to two screens would lead to either."""
    more = linked("text: Hi.", "called: menu, sos", BACK) + (
        f"  other:\n    called: home, SOS\n    text: Ho.\n    {BACK}\n"
    )
    assert found(home=more) == ["flows/home.yaml:19:13: 'SOS' already calls node 'more'"]


def test_recordings_must_be_there_and_play(tmp_path, terms):
    """A missing file, a wrong format and a file too large to send are told where they are named."""
    text = "text: Hi.\naudio: {ru: a.ogg, en: gone.ogg}\nvideo: {ru: film.avi, en: big.mp4}"
    folder = write(tmp_path, home=linked(*text.splitlines(), BACK))
    (folder / "media").mkdir()
    (folder / "media" / "a.ogg").write_bytes(b"OggS")
    (folder / "media" / "film.avi").write_bytes(b"RIFF")
    with (folder / "media" / "big.mp4").open("wb") as file:
        file.truncate(50_000_001)
    told = [str(one).removeprefix("content/flows/home.yaml:") for one in examine(folder, terms)]
    assert [one for one in told if one.startswith(("16:", "17:"))] == [
        "16:28: there is no file 'gone.ogg' (put it into content/media/)",
        "17:17: 'film.avi' cannot be played (make it one of .mp4)",
        "17:31: 'big.mp4' has 50,000,001 bytes (at most 50,000,000 can be sent)",
    ]
