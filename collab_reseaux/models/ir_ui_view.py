from odoo import models

# The method that each standard button of a view calls, by the attribute that hides this button.
BUTTONS = {"create": "web_save", "edit": "web_save", "delete": "unlink", "duplicate": "copy"}
# Odoo's own import and export, which are closed.
TABLES = ("import", "export_xlsx")


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        """Hide the buttons whose method the reader may not call."""
        shown = {node: self.env[node.get("model_access_rights")] for node in tree.xpath("//*[@model_access_rights]")}
        tree = super()._postprocess_access_rights(tree)
        for node, model in shown.items():
            if node.tag == "field" and not model._may_call("web_save"):
                node.set("can_create", "False")
                node.set("can_write", "False")
            if node is not tree:
                # A view inside a field (one2many): its records are saved with the form around it.
                continue
            for button, method in BUTTONS.items():
                if not model._may_call(method):
                    node.set(button, "False")
            for button in TABLES:
                node.set(button, "False")
        return tree
