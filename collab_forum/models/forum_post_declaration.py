from odoo import api, models, tools

from odoo.addons.collab_courrier.models.collab_notification import Kind
from odoo.addons.collab_suivi.content import Content


class ForumPost(models.Model):
    _inherit = "forum.post"

    @api.model
    @tools.ormcache("self.env.lang")
    def _content(self):
        return Content(
            address="/forum",
            name=self.env._("Forum"),
            icon="M4 5h16v11H9l-5 4z",
            sequence=10,
            nature=self.env._("Discussion"),
            plural=self.env._("Discussions"),
            latest=self.env._("Latest discussions"),
            everything=self.env._("The whole forum"),
            empty=self.env._("Nobody has asked anything yet"),
            invitation=self.env._("A situation that you do not know how to take? A colleague has met the same case."),
            one_new=self.env._("One discussion is new to you."),
            many_new=self.env._("%s discussions are new to you."),
            shown=4,
            is_aside=True,
            row_template="collab_forum.question_row",
            kinds={
                "forum_first_answer": Kind(self.env._("The first answer to one of my questions"), "each"),
                "forum_answer": Kind(self.env._("What is added to a discussion that I follow"), "daily"),
                "forum_discussion": Kind(self.env._("A new question in a theme or a territory that I follow"), "daily"),
                "forum_mention": Kind(self.env._("Somebody mentions me in a discussion"), "each"),
            },
            text="content",
            theme="forum_id.theme_id",
            territory="territory_id",
            files="collab.forum.attachment",
            comments="collab.forum.comment",
        )
