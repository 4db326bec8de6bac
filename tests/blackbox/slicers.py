# SPDX-License-Identifier: Apache-2.0
"""What slicers really send, header by header, over TCP.

PrusaSlicer and OrcaSlicer (src/slic3r/Utils/{OctoPrint,Http}.cpp) are libcurl with CURLFORM; Cura's OctoPrint plugin
(OctoPrintOutputDevice.py) is Qt's QHttpMultiPart. tests/golden/slicers/ holds exchanges recorded from the programs."""
import http.client
import os
import socket

RECORDED = os.path.join(os.getcwd(), "tests/golden/slicers")


class Form:
    """A multipart/form-data body, written as curl writes it."""

    def __init__(self, boundary="------------------------5b1f1d6a9e0c2f37"):
        self.boundary = boundary
        self.parts = []

    def add(self, name, value, extra=""):
        self.parts.append(f'Content-Disposition: form-data; name="{name}"{extra}\r\n\r\n'.encode() + value)
        return self

    def add_file(self, filename, content, name="file"):
        return self.add(name, content, f'; filename="{filename}"\r\nContent-Type: application/octet-stream')

    def body(self):
        line = b"--" + self.boundary.encode()
        return b"".join(line + b"\r\n" + part + b"\r\n" for part in self.parts) + line + b"--\r\n"

    def type(self):
        return f"multipart/form-data; boundary={self.boundary}"


def prusa_headers(key):
    return {"User-Agent": "PrusaSlicer/2.7.1+linux-x64", "Accept": "*/*", "X-Api-Key": key}


def prusa_form(name, content, printing):
    return (Form().add("print", b"true" if printing else b"false").add("path", b"").add_file(name, content))


def raw(address, data, pieces=None, timeout=20):
    """Sends bytes as they are, in pieces of that size, and returns (status, headers, body)."""
    with socket.create_connection(address, timeout=timeout) as sock:
        step = pieces or len(data)
        for at in range(0, len(data), step):
            sock.sendall(data[at:at + step])
        response = http.client.HTTPResponse(sock)
        response.begin()
        return response.status, response.headers, response.read()


def recorded(name, **words):
    """A recorded request with the words that differ each time put in; Content-Length counted anew."""
    with open(os.path.join(RECORDED, name), "rb") as file:
        data = file.read()
    head, _, body = data.partition(b"\r\n\r\n")
    for word, value in words.items():
        head = head.replace(f"@{word}@".encode(), value)
        body = body.replace(f"@{word}@".encode(), value)
    head = head.replace(b"@LENGTH@", str(len(body)).encode())
    return head + b"\r\n\r\n" + body
