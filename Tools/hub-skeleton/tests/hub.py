"""A hub on this machine: the API of a repository's files, and files with ranges, some of them made as they are sent."""

import hashlib
import http.server
import json
import re
import struct
import threading
import urllib.parse

REVISION = "89abcdef0123456789abcdef0123456789abcdef"
PAGE = 3


class Blob:
    """A file of any size: bytes at its beginning and end, zeros between."""

    def __init__(self, head=b"", size=None, tail=b"", lfs=None, parts=None):
        self.parts = parts or [(0, head)]
        self.size = len(head) + len(tail) if size is None else size
        if tail:
            self.parts.append((self.size - len(tail), tail))
        self.lfs = self.size > 1 << 20 if lfs is None else lfs
        if self.size <= 64 << 20:
            data = self.read(0, self.size)
            self.sha256 = hashlib.sha256(data).hexdigest()
            self.git = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
        else:
            self.sha256 = hashlib.sha256(repr((self.parts, self.size)).encode()).hexdigest()
            self.git = self.sha256[:40]

    def read(self, start, end):
        out = bytearray(max(0, min(end, self.size) - start))
        for place, data in self.parts:
            first, last = max(place, start), min(place + len(data), start + len(out))
            if first < last:
                out[first - start:last - start] = data[first - place:last - place]
        return bytes(out)


class Hub:
    """Servers of the API and of what it redirects to, with counters of what they gave."""

    def __init__(self):
        self.repositories = {}
        self.sent = 0
        self.requests = []
        self.tokens = []
        self.ignores_ranges = False
        self.failures = 0
        self.change = lambda headers, path: headers
        self.lock = threading.RLock()
        self.api = self.serve(is_cdn=False)
        self.cdn = self.serve(is_cdn=True)
        self.endpoint = f"http://127.0.0.1:{self.api.server_address[1]}"

    def add(self, name, files, gated=False, denied=(), listed=None):
        self.repositories[name] = {"files": files, "gated": gated, "denied": set(denied), "listed": listed}

    def serve(self, is_cdn):
        hub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                hub.answer(self, is_cdn)

            do_HEAD = do_GET

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server

    def close(self):
        for server in (self.api, self.cdn):
            server.shutdown()
            server.server_close()

    def answer(self, request, is_cdn):
        url = urllib.parse.urlsplit(request.path)
        path = urllib.parse.unquote(url.path)
        with self.lock:
            self.requests.append((path, request.headers.get("Range")))
            self.tokens.append((is_cdn, request.headers.get("Authorization")))
            if self.failures > 0 and ("/resolve/" in path or is_cdn):
                self.failures -= 1
                return self.send(request, 503, b"", {"Retry-After": "0"})
        if is_cdn:
            name, _, file = path[1:].partition("//")
            return self.file(request, self.repositories[name]["files"][file], path, {})
        if found := re.fullmatch(r"/api/models/([^/]+/[^/]+?)(?:/revision/([^/]+))?", path):
            return self.info(request, found[1], found[2])
        if found := re.fullmatch(r"/api/models/([^/]+/[^/]+)/tree/([^/]+)/?", path):
            return self.tree(request, found[1], urllib.parse.parse_qs(url.query))
        if found := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            return self.resolve(request, *found.groups())
        return self.refuse(request, 404, "RepoNotFound")

    def refuse(self, request, status, code):
        self.send(request, status, b"", {"X-Error-Code": code, "X-Error-Message": f"{code} of this test"})

    def send(self, request, status, body, headers):
        request.send_response(status)
        headers = {"Content-Length": str(len(body))} | headers
        for key, value in headers.items():
            request.send_header(key, value)
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)
            with self.lock:
                self.sent += len(body)

    def info(self, request, name, revision):
        repository = self.repositories.get(name)
        if not repository:
            return self.refuse(request, 401, "RepoNotFound")
        if revision not in (None, "main", REVISION):
            return self.refuse(request, 404, "RevisionNotFound")
        body = {"id": name, "sha": REVISION, "private": False, "gated": repository["gated"], "tags": [], "downloads": 0,
                "siblings": [{"rfilename": path} for path in repository["files"]]}
        return self.send(request, 200, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def tree(self, request, name, query):
        repository = self.repositories[name]
        if repository["denied"] == {"*"}:
            return self.refuse(request, 403, "GatedRepo")
        listed = repository["listed"] or list(repository["files"])
        start = int(query.get("cursor", ["0"])[0])
        items = [{"type": "directory", "path": "folder", "oid": "0" * 40, "size": 0}] if start == 0 else []
        for path in listed[start:start + PAGE]:
            blob = repository["files"].get(path) or Blob(b"?")
            item = {"type": "file", "path": path, "size": blob.size, "oid": blob.git}
            if blob.lfs:
                item["lfs"] = {"oid": blob.sha256, "size": blob.size, "pointerSize": 134}
            items.append(item)
        headers = {"Content-Type": "application/json"}
        if start + PAGE < len(listed):
            headers["Link"] = f'<{self.endpoint}/api/models/{name}/tree/{REVISION}?recursive=true&cursor={start + PAGE}>; rel="next"'
        return self.send(request, 200, json.dumps(items).encode(), headers)

    def resolve(self, request, name, revision, path):
        repository = self.repositories.get(name)
        if not repository or path not in repository["files"]:
            return self.refuse(request, 404, "EntryNotFound")
        if repository["denied"] & {path, "*"}:
            return self.refuse(request, 403 if request.headers.get("Authorization") else 401, "GatedRepo")
        blob = repository["files"][path]
        headers = {"X-Repo-Commit": REVISION, "ETag": f'"{blob.git}"'}
        if not blob.lfs:
            return self.file(request, blob, path, headers)
        port = self.cdn.server_address[1]
        headers |= {"X-Linked-Size": str(blob.size), "X-Linked-ETag": f'"{blob.sha256}"',
                    "Location": f"http://127.0.0.1:{port}/{name}//{urllib.parse.quote(path)}?signature=1"}
        return self.send(request, 302, b"", self.change(headers, path))

    def file(self, request, blob, path, headers):
        start, end, status = 0, blob.size, 200
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("Range", ""))
        if found and not self.ignores_ranges:
            start, end, status = int(found[1]), min(int(found[2]) + 1, blob.size), 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{blob.size}"
        headers["Content-Length"] = str(end - start)
        headers = self.change(headers, path)
        request.send_response(status)
        for key, value in headers.items():
            request.send_header(key, value)
        request.end_headers()
        try:
            while start < end and request.command != "HEAD":
                block = blob.read(start, min(end, start + (64 << 10)))
                request.wfile.write(block)
                start += len(block)
                with self.lock:
                    self.sent += len(block)
        except OSError:
            request.close_connection = True


def safetensors(tensors, metadata=None, data=True):
    """A file of tensors by name, type and shape; the bytes behind the header are zeros that nobody makes."""
    widths = {"BF16": 2, "F16": 2, "F32": 4}
    header, place = {}, 0
    if metadata:
        header["__metadata__"] = metadata
    for name, (kind, shape) in tensors.items():
        size = widths[kind]
        for dimension in shape:
            size *= dimension
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [place, place + size]}
        place += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    head = struct.pack("<Q", len(text)) + text
    return Blob(head, size=len(head) + place)
