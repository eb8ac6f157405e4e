"""A small directory to break: one region, one town of GeoNames, one by hand, three services."""

from pathlib import Path
from textwrap import dedent

from bot.content.load import ContentProblems, load
from bot.content.model import Content
from tests.content.kit import BLOCKS, write

ROWS = """\
# Made by hand for the tests; the form is that of GeoNames.
geonameid\tcountry\tregion\tname\tlat\tlon\tpopulation\talternates
11\tkz\tkz-abai-region\tSemey\t50.42675\t80.26669\t292780\tSemipalatinsk|Семей|Semeï
12\tkz\tkz-abai-region\tAksu\t50.50000\t80.50000\t700\t
13\tkz\tkz-abai-region\tAksu\t50.60000\t80.60000\t900\tАксу
21\tkg\tkg-chuy-region\tBishkek\t42.87000\t74.59000\t900000\t
"""

PLACES = """\
country: kz
regions:
  - {id: kz-abai-region, names: {en: Abai Region, ru: область Абай, kk: Абай облысы}, centre: kz-semey}
districts:
  - {id: kz-zhanasemey-district, region: kz-abai-region, centre: kz-new, names: {en: Zhanasemey district, ru: Жанасемейский район, kk: Жаңасемей ауданы}}
places:
  - {id: kz-semey, geonames: 11, not: [Semeï], names: {en: Semey, ru: Семей, kk: Семей}, also: [Семск]}
  - id: kz-new
    kind: town
    region: kz-abai-region
    lat: 50.30
    lon: 80.10
    names: {en: New, ru: Новый, kk: Жаңа}
"""

SERVICES = """\
country: kz
lines:
  medical: [kz-112]
  shelter: [kz-112]
  psychosocial: [kz-112]
  police: [kz-112]
  legal: [kz-112]
sources:
  page: {title: A page}
protected:
  - id: kz-semey-refuge
    kind: crisis_centre
    names: {en: A refuge, ru: Убежище}
    sectors: [shelter]
    at: kz-semey
    serves: [women]
    phones:
      - {number: "8 (7222) 52-12-34", e164: "+77222521234"}
    status: reported
    confidence: medium
    verify_before_use: true
    checked: 2026-11-01
    sources: [page]
services:
  - id: kz-semey-legal  # a comment that stays
    kind: legal_aid_office
    names: {en: Legal aid}
    sectors: [legal]
    at: kz-semey
    serves: [anyone]
    address: Abai street 5
    lat: 50.42
    lon: 80.26
    hours:
      days: [1, 2]
      opens: "09:00"
      closes: "18:00"
    remark: >-
      Ask for
      the lawyer.
    # a comment before status
    status: reported
    confidence: low
    verify_before_use: true
    checked: 2026-11-01

    # a comment inside
    sources:
      - page
  - {id: kz-online, kind: online_service, names: {en: Chat}, sectors: [legal], at: kz, serves: [anyone], status: reported, confidence: low, verify_before_use: true, checked: 2026-11-01, sources: [page]}
"""

KINDS = """\
kinds:
  crisis_centre: {name: Crisis centre, shelf_life_days: 180}
  legal_aid_office: {name: Legal aid office, shelf_life_days: 180}
  online_service: {name: Online service, shelf_life_days: 180}
"""

SECTORS = "sectors:\n" + "".join(
    f"  {name}: {{name: {name.title()}, happens: It., bring: It., refuse: It.}}\n"
    for name in ("medical", "shelter", "psychosocial", "police", "legal")
)

NEVER = 'never:\n  "+7 7222 52-99-99": only in demonstration apps\n'

FILES = {
    "rows": ("places/geonames.tsv", ROWS),
    "places": ("places/kz.yaml", PLACES),
    "services": ("services/kz.yaml", SERVICES),
    "kinds": ("services/kinds.yaml", KINDS),
    "sectors": ("services/sectors.yaml", SECTORS),
    "never": ("services/never.yaml", NEVER),
}


def write_all(folder: Path, **files: str | None) -> Path:
    """Write a whole content with a directory; a file given as None is left out."""
    more = {name: text for name, text in files.items() if name not in FILES and text is not None}
    content = write(folder, **more)
    for name, (path, text) in FILES.items():
        chosen = files.get(name, text)
        if chosen is not None:
            (content / path).parent.mkdir(exist_ok=True)
            (content / path).write_text(dedent(chosen), "utf-8", newline="")
    return content


def whole(folder: Path, **files: str | None) -> Content:
    return load(write_all(folder, **files), BLOCKS)


def told(folder: Path, **files: str | None) -> list[str]:
    """List what `load` says, without the name of the folder."""
    try:
        whole(folder, **files)
    except ContentProblems as problems:
        return [str(each).removeprefix("content/") for each in problems.problems]
    return []
