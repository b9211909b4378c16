"""Settings of a real cluster in the fault tests: development's, with less patience."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import Q_CLUSTER, env

DEBUG = False
Q_CLUSTER = {
    **Q_CLUSTER,
    # The scheduler looks once the guard has slept 30 seconds in all; so it looks at once.
    "guard_cycle": env.float("GUARD_CYCLE", default=30),
    "timeout": 20,
    "retry": env.int("RETRY", default=25),
    "recycle": env.int("RECYCLE", default=500),
}
