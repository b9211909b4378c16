"""A draft that isn't theirs has no title for other agencies, however its number is written."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.http import urlencode

from pengaduan_app.models import DayOff
from pengaduan_app.procedure import Role, State
from tests.support.factories import AgencyFactory, UserFactory
from tests.support.process import page_of

BULK = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
CHOOSER = reverse("wagtailadmin_choose_page_chosen_multiple")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# Spellings of a number that `int`, and with it Wagtail, reads as the same one.
SPELLINGS = {
    "plain": str,
    "signed": "+{}".format,
    "spaced": " {}".format,
    "zeros": "00{}".format,
    "grouped": "0_{}".format,
    "arabic": lambda number: str(number).translate(ARABIC),
}


@pytest.fixture
def draft(office):
    return page_of(office.complaint(to=State.STUDY))


@pytest.fixture
def stranger(office, client):
    """An operator of another agency, logged in."""
    user = UserFactory(role=Role.OPERATOR, agency=AgencyFactory())
    client.force_login(user)
    return user


@pytest.mark.parametrize("address", [BULK, CHOOSER])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_list_of_pages_names_a_hidden_draft(client, stranger, draft, address, spelling):
    number = SPELLINGS[spelling](draft.pk)
    response = client.get(f"{address}?{urlencode({'id': number})}")
    assert response.status_code == 404
    assert draft.title not in response.content.decode()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_nor_does_everything_below_a_page(client, stranger, draft, spelling):
    section = SPELLINGS[spelling](draft.get_parent().pk)
    response = client.get(f"{BULK}?{urlencode({'id': 'all', 'childOf': section})}")
    assert response.status_code == 404


def test_nobody_chooses_below_a_hidden_draft(client, stranger, draft):
    """The chooser would say its title above the pages below it."""
    response = client.get(reverse("wagtailadmin_choose_page_child", args=[draft.pk]))
    assert response.status_code == 404
    assert draft.title not in response.content.decode()


def test_the_chooser_still_names_a_page_that_is_no_secret(client, stranger, draft):
    home = draft.get_parent().get_parent().get_parent()
    response = client.get(f"{CHOOSER}?{urlencode({'id': home.pk})}")
    assert response.status_code == 200
    assert home.title in response.content.decode()


def test_a_day_off_with_the_number_of_a_hidden_draft_is_not_hidden(client, stranger, draft):
    stranger.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_dayoff", "delete_dayoff"])
    )
    day = DayOff.objects.create(pk=draft.pk, date=date(2030, 1, 1), name="Hari uji")
    bulk = reverse("wagtail_bulk_action", args=["pengaduan_app", "dayoff", "delete"])
    response = client.get(f"{bulk}?{urlencode({'id': day.pk})}")
    assert response.status_code == 200
    assert day.name in response.content.decode()


# Who isn't logged in learns nothing, and comes back after the log-in.


@pytest.mark.parametrize("name", ["edit", "history", "usage", "workflow_history", "delete"])
def test_a_session_that_is_over_leads_to_the_log_in_and_back(client, office, name):
    """The link in an open tab looked dead, and told a hidden page from none."""
    draft = page_of(office.complaint(to=State.EDITING))
    answers = {}
    for key in (draft.pk, 999_999):
        address = reverse(f"wagtailadmin_pages:{name}", args=[key])
        for send in (client.get, client.post):
            response = send(address)
            assert response.status_code == 302
            answers[key, send.__name__] = response.url.replace(str(key), "N")
    assert len(set(answers.values())) == 1
    client.force_login(office.editor)
    back = client.get(
        "/admin/login/", {"next": reverse("wagtailadmin_pages:edit", args=[draft.pk])}
    )
    assert back.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])


def test_the_lists_tell_them_nothing_either(client, office):
    draft = page_of(office.complaint(to=State.EDITING))
    for question in (f"id={draft.pk}", "id=all", "id=999999"):
        assert client.get(f"{BULK}?{question}").status_code == 302
