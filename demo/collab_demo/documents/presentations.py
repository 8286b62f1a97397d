from .demo_document import DemoDocument

PRESENTATIONS = [
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
        "user_odile",
        "presentations",
        (),
        ("d44",),
        1,
        "souffrance-psychique-au-travail.pptx",
        "Souffrance psychique : repérer, parler, orienter",
        [
            (
                "Ce qui doit alerter",
                [
                    "Un changement : retards, isolement, colère, tenue négligée",
                    "Une fatigue qui dure, un sommeil perdu",
                    "Des mots : « à quoi bon », « je ne sers à rien »",
                ],
            ),
            (
                "Comment ouvrir la conversation",
                [
                    "Un endroit calme, hors du groupe",
                    "Dire ce qu'on a vu, non ce qu'on en pense",
                    "Écouter sans promettre le secret si quelqu'un est en danger",
                ],
            ),
            (
                "Ce qui n'aide pas",
                ["« Secoue-toi »", "Poser un diagnostic", "Tout porter seul"],
            ),
            (
                "Vers qui orienter",
                [
                    "Médecin traitant, service de santé au travail",
                    "Centre médico-psychologique du secteur",
                    "3114 : prévention du suicide, gratuit, jour et nuit",
                    "Danger immédiat : le 15",
                ],
            ),
            (
                "Et vous ?",
                [
                    "En parler à un collègue le jour même",
                    "Demander une analyse de la pratique",
                    "Connaître ses limites, et les dire",
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_solene",
        "presentations",
        ("reseau44",),
        (),
        8,
        "apprendre-le-francais-en-travaillant.pptx",
        "Apprendre le français en travaillant : dix gestes de l'encadrant",
        [
            (
                "Parler",
                [
                    "Des phrases courtes, un verbe par consigne",
                    "Montrer en disant, puis faire dire",
                    "Toujours le même mot pour le même outil",
                ],
            ),
            (
                "Vérifier",
                [
                    "Faire refaire plutôt que demander « compris ? »",
                    "Laisser le temps de chercher ses mots",
                    "Reprendre la phrase juste, sans faire répéter",
                ],
            ),
            (
                "Écrire",
                [
                    "Étiqueter les outils et les rangements",
                    "Un planning avec des dessins et des heures",
                    "Lire ensemble la fiche de paie, une fois par mois",
                ],
            ),
            (
                "Faire équipe",
                ["Un binôme qui ne parle pas la même langue : le français devient utile"],
            ),
            (
                "Avec la formatrice",
                [
                    "Transmettre les dix mots de la semaine",
                    "Photographier les consignes du chantier",
                    "Se voir un quart d'heure par mois",
                ],
            ),
        ],
    ),
]
