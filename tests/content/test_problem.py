"""Truths about how a fault is told."""

import yaml

from bot.content.problem import Problem


def test_a_problem_is_one_clickable_line():
    """Editors and terminals jump to `file:line:col`; the hint is only there if there is one."""
    assert str(Problem("a.yaml", 3, 7, "what", "hint")) == "a.yaml:3:7: what (hint)"
    assert str(Problem("a.yaml", 3, 7, "what")) == "a.yaml:3:7: what"
    assert str(Problem("TIREK_LOG__LEVEL", 0, 0, "what")) == "TIREK_LOG__LEVEL: what"


def test_a_problem_stands_where_its_node_begins():
    """PyYAML counts from zero, people from one."""
    node = yaml.compose("a:\n  b: c\n")
    assert node is not None
    inner = node.value[0][1].value[0][1]
    inner.start_mark.name = "a.yaml"
    assert str(Problem.at(inner, "what", "hint")) == "a.yaml:2:6: what (hint)"


def test_problems_sort_in_reading_order():
    """Whoever mends files goes through them from top to bottom."""
    order = [("a", 1, 2), ("a", 2, 1), ("a", 10, 1), ("b", 1, 1)]
    problems = [Problem(*place, "x") for place in reversed(order)]
    assert [(each.file, each.line, each.col) for each in sorted(problems)] == order
