"""What some people say of themselves in the directory."""

from typing import NamedTuple


class Card(NamedTuple):
    themes: tuple[str, ...] = ()
    words: str = ""
    days: str = ""
    phone: str = ""
    shows_phone: bool = True
    shows_email: bool = False


CARDS = {
    "chloe": Card(
        ("mobility", "housing", "rights"),
        "Dix ans au garage solidaire : appelez-moi plutôt le matin.",
        "lundi, mardi, jeudi",
        "02 55 00 31 12",
        shows_email=True,
    ),
    "zohra": Card(
        ("mobility", "employment"),
        "Location de scooters et covoiturage : je vous dis ce qui marche chez nous.",
        "du mardi au vendredi",
        "02 55 00 85 10",
        shows_email=True,
    ),
    "pierre": Card(("employment", "training"), "Écrivez-moi : je réponds dans la journée.", shows_email=True),
    "baptiste": Card(("housing",), "Le SIAO répond aussi le soir.", "", "02 55 00 85 21"),
    "aicha": Card(
        ("mobility",), "Prêt de voitures, permis, assurances.", "lundi, mercredi, vendredi", "02 55 00 44 60"
    ),
    "franck": Card(("mobility",), "", "", "02 55 00 44 61", shows_phone=False),
    "karim": Card(("employment", "training"), "", "", "02 55 00 14 27"),
    "sophie": Card(
        ("training", "digital"), "Les financements de formation, c’est mon quotidien.", "", "", shows_email=True
    ),
    "thomas": Card(("housing", "rights"), "", "lundi, mardi", "02 55 00 49 30"),
    "samuel": Card(("rights", "health"), "", "", "02 55 00 53 10"),
    "jeanne": Card(("employment", "organisations"), "", "", "02 55 00 49 02"),
    "issa": Card(("health",), "Je peux venir dans vos équipes.", "", "", shows_email=True),
    "odile": Card(("health", "organisations")),
    "lucie": Card(("organisations",), "", "", "02 55 00 22 40"),
}
# They have come this many days ago.
NEWCOMERS = {"minh": 4, "lea": 9, "romain": 15}
