"""Lets somebody in again who has lost the telephone."""

from __future__ import annotations

from argparse import ArgumentParser

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ...staff_login import factor_log
from ...staff_login.sessions import end_sessions_of


class Command(BaseCommand):
    help = (
        "Removes all second factors and recovery codes of a person and ends their sessions. Make "
        "sure first, by sight or voice, that it is this person who asks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--unlink",
            action="store_true",
            help="also forget which account at the provider of single sign-on is theirs",
        )

    def handle(self, *args: object, username: str, unlink: bool, **options: object) -> None:
        person = get_user_model().objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody's log-in name is {username}.")
        with transaction.atomic():
            Authenticator.objects.filter(user=person).delete()
            factor_log.write(factor_log.RESET, person, by_command=True)
            if unlink:
                SocialAccount.objects.filter(user=person).delete()
                factor_log.write(factor_log.UNLINKED, person, by_command=True)
            ended = end_sessions_of(person.pk)
        self.stdout.write(
            f"{username} has no second factor any more; {ended} session(s) ended. Whoever needs "
            "one sets it up at the next log-in, so let the person do that now."
        )
