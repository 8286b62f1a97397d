from .demo_document import DemoDocument

PROJECTS = [
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
        "user_stephane",
        "projects",
        ("fnars", "coorace"),
        ("d49",),
        2,
        "fiche-projet-buanderie-partagee.odt",
        "Fiche projet : une buanderie partagée à Trélazé",
        [
            (
                "Le besoin",
                [
                    "Les hébergements et les accueils de jour paient cher l'entretien de leur linge ; la régie a un local vide et de l'eau chaude solaire.",
                ],
            ),
            (
                "L'idée",
                [
                    "Laver, sécher et livrer le linge des structures du bassin d'Angers, avec quatre postes d'insertion à temps partiel.",
                    "Ouvrir deux machines aux habitants le samedi matin.",
                ],
            ),
            (
                "Où nous en sommes",
                [
                    "Deux structures intéressées, environ 250 kg de linge par semaine. Seuil d'équilibre estimé : 600 kg.",
                    "Visite d'une blanchisserie d'insertion prévue ; devis des machines reçus.",
                ],
            ),
            (
                "Ce que nous cherchons",
                [
                    "Vos volumes de linge, même approximatifs, et ce que vous payez aujourd'hui.",
                    "Un encadrant qui a déjà travaillé en blanchisserie, pour une demi-journée de conseil.",
                ],
            ),
            ("Contact", ["Stéphane Ripoche, Régie des Schistes."]),
        ],
    ),
    DemoDocument(
        "user_romain",
        "projects",
        (),
        ("d85",),
        5,
        "fiche-projet-plages-propres.pdf",
        "Fiche projet : un chantier « plages propres » sur le littoral vendéen",
        [
            (
                "Le besoin",
                [
                    "Les communes du littoral ramassent les déchets à la machine l'été ; l'hiver, et dans les dunes, seul le ramassage à la main respecte le milieu.",
                ],
            ),
            (
                "L'idée",
                [
                    "Une équipe de huit salariés, d'octobre à mai, sur trois communes ; tri et pesée de ce qui est ramassé.",
                    "L'été, les mêmes salariés en mise à disposition dans les campings, logement compris.",
                ],
            ),
            (
                "Ce que les salariés y apprennent",
                [
                    "Lire une marée et une météo, travailler en équipe dehors, reconnaître les plantes protégées, parler au public."
                ],
            ),
            (
                "Ce qui reste à trouver",
                [
                    "Un lieu pour se changer et manger au chaud dans chaque commune.",
                    "Un partenaire pour le logement des saisonniers : hébergement ou résidence habitat jeunes.",
                    "Des retours de ceux qui l'ont fait : nous écrire, ou passer aux Sables.",
                ],
            ),
        ],
    ),
]
