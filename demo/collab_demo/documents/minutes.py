from .demo_document import DemoDocument

MINUTES = [
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
    DemoDocument(
        "user_aicha",
        "minutes",
        (),
        ("d44",),
        2,
        "cr-groupe-mobilite-loire-atlantique.docx",
        "Compte-rendu, groupe mobilité de Loire-Atlantique",
        [
            (
                "Présents",
                ["Onze personnes de neuf structures, au Garage Le Pont levant à Savenay. Animation : Aïcha Mansouri."],
            ),
            (
                "Réparer et louer",
                [
                    "Le garage reçoit sur orientation d'un travailleur social ou d'un conseiller, par simple courriel.",
                    "Délai moyen pour une réparation : deux semaines. Les véhicules de location sont tous sortis ; liste d'attente.",
                    "Joindre à chaque demande : permis, attestation d'assurance, contrat de travail ou promesse d'embauche.",
                ],
            ),
            (
                "Passer le permis",
                [
                    "Difficulté commune : le code, pour qui lit mal le français. Deux structures testent des séances en petit groupe.",
                    "Idée retenue : mettre en commun les supports illustrés dans la bibliothèque de la plateforme.",
                ],
            ),
            (
                "Sans voiture",
                [
                    "Prises de poste à 5 heures : aucun transport en commun. Recenser les salariés concernés par zone d'activité.",
                    "Vélos à assistance électrique : trois structures prêtent, une seule a prévu l'antivol et l'entretien.",
                ],
            ),
            (
                "À faire",
                [
                    "Aïcha : modèle de fiche d'orientation commune, avant la prochaine rencontre.",
                    "Chaque structure : compter sur un mois les offres refusées faute de moyen de transport.",
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_minh",
        "minutes",
        ("fnars", "coorace"),
        ("d49",),
        4,
        "cr-encadrants-techniques-maine-et-loire.docx",
        "Compte-rendu, encadrants techniques de Maine-et-Loire",
        [
            ("Présents", ["Neuf encadrants : propreté, espaces verts, second œuvre, recyclage. Accueil à Trélazé."]),
            (
                "Accueil sécurité",
                [
                    "Chacun a montré le sien : de dix minutes à une demi-journée. Ce qui marche : faire faire, puis faire redire.",
                    "Les équipements de protection se choisissent à la bonne taille avant le premier jour.",
                ],
            ),
            (
                "Consignes et lecture",
                [
                    "Photos du geste attendu plutôt que phrases ; une seule consigne à la fois.",
                    "Faire reformuler sans demander « tu as compris ? », à quoi tout le monde répond oui.",
                ],
            ),
            (
                "Tension dans l'équipe",
                [
                    "Séparer d'abord, parler ensuite, jamais devant le groupe. Prévenir l'accompagnateur le jour même.",
                    "Demande commune : une journée de formation à la gestion des conflits, à plusieurs structures.",
                ],
            ),
            ("La suite", ["Prochaine rencontre dans deux mois, à Saumur. Thème : évaluer sans noter."]),
        ],
    ),
    DemoDocument(
        "user_fatou",
        "minutes",
        ("fnars",),
        ("d44",),
        7,
        "cr-matinee-sante-et-rue.odt",
        "Compte-rendu, matinée « santé et rue »",
        [
            ("Présents", ["Accueils de jour, maraudes, hébergements : dix-huit personnes, à Nantes et à distance."]),
            (
                "Accès aux soins",
                [
                    "La permanence d'accès aux soins de santé (PASS) de l'hôpital reçoit aussi sans couverture maladie.",
                    "Prévenir avant d'orienter quand la personne vient avec un chien ou beaucoup de bagages.",
                ],
            ),
            (
                "Santé mentale",
                [
                    "L'équipe mobile psychiatrie précarité rencontre les personnes là où elles sont, et conseille les équipes.",
                    "Question restée ouverte : que faire le week-end ? À reprendre avec l'hôpital.",
                ],
            ),
            (
                "Sorties d'hospitalisation",
                [
                    "Trop de sorties sans solution sont apprises le jour même.",
                    "Proposition : une adresse commune où le service social de l'hôpital prévient dès l'entrée.",
                ],
            ),
            (
                "À faire",
                [
                    "Fatou : liste des permanences et de leurs horaires. Tous : signaler ce qui a changé depuis la dernière fois."
                ],
            ),
        ],
    ),
]
