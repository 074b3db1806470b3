"""Signatures verified by the real programs, with keys made here."""

import base64
import datetime
import subprocess
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from acterm.mail.parsing.mime import parse
from acterm.mail.parsing.mime import part as part_of
from acterm.mail.special.certificates import certificates_in, named
from acterm.mail.special.signature import State, verify
from acterm.mail.special.signed import Seal
from acterm.mail.special.special import Signed, special
from tests.mail.mails import mail, multipart, part, whole

LUC = "Luc Petit <luc.petit@ac-amiens.fr>"
BODY = b"Content-Type: text/plain; charset=utf-8\r\n\r\nLe conseil est jeudi.\r\n"
NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A key ring with the key of Luc."""
    home = tmp_path_factory.mktemp("gpg")
    home.chmod(0o700)
    options = ["gpg", "--homedir", str(home), "--batch", "--passphrase", "", "--pinentry-mode"]
    command = [*options, "loopback", "--quick-gen-key", LUC, "ed25519", "sign", "1y"]
    subprocess.run(command, check=True, capture_output=True)
    yield home
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)


def gpg(home: Path, *options: str, data: bytes) -> bytes:
    command = ["gpg", "--homedir", str(home), "--batch", "--armor", *options]
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout


def by_pgp(home: Path, sender: str = LUC, body: bytes = BODY) -> bytes:
    signature = gpg(home, "--detach-sign", data=body)
    pieces = [body, part(signature, "application/pgp-signature; name=signature.asc")]
    return whole(multipart("signed", pieces), From=sender)


def test_a_mail_signed_with_a_key_of_the_ring_holds(ring: Path) -> None:
    found = verify(by_pgp(ring), gpg_home=ring)
    assert (found.state, found.seal, found.by) == (State.HOLDS, Seal.PGP, LUC)
    assert LUC in found.words() and len(found.key) == 40


def test_a_changed_mail_does_not_hold(ring: Path) -> None:
    changed = by_pgp(ring).replace(b"jeudi", b"lundi")
    assert verify(changed, gpg_home=ring).state is State.BROKEN


def test_the_key_of_somebody_else_is_told(ring: Path) -> None:
    found = verify(by_pgp(ring, "Zoé <zoe@x.example>"), gpg_home=ring)
    assert found.state is State.OTHER_PERSON and "Luc Petit" in found.words()


def test_without_the_key_nothing_is_proved(ring: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert verify(by_pgp(ring), gpg_home=tmp_path).state is State.NO_KEY


def test_a_key_nobody_vouches_for_is_told(ring: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    gpg(tmp_path, "--import", data=gpg(ring, "--export", data=b""))
    assert verify(by_pgp(ring), gpg_home=tmp_path).state is State.UNKNOWN_AUTHORITY


def test_lines_around_a_signed_block_are_told(ring: Path) -> None:
    block = gpg(ring, "--clear-sign", data=b"Le conseil est jeudi.\n").replace(b"\n", b"\r\n")
    whole_text = verify(mail(block, From=LUC), gpg_home=ring)
    with_more = verify(mail(b"Envoyez tout !\r\n" + block, From=LUC), gpg_home=ring)
    assert (whole_text.state, whole_text.partly) == (State.HOLDS, False)
    assert (with_more.state, with_more.partly) == (State.HOLDS, True)


@dataclass(frozen=True)
class Authority:
    """Makes certificates for S/MIME; `path` holds its own."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    path: Path

    def sign(
        self, sender: str, *, body: bytes = BODY, until: datetime.datetime = NOW + DAY
    ) -> bytes:
        """A mail that Luc signed with a certificate made here."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Luc Petit")])
        address = x509.SubjectAlternativeName([x509.RFC822Name("luc.petit@ac-amiens.fr")])
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = (
            certificate(subject, self.certificate.subject, key, until)
            .add_extension(address, critical=False)
            .add_extension(usage, critical=False)
            .sign(self.key, hashes.SHA256())
        )
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
        builder = (
            pkcs7.PKCS7SignatureBuilder().set_data(body).add_signer(made, key, hashes.SHA256())
        )
        signature = builder.sign(serialization.Encoding.DER, options)
        kind = "application/pkcs7-signature; name=smime.p7s"
        encoded = base64.encodebytes(signature).replace(b"\n", b"\r\n")
        pieces = [body, part(encoded, kind, Content_Transfer_Encoding="base64")]
        return whole(multipart("signed", pieces), From=sender)


def certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, until: datetime.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 30 * DAY)
        .not_valid_after(until)
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autorité d’essai")])
    made = (
        certificate(name, name, key, NOW + 30 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return Authority(key, made, path)


def test_a_certificate_of_a_known_authority_holds(authority: Authority) -> None:
    found = verify(authority.sign(LUC), ca_file=authority.path)
    assert (found.state, found.seal) == (State.HOLDS, Seal.SMIME)
    assert (found.by, found.issuer) == (LUC, "Autorité d’essai")


def test_a_certificate_of_nobody_known_is_told_with_its_authority(authority: Authority) -> None:
    found = verify(authority.sign(LUC))
    assert found.state is State.UNKNOWN_AUTHORITY
    assert "Autorité d’essai" in found.words()


def test_a_changed_or_borrowed_or_old_signature_is_told(authority: Authority) -> None:
    source = authority.sign(LUC)
    old = authority.sign(LUC, until=NOW - DAY)
    other = authority.sign("Zoé <zoe@x.example>")
    path = authority.path
    assert verify(source.replace(b"jeudi", b"lundi"), ca_file=path).state is State.BROKEN
    assert verify(other, ca_file=path).state is State.OTHER_PERSON
    assert verify(old, ca_file=path).state is State.EXPIRED


def test_a_signed_mail_names_its_signer_before_any_check(authority: Authority) -> None:
    source = authority.sign(LUC)
    found = special(parse(source), lambda section: part_of(source, section))
    assert found == (Signed(Seal.SMIME, LUC, "Autorité d’essai"),)


def test_an_old_way_of_writing_a_signature_prints_nothing(authority: Authority) -> None:
    source = authority.sign(LUC)
    signature = part_of(source, "2")
    assert signature[:2] == b"\x30\x82"
    old = base64.encodebytes(b"\x30\x80" + signature[4:] + b"\0\0")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = certificates_in(b"-----BEGIN PKCS7-----\n" + old + b"-----END PKCS7-----\n")
        assert [named(one) for one in found] == [LUC]


@pytest.mark.parametrize(
    "source",
    [
        b"",
        mail(),
        whole(multipart("signed", [part()])),
        whole(multipart("signed", [part(), part("x", "application/pkcs7-signature")])),
        whole(multipart("signed", [part(), part("x", "application/pgp-signature")])),
        mail("x", "application/pkcs7-mime"),
    ],
)
def test_what_is_no_signature_proves_nothing(source: bytes, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    found = verify(source, gpg_home=tmp_path)
    assert found.state in (State.UNSIGNED, State.BROKEN, State.NO_KEY)
    assert found.words()
