"""The accounts of staff, as the complaint administrator keeps them.

rules     what may be done with an account, and why not
accounts  every change of one: added, moved, deactivated, invited again
leave     who is on leave and who stands in
telephones  the numbers of staff, for whoever chases a late agency
gaps      what would wait for nobody
facts     what the screens say of somebody
words     what the log calls what was done
forms     what is asked
listing   the list, its filters and columns
screens   what they share: who may open them, how a refusal is shown
views     the screens
leave_views  those of leave, for all staff
viewset   their addresses and the entry in the menu
"""

from .facts import add_url
from .leave_views import account_item, leave_viewset
from .viewset import people_viewset

__all__ = ["account_item", "accounts", "add_url", "leave_viewset", "people_viewset", "words"]
