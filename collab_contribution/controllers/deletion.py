from odoo.http import Controller, request, route

from odoo.addons.collab_habillage.saying import say

from .forms import ITEM, Form


class Deletion(Controller):
    """What an author does with a text of his own, whatever the content: delete it, once he has been asked, and put it
    back."""

    def _own(self, slug, record_id):
        """:return collab.contribution.mixin: a text of the current user, in the bin or not
        :raises NotFound: there is none"""
        texts = request.env["collab.queue"]._text_named(slug)
        found = texts.with_context(active_test=False).search([("id", "=", record_id)]) if texts is not None else None
        if not found or found.create_uid != request.env.user:
            raise request.not_found()
        return found.with_env(request.env)

    @route("/supprimer/<string:slug>/<int:record_id>", methods=["GET", "POST"], **ITEM)
    def delete(self, slug, record_id, dialogue="", lesquels="", **kw):
        """Say what deleting a text changes, then delete it.

        :param str dialogue: ``1``: the question alone, for the script that shows it in the page where one is
        :param str lesquels: which of several texts are deleted, as ``_deletion_choices``
        """
        record = self._own(slug, record_id)
        page, _hash, place = record._read_url().partition("#")
        if request.httprequest.method == "GET":
            values = {"asked": record._deletion_asked(), "back": record._read_url()}
            if dialogue:
                return request.render("collab_contribution.delete_dialog", values)
            said = record._post()._content()
            section = {"slug": record._post()._slug, "url": said.address, "name": said.name}
            values |= {"section_of": section, "heading": record._title()}
            return request.render("collab_contribution.delete_page", values)
        words, form, after = record._deletion_words(), Form(), record._place_url()
        form.send(lambda: record._chosen(lesquels)._withdraw())
        if form.refusal:
            say(form.error, "bad", at=place)
            return request.redirect(page)
        say(words["done"], at=place, undo=record._put_back_url(), gone=words["gone"])
        # The page opens where the text was.
        return request.redirect(f"{after}#{place}" if place else after)

    @route("/remettre/<string:slug>/<int:record_id>", methods=["POST"], **ITEM)
    def put_back(self, slug, record_id, **kw):
        """Undo a deletion."""
        record, form = self._own(slug, record_id), Form()
        form.send(record._put_back)
        if form.refusal:
            say(form.error, "bad")
            return request.redirect(record._place_url())
        page, _hash, place = record._read_url().partition("#")
        say(record._deletion_words()["back"], at=place)
        return request.redirect(record._place_url() if place else page)
