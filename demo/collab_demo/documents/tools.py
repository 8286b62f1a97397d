from .demo_document import DemoDocument

TOOLS = [
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
        "user_mehdi",
        "tools",
        (),
        (),
        0,
        "fiche-liaison-encadrant-accompagnateur.docx",
        "Fiche de liaison entre l'encadrant technique et l'accompagnateur",
        [
            (
                "À quoi elle sert",
                [
                    "Dire en cinq minutes, chaque semaine, ce que l'un a vu sur le chantier et l'autre en entretien.",
                    "Une fiche par salarié, une ligne par semaine. Le salarié sait qu'elle existe et peut la lire.",
                ],
            ),
            (
                "Ce que note l'encadrant",
                [
                    "Présence et ponctualité, sans commentaire sur les motifs.",
                    "Un progrès observé dans le travail, avec un exemple.",
                    "Une difficulté observée : consigne mal comprise, fatigue, tension dans l'équipe.",
                ],
            ),
            (
                "Ce que note l'accompagnateur",
                [
                    "Les rendez-vous à venir qui demandent une absence : formation, immersion, démarche.",
                    "Ce que la personne accepte de faire savoir à l'équipe, dans ses mots.",
                ],
            ),
            (
                "Ce qui ne s'écrit pas",
                [
                    "Ni diagnostic, ni traitement, ni situation de famille, ni dettes, ni passé judiciaire.",
                    "Ce qui a été confié en entretien reste à qui l'a entendu, sauf accord de la personne.",
                ],
            ),
            (
                "Décidé ensemble",
                [
                    "Une action, une personne qui s'en charge, une date. Relire la ligne précédente avant d'écrire la suivante."
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_ousmane",
        "tools",
        ("fnars",),
        (),
        3,
        "calcul-reste-a-vivre.xlsx",
        "Calcul du reste à vivre avant une entrée en logement",
        [
            (
                "Mode d'emploi",
                [
                    "Remplacer les montants de l'exemple par ceux du ménage, en euros par mois ; les totaux se calculent seuls.",
                    "Reporter les aides au logement seulement si le droit est notifié.",
                ],
            ),
            (
                "Ressources",
                [
                    "Salaire net | 980",
                    "Prime d'activité | 210",
                    "Prestations familiales | 0",
                    "Aide au logement | 165",
                    "Autres ressources | 0",
                    "Total | =SUM(B8:B12)",
                ],
            ),
            (
                "Charges fixes",
                [
                    "Loyer et charges | 430",
                    "Électricité, gaz, eau | 95",
                    "Assurances et mutuelle | 60",
                    "Téléphone et internet | 35",
                    "Transports | 70",
                    "Remboursements de dettes | 40",
                    "Total | =SUM(B16:B21)",
                ],
            ),
            (
                "Résultat",
                [
                    "Nombre de personnes | 1",
                    "Reste à vivre du ménage, par mois | =B13-B22",
                    "Reste à vivre par personne et par jour | =B26/B25/30",
                ],
            ),
            (
                "Pour en parler",
                [
                    "Un repère pour décider ensemble, non un seuil qui exclut : chaque bailleur a le sien, le demander.",
                    "Refaire le calcul trois mois après l'entrée, avec les factures réelles.",
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_samuel",
        "tools",
        ("fnars",),
        (),
        5,
        "trame-premier-entretien-accueil-de-jour.odt",
        "Trame de premier entretien en accueil de jour",
        [
            (
                "Avant de commencer",
                [
                    "Proposer un café, un siège, un endroit où poser ses affaires. Dire son prénom et combien de temps on a.",
                    "Demander si un interprète est souhaité ; éviter de faire traduire par un enfant ou un proche.",
                ],
            ),
            (
                "Les urgences du jour",
                [
                    "Où dormez-vous ce soir ? Si rien n'est prévu : appeler le 115 ensemble.",
                    "Avez-vous mal quelque part, un traitement interrompu, besoin de voir quelqu'un aujourd'hui ?",
                    "Avez-vous mangé ? Êtes-vous en sécurité là où vous êtes ?",
                ],
            ),
            (
                "La situation, si la personne le souhaite",
                [
                    "Papiers et domiciliation : où arrive le courrier ?",
                    "Ressources : lesquelles, depuis quand, quelle démarche est en attente ?",
                    "Santé : une couverture, un médecin, quelqu'un à prévenir ?",
                    "Qui vous accompagne déjà ? Peut-on l'appeler ensemble ?",
                ],
            ),
            (
                "La suite",
                [
                    "Une seule chose à faire, choisie par la personne, et le prochain moment où se voir.",
                    "Remettre par écrit : le prénom de la personne qui reçoit, les horaires, l'adresse, un plan.",
                ],
            ),
            (
                "Après l'entretien",
                ["Ne garder que ce qui sert à la suite ; dire à la personne ce qui est noté et qui peut le lire."],
            ),
        ],
    ),
]
