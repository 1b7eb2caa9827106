"""Every move of a certificate stands in one table, and whatever is not there is refused."""

from itertools import product

import pytest

from tests import factories as make
from trainreg.certificates.issuing.moves import MovedMeanwhile, move
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import Cause, CertificateState, state_after
from trainreg.kernel.db import db

S, C = CertificateState, Cause
TRUTH = {
    (S.PREPARED, C.ACTIVATED): S.ISSUED,
    (S.PREPARED, C.CORRECTED): S.SUPERSEDED,
    (S.PREPARED, C.VOIDED): S.VOIDED,
    (S.ISSUED, C.CORRECTED): S.SUPERSEDED,
    (S.ISSUED, C.RENEWED): S.SUPERSEDED,
    (S.ISSUED, C.REVOKED): S.REVOKED,
    (S.ISSUED, C.LAPSED): S.EXPIRED,
    (S.EXPIRED, C.RENEWED): S.SUPERSEDED,
    (S.EXPIRED, C.REVOKED): S.REVOKED,
}


@pytest.mark.parametrize(("state", "cause"), list(product(CertificateState, Cause)))
def test_a_state_and_a_cause_lead_where_the_table_says(state: CertificateState, cause: Cause) -> None:
    assert state_after(state, cause) is TRUTH.get((state, cause))


@pytest.mark.parametrize(("state", "cause"), sorted(set(product(S, C)) - TRUTH.keys()))
def test_what_is_not_in_the_table_is_refused(certificate: Certificate, state: S, cause: C) -> None:
    certificate.state = state
    db.session.commit()

    with pytest.raises(MovedMeanwhile):
        move(certificate, cause, by=make.STAFF)

    assert certificate.state is state
