"""What a process caches is made once, expires, and never outlives an invalidation."""

import pytest

from pengaduan_app import process_cache
from pengaduan_app.process_cache import ProcessCache


@pytest.fixture
def now(monkeypatch):
    """A clock that the test moves: now[0] is the second."""
    seconds = [100.0]
    monkeypatch.setattr(process_cache, "monotonic", lambda: seconds[0])
    return seconds


def counting():
    """A function that returns 1, 2, 3 … call by call."""
    numbers = iter(range(1, 100))
    return lambda: next(numbers)


def test_a_value_is_made_once_until_its_time_is_up(now):
    cache, make = ProcessCache(60), counting()
    assert [cache.get_or_set("key", make) for _ in range(3)] == [1, 1, 1]
    now[0] += 59
    assert cache.get_or_set("key", make) == 1
    now[0] += 1
    assert cache.get_or_set("key", make) == 2


def test_keys_do_not_share_a_value():
    cache, make = ProcessCache(60), counting()
    assert [cache.get_or_set(key, make) for key in ("a", "b", "a")] == [1, 2, 1]


def test_the_stored_object_itself_is_returned():
    cache, value = ProcessCache(60), object()
    cache.get_or_set("key", lambda: value)
    assert cache.get_or_set("key", object) is value


def test_nothing_that_was_cached_outlives_a_clearing():
    cache, make = ProcessCache(60), counting()
    cache.get_or_set("key", make)
    cache.clear()
    assert cache.get_or_set("key", make) == 2


def test_what_was_made_during_a_clearing_is_not_stored():
    """It was read before the change that cleared the cache was visible."""
    cache, make = ProcessCache(60), counting()

    def make_while_another_clears():
        value = make()
        cache.clear()
        return value

    assert cache.get_or_set("key", make_while_another_clears) == 1
    assert cache.get_or_set("key", make) == 2


def test_a_full_cache_starts_again_instead_of_growing():
    cache, make = ProcessCache(60, most=2), counting()
    assert [cache.get_or_set(key, make) for key in ("a", "b", "c", "c")] == [1, 2, 3, 3]
    assert cache.get_or_set("a", make) == 4


def test_a_maker_that_fails_leaves_nothing_behind():
    cache = ProcessCache(60)
    with pytest.raises(ZeroDivisionError):
        cache.get_or_set("key", lambda: 1 / 0)
    assert cache.get_or_set("key", counting()) == 1
