"""The rows of a table, and what each of them is about."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

# The names that each column may have in the first row; the first one is that of the model. A file format: French.
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
# A column that holds a whole name, and in which order: it is cut into the two.
WHOLE_NAMES = {
    "last_first": ("Nom et prénom (une colonne)", "Nom et prénom", "Nom prénom"),
    "first_last": ("Prénom et nom (une colonne)", "Prénom et nom", "Prénom nom"),
}
ADDRESS = ("street", "zip", "city")
PERSON = ("firstname", "lastname", "email", "function", "phone")
# The states of the lines that write nothing.
LEFT_ASIDE = ("error", "conflict", "warning")


class Place(NamedTuple):
    """Where an address lies: a commune that is known, or the name of a city alone."""

    commune_id: int | None
    names: frozenset
    shown: str

    def is_that_of(self, other):
        """:return bool: both lie in one commune, as far as their addresses say"""
        if self.commune_id and other.commune_id:
            return self.commune_id == other.commune_id
        return bool(self.names & other.names)


@dataclass(eq=False)
class Organisation:
    """An organisation that is known, or that a row of the table creates."""

    record: Any
    name: str
    values: dict
    network_ids: set
    place: Place | None = None
    site_places: list = field(default_factory=list)
    # Those that do not come from its own address, then all of them.
    other_territory_ids: set = field(default_factory=set)
    territory_ids: set = field(default_factory=set)
    row: int | None = None
    # The row on which somebody has to say whether it is another one.
    doubt_row: int | None = None
    changes: dict = field(default_factory=dict)
    changed_by: dict = field(default_factory=dict)

    @property
    def is_open(self):
        """:return bool: it is not archived"""
        return not self.record or self.record.active

    def lies_in(self, place):
        """:return bool: it has an address there"""
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
    # Networks and territories of the organisation, once this row is done.
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
        """:return str: a sentence a line"""
        refusals = self.errors + self.conflicts
        return "\n".join(refusals or [*self.warnings, *self.creations, *self.updates, *self.notes])
