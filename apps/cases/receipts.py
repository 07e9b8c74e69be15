"""Receipts: 26 signs that are the only way back to a report, and the locks they open.

Crockford's alphabet has 32 signs, so 26 of them are 130 bits. A receipt is made from the key of
the form and the server's own, so that the same form sent twice is answered with the same receipt;
neither key nor receipt is kept, only what a keyed hash makes of them.
"""

import hashlib
import hmac

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def receipt(secret: bytes, sent_key: str, digest: str) -> str:
    """Return the receipt of a report sent under a random key, in groups of four signs."""
    number = int.from_bytes(_keyed(secret, "receipt", f"{sent_key}:{digest}"), "big")
    signs = ""
    for _place in range(LENGTH):
        number, sign = divmod(number, len(SIGNS))
        signs += SIGNS[sign]
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def tidied(text: str) -> str:
    """Return a receipt as typed in its one spelling."""
    kept = "".join(sign for sign in text.upper() if sign.isalnum())
    return kept.translate(ALIKE)


def lock(secret: bytes, purpose: str, text: str) -> str:
    """Return the keyed hash that is kept in place of a receipt or a key."""
    return _keyed(secret, purpose, text).hex()


def _keyed(secret: bytes, purpose: str, text: str) -> bytes:
    return hmac.new(secret, f"{purpose}\x00{text}".encode(), hashlib.sha256).digest()
