import contextlib
import io
from unittest.mock import patch

from markupsafe import Markup

from odoo.addons.collab_suivi.content import Searched
from odoo.addons.http_routing.tests.common import MockRequest


class SearchedCase:
    """What a search reads of contents, and when it is told that this changes. A plain class: the case of a module
    inherits from it too."""

    def _searched(self, content):
        """:return Searched | None: what a search reads of a content; None: nothing at all"""
        self.env.flush_all()
        self.env.invalidate_all()
        return content.with_env(self.env(context={"lang": "fr_FR"}))._searched().get(content.id)

    def _read(self, content):
        """:return str: all its words"""
        found = self._searched(content) or Searched("", "", ())
        return "\n".join([found.title, found.said, *(part.text for part in found.parts)])

    def _files_of(self, content):
        """:return list[str] | None: the files whose words are found with a content, by name; None: it is not found"""
        self.env.flush_all()
        self.env.invalidate_all()
        files = content.with_env(self.env)._searched_files().get(content.id)
        if files is None:
            return None
        for file in files:
            with open(file.path, "rb") as stored:
                self.assertTrue(stored.read(), file.name)
        return [file.name for file in files]

    def _cost(self, contents):
        """:return int: how many queries a search takes to read these contents, and to find their files"""
        contents = contents.with_env(self.env)
        # The first time, the caches are empty.
        for _time in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            contents._searched()
            contents._searched_files()
        return self.env.cr.sql_log_count - before

    @contextlib.contextmanager
    def _noted(self, *contents):
        """Check that a search is told that these contents change, and no others."""
        noted = set()
        name = "collab.content.mixin"
        with patch.object(self.registry[name], "_note_searched", lambda records: noted.update(records.ids)):
            yield
            self.env.flush_all()
        self.assertEqual(noted, {content.id for content in contents})

    def _joined(self, files, content, name="plan.pdf", held=b"%PDF-1.4 plan"):
        """Join a file to a content, as its author.

        :param collab.joined.file.mixin files: an empty recordset of the model
        :return: the file, in sudo
        """
        own = self.env(user=content.create_uid, su=False)
        upload = own["collab.upload"]._start(name, len(held))
        upload._append(0, io.BytesIO(held))
        own[files._name]._attach(content.with_env(own), upload)
        return self.env[files._name].search([(files._content_field, "=", content.id)], order="id desc", limit=1)

    def _drawn(self, contents, row, template=None):
        """Check that a row shows what a search adds to it, and escapes it.

        :param Model contents: as its reader
        :param dict row: as a list shows it
        :param str | None template: None: that of the contents
        :return tuple[str, str]: HTML: as a list shows it, and as a search does
        """
        qweb, mark = contents.env["ir.qweb"], Markup("<mark>mot</mark>")
        typed = {**row, "nature": "Sorte", "extract": "<script>x</script>", "title": "<b>Un</b>"}
        marked = {**typed, "extract": mark, "title": mark}
        with MockRequest(contents.env, website=contents.env["website"].get_current_website()):
            shown, found, made = (
                str(qweb._render(template or contents._content().row_template, {"row": one}))
                for one in (row, typed, marked)
            )
        for said in ("&lt;script&gt;x", "&lt;b&gt;Un", ">Sorte<", "c-row--mixed"):
            self.assertIn(said, found)
            self.assertNotIn(said, shown)
        self.assertNotIn("<script", found)
        self.assertGreaterEqual(made.count(mark), 2)
        return shown, found
