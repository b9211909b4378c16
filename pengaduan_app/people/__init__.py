"""The accounts of staff, as the complaint administrator keeps them.

rules     what may be done with an account, and why not
accounts  every change of one: added, moved, deactivated, invited again
telephones  the numbers of staff, for whoever chases a late agency
gaps      what would wait for nobody
facts     what the screens say of somebody
words     what the log calls what was done
forms     what is asked
listing   the list, its filters and columns
screens   what they share: who may open them, how a refusal is shown
views     the screens
viewset   their addresses and the entry in the menu
"""

from .facts import add_url
from .viewset import people_viewset

__all__ = ["accounts", "add_url", "people_viewset", "words"]
