from odoo import models

# What a button of the screens of Odoo asks for, by the name that views give it.
BUTTONS = {"create": "web_save", "edit": "web_save", "delete": "unlink", "duplicate": "copy"}
# Its own ways of bringing in, and taking away, whole tables.
TABLES = ("import", "export_xlsx")


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        """Show the buttons of what the reader of a screen may call, and no others."""
        shown = {node: self.env[node.get("model_access_rights")] for node in tree.xpath("//*[@model_access_rights]")}
        tree = super()._postprocess_access_rights(tree)
        for node, model in shown.items():
            if node.tag == "field" and not model._may_call("web_save"):
                node.set("can_create", "False")
                node.set("can_write", "False")
            if node is not tree:
                # What lies in another record is written along with it.
                continue
            for button, method in BUTTONS.items():
                if not model._may_call(method):
                    node.set(button, "False")
            for button in TABLES:
                node.set(button, "False")
        return tree
