"""How members of staff are named: by their name, and never by an address."""

from django.contrib.auth import get_user_model

from pengaduan_app.presentation import person_name

User = get_user_model()


def test_staff_are_named_in_full_and_not_by_what_they_log_in_with():
    person = User(username="op-1", first_name="Budi", last_name="Rekaan")
    assert person_name(person) == "Budi Rekaan"


def test_staff_without_a_name_are_named_by_what_they_log_in_with_never_by_an_address():
    assert person_name(User(username="op-1", email="op-1@kota.example")) == "op-1"


def test_nobody_has_no_name():
    assert person_name(None) == ""
