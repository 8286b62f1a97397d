"""What people have asked each other lately: invented, as the rest of the demonstration, and close to what they ask."""

from typing import NamedTuple


class Answer(NamedTuple):
    author: str
    days_ago: float
    text: str  # HTML
    thanked_by: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()  # who, what
    mark: str | None = None  # "retained" by the asker, "approved" by the federation


class Question(NamedTuple):
    author: str
    days_ago: float
    theme: str
    title: str
    text: str  # HTML
    answers: tuple[Answer, ...] = ()
    networks: tuple[str, ...] = ()
    territory: str | None = None  # what it is about


QUESTIONS = [
    Question(
        "alice",
        9,
        "mobility",
        "Rejoindre un chantier à 6 h 30 sans bus ni permis : comment faites-vous ?",
        "<p>Deux salariés de notre chantier habitent à <strong>18 km</strong>. Le premier car passe à 7 h 10.</p>"
        "<p>Nous avons essayé :</p><ul><li>le covoiturage entre salariés : cela tient tant que le conducteur vient ;</li>"
        "<li>décaler l'équipe : le client ne peut pas.</li></ul><p>Qui a une solution qui dure ?</p>",
        (
            Answer(
                "bruno",
                8.5,
                "<p>Location de vélos électriques à 1 € par jour par la plateforme mobilité du Maine-et-Loire, "
                "jusqu'à 15 km. Au-delà, des cyclomoteurs, après deux heures de prise en main.</p>",
                ("alice", "karim", "sophie", "lucie"),
                (("alice", "Le cyclomoteur demande le BSR, ou seulement l'âge ?"),),
                "retained",
            ),
            Answer(
                "chloe",
                8,
                "<p>À Saint-Nazaire, le transport à la demande prend les réservations la veille avant 17 h, dès 5 h 30. "
                "Il faut appeler : la zone bouge tous les trimestres.</p>",
                ("alice",),
            ),
            Answer(
                "moderation_fnars",
                7,
                "<p>Pour mémoire : l'aide à la mobilité de France Travail couvre ces frais pour un CDDI, sur devis, "
                "avant le premier trajet. La fiche est dans la bibliothèque.</p>",
                ("alice", "bruno", "emma"),
                (),
                "approved",
            ),
        ),
        territory="d44",
    ),
    Question(
        "karim",
        6,
        "housing",
        "Caution refusée à une personne en CDDI : vers quel garant se tourner ?",
        "<p>Le bailleur privé refuse le contrat de quatre mois. La personne gagne 1 050 € et n'a pas de dette.</p>",
        (
            Answer(
                "lucie",
                5.8,
                "<p>Visale accepte les CDDI depuis la mi-2024 si le bail suit de moins de six mois l'embauche. Gardez le "
                "contrat et la première fiche de paie.</p>",
                ("karim", "marc"),
                (),
                "retained",
            ),
            Answer(
                "emma",
                5,
                "<p>Et le FSL pour le dépôt de garantie, demandé <em>avant</em> la signature.</p>",
                ("karim",),
            ),
        ),
        territory="d44",
    ),
    Question(
        "sophie",
        4.2,
        "digital",
        "Faire ouvrir un compte FranceConnect à quelqu'un qui n'a pas de téléphone",
        "<p>Tout passe par un code reçu par SMS. Nous ne voulons pas prêter nos numéros.</p>",
        (
            Answer(
                "bruno",
                3.5,
                "<p>L'Identité numérique La Poste se fait au guichet, avec la pièce d'identité ; il faut quand même un "
                "mobile. Nous passons par une carte prépayée achetée avec le fonds d'aide.</p>",
                ("sophie",),
            ),
            Answer(
                "heloise",
                1.2,
                "<p>Aidants Connect : on fait la démarche <strong>pour</strong> la personne, avec son mandat. Deux jours "
                "de formation, gratuits, et votre structure est protégée.</p>",
                ("sophie", "bruno"),
            ),
        ),
    ),
    Question(
        "chloe",
        3.4,
        "rights",
        "Domiciliation refusée par un CCAS faute de « lien avec la commune »",
        "<p>La personne dort sur la commune depuis trois mois, sans rien pour le prouver. Que joindre au recours ?</p>",
        territory="d44",
    ),
    Question(
        "emma",
        2.3,
        "training",
        "Un atelier de français pendant le temps de travail : qui paie les heures ?",
        "<p>Deux heures par semaine pour six salariés. L'OPCO dit oui pour le coût de la formation, pas pour le salaire.</p>",
        (
            Answer(
                "david",
                2,
                "<p>Chez nous les heures restent du temps de travail, comme la loi le permet pour la maîtrise de la langue "
                "jusqu'à 80 h. Je peux partager notre note au conseil d'administration.</p>",
                ("emma",),
            ),
        ),
        ("fnars",),
    ),
    Question(
        "bruno",
        1.5,
        "employment",
        "PMSMP dans un garage : que demande votre assurance ?",
        "<p>Le garagiste veut une attestation qui nomme les machines. Vous avez un modèle ?</p>",
        (
            Answer(
                "alice",
                0.4,
                "<p>Notre trame de bilan est dans la bibliothèque ; l'attestation, l'assureur nous l'a faite en une semaine "
                "avec la liste des tâches <strong>interdites</strong>.</p>",
            ),
        ),
        territory="d49",
    ),
    Question(
        "lucie",
        0.9,
        "health",
        "Maraude : où orienter une personne diabétique sans droits ouverts ?",
        "<p>Elle a encore dix jours d'insuline. La PASS la plus proche est à 40 km et n'a pas de créneau avant un mois.</p>",
        territory="d72",
    ),
    Question(
        "marc",
        0.3,
        "organisations",
        "Mutualiser un poste de comptable entre trois petites structures",
        "<p>Chacune a besoin de deux jours. Groupement d'employeurs, mise à disposition, prestataire : qu'avez-vous choisi ?</p>",
    ),
]
