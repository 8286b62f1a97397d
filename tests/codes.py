"""What an application of codes shows (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time


def code_now(secret):
    """:param str secret: in base 32, as the page gives it
    :return str: the six digits that an application shows now"""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
