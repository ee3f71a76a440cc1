"""Keys of the MQTT broker."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from .. import checks, forms
from ..files_beside import authorities, existing_file
from ..keys import (
    Checks,
    FormField,
    key,
    required_key,
)
from ..names import topic_prefix
from ..validators import Whole, flag, host_name, text


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsConfig:
    """How the broker is verified and how it verifies us; `ca_certs` None: the authorities that this machine trusts.

    is_insecure: the broker's certificate may be for another name.
    """

    ca_certs: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = None
    is_insecure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MqttConfig:
    """Your own broker; without `tls_ca_certs` the connection is in plain text."""

    CHECKS: ClassVar[Checks] = {
        ("tls_ca_certs", "tls_client_cert", "tls_client_key", "tls_insecure"): checks.whole_tls,
    }

    host: str = required_key(
        host_name, "Name or IP address of the broker.", has_variables=True, form=FormField(forms.MQTT, is_optional=True)
    )
    port: int = key(Whole(1, 65535), 1883, "Port of the broker.", form=FormField(forms.MQTT))
    topic_prefix: str = key(topic_prefix, "frigate", "What all topics begin with.", has_variables=True)
    client_id: str = key(
        text,
        "frigate",
        "Client ID; each client of a broker needs its own.",
        has_variables=True,
        form=FormField(forms.MQTT, default="frigate_native"),
    )
    user: str | None = key(
        text, None, "User on the broker.", has_variables=True, form=FormField(forms.MQTT, name="username")
    )
    password: str | None = key(
        text, None, "Password on the broker.", has_variables=True, is_secret=True, form=FormField(forms.MQTT)
    )
    stats_interval_s: int = key(Whole(1), 60, "Time between two statistics.", name="stats_interval", unit="s")
    qos: int = key(Whole(0, 2), 0, "Quality of service of all topics.", form=FormField(forms.MQTT))
    tls_ca_certs: str | None = key(
        authorities,
        None,
        "Turns on TLS: certificate of the broker's CA, or `auto` for the authorities that this machine trusts.",
        form=FormField(forms.MQTT),
    )
    tls_client_cert: Path | None = key(existing_file, None, "Certificate of this client.", form=FormField(forms.MQTT))
    tls_client_key: Path | None = key(
        existing_file, None, "Key of this client's certificate.", form=FormField(forms.MQTT)
    )
    tls_insecure: bool = key(flag, False, "Accept a certificate for another name.", form=FormField(forms.MQTT))

    @property
    def tls(self) -> TlsConfig | None:
        """What the keys of TLS say together; None: no TLS."""
        if self.tls_ca_certs is None:
            return None
        return TlsConfig(
            ca_certs=None if self.tls_ca_certs == checks.ANY_CA else Path(self.tls_ca_certs),
            client_cert=self.tls_client_cert,
            client_key=self.tls_client_key,
            is_insecure=self.tls_insecure,
        )
