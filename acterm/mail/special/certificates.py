"""Whom an S/MIME certificate names, and who vouches for it (RFC 5280, RFC 8550)."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from acterm.mail.clean import clean, clean_name

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, Name


def signer_of(pkcs7: bytes) -> tuple[str, str]:
    """Signer and issuer in the certificates of a signature; empty when they cannot be read."""
    found = certificates_in(pkcs7)
    own = next((one for one in found if addresses_of(one)), found[0] if found else None)
    return (named(own), issued_by(own)) if own is not None else ("", "")


def certificates_in(pkcs7: bytes) -> "list[Certificate]":
    """The certificates of a signature in DER or PEM, none of a broken one."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs7 as container

    with _quiet():
        try:
            if pkcs7.lstrip().startswith(b"-----BEGIN CERTIFICATE"):
                return list(x509.load_pem_x509_certificates(pkcs7))
            if pkcs7.lstrip().startswith(b"-----BEGIN"):
                return list(container.load_pem_pkcs7_certificates(pkcs7))
            return list(container.load_der_pkcs7_certificates(pkcs7))
        except (ValueError, TypeError, UnsupportedAlgorithm):
            return []


@contextmanager
def _quiet() -> Iterator[None]:
    """What old programs write (BER, odd names) is told on stderr: on top of the screen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def named(certificate: "Certificate") -> str:
    """« Camille Lefèvre <camille@…> », as far as the certificate says."""
    with _quiet():
        name = _common_name(certificate.subject)
    address = next(iter(addresses_of(certificate)), "")
    return f"{name} <{address}>" if name and address and name != address else name or address


def issued_by(certificate: "Certificate") -> str:
    """The authority, its organisation when it has no name."""
    from cryptography.x509.oid import NameOID

    with _quiet():
        issuer = certificate.issuer
        return _common_name(issuer) or _attribute(issuer, NameOID.ORGANIZATION_NAME)


def addresses_of(certificate: "Certificate") -> list[str]:
    """The mail addresses it is made for."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    with _quiet():
        try:
            known = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
            found = known.value.get_values_for_type(x509.RFC822Name)
        except (x509.ExtensionNotFound, ValueError):
            found = []
        old = _attribute(certificate.subject, NameOID.EMAIL_ADDRESS)
    return [clean_name(one) for one in (*found, old) if one]


def _common_name(name: "Name") -> str:
    from cryptography.x509.oid import NameOID

    return _attribute(name, NameOID.COMMON_NAME)


def _attribute(name: "Name", oid: object) -> str:
    values = [one.value for one in name if one.oid == oid]
    value = values[0] if values else ""
    return clean(value if isinstance(value, str) else "", line=True).strip()[:200]
