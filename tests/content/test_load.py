"""Truths about reading good content, and about what authors are told of bad content."""

import pytest

from bot.content.load import load
from bot.content.model import Condition, Node, Paragraph
from tests.content.kit import BLOCKS, HOME, KZ, faults, loaded, write


def test_a_good_content_loads(tmp_path):
    """What authors wrote is there, indexed by the words they chose."""
    content = loaded(tmp_path)
    assert content.start == "start"
    assert [*content.nodes] == ["start", "help"]
    assert content.nodes["help"].help
    assert content.countries["kz"].hotlines[0].number == "112"
    assert content.rules.shelf_life_days == 365


def test_a_text_is_written_in_three_ways(tmp_path):
    """One text, a list of texts, and a text with a condition all become paragraphs."""
    more = """\
    flow: more
    nodes:
      one: {text: One.}
      many:
        text:
          - One.
          - {text: Two., when: {country: [kz]}}
    """
    nodes = loaded(tmp_path, more=more).nodes
    assert nodes["one"].text == (Paragraph(text="One."),)
    assert nodes["many"].text == (
        Paragraph(text="One."),
        Paragraph(text="Two.", when=Condition(country=("kz",))),
    )


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    """What Windows editors put first does no harm."""
    assert loaded(tmp_path, home=b"\xef\xbb\xbf" + HOME.encode()).start == "start"


def test_two_readings_are_equal(tmp_path):
    """Content compares by what it says, not by where it was read."""
    assert loaded(tmp_path / "a") == loaded(tmp_path / "b", home="# a comment\n" + HOME)
    assert loaded(tmp_path / "c") != loaded(tmp_path / "d", home=HOME.replace("Hello", "Bye"))


def test_content_knows_where_it_was_written(tmp_path):
    """Anything in loaded content can still be pointed at, in its file."""
    origin = loaded(tmp_path).origin
    at = str(origin.at("node", "help", "choices", 0, "goto", what="x"))
    assert at == "content/flows/home.yaml:12:40: x"
    assert (
        str(origin.at("node", "start", "text", 0, "text", what="x"))
        == "content/flows/home.yaml:5:11: x"
    )
    assert str(origin.at("line", "kz-112", "number", what="x")) == (
        "content/hotlines/kz.yaml:6:13: x"
    )
    assert str(origin.at("line", "kz-112", "e164", what="x")) == "content/hotlines/kz.yaml:4:5: x"


def node(body: str) -> str:
    """A flow whose node `more` has this body, from line 4 on."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"flow: more\nnodes:\n  more:\n{lines}"


KNOWN = ", ".join(each.alias or name for name, each in Node.model_fields.items() if name != "id")
NODES = {
    "txt: Hi": "flows/more.yaml:4:5: unknown key 'txt' (did you mean 'text'?)",
    "xyzzy: Hi": f"flows/more.yaml:4:5: unknown key 'xyzzy' (known: {KNOWN})",
    "id: more": "flows/more.yaml:4:5: unknown key 'id' (the id stands above the node)",
    "text: 112": "flows/more.yaml:4:11: a text is wanted here, and 112 is a number "
    '(quote it: "112")',
    "text: true": "flows/more.yaml:4:11: a text is wanted here, and true is true or false "
    '(quote it: "true")',
    "text: no": "flows/more.yaml:4:11: unquoted no means false in YAML "
    '(write "no" for the word, or false)',
    "sensitive: on": "flows/more.yaml:4:16: unquoted on means true in YAML "
    '(write "on" for the word, or true)',
    "text: 010": 'flows/more.yaml:4:11: unquoted 010 is an odd number in YAML (write "010")',
    "text: 10:30": 'flows/more.yaml:4:11: unquoted 10:30 is an odd number in YAML (write "10:30")',
    "text:": "flows/more.yaml:4:10: a text is wanted here, and there is none",
    'text: ""': "flows/more.yaml:4:11: the text is empty",
    "text: {a: b}": "flows/more.yaml:4:11: a list is wanted here "
    "([one, two], or a line for each with '- ')",
    "text: [Hi, [Ho]]": "flows/more.yaml:4:16: a text is wanted here, not a list",
    f"text: {'x' * 4097}": "flows/more.yaml:4:11: the text has 4097 characters, at most 4096 fit",
    "sensitive: 7": "flows/more.yaml:4:16: true or false is wanted here",
    "needs: country": "flows/more.yaml:4:12: a list is wanted here "
    "([one, two], or a line for each with '- ')",
    "needs: [contry]": "flows/more.yaml:4:13: 'contry' is not known here (did you mean 'country'?)",
    "goto: Start": "flows/more.yaml:4:11: 'Start' is no id "
    "(lower-case letters, digits and single hyphens, like safe-place)",
    "goto: strat": "flows/more.yaml:4:11: node 'more' goes to 'strat', which is no node "
    "(did you mean 'start'?)",
    "text:\n  - {text: Hi, when: {contry: [kz]}}": "flows/more.yaml:5:27: unknown key 'contry' "
    "(did you mean 'country'?)",
    "choices:\n  - {id: a, text: A, goto: hlep}": "flows/more.yaml:5:32: choice 'a' goes to "
    "'hlep', which is no node (did you mean 'help'?)",
    "choices:\n  - {id: a, text: A}": "flows/more.yaml:5:9: 'goto' is missing",
    "choices:\n  - {id: a, text: A, goto: help}\n  - {id: a, text: B, goto: help}": (
        "flows/more.yaml:6:14: choice 'a' is in node 'more' twice"
    ),
    "block: nubmers": "flows/more.yaml:4:12: there is no block 'nubmers' (did you mean 'numbers'?)",
    "block: numbers\nwith: {ned: talk}": "flows/more.yaml:5:5: 'need' is missing\n"
    "flows/more.yaml:5:12: unknown key 'ned' (did you mean 'need'?)",
    "with: {need: talk}": "flows/more.yaml:4:5: 'with' without a block (add 'block:')",
    "block: ask_country": "flows/more.yaml:4:12: block 'ask_country' needs to know where it "
    "leads (add 'goto: id' to the node)",
    "block: note\ngoto: help": "flows/more.yaml:5:5: block 'note' leads nowhere by itself "
    "(use choices)",
    "leaves: true\ntext: Bye": "flows/more.yaml:5:5: node 'more' leaves: it has no 'text' "
    "(the start screen is what stays)",
    "text: One\ntext: Two": "flows/more.yaml:5:5: 'text' is here twice (first in line 4)",
}


@pytest.mark.parametrize("body", NODES, ids=lambda body: body[:30])
def test_a_fault_in_a_node_is_told_with_its_place(tmp_path, body):
    """The author reads where the fault is, what it is, and what may mend it; nothing else."""
    assert "\n".join(faults(tmp_path, more=node(body))) == NODES[body]


FILES = {
    "": "flows/more.yaml:1:1: the file is empty",
    "- a\n": "flows/more.yaml:1:1: a mapping is wanted here (lines of 'key: value')",
    "flow: more\n": "flows/more.yaml:1:1: 'nodes' is missing",
    "flow: more\nnodes: []\n": "flows/more.yaml:2:8: nodes are wanted here "
    "(a mapping of 'id: node')",
    "flow: more\nnodes:\n  a b: {text: Hi}\n": "flows/more.yaml:3:3: 'a b' is no id "
    "(lower-case letters, digits and single hyphens, like safe-place)",
    "flow: more\nnodes:\n  start: {text: Hi}\n": "flows/more.yaml:3:3: node 'start' is here for "
    "the second time (first at content/flows/home.yaml:4)",
    "flow: more\nstart: more\nnodes:\n  more: {text: Hi}\n": "flows/more.yaml:2:8: there is more "
    "than one start (the first is in content/flows/home.yaml)",
    "flow: more\nnodes:\n  more: {text: a: b}\n": "flows/more.yaml:3:17: YAML: did not "
    "find expected ',' or '}' (close the bracket; quote a text that holds ':' or ',')",
    "flow: more\nnodes:\n\tmore: {text: Hi}\n": "flows/more.yaml:3:1: YAML: found character "
    "that cannot start any token (indent with spaces; quote a text that begins with @, ` or %)",
    "flow: more\n---\nflow: less\n": "flows/more.yaml:1:1: 'nodes' is missing\n"
    "flows/more.yaml:2:1: a second document begins here (one file holds one document)",
}


@pytest.mark.parametrize("text", FILES, ids=lambda text: text[:30] or "empty")
def test_a_fault_in_a_file_is_told_with_its_place(tmp_path, text):
    """A file that is no flow is explained as kindly as a slip in a node."""
    assert "\n".join(faults(tmp_path, more=text)) == FILES[text]


LINES = {
    ('number: "112"', "number: 112"): "hotlines/kz.yaml:6:13: a text is wanted here, and 112 is "
    'a number (quote it: "112")',
    ("country: kz", "country: kg"): "hotlines/kz.yaml:1:10: this is country 'kg' "
    "(the file is called kz.yaml)",
    ("2026-11-01", "2026-13-01"): "hotlines/kz.yaml:14:14: a date is wanted here "
    "(write YYYY-MM-DD)",
    ("[danger]", "[dangr]"): "hotlines/kz.yaml:7:13: 'dangr' is not known here "
    "(did you mean 'danger'?)",
    ("[{title: A page}]", "[]"): "hotlines/kz.yaml:15:14: at least 1 is wanted here",
    ("[{title: A page}]", "[{titel: A}]"): "hotlines/kz.yaml:15:15: 'title' is missing\n"
    "hotlines/kz.yaml:15:16: unknown key 'titel' (did you mean 'title'?)",
    ("serves", 'e164: "112"\n    serves'): "hotlines/kz.yaml:9:11: '112' is no international "
    'number (write "+" and digits only)',
}


@pytest.mark.parametrize("change", LINES, ids=lambda change: change[1])
def test_a_fault_in_a_line_is_told_with_its_place(tmp_path, change):
    """The person who keeps the numbers reads which line of the file to mend."""
    assert "\n".join(faults(tmp_path, kz=KZ.replace(*change))) == LINES[change]


def test_a_condition_of_the_rules_names_a_fact_of_the_line(tmp_path):
    """An unknown fact in a rule is found at its key."""
    rules = "shelf_life_days: 365\nrules:\n  - when: {confidense: [high]}\n    show: true\n"
    assert faults(tmp_path, rules=rules) == [
        "hotlines/rules.yaml:3:12: 'confidense' is not known here (did you mean 'confidence'?)"
    ]


def test_every_problem_is_told_at_once(tmp_path):
    """One look at the list is enough to mend all files."""
    more = node("txt: Hi\nchoices:\n  - {id: a, text: A, goto: nowhere-at-all}")
    found = faults(
        tmp_path,
        more=more,
        kz=KZ.replace('"112"', "112"),
        rules="shelf_life_days: 0\nrules: [{show: true}]\n",
    )
    assert [each.split(": ")[0] for each in found] == [
        "flows/more.yaml:4:5",
        "hotlines/kz.yaml:6:13",
        "hotlines/rules.yaml:1:18",
    ]


def test_missing_parts_are_named(tmp_path):
    """Without flows, without rules, and beside stray files the author is told so."""
    content = write(tmp_path)
    (content / "hotlines" / "rules.yaml").unlink()
    (content / "flows" / "old.yml").write_text("flow: old")
    with pytest.raises(Exception, match="rules") as caught:
        load(content, BLOCKS)
    assert str(caught.value) == (
        "content/flows/old.yml:1:1: only files ending in .yaml are read here "
        "(rename it or take it away)\n"
        "content/hotlines/rules.yaml:1:1: this file is missing: nothing may be shown without rules"
    )
    with pytest.raises(Exception, match="no such folder"):
        load(tmp_path / "nowhere", BLOCKS)


def test_a_content_needs_one_start(tmp_path):
    """Without a start, or with a start that is no node, nobody could enter."""
    assert faults(tmp_path / "a", home=HOME.replace("start: start\n", "")) == [
        "flows/home.yaml:1:1: no file says where to begin (add 'start: id' to one flow)"
    ]
    assert faults(tmp_path / "b", home=HOME.replace("start: start\n", "start: strat\n")) == [
        "flows/home.yaml:2:8: start is 'strat', which is no node (did you mean 'start'?)"
    ]


def test_a_file_that_cannot_be_read_makes_no_echo(tmp_path):
    """What may stand in an unreadable file is not called missing; a near miss still is."""
    home = HOME.replace("goto: help}", "goto: far-away}").replace("goto: start}", "goto: strat}")
    assert faults(tmp_path, home=home, more="flow: more\nnodes: {") == [
        (
            "flows/home.yaml:12:40: choice 'close' goes to 'strat', which is no node "
            "(did you mean 'start'?)"
        ),
        (
            "flows/more.yaml:3:1: YAML: did not find expected node content "
            "(a value is missing, or a bracket is not closed)"
        ),
    ]
