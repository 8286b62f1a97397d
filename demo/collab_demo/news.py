"""What people announce this week: invented, as the rest of the demonstration."""

import io
from datetime import datetime, time, timedelta
from typing import NamedTuple

from PIL import Image, ImageDraw

from odoo.addons.collab_reseaux.moments import from_paris, today


class Announcement(NamedTuple):
    author: str
    days_ago: float
    kind: str
    title: str
    text: str  # HTML
    begins: tuple[int, str, str] | None = None  # in how many days, and from when to when
    deadline: int | None = None  # in how many days
    networks: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    place: str = ""
    commune: str = ""
    contact: str = ""
    contract: str = ""
    hours: str = ""
    pinned: int | None = None  # for how many days
    has_picture: bool = False
    comments: tuple[tuple[str, str], ...] = ()  # who, what
    interested: tuple[str, ...] = ()
    is_over: bool = False

    def vals(self):
        """:return dict: what does not depend on the base"""
        moments = {}
        if self.begins:
            days, *hours = self.begins
            for name, hour in zip(("start", "stop"), hours, strict=True):
                there = datetime.combine(today() + timedelta(days=days), time.fromisoformat(hour))
                moments[name] = from_paris(there.isoformat(timespec="minutes"))
        said = {name: getattr(self, name) for name in ("place", "contact", "contract", "hours") if getattr(self, name)}
        due = {} if self.deadline is None else {"deadline": today() + timedelta(days=self.deadline)}
        return {"name": self.title, "content": self.text, **moments, **due, **said}


NEWS = [
    Announcement(
        "stephane",
        0.2,
        "open_days",
        "Portes ouvertes de l’atelier menuiserie",
        "<p>L’atelier a deux ans. Les salariés vous montrent les machines et les meubles qu’ils fabriquent, puis nous "
        "parlons avec vous des suites de parcours : trois personnes sont parties en CDI cette année.</p>"
        "<p>Venez avec les personnes que vous accompagnez. On se gare devant, et le bus 4 s’arrête à 300 mètres.</p>",
        (8, "10:00", "13:00"),
        networks=("fnars", "coorace"),
        place="12 rue des Perreyeux",
        commune="49800 Trélazé",
        contact="Stéphane Ripoche, 02 55 00 14 27",
        pinned=8,
        has_picture=True,
        comments=(
            ("david", "Nous venons à quatre depuis Le Mans. Peut-on arriver à 10 h 15 ?"),
            ("stephane", "Oui, sans problème : on refait un tour à 10 h 30."),
        ),
        interested=("alice", "david", "bruno", "emma", "sophie", "lucie"),
    ),
    Announcement(
        "mehdi",
        1.1,
        "job",
        "Encadrante ou encadrant technique maraîchage",
        "<p>Vous encadrez douze salariés en insertion sur deux hectares. Permis B. À pourvoir début janvier.</p>",
        deadline=14,
        networks=("fnars",),
        commune="Châteaubriant",
        contact="Envoyez une lettre et un CV à recrutement@jardins.example",
        contract="cdi",
        hours="35 h",
        interested=("emma",),
    ),
    Announcement(
        "bruno",
        2.2,
        "works",
        "Une équipe d’espaces verts libre en janvier",
        "<p>Six salariés et un encadrant, deux jours par semaine, autour d’Angers. Nous cherchons un chantier à "
        "partager.</p>",
        networks=("coorace",),
        commune="Angers",
        comments=(("david", "Nous avons une haie de 400 mètres à reprendre. Je vous appelle."), ("bruno", "Merci !")),
    ),
    Announcement(
        "chloe",
        3.3,
        "assembly",
        "Assemblée générale de Réseau 44",
        "<p>L’ordre du jour et le pouvoir seront joints la semaine prochaine. On peut voter par procuration jusqu’à la "
        "veille.</p>",
        (13, "18:00", "20:30"),
        networks=("reseau44",),
        place="Maison des associations, salle B",
        commune="Saint-Nazaire",
        interested=("gwenael", "solene"),
    ),
    Announcement(
        "odile",
        4.4,
        "call",
        "Mobilité solidaire : l’appel de la Région est ouvert",
        "<p>Jusqu’à 30 000 € par projet. Qui veut répondre à plusieurs ?</p><ul><li>un véhicule partagé ;</li>"
        "<li>un atelier de réparation ;</li><li>un point d’information.</li></ul>",
        deadline=66,
        comments=(("emma", "La Vendée est partante, avec deux structures."),),
        interested=("alice", "emma", "karim"),
    ),
    Announcement(
        "alice",
        5.1,
        "information",
        "Le guichet d’accès aux droits change d’horaires",
        "<p>À partir de lundi, il ouvre le mardi et le jeudi, de 9 h à 12 h, sans rendez-vous. "
        "Domiciliation, santé, impôts : on y vient avec ses papiers.</p>",
        territories=("d44",),
        commune="Nantes",
    ),
    Announcement(
        "emma",
        6.0,
        "job",
        "Conseillère ou conseiller en insertion professionnelle",
        "<p>Vous accompagnez quarante personnes, avec une équipe de trois. Remplacement de congé maternité.</p>",
        deadline=9,
        commune="La Roche-sur-Yon",
        contract="cdd",
        hours="28 h",
        contact="Emma, 02 55 00 85 10",
    ),
    Announcement(
        "sophie",
        6.5,
        "open_days",
        "Visite de la ressourcerie, côté coulisses",
        "<p>Le tri, la réparation, la vente : suivez un objet du don à la boutique.</p>",
        (20, "14:00", "17:00"),
        place="Zone de la Lande",
        commune="Laval",
        interested=("marc",),
    ),
    Announcement(
        "david",
        7.2,
        "works",
        "Nous cherchons une équipe de peinture pour un foyer",
        "<p>Douze chambres, trois semaines en février. Les fournitures sont prises en charge.</p>",
        deadline=30,
        networks=("fnars", "coorace"),
        commune="Le Mans",
    ),
    Announcement(
        "moderation_fnars",
        8.0,
        "information",
        "Les dates de formation du premier semestre",
        "<p>Premiers secours en santé mentale, écrits professionnels, cadre juridique : le calendrier est dans la "
        "bibliothèque. Les inscriptions passent par votre structure.</p>",
        networks=("fnars",),
        interested=("alice", "karim", "emma"),
    ),
    Announcement(
        "marc",
        9.4,
        "call",
        "Fondation : un appel pour l’alimentation des familles",
        "<p>De 5 000 à 20 000 €, pour des ateliers cuisine ou une épicerie. Le dossier tient en quatre pages.</p>",
        deadline=21,
    ),
    Announcement(
        "heloise",
        25,
        "open_days",
        "Un petit déjeuner pour découvrir Aidants Connect",
        "<p>Une heure pour voir l’outil, et repartir avec la liste des papiers à préparer.</p>",
        (2, "08:30", "09:30"),
        place="Espace numérique",
        commune="Cholet",
        is_over=True,
    ),
]


def workshop():
    """:return bytes: a picture of the joinery, in JPEG"""
    picture = Image.new("RGB", (1200, 535), "#e3d8c5")
    draw = ImageDraw.Draw(picture)
    for box, colour in (
        ((0, 400, 1200, 535), "#b79970"),
        ((35, 55, 480, 68), "#a87b48"),
        *(((x, 68, x + 17, y), "#687784") for x, y in ((82, 128), (145, 155), (208, 120), (272, 165), (335, 128))),
        ((108, 232, 500, 255), "#8a5f34"),
        ((138, 255, 172, 430), "#7c5429"),
        ((440, 255, 474, 430), "#7c5429"),
        ((180, 180, 330, 232), "#c99a5c"),
        ((340, 195, 434, 232), "#d9b36f"),
        ((770, 125, 830, 440), "#5e6b77"),
        ((680, 270, 912, 294), "#3d4854"),
        ((1000, 62, 1162, 286), "#ece5d8"),
        ((1078, 62, 1084, 286), "#b8a989"),
        ((1000, 171, 1162, 177), "#b8a989"),
    ):
        draw.rectangle(box, colour)
    for box in ((700, 58, 900, 230), (700, 300, 900, 470)):
        draw.ellipse(box, outline="#5e6b77", width=26)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
