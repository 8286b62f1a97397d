from .demo_document import DemoDocument

REGULATIONS = [
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
        "user_sandrine",
        "regulations",
        (),
        (),
        6,
        "reperes-cddi.pdf",
        "Le contrat à durée déterminée d'insertion (CDDI) : repères",
        [
            (
                "Qui le signe",
                [
                    "Une personne éligible à l'insertion par l'activité économique, titulaire d'un Pass IAE, et une structure conventionnée : atelier et chantier d'insertion, entreprise d'insertion ou association intermédiaire.",
                    "Les entreprises de travail temporaire d'insertion signent, elles, des contrats de mission.",
                ],
            ),
            (
                "Durée",
                [
                    "Quatre mois au moins, sauf exceptions prévues par la loi. Renouvelable dans la limite de vingt-quatre mois au total.",
                    "Au-delà, des dérogations existent, notamment pour terminer une formation, après cinquante ans ou pour un travailleur reconnu handicapé. Les demander avant le terme.",
                ],
            ),
            (
                "Temps de travail",
                [
                    "Vingt heures par semaine au moins, sauf dérogation pour des difficultés particulièrement importantes.",
                    "Les heures d'accompagnement et les démarches prévues se planifient avec l'encadrant.",
                ],
            ),
            (
                "Suspension et rupture",
                [
                    "Le contrat peut être suspendu à la demande du salarié : pour une immersion en entreprise (PMSMP), avec l'accord de l'employeur, ou pour une période d'essai ailleurs (CDI, ou CDD d'au moins six mois).",
                    "Le salarié peut le rompre pour un CDI, un CDD d'au moins six mois ou une formation qualifiante.",
                ],
            ),
            (
                "Où vérifier",
                [
                    "Code du travail, articles L. 5132-5 (entreprises), L. 5132-11-1 (associations intermédiaires) et L. 5132-15-1 (ateliers et chantiers), dans leur version en vigueur sur Légifrance.",
                    "Ce résumé ne remplace ni le texte ni la convention collective.",
                ],
            ),
        ],
    ),
    DemoDocument(
        "user_roselyne",
        "regulations",
        (),
        (),
        10,
        "reperes-domiciliation.pdf",
        "La domiciliation des personnes sans domicile stable : repères",
        [
            (
                "Le principe",
                [
                    "Toute personne sans domicile stable peut élire domicile, pour recevoir son courrier, faire valoir ses droits et remplir ses obligations.",
                    "Avec une attestation en cours de validité, l'absence de domicile stable ne peut justifier le refus d'un droit ou d'une prestation sociale.",
                ],
            ),
            (
                "À qui s'adresser",
                [
                    "Au centre communal ou intercommunal d'action sociale (CCAS, CIAS) de la commune avec laquelle la personne a un lien : séjour, travail, suivi social ou médical, famille, démarches, scolarité d'un enfant.",
                    "Ou à un organisme agréé par le préfet, selon les publics prévus dans son agrément.",
                ],
            ),
            (
                "Comment",
                [
                    "Un entretien, une demande sur le formulaire officiel, une réponse dans les deux mois.",
                    "Un refus est motivé, et la personne est orientée vers un organisme qui peut la domicilier.",
                ],
            ),
            (
                "Durée",
                [
                    "Un an, renouvelable. Noter l'échéance dès le premier jour et demander le renouvellement avant.",
                    "Sans visite ni appel pendant plus de trois mois de suite, la domiciliation peut prendre fin : un passage ou un coup de téléphone suffit, une absence justifiée (hôpital, détention) est admise.",
                ],
            ),
            (
                "Où vérifier",
                [
                    "Code de l'action sociale et des familles, articles L. 264-1 et suivants. Les demandeurs d'asile relèvent de règles particulières.",
                ],
            ),
        ],
    ),
]
