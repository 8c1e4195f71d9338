"""The Redis cache that several processes share; while it is away every lookup is a miss."""

import logging
import time
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

PATIENCE = 0.5  # seconds; a cache that is slower than the work it saves is of no use
LOGGED_EVERY = 60  # seconds
AWAY = 5  # seconds in which a cache that failed is not used
PING = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}

logger = logging.getLogger(__name__)


def or_else(name, missed):
    """Return the method ``name`` of the cache, which returns ``missed(…)`` of its arguments while Redis is away."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def lenient(self, *args, **kwargs):
        if time.monotonic() < self.away_until:
            return missed(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as problem:
            self.stop_using(problem)
            return missed(*args, **kwargs)

    return lenient


class LenientRedisCache(RedisCache):
    """Redis, where a failure is a miss: logged once a minute, and tried again after a few seconds."""

    away_until = next_log = 0.0  # of the process, so that not every thread waits for itself

    def __init__(self, server, params):
        params = {**params, "OPTIONS": {**PING, **params.get("OPTIONS", {})}}
        super().__init__(server, params)

    def stop_using(self, problem):
        """Do without the cache for a while, and tell the operator now and then."""
        now = time.monotonic()
        LenientRedisCache.away_until = now + AWAY
        if now >= LenientRedisCache.next_log:
            LenientRedisCache.next_log = now + LOGGED_EVERY
            logger.warning("the shared cache does not answer; pages are made without it: %s", problem)

    get = or_else("get", lambda key, default=None, version=None: default)
    get_many = or_else("get_many", lambda keys, version=None: {})
    has_key = or_else("has_key", lambda key, version=None: False)
    add = or_else("add", lambda *args, **kwargs: False)
    set = or_else("set", lambda *args, **kwargs: None)
    set_many = or_else("set_many", lambda data, *args, **kwargs: list(data))
    touch = or_else("touch", lambda *args, **kwargs: False)
    delete = or_else("delete", lambda *args, **kwargs: False)
    delete_many = or_else("delete_many", lambda *args, **kwargs: None)
    clear = or_else("clear", lambda *args, **kwargs: False)
    incr = or_else("incr", lambda key, delta=1, version=None: delta)
