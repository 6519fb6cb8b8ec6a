"""misbehaving.py PORT FILE: serves FILE in nine bad ways, under /WAY/CLIENT/x.mp4; each client meets each way anew."""
import re
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, DATA = int(sys.argv[1]), open(sys.argv[2], "rb").read()
SIZE, MEBI = len(DATA), 1 << 20
lock, seen, running = threading.Lock(), Counter(), Counter()


class Bad(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    log_message = lambda *_: None

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        _, self.way, client, *_ = self.path.split("/")
        with lock:
            seen[self.way, client] += 1
            running[self.way, client] += 1
            self.nth, self.at_once = seen[self.way, client], running[self.way, client]
        try:
            getattr(self, self.way.replace("-", "_"))()
        except OSError:
            self.close_connection = True
        finally:
            with lock:
                running[self.way, client] -= 1

    def range(self):
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        return (int(found[1]), int(found[2] or SIZE - 1) + 1) if found and int(found[1]) < SIZE else None

    def answer(self, start=0, end=SIZE, partial=False, length=None, most=None, pace=None):
        """The head for start to end, then at most so many bytes of the body."""
        self.send_response(206 if partial else 200)
        self.send_header("Content-Type", "video/mp4")
        self.send_header("ETag", '"one"')
        if partial:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{SIZE}")
        if length != "none":
            self.send_header("Content-Length", str(length if length is not None else end - start))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if self.command == "HEAD":
            return 0
        body = DATA[start:end][:most]
        for at in range(0, len(body), MEBI // 4):
            self.wfile.write(body[at:at + MEBI // 4])
            if pace:
                time.sleep(pace)
        return len(body)

    def honest(self, **how):
        asked = self.range()
        return self.answer(*asked, partial=True, **how) if asked else self.answer(**how)

    def cut(self, most, **how):
        self.honest(most=most, **how)
        self.close_connection = True

    def refuse(self, status, after):
        self.send_response(status)
        self.send_header("Retry-After", str(after))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drop(self):
        self.cut(2 * MEBI)

    def drop_once(self):
        self.cut(2 * MEBI) if self.nth == 1 else self.honest()

    def busy(self):
        self.refuse(503, 2) if self.nth <= 3 else self.honest()

    def too_many(self):
        self.refuse(429, 1) if self.at_once > 2 else self.honest(pace=0.02)

    def longer(self):
        self.answer(length=SIZE - 3 * MEBI)
        self.close_connection = True

    def shorter(self):
        self.answer(most=SIZE // 2)
        self.close_connection = True

    def no_range(self):
        self.answer()

    def no_length(self):
        self.answer(length="none")

    def stalled(self):
        if self.honest(most=MEBI) == MEBI:
            time.sleep(600)


ThreadingHTTPServer.daemon_threads = True
ThreadingHTTPServer(("127.0.0.1", PORT), Bad).serve_forever()
