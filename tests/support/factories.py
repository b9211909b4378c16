"""One factory a model. People and texts are plainly invented."""

from __future__ import annotations

import uuid

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from pengaduan_app import actions
from pengaduan_app.models import Agency, Category, Village
from pengaduan_app.procedure.sop import AGENCY_ROLES, Channel, Kind
from pengaduan_app.setup import ROLE_GROUPS

PASSWORD = "rahasia-uji-coba"
REPORTER = actions.Identity(
    name="Wulan Misalnya Sari",
    phone="0812-9999-0001",
    email="wulan@contoh.example",
    address="Jl. Fiktif 9",
)


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda number: f"dinas-{number}")
    name = factory.LazyAttribute(lambda agency: f"Dinas {agency.slug}")
    short_name = factory.LazyAttribute(lambda agency: agency.slug.upper())
    remit = "Menangani urusan uji coba."


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda number: f"kategori-{number}")
    name = factory.LazyAttribute(lambda category: f"Kategori {category.slug}")


class VillageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Village
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda number: f"kelurahan-{number}")
    name = factory.LazyAttribute(lambda village: f"Kelurahan {village.slug}")
    district = "Magersari"


class UserFactory(factory.django.DjangoModelFactory):
    """`UserFactory(role=Role.OPERATOR, agency=agency)` is an operator of that agency."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"orang-{number}")
    first_name = "Petugas"
    last_name = factory.Sequence(lambda number: f"Rekaan {number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@kota.example")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def role(self, create, role, **kwargs):
        if role:
            self.groups.add(Group.objects.get(name=ROLE_GROUPS[role]))

    @factory.post_generation
    def agency(self, create, agency, **kwargs):
        if agency:
            self.groups.add(agency.group)


def staff(role, agency=None):
    """A fresh member of staff, as a request would load one: nothing cached."""
    user = UserFactory(role=role, agency=agency if role in AGENCY_ROLES else None)
    return get_user_model().objects.get(pk=user.pk)


def submit(agency=None, *, identity=REPORTER, key=None, **fields):
    """A complaint that has just come in; returns the receipt."""
    values = {
        "kind": Kind.COMPLAINT,
        "subject": "Lampu jalan padam di depan balai",
        "body": "Sudah tiga malam lampu jalan di depan balai kelurahan padam.",
        "channel": Channel.WEB,
        **fields,
    }
    return actions.submit(key or uuid.uuid4(), identity, agency=agency, **values)


def citizen_form(**changes) -> dict:
    """What a browser posts to `/lapor/`, with changes; a None leaves the field out."""
    data = {
        "kind": Kind.COMPLAINT.value,
        "subject": "Lampu jalan padam di depan balai",
        "body": "Sudah tiga malam lampu jalan di depan balai kelurahan padam.",
        "agency": "",
        "category": "",
        "village": "",
        "place": "Jl. Fiktif",
        "name": REPORTER.name,
        "phone": REPORTER.phone,
        "email": REPORTER.email,
        "address": REPORTER.address,
        "consent": "on",
        "key": str(uuid.uuid4()),
        "website": "",
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}
