"""Truths about what is proved over screens and the ways between them."""

from dataclasses import replace

from tests.content.kit import BACK, HOME, home, linked


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
    """Leaving is one tap away for everybody, whatever the conditions."""
    body = ("text: Hi.", "sensitive: true")
    to_help = "choices: [{id: back, text: Back, goto: help}]"
    told = [
        (
            "flows/home.yaml:14:3: the sensitive node 'more' has no exit that is always there "
            "(add a choice 'close' that goes to 'start')"
        )
    ]
    assert found(home=linked(*body, to_help)) == told
    hidden = BACK.replace("start}", "start, when: {country: [kz]}}").replace(
        "back, text: Back", "out, text: Out"
    )
    assert found(home=linked(*body, f"{to_help[:-1]}, {hidden[10:]}"))[-1:] == told
    assert found(home=linked(*body, BACK)) == []


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
