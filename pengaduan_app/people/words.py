"""What the log calls what was done with an account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules import Deed

ADDED = "pengaduan_app.person_added"
LOGGED = {deed: f"pengaduan_app.person_{deed.value}" for deed in Deed}
LEFT = "pengaduan_app.person_on_leave"
RETURNED = "pengaduan_app.person_leave_ended"
# The entry's name, and what it says was done.
LOG = {
    ADDED: (_("Add a member of staff"), _("Added and invited")),
    LEFT: (_("Write a leave down"), _("Wrote a leave down")),
    RETURNED: (_("End the leave"), _("Ended a leave")),
    LOGGED[Deed.RENAME]: (_("Change the name"), _("Changed the name")),
    LOGGED[Deed.READDRESS]: (_("Change the e-mail address"), _("Changed the e-mail address")),
    LOGGED[Deed.MOVE]: (_("Move or change role"), _("Changed role or agency")),
    LOGGED[Deed.INVITE]: (_("Invite again"), _("Invited again")),
    LOGGED[Deed.DEACTIVATE]: (_("Deactivate"), _("Deactivated")),
    LOGGED[Deed.ACTIVATE]: (_("Activate"), _("Activated again")),
}
