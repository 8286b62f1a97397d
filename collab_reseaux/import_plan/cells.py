"""The cells of a table, each read by itself."""

import re

from stdnum.fr import siret as stdnum_siret

from odoo.exceptions import ValidationError

from ..addresses import read_address
from ..websites import read_website
from .comparing import comparable
from .rows import COLUMNS

CELL_MAX_LENGTH = 250
# What people type to say that a cell is empty.
BLANKS = frozenset({"-", "—", "/", "?"})
FORMULA = ("=", "@", "+", "-")


class CellReader:
    """Reads each cell by itself: it is converted to what the platform stores, or refused."""

    def __init__(self, env):
        """:param odoo.api.Environment env: of whoever imports"""
        self.env = env
        self._networks = {}
        for network in env["collab.network"].search([]):  # pylint: disable=no-search-all  # some three of them
            for name in (network.name, network.code, network.full_name):
                self._networks[comparable(name)] = network
        self._networks.pop("", None)

    def convert(self, line):
        """Fill ``line.values`` from its cells. All errors of the row are given at once, not only the first one."""
        for name, text in line.cells.items():
            title = COLUMNS[name][0]
            if not text or text in BLANKS:
                continue
            if text.startswith(FORMULA) and not (name == "phone" and text.startswith("+")):
                line.errors.append(
                    self.env._(
                        "%(column)s: “%(text)s” looks like a formula: paste its value.", column=title, text=text[:40]
                    )
                )
            elif len(text) > CELL_MAX_LENGTH or "\ufffd" in text or not text.isprintable():
                line.errors.append(
                    self.env._("%(column)s: “%(text)s…” is too long, or damaged.", column=title, text=text[:40])
                )
            else:
                line.values[name] = text
        for name in ("firstname", "lastname", "company_registry", "zip", "email", "phone", "website", "networks"):
            if name in line.values:
                line.values[name] = getattr(self, f"_read_{name}")(line, line.values[name])
        line.values = {name: value for name, value in line.values.items() if value}

    def _read_firstname(self, line, text, name="firstname"):
        try:
            self.env["res.partner"]._check_text_length(name, text)
        except ValidationError as error:
            line.errors.append(error.args[0])
        return text

    def _read_lastname(self, line, text):
        return self._read_firstname(line, text, "lastname")

    def _read_company_registry(self, line, text):
        digits = re.sub(r"\W", "", text)
        if digits.isdecimal():
            # A spreadsheet removes the leading zeros of a number.
            digits = digits.zfill(14)
        if not stdnum_siret.is_valid(digits):
            line.errors.append(self.env._("SIRET: “%s” is not one: fourteen digits, without a mistake.", text))
        return digits

    def _read_zip(self, line, text):
        digits = text.replace(" ", "")
        return digits.zfill(5) if digits.isdecimal() else text

    def _read_email(self, line, text):
        try:
            return read_address(self.env, text)
        except ValidationError as error:
            line.errors.append(self.env._("Address: %s", error.args[0]))
            return ""

    def _read_phone(self, line, text):
        return f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text

    def _read_website(self, line, text):
        try:
            return read_website(self.env, text)
        except ValidationError as error:
            line.errors.append(error.args[0])
            return ""

    def _read_networks(self, line, text):
        names = [name.strip() for name in re.split(r"[,;/+&]", text) if name.strip()]
        unknown = [name for name in names if comparable(name) not in self._networks]
        if unknown:
            known = ", ".join({network.id: network.name for network in self._networks.values()}.values())
            line.errors.append(
                self.env._(
                    "Networks: “%(names)s” is not known. Known: %(known)s.", names=", ".join(unknown), known=known
                )
            )
        return {self._networks[comparable(name)].id for name in names if name not in unknown}
