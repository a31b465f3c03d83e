"""How a project says that it is not protected: three values, each encrypted with the project's id.

Source: [MS-OVBA] 2.4.3 Data Encryption, 2.3.1.15 to 2.3.1.17
"""

from __future__ import annotations

import struct

UNPROTECTED = b"\0\0\0\0"  # 2.3.1.15 ProjectProtectionState: nobody locked it
NO_PASSWORD = b"\0"  # 2.3.1.16 ProjectPassword
VISIBLE = b"\xff"  # 2.3.1.17 ProjectVisibilityState
_VERSION = 2


def encrypt(data: bytes, project_id: str, seed: int) -> str:
    """Hexadecimal digits of `data` encrypted (2.4.3.2).

    seed: one byte. The specification wants it random; here the caller fixes it, so that a project built twice is the same.
    """
    key = sum(project_id.encode("ascii")) & 0xFF
    written = [seed, seed ^ _VERSION, seed ^ key]
    plain_before, before, before_that = key, written[2], written[1]
    filling = bytes([seed]) * ((seed & 6) // 2)
    for byte in filling + struct.pack("<I", len(data)) + data:
        encrypted = byte ^ (before_that + plain_before & 0xFF)
        written.append(encrypted)
        plain_before, before, before_that = byte, encrypted, before
    return bytes(written).hex().upper()
