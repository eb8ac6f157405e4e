"""Numbers that look like numbers and are none."""

import pytest

from bot.content.load import ContentProblems, load
from tests.content.kit import BLOCKS, KZ, write


@pytest.mark.parametrize("number", ["+992 999", "8 (7172) 54-7", "+7 708 106"])
def test_a_number_of_no_plan_is_named(found, number):
    """A foreign short form and a number with a digit missing cannot be dialled in the country."""
    wrong = KZ.replace('number: "112"', f'number: "{number}"')
    assert found(kz=wrong) == [
        f"hotlines/kz.yaml:6:13: {number} cannot be dialled in 'kz' (compare the source)"
    ]


def test_a_folder_without_flows_is_named(tmp_path):
    """Content without a single flow is a listed problem, not a crash."""
    folder = write(tmp_path)
    (folder / "flows/home.yaml").unlink()
    with pytest.raises(ContentProblems) as caught:
        load(folder, BLOCKS)
    assert [str(one) for one in caught.value.problems] == [
        "content/flows:1:1: no flow is here (add a file with nodes)"
    ]
