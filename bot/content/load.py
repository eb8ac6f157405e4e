"""From the folder of YAML files to one frozen `Content`, or to all problems at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bot.building import at_once
from bot.content.blocks import BlockSpec
from bot.content.campaign_links import link_campaigns
from bot.content.campaigns_files import read_campaigns
from bot.content.disclosures import read_disclosures
from bot.content.draft import Draft
from bot.content.links import link
from bot.content.model import Content
from bot.content.origin import Origin
from bot.content.outreach_files import read_outreach
from bot.content.outreach_links import link_outreach
from bot.content.pickup import read_pickup
from bot.content.problem import Problem
from bot.content.quiz_links import link_quizzes
from bot.content.quizzes_files import read_quizzes
from bot.content.service_links import link_services
from bot.content.session_links import link_sessions
from bot.content.sessions_files import read_sessions
from bot.content.sources_files import read_sources
from bot.content.topics_file import read_topics
from bot.content.tree import read_tree, tree_of
from bot.content.wishes_file import read_wishes
from bot.errors import ContentError

FOLDERS: Final = {"flows": True, "hotlines": True, "places": False, "services": False}
"""The folders of the content that are read, and whether each must be there.

They hold only `*.yaml` files, besides the table of GeoNames in `places`. In `flows` they may stand
in folders, one for each area that is reviewed by itself.
"""
TABLE: Final = "geonames.tsv"


class ContentProblems(ContentError):  # noqa: N818 - named for what it carries
    """Mend the listed places; the last good content keeps serving."""

    def __init__(self, problems: list[Problem]) -> None:
        """Carry `problems`, sorted in reading order."""
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def load(folder: Path, blocks: Mapping[str, BlockSpec]) -> Content:
    """Read everything under `folder` (see `FOLDERS`), and how people disclose violence.

    Args:
        folder: the content folder; messages name files from its last part on.
        blocks: the blocks that content may call, by name.

    Raises:
        ContentProblems: with every problem, if there is one. Nothing in a file can make this
            slow or large: see the limits in `bot.content.tree`.
    """
    draft = read(folder, blocks)
    if draft.problems:
        raise ContentProblems(draft.problems)
    return draft.content()


@at_once()
def read(
    folder: Path, blocks: Mapping[str, BlockSpec], given: Mapping[Path, bytes] | None = None
) -> Draft:
    """Read what can be read under `folder` and note every problem; never raises.

    What is in `given` is read instead of the file that it may one day become.
    """
    draft = Draft(origin=Origin(root=folder.name))
    for name, needed in FOLDERS.items():
        inside = folder / name
        shown = f"{folder.name}/{name}"
        if not inside.is_dir():
            if not needed:
                continue
            draft.problems.append(Problem(shown, 1, 1, "there is no such folder"))
            continue
        for path in _files(inside, deep=name == "flows"):
            file = f"{shown}/{path.relative_to(inside).as_posix()}"
            if (name, path.name) == ("places", TABLE):
                draft.add_rows(path, file)
                continue
            if path.suffix != ".yaml":
                what = "only files ending in .yaml are read here"
                draft.problems.append(Problem(file, 1, 1, what, "rename it or take it away"))
                continue
            instead = (given or {}).get(path)
            tree = read_tree(path, file) if instead is None else tree_of(instead, file)
            draft.add(name, tree)
    draft.pickup = read_pickup(folder, draft)
    draft.sources = read_sources(folder, draft)
    draft.quizzes = read_quizzes(folder, draft)
    draft.wish_list = read_wishes(folder, draft)
    draft.topics = read_topics(folder, draft)
    draft.sessions = read_sessions(folder, draft)
    draft.campaigns = read_campaigns(folder, draft)
    draft.outreach = read_outreach(folder, draft)
    draft.disclosures = read_disclosures(folder, draft)
    draft.settle()
    draft.problems.extend(link_services(draft))
    draft.problems.extend(link_quizzes(draft))
    draft.problems.extend(link_sessions(draft))
    draft.problems.extend(link_campaigns(draft))
    draft.problems.extend(link_outreach(draft))
    if not draft.problems or draft.nodes:
        draft.problems.extend(link(draft, blocks))
    return draft


def _files(folder: Path, *, deep: bool) -> Iterator[Path]:
    """List what stands in a folder, and in the folders of a `deep` one, but for hidden things."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if deep and path.is_dir() and path.suffix != ".yaml":
            yield from _files(path, deep=False)
        else:
            yield path
