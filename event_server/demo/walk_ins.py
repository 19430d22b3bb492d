"""Coming in like somebody from the street: the event's own form, over HTTP."""

from __future__ import annotations

import http.client
import secrets
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

LOGIN_COOKIES = ("__Host-girotondo", "girotondo")
WAIT_SECONDS = 20.0


class NotAdmitted(Exception):  # noqa: N818 - says what happened
    """The server did not let somebody in; the message says how it answered."""


def walk_in(join_link: str, name: str) -> tuple[str, str]:
    """Join an event by its short link as somebody new.

    Args:
        join_link: As the projector shows it, ``http://host/j/CODE``.
        name: Under which to come in.

    Returns:
        The address of the phone's socket, and the login's secret.

    Raises:
        NotAdmitted: If the event takes nobody new, or the link is wrong.
        OSError: If the server cannot be reached.
    """
    parts = urlsplit(join_link)
    is_https = parts.scheme == "https"
    connect = http.client.HTTPSConnection if is_https else http.client.HTTPConnection
    line = connect(parts.netloc, timeout=WAIT_SECONDS)
    try:
        body = urlencode({"name": name, "consent": "on", "id": secrets.token_hex(8)})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"{parts.scheme}://{parts.netloc}",
            "Sec-Fetch-Site": "same-origin",
        }
        line.request("POST", f"{parts.path.rstrip('/')}/new", body, headers)
        answer = line.getresponse()
        answer.read()
    finally:
        line.close()
    cookies = SimpleCookie(answer.getheader("Set-Cookie") or "")
    login = next((cookies[cookie].value for cookie in LOGIN_COOKIES if cookie in cookies), "")
    phone = answer.getheader("Location") or ""
    if not login or "/e/" not in phone:
        raise NotAdmitted(f"the server answered {answer.status} to {name}")
    path = urlsplit(phone).path.rstrip("/")
    return f"{'wss' if is_https else 'ws'}://{parts.netloc}{path}/ws", login.split(".")[0]
