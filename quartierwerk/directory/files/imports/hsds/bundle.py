"""What every reader of HSDS ends with: organisations, locations and services, whatever file they stood in."""

from dataclasses import dataclass, field
from typing import Any

from quartierwerk.intake.report import Report, RowReport

from ... import hsds
from ...hsds import MAIN


@dataclass
class Entry:
    """An object of the standard with its children in it; references to the other main objects stay ids.

    A service holds `organization_id` and, in `service_at_locations`, a `location_id` each; a location `organization_id`.
    """

    kind: str
    id: str
    data: dict[str, Any]
    row: RowReport
    where: str = ""
    file: str = ""
    # The address of an organisation, where our export put it among the locations.
    place: "Entry | None" = None

    def own(self, name: str) -> str:
        """The value of an attribute of our own."""
        for one in self.data.get("attributes", ()):
            if isinstance(one, dict) and one.get("link_type") == hsds.OWN + name:
                return str(one.get("value", ""))
        return ""

    @property
    def is_place(self) -> bool:
        """Whether this location only carries the address of an organisation or offer."""
        return self.kind == "location" and bool(self.own("place"))


@dataclass
class Source:
    """One table or list of the file and its account: every row or entry of it is in `report`."""

    title: str
    kind: str
    report: Report
    encoding: str = ""
    delimiter: str = ""
    unknown: list[str] = field(default_factory=list)  # columns the standard does not have


@dataclass
class Orphan:
    """A row whose parent is nowhere in the file."""

    kind: str
    parent: str  # "location 17"
    data: dict[str, Any]
    row: RowReport


@dataclass
class Bundle:
    main: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in MAIN})
    sources: list[Source] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)
    # Rows that stand or fall with another: their account → that of the object they became a part of.
    parts: list[tuple[RowReport, RowReport]] = field(default_factory=list)
    # Location → organisation of a service held there, for locations that name none.
    owners: dict[str, str] = field(default_factory=dict)

    def add(self, entry: Entry) -> Entry | None:
        """Keep the object; the one that is kept already where its id was there before."""
        known = self.main[entry.kind].setdefault(entry.id, entry)
        return None if known is entry else known

    def settle(self) -> None:
        """What only shows once everything is read."""
        for service in self.main["service"].values():
            for at in service.data.get("service_at_locations", ()):
                if isinstance(at, dict) and at.get("location_id") and service.data.get("organization_id"):
                    self.owners.setdefault(str(at["location_id"]), str(service.data["organization_id"]))
                place = (
                    self.main["location"].get(str(at.get("location_id", "")))
                    if isinstance(at, dict)
                    else None
                )
                if place is not None and place.is_place and place.row is not service.row:
                    self.parts.append((place.row, service.row))
        for location in self.main["location"].values():
            owner = self.main["organization"].get(str(location.data.get("organization_id", "")))
            if owner is not None and location.own("place") == "organization":
                owner.place = location
                if location.row is not owner.row:
                    self.parts.append((location.row, owner.row))

    @property
    def is_empty(self) -> bool:
        return not any(self.main.values()) and not self.orphans
