"""Addresses on two workers: one for one person, and links whose secret no log keeps."""

import concurrent.futures

from .person import Person, Refused


def test_two_administrators_give_one_address_at_the_same_moment(stack, announces):
    announces(r"bad query[\s\S]*res_users_login_key")
    people = [Person(stack, "admin") for _administrator in range(2)]

    def create(number):
        vals = {"login": " Double@Collab.example", "firstname": "A", "lastname": str(number)}
        try:
            people[number].call("res.users", "web_save", [], vals, {})
        except Refused as refusal:
            return refusal.args[0]
        return None

    with concurrent.futures.ThreadPoolExecutor(2) as crowd:
        said = sorted(crowd.map(create, range(2)), key=bool)
    assert said[0] is None
    # The second one, whether he was seen before it wrote or while it did.
    assert "Cette adresse" in said[1] and "compte" in said[1].lower()
    count = "SELECT count(*) FROM res_users WHERE login = 'double@collab.example'"
    assert stack.cluster.sql(count, stack.database) == [("1",)]


def test_no_log_keeps_what_the_links_of_mails_hold(stack, alice):
    secret = "S3cretOfALetter"
    for path in (
        f"/mon-compte/adresse/confirmer?jeton={secret}",
        f"/mon-compte/annuler?x=1&jeton={secret}#x",
        f"/web/reset_password?db=collab&token={secret}",
        f"/desabonnement/{secret}",
        f"/agenda/reponse/{secret}",
        f"/agenda/flux/3-tout-{secret}.ics",
        f"/agenda/flux//{secret}.ics",
    ):
        alice.get(path)
    said = stack.log.read_text()
    assert "/mon-compte/adresse/confirmer?jeton=***" in said
    assert secret not in said
    for name in ("access.log", "error.log"):
        assert secret not in (stack.folder / name).read_text()
