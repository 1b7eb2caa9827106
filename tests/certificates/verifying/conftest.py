"""Certificates in hand: of the first format as issued, of the second under a key of this test's own."""

from tests.certificates.credentials.conftest import held, keys_folder

__all__ = ["held", "keys_folder"]
