"""The outside of a backup: chunks in a fixed order with an end of its own, encrypted when a key is given.

    magic and version | 1 byte: sealed or open | 32 random bytes | chunks
    chunk: 1 byte: last or not | 4 bytes: length | contents and 16 bytes that prove them

Sealed chunks are AES-256-GCM under a key drawn from BACKUP_KEY and the random bytes (scrypt), so that no two files share
a key and the chunk's number can be the nonce. Header, number and end are proven with each chunk: whatever is cut, swapped,
repeated or appended is noticed. Open chunks carry a checksum instead, which finds accidents but no forger.
"""

import hashlib
import os
import struct
from io import RawIOBase
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"Quartierwerk backup 1\n"
OPEN, SEALED = b"o", b"s"
SALT, PROOF = 32, 16
CHUNK = 1 << 20
SHORTEST_KEY = 20  # characters; what people can remember is guessed from a stolen file


class Unreadable(Exception):
    """The file is not what it should be; the message is the sentence for the operator."""


class _Proof:
    """What proves each chunk: a cipher with a key, a checksum without."""

    def __init__(self, header: bytes, key: str) -> None:
        self.header = header
        self.cipher = None
        if key:
            drawn = Scrypt(salt=header[-SALT:], length=32, n=2**15, r=8, p=1).derive(key.encode())
            self.cipher = AESGCM(drawn)

    def close(self, number: int, is_last: bool, contents: bytes) -> bytes:
        if self.cipher:
            return self.cipher.encrypt(self._nonce(number, is_last), contents, self.header)
        return contents + self._checksum(number, is_last, contents)

    def open(self, number: int, is_last: bool, closed: bytes) -> bytes:
        """Raises InvalidTag."""
        if self.cipher:
            return self.cipher.decrypt(self._nonce(number, is_last), closed, self.header)
        contents, checksum = closed[:-PROOF], closed[-PROOF:]
        if checksum != self._checksum(number, is_last, contents):
            raise InvalidTag
        return contents

    @staticmethod
    def _nonce(number: int, is_last: bool) -> bytes:
        return struct.pack(">Q3x?", number, is_last)

    def _checksum(self, number: int, is_last: bool, contents: bytes) -> bytes:
        return hashlib.sha256(self.header + self._nonce(number, is_last) + contents).digest()[:PROOF]


class Writer(RawIOBase):
    """Everything written is cut into chunks; `close()` writes the end, without which the file counts as cut off."""

    def __init__(self, file: BinaryIO, key: str = "") -> None:
        header = MAGIC + (SEALED if key else OPEN) + os.urandom(SALT)
        self.file, self.number, self.waiting = file, 0, bytearray()
        self.proof = _Proof(header, key)
        file.write(header)

    def writable(self) -> bool:
        return True

    def write(self, contents) -> int:  # type: ignore[override]
        self.waiting += contents
        while len(self.waiting) > CHUNK:
            self._chunk(bytes(self.waiting[:CHUNK]), is_last=False)
            del self.waiting[:CHUNK]
        return len(contents)

    def finish(self) -> None:
        self._chunk(bytes(self.waiting), is_last=True)
        self.waiting.clear()

    def _chunk(self, contents: bytes, *, is_last: bool) -> None:
        closed = self.proof.close(self.number, is_last, contents)
        self.file.write(struct.pack(">?I", is_last, len(closed)) + closed)
        self.number += 1


class Reader(RawIOBase):
    """The contents again, each chunk proven before it is given out. Raises Unreadable."""

    def __init__(self, file: BinaryIO, key: str = "") -> None:
        header = file.read(len(MAGIC) + 1 + SALT)
        if not header:
            raise Unreadable("The file is empty. Take another backup.")
        if not header.startswith(MAGIC[:20]):
            raise Unreadable("This is no backup of Quartierwerk.")
        if not header.startswith(MAGIC):
            raise Unreadable("This backup was made by a newer version of Quartierwerk. Update first.")
        if len(header) < len(MAGIC) + 1 + SALT:
            raise Unreadable(CUT_OFF)
        self.is_sealed = header[len(MAGIC) : len(MAGIC) + 1] == SEALED
        if self.is_sealed and not key:
            raise Unreadable("This backup is encrypted: set BACKUP_KEY to the key it was made with.")
        if key and not self.is_sealed:
            # Else whoever can exchange the file could slip in one that proves nothing.
            raise Unreadable(
                "This backup is not encrypted although BACKUP_KEY is set. Unset it if that is meant."
            )
        self.file, self.number, self.at_end, self.given = file, 0, False, b""
        self.proof = _Proof(header, key)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        while not self.at_end and (size < 0 or len(self.given) < size):
            self.given += self._chunk()
        wanted = len(self.given) if size < 0 else size
        taken, self.given = self.given[:wanted], self.given[wanted:]
        return taken

    def _chunk(self) -> bytes:
        head = self.file.read(5)
        if len(head) < 5:
            raise Unreadable(CUT_OFF)
        last, length = struct.unpack(">BI", head)
        if last > 1 or not PROOF <= length <= CHUNK + PROOF:
            raise Unreadable(DAMAGED)
        closed = self.file.read(length)
        if len(closed) < length:
            raise Unreadable(CUT_OFF)
        try:
            contents = self.proof.open(self.number, bool(last), closed)
        except InvalidTag:
            if self.is_sealed and self.number == 0:
                raise Unreadable(
                    "BACKUP_KEY is not the key of this backup, or the file was changed."
                ) from None
            raise Unreadable(DAMAGED) from None
        self.number += 1
        if last:
            self.at_end = True
            if self.file.read(1):
                raise Unreadable(DAMAGED)
        return contents


CUT_OFF = "The backup is cut off: its end is missing. Take another one."
DAMAGED = "The backup is damaged or was changed. Take another one."
