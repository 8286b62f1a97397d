"""What the organisations of the demonstration say of themselves, and who keeps their cards up to date."""

from typing import NamedTuple


class Card(NamedTuple):
    organisation: str  # as in data/res_partner.xml
    kinds: tuple = ()  # as in the list of collab_reseaux
    activities: str = ""
    about: str = ""
    phone: str = ""
    website: str = ""
    referents: tuple = ()  # as in data/res_users.xml
    confirmed_days_ago: int | None = None


ORGANISATIONS = (
    Card(
        "ancre",
        ("chrs", "day"),
        "Hébergement d’urgence, accueil de jour, domiciliation",
        "Quarante-deux places d’hébergement et un accueil de jour ouvert tous les matins. Nous recevons aussi les "
        "personnes orientées par le 115.",
        "02 55 00 31 00",
        "https://ancre-solidaire.example",
        ("alice",),
        150,
    ),
    Card(
        "quai",
        ("family",),
        "Pension de famille",
        "Vingt-deux logements et un hôte présent chaque jour.",
        "02 55 00 31 05",
    ),
    Card(
        "passerelles",
        ("aci",),
        "Garage solidaire, location de scooters, espaces verts",
        "Garage solidaire, location de scooters et espaces verts. Dix-huit salariés en insertion, trois encadrants.",
        "02 55 00 31 10",
        "https://passerelles-estuaire.example",
        ("chloe",),
        40,
    ),
    Card(
        "vignoble",
        ("ai",),
        "Ménage, jardinage, petits travaux",
        "Mise à disposition de salariés auprès de particuliers, de communes et de domaines viticoles.",
        "02 55 00 31 20",
        referents=("lucie",),
    ),
    Card(
        "ressourcerie",
        ("aci",),
        "Collecte, réemploi, vente",
        "Une boutique, deux camions et un atelier bois. La collecte se prend sur rendez-vous.",
        "02 55 00 31 30",
        "https://ressourcerie-ancenis.example",
        ("marc",),
        12,
    ),
    Card(
        "brecq",
        ("aci",),
        "Maraîchage biologique, paniers",
        "Trois hectares de légumes, cent vingt paniers par semaine.",
    ),
    Card("pont_levant", ("ei",), "Mécanique automobile, carrosserie", phone="02 55 00 31 41"),
    Card(
        "atelier",
        ("aci", "training"),
        "Couture, blanchisserie, formation de base",
        "Un atelier de couture, une blanchisserie et des cours de français pour les salariés.",
        "02 41 00 31 50",
        "https://atelier-des-possibles.example",
        ("bruno",),
        95,
    ),
    Card("toit", ("housing",), "Logement accompagné, baux glissants", phone="02 41 00 31 55"),
    Card("saumur", ("etti",), "Travail temporaire d’insertion, bâtiment et vigne"),
    Card("schistes", ("ei",), "Entretien, propreté, second œuvre", referents=("stephane",)),
    Card("tremplin", ("geiq",), "Parcours en alternance, industrie et agroalimentaire", phone="02 43 00 31 60"),
    Card(
        "halte",
        ("day", "chrs"),
        "Accueil de jour, hébergement",
        "Un café, des douches et une laverie, sans rendez-vous.",
    ),
    Card(
        "maine",
        ("ei", "aci"),
        "Espaces verts, tri de déchets, logistique",
        "Trois chantiers autour du Mans, et une équipe qui travaille pour les deux réseaux.",
        "02 43 00 31 70",
        "https://maine-insertion.example",
        ("david",),
        60,
    ),
    Card("relais", ("support",), "Accompagnement vers l’emploi, mobilité", phone="02 43 00 31 75"),
    Card("mesanges", ("aci",), "Maraîchage, conserverie"),
    Card(
        "vendee",
        ("chrs", "support"),
        "Hébergement, accompagnement dans toute la Vendée",
        "Une équipe mobile passe chaque semaine dans huit communes du département.",
        "02 51 00 31 80",
        "https://vendee-accueil.example",
        ("emma",),
        20,
    ),
    Card("bocage", ("ai",), "Services aux particuliers et aux écoles", phone="02 51 00 31 85"),
    Card("estran", ("aci",), "Entretien du littoral, ateliers nautiques", referents=("romain",)),
    Card("gue", ("family",), "Pension de famille, jardin partagé"),
)
