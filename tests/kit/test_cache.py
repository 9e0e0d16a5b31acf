"""The cache that every process shares, and every thread and context within one."""

from concurrent.futures import ThreadPoolExecutor

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
