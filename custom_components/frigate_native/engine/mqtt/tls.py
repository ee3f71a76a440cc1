"""TLS for the connection to a broker, and descriptions of its errors."""

import ssl
from typing import Final, override

from ..config.model import TlsConfig
from .broker_connection import BrokerError

_HANDSHAKE_S: Final = 3.0  # stopping waits for it
_WRONG_NAME: Final = frozenset({62, 64})  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH


class _ImpatientSocket(ssl.SSLSocket):
    """A socket with a short handshake timeout: paho would wait a minute and leave the socket open."""

    @override
    def do_handshake(self, block: bool = False) -> None:
        self.settimeout(_HANDSHAKE_S)
        try:
            super().do_handshake(block)
        except OSError:
            self.close()
            raise


def new_context(tls: TlsConfig) -> ssl.SSLContext:
    """Return the TLS context of a client. Reads files. Raises BrokerError if they are invalid."""
    try:
        context = ssl.create_default_context(cafile=tls.ca_certs)
        if tls.client_cert is not None:
            context.load_cert_chain(tls.client_cert, tls.client_key, password=_no_password)
    except OSError as err:  # SSLError among them
        solution = "check mqtt.tls_ca_certs, mqtt.tls_client_cert and mqtt.tls_client_key: PEM, and no key password"
        raise BrokerError(f"cannot be used with these TLS files ({_reason(err)}); {solution}") from err
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # self-made CAs rarely have all extensions
    context.check_hostname = not tls.is_insecure
    context.sslsocket_class = _ImpatientSocket
    return context


def describe(err: ssl.SSLError) -> str:
    """Return a description with a solution."""
    if not isinstance(err, ssl.SSLCertVerificationError):
        return f"failed the TLS handshake ({_reason(err)}); check mqtt.port"
    if err.verify_code in _WRONG_NAME:
        return "has a certificate for another hostname; check mqtt.host, or set mqtt.tls_insecure"
    return f"has a certificate that is not trusted ({err.verify_message}); check mqtt.tls_ca_certs"


def _no_password() -> str:
    """Return an empty password, since the default would prompt in the terminal."""
    return ""


def _reason(err: OSError) -> str:
    reason = getattr(err, "reason", None) or err.strerror or str(err)
    return str(reason).lower().replace("_", " ")
