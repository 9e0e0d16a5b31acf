"""Everything that is made from a ballot's one secret: who somebody is, where their vote lies, their receipt.

Each has a word of its own, so that none can be worked out from another. With the secret destroyed, none can be worked
out at all. Codes have letters and digits that nobody mixes up.
"""

from __future__ import annotations

import hmac
import unicodedata
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U
_READ_AS = str.maketrans("OILU", "011V")
CODE_LENGTH = 12  # 60 bits: nobody guesses one
RECEIPT_LENGTH = 20  # 100 bits: nobody finds one by trying, even with the log before them


def mark(secret: str, word: str, *parts: str) -> str:
    """64 hexadecimal digits. `word` says what for; parts cannot run into each other."""
    message = "\x1f".join((word, *parts)).encode()
    return hmac.new(bytes.fromhex(secret), message, sha256).hexdigest()


def person(secret: str, proof: str, subject: str) -> str:
    return mark(secret, "person", proof, subject)


def handle(secret: str, voter: str, pot: str) -> str:
    """Where this voter's vote for this pot lies; another one in every pot."""
    return mark(secret, "handle", voter, pot)


def receipt(secret: str, voter: str) -> str:
    """The same for every vote of the same voter: changing a vote does not show on the receipt."""
    return printed(letters(bytes.fromhex(mark(secret, "receipt", voter)), RECEIPT_LENGTH))


def letters(random: bytes, length: int) -> str:
    """The first letters of random bytes; five bits each."""
    number = int.from_bytes(random)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def printed(code: str) -> str:
    """In groups of four: `7K2M-9QXA-40TD`."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed(code: str) -> str:
    """What somebody typed, as it was meant: any case, with or without dashes and spaces, O for 0."""
    kept = "".join(letter for letter in unicodedata.normalize("NFKC", code).upper() if letter.isalnum())
    return kept.translate(_READ_AS)


def committed(version_sha256: str, receipt_code: str) -> str:
    """What the log holds of a receipt: SHA-256 of the ballot's hash and the code. Anybody with the code can do it."""
    return sha256(f"{version_sha256}:{typed(receipt_code)}".encode()).hexdigest()


def plain(text: str) -> str:
    """A name, a number or a postcode so that small differences in writing do not matter: `O’Shea` is `oshea`."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in bare if letter.isalnum())
