"""What the networks plan: invented, as the rest of the demonstration."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from odoo.addons.collab_reseaux.moments import from_paris, today


class Planned(NamedTuple):
    author: str
    kind: str
    title: str
    text: str  # HTML
    begins: tuple[int, str, str]  # in how many days, at least, and from when to when
    weekday: int | None = None  # 0 is Monday: the first such day from then on
    networks: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    organiser: str = ""
    place: str = ""
    commune: str = ""
    contact: str = ""
    link: str = ""
    seats: int = 0
    names: bool = False  # of participants
    answers: bool = True  # one says whether one comes
    coming: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()  # who, what
    weeks: int = 0  # again every week, so many times
    cancelled: str = ""  # why

    def vals(self):
        """:return dict: what does not depend on the base"""
        days, *hours = self.begins
        day = today() + timedelta(days=days)
        if self.weekday is not None:
            day += timedelta(days=(self.weekday - day.weekday()) % 7)
        begin, end = (
            from_paris(datetime.combine(day, time.fromisoformat(hour)).isoformat(timespec="minutes")) for hour in hours
        )
        said = {name: getattr(self, name) for name in ("place", "contact", "link", "seats") if getattr(self, name)}
        shown = {"has_answers": self.answers, "shows_participants": self.names}
        return {"name": self.title, "content": self.text, "start": begin, "stop": end, **shown, **said}


DATES = [
    Planned(
        "moderation_fnars",
        "meeting",
        "Groupe CIP du vignoble",
        "<p>Tour des situations, puis le point sur la domiciliation : qui la fait, en combien "
        "de temps. On partage un café dès 9 h 15.</p>",
        (1, "09:30", "12:00"),
        weekday=3,
        networks=("fnars",),
        organiser="fnars",
        place="4 rue des Halles",
        commune="Clisson",
        names=True,
        coming=("alice", "karim", "fatou"),
    ),
    Planned(
        "moderation_reseau44",
        "thematic_day",
        "Journée mobilité : se déplacer quand on n’a ni permis ni bus",
        "<p>Une matinée de retours d’expérience : garage solidaire, location de scooters à 3 € par jour, navette "
        "partagée entre quatre chantiers. L’après-midi, on écrit ensemble une réponse à l’appel de la Région.</p>"
        "<ul><li>9 h : café, qui est qui</li><li>9 h 30 : trois expériences, et vos questions</li>"
        "<li>13 h 30 : un projet à plusieurs</li></ul>",
        (7, "09:00", "16:30"),
        weekday=3,
        organiser="reseau44",
        place="Maison des associations, salle 2, 8 allée du Port",
        commune="Nantes",
        contact="Isabelle Morin, 02 55 00 31 08",
        seats=12,
        names=True,
        coming=("chloe", "karim", "alice", "gwenael", "solene", "david", "emma", "sophie", "lucie"),
        perhaps=("bruno",),
        comments=(
            ("emma", "Y a-t-il un parking à côté ?"),
            ("moderation_reseau44", "Oui, gratuit, à deux minutes à pied."),
        ),
    ),
    Planned(
        "moderation_coorace",
        "meeting",
        "Bilan des chantiers",
        "<p>Chacun vient avec ses chiffres de l’année. En visio, une heure et demie.</p>",
        (8, "14:00", "15:30"),
        weekday=4,
        networks=("coorace",),
        organiser="coorace",
        link="https://visio.example/bilan-des-chantiers",
        coming=("bruno", "david"),
    ),
    Planned(
        "moderation_reseau44",
        "drop_in",
        "Permanence logement",
        "<p>Un dossier bloqué ? Venez avec, sans rendez-vous.</p>",
        (2, "09:00", "12:00"),
        weekday=4,
        networks=("reseau44",),
        organiser="reseau44",
        commune="Saint-Nazaire",
        answers=False,
        weeks=8,
    ),
    Planned(
        "moderation_coorace",
        "training",
        "Atelier : écrire en facile à lire",
        "<p>Une journée pour réécrire vos documents d’accueil avec les personnes qui les lisent.</p>",
        (9, "09:00", "17:00"),
        weekday=4,
        organiser="coorace",
        commune="Angers",
        seats=10,
        coming=("bruno",),
        cancelled="L’intervenante est malade. Une autre date sera proposée en janvier.",
    ),
    Planned(
        "moderation_fnars",
        "meeting",
        "Accueil des nouveaux salariés",
        "<p>Deux heures pour comprendre le réseau, et qui appeler quand on bloque.</p>",
        (-12, "10:00", "12:00"),
        weekday=1,
        networks=("fnars",),
        organiser="fnars",
        commune="Nantes",
    ),
]
