"""To whom a campaign goes: groups of readers, never a person (R19)."""

from dataclasses import dataclass, fields
from typing import Final

LEAST: Final = 20
"""Readers of the smallest audience that anything is sent to."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of somebody who asked for news, as far as audiences are made of it.

    Attributes:
        language: the tag of a language, such as `kk`.
        country: the code of a country, such as `kg`.
        region: the id of a region of the gazetteer; "" where she told only the country.
        age: a band of age; "" where she did not tell.
        topics: what she wants to hear of; none of them means all.
    """

    language: str
    country: str
    region: str = ""
    age: str = ""
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Audience:
    """Those readers whom every one of these sets takes in; an empty set takes in all.

    Who did not tell her region or age is in no audience that is narrowed by it.

    Attributes:
        languages: tags of languages.
        countries: codes of countries.
        regions: ids of regions of the gazetteer, such as `kg-osh-region`.
        ages: bands of age.
        topics: ids of topics; whoever asked for one of them, or for all, is in.
    """

    languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()

    def holds(self, reader: Reader) -> bool:
        """Tell whether it takes in this reader."""
        return (
            (not self.languages or reader.language in self.languages)
            and (not self.countries or reader.country in self.countries)
            and (not self.regions or reader.region in self.regions)
            and (not self.ages or reader.age in self.ages)
            and (not self.topics or not reader.topics or not self.topics.isdisjoint(reader.topics))
        )

    def written(self) -> dict[str, list[str]]:
        """Write it down: each set by its name, in the order of its words."""
        return {field.name: sorted(getattr(self, field.name)) for field in fields(self)}
