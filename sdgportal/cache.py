"""The cache on Redis, which may be lost at any moment: what it does not answer is a miss.

Nothing that counts is kept in it: without it the portal works, a little slower, and does not count how often
somebody failed to sign in.
"""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends import redis
from django.core.cache.backends.dummy import DummyCache
from redis.exceptions import RedisError

# After a failure nobody waits for Redis again for so many seconds.
PAUSE = 5

logger = structlog.get_logger(__name__)


def or_miss(name: str) -> Callable[..., Any]:
    """Make a method that asks Redis and, where that fails, answers as a cache that keeps nothing."""
    ask, miss = getattr(redis.RedisCache, name), getattr(DummyCache, name)

    def method(self: "RedisCache", *args: Any, **options: Any) -> Any:
        if time.monotonic() >= RedisCache.silent_until:
            try:
                return ask(self, *args, **options)
            except RedisError as error:
                RedisCache.silent_until = time.monotonic() + PAUSE
                logger.warning("cache_lost", error=repr(error))
        return miss(self, *args, **options)

    return method


class RedisCache(redis.RedisCache):
    """Django's own, but for the loss of Redis."""

    silent_until = 0.0  # of the whole process: each thread has a cache of its own, all have one Redis

    add = or_miss("add")
    get = or_miss("get")
    set = or_miss("set")
    touch = or_miss("touch")
    delete = or_miss("delete")
    get_many = or_miss("get_many")
    has_key = or_miss("has_key")
    incr = or_miss("incr")
    set_many = or_miss("set_many")
    delete_many = or_miss("delete_many")
    clear = or_miss("clear")
