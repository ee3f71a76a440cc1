"""The connection to Home Assistant: fetches the plan and posts health reports."""

import json
from http.client import HTTPException
from typing import Any, Final, override
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from custom_components.frigate_native.engine.redact import redact_line
from custom_components.frigate_native.recorder.plan import Health, Plan

from .options import Options

_TIMEOUT_S: Final = 5.0
_MOST_BYTES: Final = 4 << 20


class HomeAssistantError(Exception):
    """A request to Home Assistant failed; the message says how to fix that."""


class AccessRefusedError(HomeAssistantError):
    """The token was refused. Home Assistant counts each attempt as a failed login and may ban the address."""


class _NoRedirects(HTTPRedirectHandler):
    """Follows no redirects, since they would pass on the token."""

    @override
    def redirect_request(self, *_: Any) -> None:
        return None


class HomeAssistant:
    """The two endpoints of the integration. For one thread; each read takes five seconds at most."""

    def __init__(self, options: Options) -> None:
        """Use the address and token of the options."""
        self._base = options.home_assistant
        self._is_supervised = options.is_supervised
        self._query = f"?{urlencode({'entry_id': options.entry_id})}" if options.entry_id else ""
        self._headers = {"Authorization": f"Bearer {options.token}", "Content-Type": "application/json"}
        # No proxy: Home Assistant is in the local network, and the Supervisor's name is only known there.
        self._opener: OpenerDirector = build_opener(ProxyHandler({}), _NoRedirects())

    def fetch_plan(self) -> Plan:
        """Return the plan; HomeAssistantError without an answer, PlanError if the answer is not a plan."""
        return Plan.from_text(self._request("plan", None))

    def post_health(self, health: Health) -> None:
        """Post a health report; HomeAssistantError if it was not accepted."""
        self._request("health", json.dumps(health.to_json()).encode())

    def _request(self, what: str, body: bytes | None) -> bytes:
        request = Request(  # noqa: S310  # the options allow http and https only
            f"{self._base}/api/frigate_native/recorder/{what}{self._query}", body, self._headers
        )
        try:
            with self._opener.open(request, timeout=_TIMEOUT_S) as response:
                answer: bytes = response.read(_MOST_BYTES + 1)
        except HTTPError as err:
            with err:
                kind = AccessRefusedError if err.code in {401, 403} else HomeAssistantError
                raise kind(self._refusal(err)) from err
        except (URLError, OSError, HTTPException) as err:
            reason = redact_line(str(err.reason if isinstance(err, URLError) else err) or type(err).__name__)
            raise HomeAssistantError(f"Home Assistant does not respond ({reason}); {self._hint()}") from err
        if len(answer) > _MOST_BYTES:
            raise HomeAssistantError(f"Home Assistant's answer is larger than {_MOST_BYTES >> 20} MB")
        return answer

    def _hint(self) -> str:
        return "it may be restarting" if self._is_supervised else f"check HOME_ASSISTANT_URL, {self._base}"

    def _refusal(self, err: HTTPError) -> str:
        match err.code:
            case 401 | 403:
                return f"Home Assistant refuses access ({err.code}); {self._access_hint()}"
            case 404:
                return (
                    f"Home Assistant has no recording plan (404{_message(err)}); "
                    "set up Frigate Native under Settings > Devices & services, or update it"
                )
            case 400 | 409:
                return f"Home Assistant cannot choose an entry ({err.code}{_message(err)}); check the option entry_id"
            case code if 300 <= code < 400:
                return f"Home Assistant redirects to another address ({code}); set HOME_ASSISTANT_URL to that address"
            case code:
                return f"Home Assistant answers {code}{_message(err)}; it may still be starting"

    def _access_hint(self) -> str:
        if self._is_supervised:
            return "restart the add-on to give it a new token"
        return (
            "HOME_ASSISTANT_TOKEN must be a long-lived access token of an administrator "
            "(Home Assistant > your profile > Security)"
        )


def _message(err: HTTPError) -> str:
    """Return the message of Home Assistant's answer, if there is one."""
    try:
        answer = json.loads(err.read(10_000))
    except ValueError, RecursionError, OSError, HTTPException:
        return ""
    message = answer.get("message") if isinstance(answer, dict) else None
    return f", {redact_line(message)}" if isinstance(message, str) else ""
