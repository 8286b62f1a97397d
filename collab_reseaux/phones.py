"""Phone numbers, as people type them, and as French people write them."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, shortnumberinfo

from odoo.exceptions import ValidationError

HERE = "FR"
SIGNS = r"\d\s+()./·\-–"
# "Tél. : 02 40 00 00 00 poste 12": what stands before the number, the number, its extension. Letters in the number are
# refused: the library would read some of them as the digits of the same key.
TYPED = re.compile(rf"[^\d+(]*([{SIGNS}]+?),?\s*(?:(?:poste|ext\.?)\s*(\d{{1,6}}))?", re.IGNORECASE)


def read_phone(env, text):
    """Read a phone number in any of the ways in which people type it.

    :param Environment env: of the language of the refusal
    :param str | None text: as it was typed
    :return str | bool: as French people write it, « 02 55 00 31 12 », or with the code of its country,
        « +32 2 500 00 00 »; ``False`` when nothing was typed
    :raises ValidationError: it is no phone number
    """
    text = (text or "").strip()
    if not text:
        return False
    typed = TYPED.fullmatch(text)
    number = typed and _written(typed[1])
    if not number:
        refusal = env._(
            "“%s” is not a phone number: write its ten digits, or begin with + and the code of the country.", text
        )
        raise ValidationError(refusal)
    return env._("%(number)s ext. %(extension)s", number=number, extension=typed[2]) if typed[2] else number


def _written(digits):
    """:return str | None: as ``read_phone``; None: it is no phone number"""
    try:
        number = phonenumbers.parse(digits, HERE)
    except NumberParseException:
        return None
    if phonenumbers.is_valid_number(number):
        abroad = number.country_code != phonenumbers.country_code_for_region(HERE)
        style = PhoneNumberFormat.INTERNATIONAL if abroad else PhoneNumberFormat.NATIONAL
        return phonenumbers.format_number(number, style)
    # 115, 39 19: they have no other digits, not even abroad.
    if shortnumberinfo.is_valid_short_number_for_region(number, HERE):
        short = re.sub(r"\D", "", digits)
        return f"{short[:2]} {short[2:]}" if len(short) == 4 else short
    return None


def dialled(phone):
    """:param str phone: as it is shown
    :return str: the address of a link that calls it, without what a telephone cannot dial"""
    return "tel:" + re.sub(r"[^\d+]", "", re.split(f"[^{SIGNS}]", phone)[0])
