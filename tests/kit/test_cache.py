"""The cache that every process shares, and every thread and context within one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.conf import settings
from django.core.cache import cache, caches


def test_a_cache_for_each_context_takes_no_connection_of_its_own():
    used = {caches.create_connection("default")._cache.get_client().client_id() for _ in range(20)}
    assert len(used) == 1


def test_threads_do_not_read_each_others_answers():
    cache.set_many({f"of-{n}": n for n in range(50)})
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda n: caches["default"].get(f"of-{n}"), range(50))) == list(range(50))


def test_a_connection_that_the_server_shut_is_made_anew():
    cache.set("kept", 1)
    number = cache._cache.get_client().client_id()
    with redis.from_url(settings.REDIS_URL) as other:
        assert other.client_kill_filter(_id=str(number)) == 1
    assert cache.get("kept") == 1


def test_whoever_comes_when_all_connections_are_taken_waits_for_one():
    cache.set("kept", 1)
    pool = cache._cache.get_client().connection_pool
    taken = [pool.get_connection() for _ in range(pool.max_connections)]
    with ThreadPoolExecutor(1) as another:
        waiting = another.submit(caches["default"].get, "kept")
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.2)
        for connection in taken:
            pool.release(connection)
        assert waiting.result(timeout=10) == 1
