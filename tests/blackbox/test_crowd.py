# SPDX-License-Identifier: Apache-2.0
"""Many at the door at once: nobody is made to knock again, and who stays for days takes little room."""
import os
import resource
import signal
import socket
import unittest

from daemon import Daemon, machine

VISITORS = 1500
STREAMS = 200
LARGEST_HEAD = b"X-Long: " + b"x" * 12000 + b"\r\n"


# What a stream may hold: 15 kB, and much more before it gave back what it does not use. The sanitizers' malloc takes
# more for the same, and keeps what is freed unless it is told not to.
MOST, MOST_WATCHED = 24000, 36000
WATCHED = {"ASAN_OPTIONS": "quarantine_size_mb=0:thread_local_quarantine_size_kb=0:max_redzone=16"}


def is_watched(pid):
    with open(f"/proc/{pid}/maps", encoding="ascii") as lines:
        return "libasan" in lines.read()


def memory(pid):
    """Bytes of memory that are its own and there."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
        return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))


class Crowd(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, most), most))

    def setUp(self):
        self.daemon = Daemon([machine(f"p{i:03}") for i in range(40)]).start(env={**os.environ, **WATCHED})
        self.addCleanup(self.daemon.close)

    def visitor(self, family=socket.AF_INET):
        visitor = socket.socket(family)
        self.addCleanup(visitor.close)
        return visitor

    def test_all_may_come_back_at_once_while_it_is_busy(self):
        """A place in the queue for each: without one, the kernel has them knock again a second later."""
        with open("/proc/sys/net/core/somaxconn", encoding="ascii") as file:
            if int(file.read()) < VISITORS:
                self.skipTest("the kernel allows no such queue: net.core.somaxconn")
        door = self.daemon.tcp()
        os.kill(self.daemon.process.pid, signal.SIGSTOP)
        try:
            visitors = [self.visitor() for _ in range(VISITORS)]
            for visitor in visitors:
                visitor.setblocking(False)
                visitor.connect_ex(door)
            outside = sum(visitor.connect_ex(door) != 0 for visitor in visitors)
        finally:
            os.kill(self.daemon.process.pid, signal.SIGCONT)
        self.assertEqual(outside, 0, "have to knock again")
        last = visitors[-1]
        last.settimeout(20)
        last.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.assertTrue(last.recv(4096).startswith(b"HTTP/1.1 200"))

    def test_a_stream_of_events_takes_little_memory(self):
        """Also where its connection has carried a request before, as a browser's has."""
        def listen():
            visitor = self.visitor(socket.AF_UNIX)
            visitor.settimeout(20)
            visitor.connect(self.daemon.socket)
            visitor.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + LARGEST_HEAD + b"\r\n")
            heard = b""
            while not heard.endswith(b"ok\n"):
                heard += visitor.recv(4096)
            visitor.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n")
            while b"\nid: " not in heard:
                heard += visitor.recv(65536)

        for _ in range(STREAMS):
            listen()
        before = memory(self.daemon.process.pid)
        for _ in range(STREAMS):
            listen()
        each = (memory(self.daemon.process.pid) - before) / STREAMS
        most = MOST_WATCHED if is_watched(self.daemon.process.pid) else MOST
        self.assertLess(each, most, "bytes of memory that a stream holds")


if __name__ == "__main__":
    unittest.main()
