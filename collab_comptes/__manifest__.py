{
    "name": "Collab - Comptes",
    "summary": "The life of an account: suspended, closed, opened again, erased; each step says before what follows",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Collab",
    "website": "https://collab.example",
    "category": "Website/Website",
    "depends": ["collab_suivi"],
}
