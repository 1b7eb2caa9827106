"""A signed file: its signature is ours, covers all of it, and no byte of it can be another."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from sqlalchemy.orm import Session

from tests import factories as make
from tests.certificates.keys.signed import SIGNED_AT, signed
from trainreg.certificates.keys import service, x509
from trainreg.certificates.keys.checking import SignatureState, check_signature
from trainreg.certificates.keys.cms import CmsSigner
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.rules import KeyAlgorithm, Worth

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@pytest.fixture(params=list(KeyAlgorithm))
def key(session: Session, request: pytest.FixtureRequest) -> SigningKey:
    """The key that signs: made here, or an organisation's own of RSA."""
    if request.param is KeyAlgorithm.ES256:
        return service.current_key()
    private = x509.new_private_key(KeyAlgorithm.RS256)
    own = x509.self_signed(private, organisation="Ministry", site="http://localhost", at=datetime.now(UTC))
    return service.import_key([own], private, by=make.STAFF)


def test_a_signed_file_is_ours_from_first_to_last_byte(key: SigningKey) -> None:
    finding = check_signature(signed(service.signer_of(key.id)))
    assert finding.is_good and finding.state is SignatureState.INTACT
    assert (finding.kid, finding.signed_at, finding.worth) == (key.kid, SIGNED_AT, Worth.GOOD)


def test_the_same_file_is_signed_to_the_same_bytes(key: SigningKey) -> None:
    signer = service.signer_of(key.id)
    assert signer.sign(b"7" * 32) == signer.sign(b"7" * 32)
    assert len(signer.sign(b"7" * 32)) <= signer.room
    assert signer.sign(b"7" * 32) != signer.sign(b"8" * 32)
    with pytest.raises(ValueError, match="SHA-256"):
        signer.sign(b"short")


@pytest.mark.slow
def test_no_byte_can_be_another(key: SigningKey) -> None:
    content = signed(service.signer_of(key.id))
    gap = range(content.rindex(b"/Contents"), len(content))
    places = [*random.Random(5).sample(range(len(content)), 300), *random.Random(6).sample(gap, 300), *gap[-60:]]
    for place in places:
        for change in (0x01, 0x20, 0x80):
            other = content[:place] + bytes((content[place] ^ change,)) + content[place + 1 :]
            assert not check_signature(other).is_good, (place, change)


@pytest.mark.parametrize("more", [b"\n", b"\0", b" %comment", b"\n1 0 obj<<>>endobj\n"])
def test_what_is_appended_is_seen(key: SigningKey, more: bytes) -> None:
    finding = check_signature(signed(service.signer_of(key.id)) + more)
    assert finding.state is SignatureState.EXTENDED and not finding.is_good
    assert finding.kid == key.kid


def test_bytes_taken_out_or_put_in_front_are_seen(key: SigningKey) -> None:
    content = signed(service.signer_of(key.id))
    for other in (content[:-1], b"\n" + content, content[:900] + content[901:], content[:900] + b" " + content[900:]):
        assert check_signature(other).state is SignatureState.ALTERED


def test_somebody_elses_key_counts_for_nothing_even_under_our_name(key: SigningKey) -> None:
    private = x509.new_private_key(KeyAlgorithm.ES256)
    name = service.signer_of(key.id).name
    own = x509.self_signed(private, organisation=name, site="http://localhost", at=datetime.now(UTC))
    assert check_signature(signed(CmsSigner("FORGED", private, [own]))).state is SignatureState.FOREIGN


def test_the_other_half_of_an_ecdsa_pair_is_not_taken(session: Session) -> None:
    """Whoever has (r, s) knows (r, n - s), which holds as well: it would be another file that verifies."""
    signer = service.signer_of(service.current_key().id)
    frame, digest = signer._frame, b"7" * 32
    right = signer._signature(frame.attributes(digest))
    r, s = decode_dss_signature(right)
    other = encode_dss_signature(r, _ORDER - s)
    frame.public_key.verify(other, frame.attributes(digest), ec.ECDSA(hashes.SHA256()))
    assert frame.holds(frame.around(digest, right), digest)
    assert not frame.holds(frame.around(digest, other), digest)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%%EOF",
        b"/ByteRange [0 0 0 0]",
        b"/ByteRange [0 5 1 9]" * 1000,
        b"/ByteRange [0 9999999999 9999999999 9999999999]/Contents <00>",
        b"/ByteRange [0 20 30 " + b" " * 100_000,
        b"<<<<" * 50_000 + b"/M (D:99999999999999Z)/ByteRange [0 20 40 9] <3082ffff>",
    ],
    ids=["nothing", "no signature", "empty", "many", "huge", "blank", "deep"],
)
def test_any_bytes_have_an_answer(session: Session, content: bytes) -> None:
    service.current_key()
    assert check_signature(content).state in {SignatureState.UNSIGNED, SignatureState.FOREIGN}


def test_what_a_retired_or_stolen_key_is_worth_depends_on_the_moment(session: Session) -> None:
    key = service.current_key()
    content = signed(service.signer_of(key.id))
    key.retired_at, key.is_current = SIGNED_AT + timedelta(days=1), False
    assert check_signature(content).is_good
    key.retired_at = SIGNED_AT - timedelta(days=1)
    assert check_signature(content).worth is Worth.AFTER_RETIREMENT
    key.compromised_since = SIGNED_AT - timedelta(days=2)
    finding = check_signature(content)
    assert finding.worth is Worth.UNTRUSTED and finding.compromised_since == key.compromised_since
    key.compromised_since, key.retired_at = SIGNED_AT + timedelta(days=2), SIGNED_AT + timedelta(days=2)
    assert check_signature(content).is_good
