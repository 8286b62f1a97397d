"""A person as address books take him: vCard 3.0, which they all read."""

import base64

import vobject
from vobject.vcard import Address, Name

TYPE = "text/vcard; charset=utf-8"


def card(member, organisation, photo=None):
    """
    :param collab.member member: as its reader sees this person
    :param collab.organisation organisation: where this person works; or none
    :param bytes | None photo: base64 of a JPEG or PNG file, if this person shows it
    :return str: a vCard
    """
    made = vobject.vCard()
    made.add("n").value = Name(family=member.lastname or member.name, given=member.firstname or "")
    made.add("fn").value = member.name
    if member.function:
        made.add("title").value = member.function
    if member.organisation_name:
        made.add("org").value = [member.organisation_name]
    for kind, value in (("email", member.email), ("tel", member.phone)):
        if value:
            line = made.add(kind)
            line.value, line.type_param = value, "WORK"
    if organisation and organisation.city:
        street = "\n".join(filter(None, (organisation.street, organisation.street2)))
        line = made.add("adr")
        line.value = Address(street=street, city=organisation.city, code=organisation.zip or "")
        line.type_param = "WORK"
    if photo:
        line = made.add("photo")
        line.value, line.encoding_param = base64.b64decode(photo), "b"
        line.type_param = "PNG" if line.value.startswith(b"\x89PNG") else "JPEG"
    return made.serialize()
