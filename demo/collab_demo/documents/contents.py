"""The documents of the demonstration: who deposits what, for whom, and how many days ago."""

from typing import NamedTuple


class DemoDocument(NamedTuple):
    author: str
    folder: str
    networks: tuple[str, ...]
    territories: tuple[str, ...]
    days_ago: int
    name: str
    title: str
    parts: list[tuple[str, list[str]]]


DOCUMENTS = [
    DemoDocument(
        "user_alice",
        "tools",
        ("fnars",),
        (),
        1,
        "grille-evaluation-espaces-verts.xlsx",
        "Grille d'évaluation des compétences, chantier espaces verts",
        [
            (
                "Mode d'emploi",
                [
                    "Remplir avec le salarié, au début puis tous les trois mois.",
                    "1 : à découvrir | 2 : avec aide | 3 : seul | 4 : sait montrer",
                ],
            ),
            (
                "Savoir-faire",
                [
                    "Compétence | Début | 3 mois | 6 mois",
                    "Préparer son matériel | 1 | 2 | 3",
                    "Débroussailler en sécurité | 1 | 2 | 3",
                    "Tailler une haie | 1 | 1 | 2",
                    "Lire un plan de plantation | 1 | 1 | 2",
                ],
            ),
            (
                "Savoir-être au travail",
                [
                    "Arriver à l'heure | 2 | 3 | 4",
                    "Prévenir d'une absence | 1 | 3 | 4",
                    "Travailler en équipe | 2 | 3 | 3",
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_david",
        "tools",
        ("fnars", "coorace"),
        (),
        2,
        "livret-accueil-falc.docx",
        "Livret d'accueil en facile à lire et à comprendre",
        [
            (
                "Bienvenue",
                [
                    "Vous commencez un contrat d'insertion.",
                    "Ce livret vous explique vos droits et qui peut vous aider.",
                ],
            ),
            (
                "Votre contrat",
                [
                    "Il dure de 4 mois à 2 ans.",
                    "Vous travaillez 26 heures par semaine.",
                    "Vous êtes payé à la fin de chaque mois.",
                ],
            ),
            (
                "Qui peut vous aider",
                [
                    "Votre encadrant : pour le travail.",
                    "Votre conseillère : pour le logement, la santé, les papiers, la suite.",
                ],
            ),
            (
                "Si vous êtes malade",
                ["Appelez votre encadrant avant 8 heures.", "Envoyez l'arrêt de travail dans les 2 jours."],
            ),
        ],
    ),
    DemoDocument(
        "user_chloe",
        "minutes",
        ("reseau44",),
        ("d44",),
        3,
        "cr-rencontre-cip-12-novembre.odt",
        "Compte-rendu, rencontre des CIP du 12 novembre",
        [
            ("Présents", ["Quatorze conseillers de douze structures, à Saint-Nazaire."]),
            (
                "Mobilité",
                [
                    "Le garage solidaire de Savenay accepte désormais les orientations par simple courriel.",
                    "Le prêt de scooters est limité à trois mois ; liste d'attente de six semaines.",
                ],
            ),
            (
                "Logement",
                [
                    "Échange sur les délais d'intermédiation locative : partager les refus et leurs motifs.",
                    "Prochaine rencontre : 14 janvier, à Pornic.",
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_moderation_coorace",
        "regulations",
        (),
        (),
        4,
        "synthese-conventionnement-siae.pdf",
        "Conventionnement des structures d'insertion : l'essentiel en deux pages",
        [
            (
                "De quoi s'agit-il",
                [
                    "Une structure d'insertion par l'activité économique signe chaque année une annexe financière avec l'État.",
                    "Le dialogue de gestion porte sur les postes, les publics et les résultats.",
                ],
            ),
            (
                "Le calendrier",
                [
                    "Octobre : bilan intermédiaire. Novembre et décembre : dialogue de gestion. Janvier : nouvelle annexe."
                ],
            ),
            (
                "Les pièces à préparer",
                [
                    "Bilan d'activité, budget prévisionnel, plan de formation, liste des partenaires de l'accompagnement."
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_emma",
        "presentations",
        (),
        ("d85",),
        5,
        "accueillir-grande-precarite.pptx",
        "Accueillir une personne en grande précarité",
        [
            ("Avant de parler d'emploi", ["Un lieu calme", "Du temps", "Une seule personne de référence"]),
            (
                "Les trois premières rencontres",
                [
                    "Se présenter, écouter",
                    "Faire le point des urgences : santé, toit, ressources",
                    "Choisir ensemble un premier pas",
                ],
            ),
            (
                "Ce qui fait fuir",
                ["Redire dix fois son histoire", "Les formulaires d'abord", "Les promesses"],
            ),
        ],
    ),
    DemoDocument(
        "user_bruno",
        "projects",
        ("coorace",),
        ("d49",),
        6,
        "fiche-projet-garage-solidaire.pdf",
        "Fiche projet : un garage solidaire autour d'Angers",
        [
            ("Le besoin", ["Un salarié en insertion sur trois renonce à un emploi faute de véhicule."]),
            ("L'idée", ["Réparer à bas prix, louer à la semaine, former deux mécaniciens par an."]),
            (
                "Ce que nous cherchons",
                ["Une structure voisine pour partager un local, des retours d'expérience, un modèle de convention."],
            ),
        ],
    ),
    DemoDocument(
        "user_lucie",
        "tools",
        ("reseau44", "coorace"),
        ("d44",),
        9,
        "trame-bilan-pmsmp.docx",
        "Trame de bilan d'une immersion en entreprise (PMSMP)",
        [
            ("Avant", ["Objectif de l'immersion, tâches prévues, tuteur dans l'entreprise."]),
            ("Pendant", ["Un appel au milieu de la période : à la personne, puis au tuteur."]),
            (
                "Après",
                [
                    "Ce que la personne a aimé, ce qu'elle sait faire, ce qu'il reste à apprendre.",
                    "La suite décidée ensemble.",
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_ines",
        "minutes",
        ("fnars",),
        ("d72",),
        12,
        "cr-veille-sociale-sarthe.odt",
        "Compte-rendu, veille sociale en Sarthe",
        [
            (
                "Hébergement d'urgence",
                [
                    "Quarante places ouvertes en plus jusqu'au 31 mars.",
                    "Orientation par le 115, un référent par structure.",
                ],
            ),
            ("Santé", ["Permanence d'accès aux soins le mardi et le jeudi matin."]),
        ],
    ),
]
