import re

from odoo.exceptions import ValidationError

# RFC 5321: no address is longer.
ADDRESS_MAX = 254
# As browsers check one (WHATWG, HTML, 4.10.5.1.5), with a domain of two names at least. What core reads mails with lets
# two @ pass.
ADDRESS_FORM = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)


def read_address(env, text):
    """Read an address as somebody has typed it: around it, spaces are nothing, and capitals are small letters.

    :param Environment env: in the language of whoever reads what is said
    :param str text: what was typed
    :return str: the address, as it is kept
    :raises ValidationError: says what is wrong with it
    """
    address = text.strip().lower() if isinstance(text, str) else ""
    shown = f"{address[:40]}…" if len(address) > 40 else address
    if not address:
        raise ValidationError(env._("Type an email address."))
    if len(address) > ADDRESS_MAX:
        raise ValidationError(
            env._(
                "An email address has %(limit)s characters at most: this one has %(count)s.",
                limit=ADDRESS_MAX,
                count=len(address),
            )
        )
    if re.search(r"\s", address):
        raise ValidationError(env._("An email address has no space: take out that of “%s”.", shown))
    if foreign := re.search(r"[^\x21-\x7e]", address):
        # A server may take them (RFC 6531); most do not, and the invitation would be lost.
        raise ValidationError(
            env._(
                "An email address is written without accents: replace “%(letter)s” in “%(address)s”.",
                letter=foreign[0],
                address=shown,
            )
        )
    if address.count("@") > 1:
        raise ValidationError(env._("An email address has a single @: “%s” has several.", shown))
    if not ADDRESS_FORM.fullmatch(address):
        raise ValidationError(env._("“%s” is not a whole email address, such as prenom.nom@structure.fr.", shown))
    return address
