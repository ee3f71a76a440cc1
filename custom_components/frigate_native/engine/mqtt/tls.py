"""TLS for the connection to a broker, and words for what goes wrong with it."""

import ssl
from typing import Final, override

from ..config.model import TlsConfig
from .broker_connection import BrokerError

_HANDSHAKE_S: Final = 3.0  # `stop` waits for it
_WRONG_NAME: Final = frozenset({62, 64})  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH


class _ImpatientSocket(ssl.SSLSocket):
    """A socket for a short handshake: paho would wait a minute for a server that says nothing, and close nothing."""

    @override
    def do_handshake(self, block: bool = False) -> None:
        self.settimeout(_HANDSHAKE_S)
        try:
            super().do_handshake(block)
        except OSError:
            self.close()
            raise


def new_context(tls: TlsConfig) -> ssl.SSLContext:
    """Return what a client's sockets are wrapped by; BrokerError when the files cannot be used. Blocks for files."""
    try:
        context = ssl.create_default_context(cafile=tls.ca_certs)
        if tls.client_cert is not None:
            context.load_cert_chain(tls.client_cert, tls.client_key, password=_no_password)
    except OSError as err:  # SSLError among them
        solution = (
            "check mqtt.tls_ca_certs, mqtt.tls_client_cert and mqtt.tls_client_key: PEM, the key without password"
        )
        raise BrokerError(f"is not asked: its TLS files cannot be used ({_reason(err)}); {solution}") from err
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # CAs made at home seldom have all extensions
    context.check_hostname = not tls.is_insecure
    context.sslsocket_class = _ImpatientSocket
    return context


def describe(err: ssl.SSLError) -> str:
    """Say what is wrong, and what to do."""
    if not isinstance(err, ssl.SSLCertVerificationError):
        return f"does not speak TLS as we do ({_reason(err)}); check mqtt.port"
    if err.verify_code in _WRONG_NAME:
        return "has a certificate for another name; check mqtt.host, or set mqtt.tls_insecure"
    return f"has a certificate that is not trusted ({err.verify_message}); check mqtt.tls_ca_certs"


def _no_password() -> str:
    """Answer when a key has a password; otherwise the terminal would be asked."""
    return ""


def _reason(err: OSError) -> str:
    reason = getattr(err, "reason", None) or err.strerror or str(err)
    return str(reason).lower().replace("_", " ")
