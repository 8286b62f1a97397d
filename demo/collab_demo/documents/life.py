"""What has become of the documents of the demonstration: how they are classified, who has found them useful, what was
said. By the name of their file."""

CATEGORY_OF_FOLDER = {
    "tools": "tool",
    "minutes": "minutes",
    "regulations": "regulation",
    "presentations": "presentation",
    "projects": "project",
}
THEMES = {
    "grille-evaluation-espaces-verts.xlsx": "training",
    "livret-accueil-falc.docx": "employment",
    "trame-bilan-pmsmp.docx": "employment",
    "fiche-liaison-encadrant-accompagnateur.docx": "training",
    "calcul-reste-a-vivre.xlsx": "housing",
    "trame-premier-entretien-accueil-de-jour.odt": "housing",
    "cr-rencontre-cip-12-novembre.odt": "employment",
    "cr-veille-sociale-sarthe.odt": "housing",
    "cr-groupe-mobilite-loire-atlantique.docx": "mobility",
    "cr-encadrants-techniques-maine-et-loire.docx": "training",
    "cr-matinee-sante-et-rue.odt": "health",
    "synthese-conventionnement-siae.pdf": "organisations",
    "reperes-cddi.pdf": "employment",
    "reperes-domiciliation.pdf": "rights",
    "accueillir-grande-precarite.pptx": "housing",
    "souffrance-psychique-au-travail.pptx": "health",
    "apprendre-le-francais-en-travaillant.pptx": "training",
    "fiche-projet-garage-solidaire.pdf": "mobility",
    "fiche-projet-buanderie-partagee.odt": "employment",
    "fiche-projet-plages-propres.pdf": "employment",
}
USEFUL = {
    "livret-accueil-falc.docx": ("alice", "bruno", "karim", "sophie"),
    "calcul-reste-a-vivre.xlsx": ("alice", "karim", "emma"),
    "reperes-domiciliation.pdf": ("chloe", "marc", "lucie", "alice", "bruno"),
    "reperes-cddi.pdf": ("bruno", "sophie"),
}
COMMENTS = [
    (
        "livret-accueil-falc.docx",
        "alice",
        "Nous l'avons relu avec deux salariés du chantier : la page sur la paie passe très bien.",
    ),
    ("livret-accueil-falc.docx", "david", "Merci ! Je note. Une version en couleur arrive en décembre."),
    (
        "reperes-domiciliation.pdf",
        "chloe",
        "Utile au guichet. Pensez à vérifier les horaires du CCAS avant de donner l'adresse.",
    ),
    (
        "calcul-reste-a-vivre.xlsx",
        "karim",
        "La case des charges d'énergie aide à parler du budget. Quelqu'un l'a en version papier ?",
    ),
]
