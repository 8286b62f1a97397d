"""The rows of a table, and what each of them is about."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

# The titles that each column may have in the first row; the first one is that of the model file. They are French
# because they are those of the files that people have.
COLUMNS = {
    "organisation": ("Structure", "Nom de la structure", "Organisation", "Association", "Employeur", "Raison sociale"),
    "company_registry": ("SIRET", "N° SIRET", "Numéro SIRET"),
    "street": ("Adresse", "Adresse postale", "Rue"),
    "zip": ("Code postal", "CP"),
    "city": ("Ville", "Commune"),
    "website": ("Site web", "Site internet", "Site"),
    "networks": ("Réseaux", "Réseau", "Fédération"),
    "firstname": ("Prénom",),
    "lastname": ("Nom", "Nom de famille"),
    "email": ("E-mail", "Adresse e-mail", "Adresse électronique", "Courriel", "Mail", "Adresse mail"),
    "function": ("Fonction", "Poste", "Métier"),
    "phone": ("Téléphone", "Tél", "Portable"),
}
# Titles of a column that holds the full name: ``cut_name`` cuts it, in this order.
WHOLE_NAMES = {
    "last_first": ("Nom et prénom (une colonne)", "Nom et prénom", "Nom prénom"),
    "first_last": ("Prénom et nom (une colonne)", "Prénom et nom", "Prénom nom"),
}
ADDRESS = ("street", "zip", "city")
PERSON = ("firstname", "lastname", "email", "function", "phone")
# The states of the lines that are not imported.
LEFT_ASIDE = ("error", "conflict", "warning")


class Place(NamedTuple):
    """Where an address is: a known commune, or only the name of a city."""

    commune_id: int | None
    names: frozenset
    shown: str

    def is_that_of(self, other):
        """:return bool: both are in the same commune, as far as their addresses tell"""
        if self.commune_id and other.commune_id:
            return self.commune_id == other.commune_id
        return bool(self.names & other.names)


@dataclass(eq=False)
class Organisation:
    """An organisation: of the platform (it has a ``record``), or that a row creates."""

    record: Any
    name: str
    values: dict
    network_ids: set
    place: Place | None = None
    site_places: list = field(default_factory=list)
    # The territories that do not depend on its own address; below, all of them.
    other_territory_ids: set = field(default_factory=set)
    territory_ids: set = field(default_factory=set)
    row: int | None = None
    # The row that somebody must confirm first: it says that this organisation is not one that it looks like.
    doubt_row: int | None = None
    changes: dict = field(default_factory=dict)
    changed_by: dict = field(default_factory=dict)

    @property
    def is_open(self):
        """:return bool: it is not archived"""
        return not self.record or self.record.active

    def lies_in(self, place):
        """:return bool: its address, or that of one of its sites, is there"""
        return any(place.is_that_of(known) for known in (self.place, *self.site_places) if known)


@dataclass(eq=False)
class Line:
    """A row of the table, and what it does."""

    number: int
    cells: dict
    values: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    creations: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    organisation: Organisation | None = None
    # The networks and territories of the organisation, once this row is applied.
    scope: tuple[set, set] = (frozenset(), frozenset())
    user: Any = None
    person: dict | None = None

    @property
    def state(self):
        """:return str: "error", "conflict", "warning", "creation", "update" or "same" """
        for state in ("error", "conflict", "warning", "creation", "update"):
            if getattr(self, f"{state}s"):
                return state
        return "same"

    @property
    def message(self):
        """:return str: what to show of this line, one sentence in each line"""
        refusals = self.errors + self.conflicts
        return "\n".join(refusals or [*self.warnings, *self.creations, *self.updates, *self.notes])
