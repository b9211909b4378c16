"""Settings of a real cluster in the fault tests: development's, with less patience."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import Q_CLUSTER

DEBUG = False
# The scheduler looks once the guard has slept 30 seconds in all; so it looks at once.
Q_CLUSTER = {**Q_CLUSTER, "guard_cycle": 30, "timeout": 20, "retry": 25}
