"""How often one client may ask."""

import hashlib
import threading

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle


class ClientThrottle(SimpleRateThrottle, threading.local):
    """Counts the requests of each address against the rate in the setting ``name``.

    An empty rate is no limit. The library keeps the request at hand on the throttle, which every
    thread therefore has to itself.
    """

    def __init__(self, name: str) -> None:
        self.scope = name

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether the client may be answered now."""
        rate = getattr(settings, self.scope)
        if not rate:
            return True
        self.num_requests, self.duration = self.parse_rate(rate)
        return super().allow_request(request)

    def get_cache_key(self, request: HttpRequest) -> str:
        """The client, as a key that holds no address in the clear."""
        address = hashlib.sha256(str(self.get_ident(request)).encode()).hexdigest()
        return self.cache_format % {"scope": self.scope, "ident": address[:32]}
