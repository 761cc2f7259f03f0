"""The hub: what a repository holds, and ranges of its files."""

import http
import re
import threading
import time
import urllib.parse

from huggingface_hub import HfApi, hf_hub_url
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError
from huggingface_hub.utils import HFValidationError, build_hf_headers, get_session

from . import __version__
from .manifest import File
from .problems import Damaged, Denied, NoRanges, Problem, UsedUp, shown

MOST_FILES = 100_000
MOST_REDIRECTS = 5
TRIES = 4
SECONDS = 30
BLOCK = 64 << 10
# What a server that ignores ranges may send in front of what was asked for.
MOST_SKIPPED = 1 << 20
WAITING = {429, 500, 502, 503, 504}


class Repository:
    """One repository at one commit."""

    def __init__(self, endpoint, name, kind, asked, token):
        self.name = name
        self.kind = kind
        self.asked = asked
        self.token = token
        self.api = HfApi(endpoint=endpoint, token=token, library_name="hub-skeleton", library_version=__version__)
        self.endpoint = self.api.endpoint
        try:
            self.info = self.api.repo_info(name, repo_type=kind, revision=asked, files_metadata=True)
        except HFValidationError as error:
            raise Problem(f"not the name of a repository ({shown(error)})") from error
        except GatedRepoError as error:
            raise Denied("the hub shows it only to whom it lets in; give a token with --token") from error
        except RevisionNotFoundError as error:
            raise Problem(f"no revision {shown(asked)}") from error
        except RepositoryNotFoundError as error:
            raise Problem("no such repository, or a private one; check its name, or give a token") from error
        except Exception as error:  # the client's own transport has errors of several libraries
            raise Problem(f"the hub cannot be asked: {shown(error)}") from error
        self.revision = self.info.sha
        if not isinstance(self.revision, str) or not re.fullmatch(r"[0-9a-f]{40,64}", self.revision):
            raise Problem("the hub names no commit")
        gated = getattr(self.info, "gated", None)
        self.gate = gated if gated in ("auto", "manual") else "none" if gated is False else "unknown"

    def files(self):
        """Files as the hub lists them; where it refuses the list, those that it names in passing."""
        out = []
        try:
            for item in self.api.list_repo_tree(
                self.name, recursive=True, revision=self.revision, repo_type=self.kind):
                if hasattr(item, "blob_id"):
                    out.append(File(item.path, item.size, digest(item.lfs, item.blob_id)))
                if len(out) > MOST_FILES:
                    raise Problem(f"more than {MOST_FILES} files")
            return out
        except HfHubHTTPError as error:
            if not is_denied(error.response.status_code):
                raise Problem(f"its files cannot be listed: {shown(error)}") from error
        siblings = getattr(self.info, "siblings", None) or []
        if not siblings:
            raise Denied("the hub lists its files only to whom it lets in; give a token with --token")
        return [File(item.rfilename, item.size, digest(item.lfs, item.blob_id)) for item in siblings[:MOST_FILES]]

    def url(self, path):
        return hf_hub_url(
            self.name, path, repo_type=self.kind if self.kind != "model" else None, revision=self.revision,
            endpoint=self.endpoint)


def digest(lfs, blob_id):
    """Hash function and digest of the content: of large files the hub has one of the bytes alone."""
    sha = lfs.get("sha256") if isinstance(lfs, dict) else getattr(lfs, "sha256", None)
    return f"sha256:{sha}" if sha else f"git-sha1:{blob_id}" if blob_id else None


def is_denied(status):
    return status in (http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN)


class Meter:
    """Bytes that came, of all threads, against what they may be."""

    def __init__(self, most):
        self.most = most
        # What was asked for, whether or not it has come.
        self.asked = 0
        self.bytes = 0
        self.requests = 0
        self.lock = threading.Lock()

    def add(self, count):
        with self.lock:
            self.bytes += count

    def ask(self, wanted):
        with self.lock:
            if max(self.asked, self.bytes) + wanted > self.most:
                raise UsedUp(f"the {self.most} bytes that one repository may cost are spent")
            self.asked += wanted
            self.requests += 1


class RemoteFile:
    """Ranges of one file: redirects are followed once and then known."""

    def __init__(self, repository, file, meter):
        self.repository = repository
        self.file = file
        self.meter = meter
        self.first = repository.url(file.path)
        self.place = None

    def read(self, start, end, into):
        """Hands the bytes from `start` to before `end` over in blocks, `into(offset, bytes)`."""
        tried = 0
        while True:
            tried += 1
            self.meter.ask(end - start)
            try:
                try:
                    return self.request(start, end, into)
                except (Problem, Waiting, OSError):
                    raise
                except Exception as error:  # of the client's transport, whichever it is
                    raise Waiting(f"the connection broke: {shown(error) or type(error).__name__}", None) from error
            except Waiting as wait:
                self.place = None
                if tried >= TRIES:
                    raise Problem(str(wait)) from wait
                time.sleep(min(wait.seconds or 0.5 * 2**tried, SECONDS))

    def request(self, start, end, into):
        url = self.place or self.first
        for _ in range(MOST_REDIRECTS):
            with self.open(url, start, end) as response:
                status = response.status_code
                if status in (301, 302, 303, 307, 308):
                    self.check(response)
                    url = self.target(url, response.headers.get("Location"))
                    continue
                if status in WAITING:
                    raise Waiting(f"the server answers {status}", response.headers.get("Retry-After"))
                if url != self.first and self.place and is_denied(status):
                    # A signed address that is over.
                    raise Waiting(f"the server answers {status}", None)
                if is_denied(status):
                    words = response.headers.get("X-Error-Message") or http.HTTPStatus(status).phrase
                    raise Denied(f"{status}: {shown(words)}")
                if status not in (200, 206):
                    raise Problem(f"the server answers {status}")
                self.check(response)
                self.place = url
                return self.body(response, start, end, into)
        raise Problem(f"more than {MOST_REDIRECTS} redirects")

    def open(self, url, start, end):
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={start}-{end - 1}"}
        agent = build_hf_headers(
            token=self.repository.token, library_name="hub-skeleton", library_version=__version__)
        # A token is the hub's business and no other server's.
        is_hub = origin(url) == origin(self.repository.endpoint)
        headers |= {key: value for key, value in agent.items() if is_hub or key.lower() != "authorization"}
        return get_session().stream("GET", url, headers=headers, timeout=SECONDS, follow_redirects=False)

    def target(self, url, location):
        if not location:
            raise Problem("a redirect that leads nowhere")
        target = urllib.parse.urljoin(url, location)
        parts = urllib.parse.urlsplit(target)
        if parts.scheme not in ("http", "https") or url.startswith("https:") and parts.scheme != "https":
            raise Problem("a redirect to where no file is")
        return target

    def check(self, response):
        """What the hub's headers say of the file has to be what its list said."""
        headers = response.headers
        commit = headers.get("X-Repo-Commit")
        if commit and commit != self.repository.revision:
            raise Damaged(f"the server answers with another revision ({shown(commit)})")
        size = headers.get("X-Linked-Size")
        if size and self.file.size is not None and size != str(self.file.size):
            raise Damaged(f"{self.file.size} bytes are listed, and the server has {shown(size)}")
        etag = (headers.get("X-Linked-Etag") or "").removeprefix("W/").strip('"')
        known = (self.file.digest or "").partition(":")
        if etag and known[0] == "sha256" and re.fullmatch(r"[0-9a-f]{64}", etag) and etag != known[2]:
            raise Damaged("the server has another content than is listed")

    def body(self, response, start, end, into):
        headers = response.headers
        if headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Damaged("the server packs what it was told not to pack")
        place = 0
        if response.status_code == 206:
            found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", headers.get("Content-Range", "").strip())
            if not found or int(found[1]) != start or not start <= int(found[2]) < end:
                raise Damaged("the server sends another range than was asked for")
            if found[3] != "*" and self.file.size is not None and int(found[3]) != self.file.size:
                raise Damaged(f"{self.file.size} bytes are listed, and the server has {found[3]}")
            if self.file.size is None and found[3] != "*":
                self.file.size = int(found[3])
            place = start
        elif start > MOST_SKIPPED:
            raise NoRanges("the server sends all of it, whatever range is asked for")
        elif (size := headers.get("Content-Length")) and self.file.size is not None and size != str(self.file.size):
            raise Damaged(f"{self.file.size} bytes are listed, and the server sends {shown(size)}")
        if self.file.size is None and response.status_code == 200 and (headers.get("Content-Length") or "").isdigit():
            self.file.size = int(headers["Content-Length"])
        for block in response.iter_raw(BLOCK):
            self.meter.add(len(block))
            begin, block_end = max(place, start), min(place + len(block), end)
            if begin < block_end:
                into(begin, block[begin - place:block_end - place])
            place += len(block)
            if place >= end:
                return
        raise Waiting(f"{place - start} of {end - start} bytes came", None)


class Waiting(Exception):
    """What another try may bring."""

    def __init__(self, words, seconds):
        super().__init__(words)
        self.seconds = float(seconds) if seconds and re.fullmatch(r"\d{1,4}", seconds) else None


def origin(url):
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
