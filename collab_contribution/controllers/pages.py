from odoo.http import request

from odoo.addons.collab_fichiers.controllers.uploads import sent_with
from odoo.addons.collab_fichiers.picture import is_picture
from odoo.addons.collab_habillage.paging import number_in
from odoo.addons.collab_habillage.saying import numbers_gone, say
from odoo.addons.collab_reseaux.moments import say_moment

from ..html import clean
from .forms import SIDES, Form, Forms, say_corrected

COMMENTS_SHOWN = 50


class Pages(Forms):
    """The pages of a kind of content, whatever it is: one of them, what is said under it, its files. A plain class: see
    ``ModerationCase``. The addresses are those of each content, whose controller declares them."""

    # The model of the contents, and the fields that are read in one query when somebody acts on one of them.
    _model = None
    _acted_on = ()

    # What each controller defines

    def _render(self, content, before=None, sent=None):
        """Show a content on its page.

        :param Model content: which the reader may read
        :param str | None before: show the comments that came before this one
        :param Form | None sent: the form of this page that has just been refused
        """
        raise NotImplementedError

    # One of them

    def _read(self, number, own=False):
        """
        :param bool own: whether it must be that of who asks
        :return Model: a content that the reader may read
        :raises NotFound: there is none; what he may not read does not exist"""
        content = request.env[self._model].search_fetch([("id", "=", number)], self._acted_on)
        if not content or (own and content.create_uid != request.env.user):
            raise request.not_found()
        return content

    def _known(self, text, known):
        """
        :param str text: as an address gives it
        :param Collection[int] known: what the reader knows
        :return int | None: what an address names; None when it names nothing
        :raises NotFound: it is nothing that the reader knows"""
        if not text:
            return None
        number = number_in(text)
        if number not in known:
            raise request.not_found()
        return number

    def _say_written(self, text, form, place, said):
        """Say that what has been sent is published, or waits for a moderator.

        :param collab.contribution.mixin text: that has been written
        :param Form form: by which it was
        :param str place: the id of its element
        :param str said: what is said of it once it is published
        """
        waits = request.env._("Saved. A moderator reads it before the others.")
        say(waits if text.state == "pending" else said, at=place, received=form.sent_token)

    # Writing one, and correcting it

    def _publish(self, form, vals, draft, said):
        """Write what a form says, then go to where it is read; not if something in it is refused.

        :param Form form: that creates it, with its token; ``files``, if it has any, as the hidden field lists them
        :param dict vals: of the content
        :param str draft: the name under which what was typed has been kept
        :param str said: as ``_say_written``
        :return Response | None: None when it is refused
        """
        number = form.send(lambda: self._write(vals, form.value("files"), draft))
        if form.refusal:
            return None
        content = request.env[self._model].browse(number)
        page, _hash, place = content._read_url().partition("#")
        self._say_written(content, form, place, said)
        return request.redirect(page)

    def _write(self, vals, files, draft):
        """:return int: the identifier of a content that has just been written, with its files"""
        content = request.env[self._model].create(vals)
        self._join(content, files)
        request.env["collab.draft"]._drop(draft)
        return content.id

    def _correct_own(self, form, content, vals, stamp, write=None):
        """As ``_save``, for what its author corrects: its words, and its files.

        :param dict vals: what is written
        :param Callable[[dict], None] | None write: writes it; None: as any content is written
        """
        removed = self._ticked("sans")

        def act():
            if removed:
                files = content._joined_files()
                files.search([("id", "in", removed), (files._content_field, "=", content.id)])._detach()
            (write or content.write)(vals)
            self._join(content, form.value("files"))

        return self._save(form, content, act, stamp)

    def _save(self, form, content, act, stamp):
        """Correct a content, then go to where it is read; not if something in the form is refused.

        :param Callable[[], None] act: corrects it
        :param str | None stamp: of what the form was opened on
        :return Response | None: None when it is refused
        """
        form.send(act, content, stamp)
        if form.refusal:
            return None
        page, _hash, place = content._read_url().partition("#")
        say_corrected(content, place)
        return request.redirect(page)

    def _join(self, content, files):
        """:param str files: that are joined to a content, as the hidden field of a form lists them"""
        if files:
            content._joined_files()._attach(content, sent_with(files))

    def _opened(self, content):
        """
        :param Model content: that its author corrects
        :return dict: what the form shows of it: ``name``, ``content``, ``body`` (as he has corrected them last, even if
            that waits for a moderator), ``files`` (all that are joined), ``edit`` (what waits, as
            ``collab.edit._row``, or ``None``) and ``stamp``
        """
        edit = request.env["collab.edit"]._own_rows(content).get(content)
        words = edit or {word: content[field] for word, field in content._words().items()}
        files = content._files() + (edit["files"] if edit else [])
        stamp = content._stamp(edit["stamp"] if edit else "")
        return {**words, "files": files, "edit": edit, "stamp": stamp}

    def _differences(self, content, form, saved, shown=None, labels=None):
        """
        :param Model content: that has been corrected while a form was open
        :param Form form: that is refused because of that
        :param dict saved: by field of the form, what is saved now
        :param dict | None shown: by field, the text that says it, when the field alone does not
        :param dict | None labels: by field, its label, when it is not that of the model
        :return list[tuple[str, str]]: label and text of what is saved, where the form says something else
        """
        env, shown, named = request.env, shown or {}, content.fields_get([*saved], ["string"])
        labels = {**{name: field["string"] for name, field in named.items()}, **(labels or {})}
        rows = []
        for name, value in saved.items():
            if name not in form.values:
                continue
            field, typed = content._fields.get(name), form.values[name]
            if field and field.type == "html":
                typed = clean(typed)
            if typed != value:
                said = shown[name] if name in shown else self._show_saved(content, field, value)
                rows.append((labels[name], said or "—"))
        if SIDES[0] in form.values and self._read_audience(Form(), content):
            rows.append((env._("Visible to"), env["collab.audience"]._html(content.audience_id.id)))
        return rows

    def _show_saved(self, content, field, value):
        """:return str: a value of a field, for who reads it"""
        env = request.env
        if field.type == "html":
            return env["ir.qweb.field.collab_rich_text"].value_to_html(value, {})
        if field.type == "date":
            return env["ir.qweb.field.date"].value_to_html(value, {})
        if field.type == "datetime":
            return value and say_moment(value)
        if field.type == "selection":
            return dict(field._description_selection(env)).get(value)
        return content[field.name].display_name if field.relational else value

    # Its files

    def _file(self, file_id):
        """
        :return Response: a file that has been joined to a content: a picture for the page that shows it, another to
            keep
        :raises NotFound: there is none, or the reader may not read it"""
        found = request.env[self._model]._joined_files().search([("id", "=", file_id)])
        if not found:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(found, "content", filename=found.name)
        return stream.get_response(as_attachment=not is_picture(found.mimetype))

    # What is said under it

    def _comments(self, content, before=None):
        """
        :param Model content: which the reader has read
        :param str | None before: as ``_render``
        :return dict: what ``collab_contribution.comments`` shows: ``comments`` (the last ones, the oldest first, as
            ``collab.comment.mixin._rows``, each with ``edit`` and ``stamp``), ``comment_count`` (of all of them),
            ``older`` (where the others begin), ``before``, ``slug_of`` (of their kind), and ``edit``, the reader's own
            correction of the content that waits, as ``collab.edit._row``
        """
        Comment = request.env[content._content().comments]
        number = number_in(before)
        gone = numbers_gone("commentaire-")
        found = Comment._shown_under(content, gone, number, order="id desc", limit=COMMENTS_SHOWN + 1)
        shown, is_part = found[:COMMENTS_SHOWN].sorted("id"), number or len(found) > COMMENTS_SHOWN
        edits = request.env["collab.edit"]._own_rows(content, shown)
        # With the author of the content, whom the page names too: in one query.
        rows = shown._rows(shown._people(shown.create_uid | content.create_uid))
        for comment, row in zip(shown, rows, strict=True):
            row["edit"] = edits.get(comment)
            row["stamp"] = row["mine"] and comment._stamp((row["edit"] or {}).get("stamp", ""))
        under = [(Comment._content_field, "=", content.id)]
        return {
            "comments": rows,
            "comment_count": Comment.search_count(under) if is_part else sum(row["state"] != "removed" for row in rows),
            "older": shown[0].id if len(found) > COMMENTS_SHOWN else None,
            "before": before,
            "slug_of": Comment._slug,
            "edit": edits.get(content),
        }

    def _comment_forms(self, rows):
        """:param list[dict] rows: the comments of a page, as ``_comments``
        :return set[str]: the names of the forms in which one types there"""
        return {"commenter", *(f"corriger-commentaire-{row['id']}" for row in rows if row["mine"])}

    def _comment(self, content, body, token, name="commenter"):
        """Say something under a content, then go back to it.

        :param Model content: which the reader has read
        :param str name: of the form, in its page
        """
        Comment, form = request.env[content._content().comments], Form(name, {"body": body}, token)
        vals = {Comment._content_field: content.id, "body": body}
        number = form.send(lambda: Comment.create(vals).id)
        if form.refusal:
            return self._render(content, sent=form)
        comment = Comment.browse(number)
        self._say_written(comment, form, f"commentaire-{number}", request.env._("Comment published."))
        return request.redirect(comment._place_url())

    def _correct_comment(self, content, comment_id, body, stamp):
        """Correct one's own comment, then go back to where it is.

        :param Model content: under which it is; an empty one, for an address that does not say it
        :param str | None stamp: of what the form was opened on
        :raises NotFound: there is none, or somebody else has written it
        """
        Comment = request.env[content._content().comments]
        under = [(Comment._content_field, "=", content.id)] if content else []
        comment = Comment.search([("id", "=", comment_id), *under])
        if not comment or comment.create_uid != request.env.user:
            raise request.not_found()
        form = Form(f"corriger-commentaire-{comment.id}", {"body": body})
        form.send(lambda: comment.write({"body": body}), comment, stamp)
        if form.refusal:
            return self._render(content or comment._post(), sent=form)
        say_corrected(comment, f"commentaire-{comment.id}")
        return request.redirect(comment._place_url())
