"""When the supervisor thinks that its cluster hangs."""

from __future__ import annotations

import pytest

from pengaduan_app.operations.vital_signs import Sign, VitalSigns, what_hangs

NOW, PATIENCE = 1000.0, 30.0
LATELY, LONG_AGO = NOW - PATIENCE, NOW - PATIENCE - 0.1
NOBODY = 0.0


@pytest.mark.parametrize(
    ("main", "guard", "asked", "done", "busy_until", "verdict"),
    [
        # All is well, however long nothing was asked of it.
        (LATELY, LATELY, NOBODY, LONG_AGO, NOBODY, None),
        (LATELY, LATELY, LATELY, LONG_AGO, NOBODY, None),
        # A loop of the cluster's own has stopped.
        (LONG_AGO, LATELY, NOBODY, LATELY, NOBODY, "its main process stands still"),
        (LATELY, LONG_AGO, NOBODY, LATELY, NOBODY, "its guard stands still"),
        # A guard that sleeps for a minute has said so.
        (LATELY, NOW + 60, NOBODY, LATELY, NOBODY, None),
        # The probe waits, and nothing else was done meanwhile.
        (LATELY, LATELY, LONG_AGO, LONG_AGO, NOBODY, "no task has been completed"),
        # It waits in a long queue, or behind a task whose time isn't over.
        (LATELY, LATELY, LONG_AGO, LATELY, NOBODY, None),
        (LATELY, LATELY, LONG_AGO, LONG_AGO, NOW + 90, None),
        (LATELY, LATELY, LONG_AGO, LONG_AGO, LATELY, None),
        # That task's time is over too.
        (LATELY, LATELY, LONG_AGO, LONG_AGO, LONG_AGO, "no task has been completed"),
    ],
)
def test_what_hangs(main, guard, asked, done, busy_until, verdict):
    signs = VitalSigns()
    for sign, moment in zip(Sign, (main, guard, asked, done, busy_until), strict=True):
        signs.note(sign, moment)
    assert what_hangs(signs, NOW, PATIENCE) == verdict


def test_a_cluster_that_has_just_been_started_has_its_time():
    signs = VitalSigns()
    assert what_hangs(signs, signs.at(Sign.MAIN) + PATIENCE, PATIENCE) is None
    assert what_hangs(signs, signs.at(Sign.MAIN) + PATIENCE + 1, PATIENCE) is not None
