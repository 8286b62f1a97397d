import io
import pathlib

from odoo.addons.collab_recherche.models.collab_search import Asked

from .world import World

DOCUMENTS = pathlib.Path(__file__).resolve().parents[2] / "texts" / "documents"
# Nobody writes as much in a day.
MANY = "1000"


class Searching(World):
    """The world, where people write, and search."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameters = cls.env["ir.config_parameter"]
        for kind in ("publication", "question", "answer", "upload"):
            parameters.set_param(f"collab_reseaux.daily_{kind}", MANY)
        cls._let_members_plan()
        cls.forum = next(iter(cls.env["forum.forum"]._by_theme().values()))

    # What people write

    @classmethod
    def _of(cls, person):
        return cls.env(user=person.id, su=False)

    @classmethod
    def _by(cls, person, record):
        return record.with_env(cls._of(person))

    @classmethod
    def _to(cls, networks=(), territories=()):
        """:return dict: whom a content is addressed to; nobody in particular, by default"""
        return {
            "audience_network_ids": [one.id for one in networks],
            "audience_territory_ids": [one.id for one in territories],
        }

    @classmethod
    def _ask(cls, person, title, text="", **vals):
        vals = {"name": title, "content": f"<p>{text}</p>", "forum_id": cls.forum, **vals}
        return cls._of(person)["forum.post"].create(vals).with_env(cls.env)

    @classmethod
    def _answer(cls, person, question, text):
        vals = {"parent_id": question.id, "content": f"<p>{text}</p>"}
        return cls._of(person)["forum.post"].create(vals).with_env(cls.env)

    @classmethod
    def _comment(cls, person, post, text):
        return cls._of(person)["collab.forum.comment"].create({"post_id": post.id, "body": text}).with_env(cls.env)

    @classmethod
    def _tell(cls, person, title, text="", **vals):
        """:return collab.news:"""
        kind = cls.env.ref("collab_actualites.type_information").id
        vals = {"name": title, "content": f"<p>{text}</p>", "type_id": kind, **vals}
        return cls._of(person)["collab.news"].create(vals).with_env(cls.env)

    @classmethod
    def _plan(cls, person, title, **vals):
        return cls._planned(cls._of(person), name=title, **vals).with_env(cls.env)

    @classmethod
    def _print(cls, person, title, text="", **vals):
        """:return test.collab.leaflet:"""
        return cls._of(person)["test.collab.leaflet"].create({"name": title, "body": text, **vals}).with_env(cls.env)

    @classmethod
    def _deposit(cls, person, title, name="note.txt", content=None, **vals):
        """
        :param bytes | None content: None: that of the document of ``DOCUMENTS`` that has this name
        :return dms.file:
        """
        content = (DOCUMENTS / name).read_bytes() if content is None else content
        upload = cls._of(person)["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        folder = cls.env.ref("collab_ressources.directory_tools").id
        return upload._deposit({"title": title, "directory_id": folder, **vals}).with_env(cls.env)

    # What they find

    @classmethod
    def _index(cls):
        """As at the end of each request."""
        cls.env.cr.flush()
        cls.env.invalidate_all()

    def _read_files(self):
        """Let the job read the files that wait."""
        self._index()
        with self._job_mode():
            self.env.ref("collab_recherche.cron_index").method_direct_trigger()
        self.env.invalidate_all()

    def _search(self, person, words, **asked):
        return self._of(person)["collab.search"]._find(Asked(words, **asked))

    def _hits(self, person, words, **asked):
        """:return list[tuple[str, int]]: the contents that somebody finds, in a certain order"""
        names = self.env["collab.contents"]._names()
        return sorted(hit for hit in self._search(person, words, **asked).hits if hit[0] in names)

    def _rows(self, person, words, **asked):
        """:return list[dict]: what a page shows of it"""
        asked, search = Asked(words, **asked), self._of(person)["collab.search"].with_context(lang="fr_FR")
        found = search._find(asked)
        return [one["row"] for one in search._rows(asked, found, 0, 20)]

    def _finds(self, person, words, *records, **asked):
        """Check that these are the contents that somebody finds, and all that he finds."""
        found = sorted((record._name, record.id) for record in records)
        self.assertEqual(self._hits(person, words, **asked), found, (person.login, words))
