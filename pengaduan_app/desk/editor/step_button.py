"""The step's own button is the main one of the page editor; saving stands in its menu.

Wagtail shows the first item of the menu as the main button.
"""

from __future__ import annotations

from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem

from ...procedure import Action

# What ends the step, the usual end first: a confidential answer is never published.
ENDS = (Action.APPROVE.value, Action.PUBLISH_PRIVATELY.value)


def put_step_first(items: list[ActionMenuItem]) -> None:
    """Moves what ends the step to the beginning, for whoever has such a button; the others keep
    their order. Called agencies and readers of an old version have none, and save as before."""
    steps = [item for item in items if isinstance(item, WorkflowMenuItem) and item.name in ENDS]
    if not steps:
        return
    main = min(steps, key=lambda item: ENDS.index(item.name))
    items.remove(main)
    items.insert(0, main)
