"""Services a person can go to or call, as authors write them.

Where an address could lead somebody to a refuge, there is no field to write one into.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from bot.content.model.base import (
    Confidence,
    Country,
    Frozen,
    Hours,
    Id,
    Reports,
    Source,
    Text,
)

ServiceId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)
]
"""A word a person can read in a diff, beginning with the country's code."""

Tongue = Annotated[str, StringConstraints(pattern=r"^(en|ru|kk|ky|tg|uz|uz_Cyrl)$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class Sector(StrEnum):
    """What a service gives, in the terms of the multi-sectoral response."""

    MEDICAL = "medical"
    SHELTER = "shelter"
    PSYCHOSOCIAL = "psychosocial"
    POLICE = "police"
    LEGAL = "legal"
    SOCIAL = "social"


class Audience(StrEnum):
    """Whom a service says it is for."""

    ANYONE = "anyone"
    WOMEN = "women"
    MEN = "men"
    CHILDREN = "children"
    YOUNG_PEOPLE = "young_people"
    FAMILIES = "families"
    MOTHERS = "mothers"
    DISABLED = "disabled"
    HOMELESS = "homeless"
    STUDENTS = "students"
    OFFENDERS = "offenders"


ProtectedKind = Literal[
    "crisis_centre",
    "shelter",
    "mother_child_shelter",
    "rehabilitation_centre",
    "homeless_shelter",
    "child_shelter",
    "social_dormitory",
    "one_stop_centre",
]
"""Kinds whose place must not be found by whoever looks for the people in it."""

OpenKind = Literal[
    "psychosocial_service",
    "family_support_centre",
    "women_family_department",
    "women_resource_centre",
    "ngo",
    "association",
    "police_unit",
    "hospital_room",
    "hospital",
    "mental_health_centre",
    "youth_health_centre",
    "psychological_centre",
    "child_centre",
    "legal_aid_office",
    "legal_clinic",
    "justice_ministry",
    "ombudsman",
    "prosecutor",
    "court",
    "forensic_medicine",
    "social_service_centre",
    "social_office",
    "disability_service",
    "mobile_clinic",
    "online_service",
    "perpetrator_programme",
]
"""Kinds whose address anybody may know."""


class Phone(Frozen):
    """A number an organisation gives as its own, never that of one of its people.

    `e164` is present only where a source or the numbering plan makes it certain.
    """

    number: Annotated[str, StringConstraints(pattern=r"^[0-9+() -]{2,24}$")]
    e164: Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{6,14}$")] | None = None
    channel: Literal["phone", "whatsapp"] = "phone"


class Citation(Source):
    """A source of the directory; `unsigned` marks a list without author or date."""

    unsigned: bool = False


class Service(Frozen):
    """What there is to know of any service before somebody calls or goes there.

    `at` is a place or district (it is there), a region (it serves that region) or the code of
    the country (it serves all of it). What is left out is not known and is never claimed.
    `withheld` says why it is never shown, for the operator. `checked` is the day the sources
    were last compared, `called` the day somebody in the role `by` confirmed it.
    """

    id: ServiceId
    names: Annotated[Mapping[Tongue, Name], Field(min_length=1)]
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]
    at: Id
    serves: Annotated[tuple[Audience, ...], Field(min_length=1)]
    phones: tuple[Phone, ...] = ()
    through: tuple[Id, ...] = ()
    children: bool | None = None
    step_free: bool | None = None
    hours: Hours = Hours()
    languages: tuple[str, ...] = ()
    reports: Reports = Reports.UNKNOWN
    remark: Text | None = None
    status: Literal["operating", "reported", "unconfirmed", "closed"]
    confidence: Confidence
    verify_before_use: bool
    withheld: str | None = None
    checked: date
    called: date | None = None
    by: str | None = None
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


class Refuge(Service):
    """A protected service. It has no address and no coordinates: there is no field for them."""

    kind: ProtectedKind


class Office(Service):
    """A service whose address may be public; coordinates only where a source measured them."""

    kind: OpenKind
    address: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None


class Services(Frozen):
    """A country's file: the lines that stand in for a sector, the sources, the services."""

    country: Country
    lines: Mapping[Sector, Annotated[tuple[Id, ...], Field(min_length=1)]]
    sources: Mapping[Id, Citation]
    protected: tuple[Refuge, ...] = ()
    services: tuple[Office, ...] = ()

    @property
    def all(self) -> tuple[Refuge | Office, ...]:
        """Every service of the country, the protected ones first."""
        return (*self.protected, *self.services)


class Kind(Frozen):
    """What is said of all services of one kind.

    `shelf_life_days` counts from `checked`; `mainly` names the sectors it is there for: in their
    lists it comes before what gives such help besides something else; `first` puts the kind before
    all others of the psychosocial sector; a kind not `listed` is in no list for survivors.
    """

    name: Text
    shelf_life_days: Annotated[int, Field(ge=1, le=3660)]
    mainly: tuple[Sector, ...] = ()
    first: bool = False
    listed: bool = True


class Kinds(Frozen):
    """Every kind, by its id."""

    kinds: Mapping[ProtectedKind | OpenKind, Kind] = Field(default_factory=dict)


class SectorText(Frozen):
    """What a person should know of a sector: what happens there, what to bring, her choice."""

    name: Text
    happens: Text
    bring: Text
    refuse: Text


class Sectors(Frozen):
    """The sectors a person is shown, the most urgent first."""

    sectors: Mapping[Sector, SectorText] = Field(default_factory=dict)


class NeverFile(Frozen):
    """Numbers that are printed somewhere and belong to nobody we know, each with what is known."""

    never: Mapping[str, str] = Field(default_factory=dict)


class Directory(Frozen):
    """Everything under `content/services/`; a number in `never` must not come in again."""

    countries: Mapping[str, Services] = Field(default_factory=dict)
    kinds: Kinds = Kinds()
    sectors: Sectors = Sectors()
    never: Mapping[str, str] = Field(default_factory=dict)


SHOWN_SECTORS: Final = (
    Sector.MEDICAL,
    Sector.SHELTER,
    Sector.PSYCHOSOCIAL,
    Sector.POLICE,
    Sector.LEGAL,
)
"""The sectors every region must answer for, with a service or with an honest "none known"."""
