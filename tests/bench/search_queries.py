"""What is typed in the bench of the search: frequent words and rare ones, one to four of them, as people type them."""

QUERIES = {
    "Un mot fréquent": ("logement", "travail", "personne", "demande", "contrats", "système", "décision", "aides"),
    "Un mot rare": (
        *("gendarmerie", "domiciliation", "brutalité", "arguments", "sanctionnée", "démarrage", "Savenay", "Clisson"),
    ),
    "Deux mots": (
        *("contrat travail", "aide logement", "carte séjour", "titres séjour", "fichier configuration"),
        *("hébergement urgence", "dossier Guérande", "médecine travail"),
    ),
    "Trois ou quatre mots": (
        *("demande de logement social", "rupture du contrat de travail", "maison départementale personnes handicapées"),
        *("pension de retraite invalidité", "installation du système Debian", "allocation adulte handicapé"),
        *("préavis départ du locataire", "prime activité revenus conjoint"),
    ),
    "Une faute de frappe": (
        *("logemnet", "hebergment", "domicilliation", "gendarmrie", "contart travail", "alocation"),
        *("préfécture", "ordinateru"),
    ),
    "Une phrase": (
        *('"contrat de travail"', '"mise en demeure"', '"carte de séjour"', '"aide au logement"'),
        *('"compte rendu"', '"service public"', '"fichier de configuration"', '"à la date"'),
    ),
    "Un sigle": ("RSA", "APL", "MDPH", "CAF", "CDD", "PUMA"),
    "Un mot en trop": (
        *("logement xyzzyx", "recours contre décision sténodactylographe", "dossier 48213"),
        *("travail -temporaire", "étés", "AI"),
    ),
}
ALL = [words for some in QUERIES.values() for words in some]
