"""One-time codes that prove themselves: nothing is stored by which a code could be found again.

A code is nine random signs and seven that only the key gives for them. So no list of codes exists beside the roll,
and nothing that appears in the database when a code is drawn. The ballot's key is another digest of the code under the
same key. Whoever has the key cannot list the codes: there are 2^45 of them and no order among them.

16 signs of Crockford's alphabet, without I, L, O and U: who reads them as 1 and 0 is understood.
"""

import hashlib
import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DRAWN, PROOF, GROUP = 9, 7, 4
LENGTH = DRAWN + PROOF
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def key_from(installation: bytes, salt: bytes) -> bytes:
    """The key of one vote: neither a copy of the database nor the installation's key alone gives it."""
    if not salt:
        raise ValueError("the vote is counted: its key is destroyed")
    return hmac.new(installation, b"participation vote " + salt, hashlib.sha256).digest()


def draw(key: bytes, page: bytes = b"") -> str:
    """A new code. With the random number of a page always the same one for this page."""
    source = _signs(key, b"drawn " + page, DRAWN) if page else _random(DRAWN)
    return source + _signs(key, b"proof " + source.encode(), PROOF)


def read(typed: str) -> str:
    """A code as typed from paper: small letters, spaces, dashes, O for 0."""
    signs = (sign for sign in typed.upper().translate(_READ_AS) if sign in ALPHABET)
    return "".join(signs)[: LENGTH + 1]


def is_valid(key: bytes, code: str) -> bool:
    proof = _signs(key, b"proof " + code[:DRAWN].encode(), PROOF)
    return len(code) == LENGTH and hmac.compare_digest(proof, code[DRAWN:])


def ballot_key(key: bytes, code: str) -> str:
    return hmac.new(key, b"ballot " + code.encode(), hashlib.sha256).hexdigest()


def shown(code: str) -> str:
    """In groups of four, as it is printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def page_digest(page: bytes) -> str:
    return hashlib.sha256(b"page " + page).hexdigest()


def _signs(key: bytes, words: bytes, n: int) -> str:
    digest = hmac.new(key, words, hashlib.sha256).digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:n])


def _random(n: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(n))
