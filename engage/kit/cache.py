"""Django's cache in Valkey, over connections that last as long as the process.

Django makes a cache for each thread and context. A server that answers every request in a context of its own would
connect anew, and shake hands, whenever a request first looks something up.
"""

from functools import cache
from typing import Any

from django.core.cache.backends import redis
from redis import BlockingConnectionPool


class LastingClient(redis.RedisCacheClient):
    """Of one server. The library's clients may be shared by threads, and connect anew after a fork.

    When all of the pool's connections are taken, whoever comes next waits for one; another pool would fail.
    """

    def __init__(self, server: str) -> None:
        super().__init__([server], pool_class=BlockingConnectionPool)
        self._shared = super().get_client()

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._shared


client_of = cache(LastingClient)


class LastingCache(redis.RedisCache):
    """For CACHES, with the one address as its LOCATION and no OPTIONS."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._cache = client_of(server)
