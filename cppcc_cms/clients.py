"""Where a request comes from, as far as the proxies in front can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, empty where it cannot be known.

    With ``PROXY_COUNT`` proxies in front it is the entry of X-Forwarded-For that the outermost of
    them wrote; what stands before it came from the client and proves nothing. Without a proxy the
    header is not looked at.
    """
    if not settings.PROXY_COUNT:
        return str(request.META.get("REMOTE_ADDR", ""))
    listed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    return listed[-settings.PROXY_COUNT] if len(listed) >= settings.PROXY_COUNT else ""


def is_within(request: HttpRequest, networks: list[str]) -> bool:
    """Whether the client's address lies in one of ``networks``; never for an unknown address."""
    try:
        address = ip_address(client_address(request))
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in ip_network(network) for network in networks)
