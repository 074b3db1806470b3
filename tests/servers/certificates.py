"""A certificate authority for loopback servers, and the certificates that should be refused."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files: the authority's certificate, and key-and-chain files of servers."""

    authority: Path
    good: Path
    wrong_name: Path
    expired: Path
    stranger: Path


def make(folder: Path) -> Certificates:
    """Write an authority that acterm may be told to trust, and one (`stranger`) that it is not."""
    authority = trustme.CA()
    stranger = trustme.CA()
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(path)
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    issued = {
        "good": authority.issue_cert("localhost", "127.0.0.1"),
        "wrong_name": authority.issue_cert("autre.example"),
        "expired": authority.issue_cert("localhost", "127.0.0.1", not_before=past, not_after=past),
        "stranger": stranger.issue_cert("localhost", "127.0.0.1"),
    }
    files = {}
    for name, certificate in issued.items():
        files[name] = folder / f"{name}.pem"
        certificate.private_key_and_cert_chain_pem.write_to_path(files[name])
    return Certificates(authority=path, **files)
