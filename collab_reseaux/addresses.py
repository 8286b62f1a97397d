import re

from odoo.exceptions import ValidationError

# The longest address that RFC 5321 allows.
ADDRESS_MAX = 254
# The rule of browsers (WHATWG, HTML, 4.10.5.1.5), and a dot in the domain. Odoo's own helper, email_normalize, accepts
# an address with two @.
ADDRESS_FORM = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)


def read_address(env, text):
    """Check an email address that somebody typed, and normalize it: no space around it, lower case.

    :param Environment env: its language is that of the error message
    :param str text: what was typed
    :return str: the address, as it is stored
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
        # RFC 6531 allows accents, but most mail servers refuse them: the invitation would be lost.
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
