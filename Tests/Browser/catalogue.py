"""Opens a catalogue of a hundred thousand releases in a real browser, from a plain file server.

    python catalogue.py BINARY [RELEASES]

Rows are made by SQL in a store that the program makes. Needs chromium, playwright and axe-playwright-python (`make browser-test`).
"""

import functools
import http.server
import pathlib
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

FIRST_VIEW = 300_000
FILTER_TIME = 200

HOSTILE = [
    "<script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "</script></title><svg onload=window.hit=1>",
    '");window.hit=1;("',
    "{{{style}}}{{#t}}{{/t}}",
    "a\u202eb\u2066c\u2028d",
    "__proto__",
    "constructor",
]

LEVELS = [("open-without-restrictions", 7), ("open-with-restrictions", 6), ("weights-available", 5), ("undetermined", None)]
LICENCES = [
    ("Apache-2.0", "permissive"), ("MIT", "permissive"), ("MIT OR Apache-2.0", "permissive"), ("LicenseRef-llama-3.1", "llama-style"),
    ("CC-BY-NC-4.0", "non-commercial"), ("GPL-3.0-only", "copyleft"), ("LicenseRef-bigscience-openrail-m", "openrail")]
BASES = ["text", "stated", "metadata", "inherited", "elsewhere", "not-stated"]
USES = ["commercial-use", "modify", "redistribute", "host-as-service", "use-output", "train-other-models", "distil", "use-in-eu",
        "at-scale", "fields-of-use", "keep-private"]
FLAGS = [("no-licence-file", "medium", "No licence file"), ("ow-01", "high", "x"), ("ow-03", "high", "x"), ("ow-10", "medium", "x"),
         ("ow-12", "high", "x"), ("weights-without-licence", "medium", "x")]

results = {"passed": 0, "failed": 0}


def check(name, holds, detail=""):
    results["passed" if holds else "failed"] += 1
    if not holds:
        print(f"failed: {name} {detail}")


def store(binary, path, count, hostile=True):
    """A store as the program makes it, with rows of our own."""
    mirror = path.parent / f"empty-{path.stem}"
    mirror.mkdir()
    made = subprocess.run([binary, "batch", str(mirror), "--store", str(path)], capture_output=True, text=True)
    assert path.exists(), made.stderr
    luck = random.Random(7)
    database = sqlite3.connect(path)
    tables = {table: [] for table in ["release", "component", "term", "licence", "clause", "use_answer", "flag", "artefact", "claim", "base"]}
    # The empty folder is a release of its own.
    database.execute("DELETE FROM change")
    database.execute("DELETE FROM release")
    database.execute("UPDATE run SET root = '/mirror'")
    run = database.execute("SELECT max(id) FROM run").fetchone()[0]
    for number in range(1, count + 1):
        name = f"Model-{luck.choice(['tiny', 'base', 'large', 'chat'])}-{number}"
        organisation = f"org-{luck.randrange(2000)}"
        if hostile and number <= len(HOSTILE):
            name = HOSTILE[number - 1]
        level, rank = luck.choices(LEVELS, [2, 5, 80, 13])[0]
        licence, category = luck.choices(LICENCES, [40, 20, 2, 10, 10, 5, 5])[0]
        if number % 50 == 0:
            licence = f"LicenseRef-own-{number}"
        basis = luck.choice(BASES)
        answer = {"permissive": "yes", "non-commercial": "no"}.get(category, "conditions")
        parameters = luck.choice([None, int(10 ** luck.uniform(6, 11.5))])
        day = f"{luck.randrange(2019, 2027)}-{luck.randrange(1, 13):02}-{luck.randrange(1, 29):02}T00:00:00Z"
        tables["release"].append((
            number, f"/mirror/{organisation}/{name}", name, organisation, "directory", None, "model", level, rank, None, "medium",
            "none", luck.choice(["no", "not-shown", "yes"]), f"licence of the weights {licence}", 12, 10 ** 9 + number * 1000, None,
            parameters, "LlamaForCausalLM", None, luck.choice(["unknown", "form", "prompt"]), luck.choice(["safetensors", "gguf", "pickle,safetensors"]),
            day, None, None, 0.1, run, run, run, None, None, None, b"x"))
        tables["term"].append((number, "weights", licence, basis, category, "pass", 0, "LICENSE:1-20"))
        for use in USES:
            tables["use_answer"].append((number, use, "weights", luck.choice([answer, "unclear"]), f"{licence} says so"))
        for flag, severity, title in luck.sample(FLAGS, luck.randrange(4)):
            tables["flag"].append((number, flag, severity, title, "no file carries the text", "README.md:2"))
        tables["component"].append((number, "weights-final", "present", "high", licence))
        tables["licence"].append((number, 0, licence, licence, category, "text", "LICENSE", 1, 20, 0.98, 0, 1))
        tables["clause"].append((number, 0, "grant-modify", licence, "present", "LICENSE", 7, 9, None))
        tables["artefact"].append((number, 0, "model.safetensors", "weights-final", "safetensors", "ok", 10, parameters, 10 ** 9, None))
        quote = HOSTILE[number % len(HOSTILE)] if hostile and number <= 200 else f"{name} is open source."
        tables["claim"].append((number, 0, "open-source", "model", "claim", "README.md", 3, quote))
        tables["base"].append((number, 0, "meta-llama/Llama-3.1-8B", "finetune", "LicenseRef-llama-3.1"))
    for table, rows in tables.items():
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    database.execute("UPDATE release SET error_code = 'unreadable', error = 'cannot be read: no such file' WHERE id = 77")
    database.commit()
    database.close()
    return path


class Server:
    """What `python3 -m http.server` is, counting what it sends."""

    def __init__(self, folder):
        self.sent, self.asked = 0, []
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *words):
                pass

            def copyfile(self, source, out):
                body = source.read()
                outer.sent += len(body) + 200
                outer.asked.append(self.path)
                out.write(body)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


def watch(page, origin):
    said = []
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith((origin, "data:")) else None)
    page.on("dialog", lambda dialog: said.append("a dialog opened"))
    return said


def until(page, expression, seconds=10):
    """Waits, from outside: the pages' own policy lets nothing be evaluated within."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(f"!!({expression})"):
            return
        time.sleep(0.01)
    check("waited for " + expression, False)


def shown(page):
    return page.evaluate("document.body.dataset.shown || ''")


def after(page, action):
    """Does something, waits for the list, and says how many milliseconds it took and how many releases it has."""
    before = shown(page)
    page.evaluate(
        """(before) => { window.done = new Promise((done) => { const began = () => performance.now();
            addEventListener('pointerdown', () => { window.began = began(); }, { once: true, capture: true });
            new MutationObserver(() => { if (document.body.dataset.shown !== before) done(performance.now()); })
                .observe(document.body, { attributes: true }); }); window.began = performance.now(); }""", before)
    action()
    took = page.evaluate("window.done.then((end) => end - window.began)")
    return took, int(re.sub(r"\D", "", page.locator("#count").inner_text().split(" of ")[0]))


def open_list(browser, url, hash_=""):
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    said = watch(page, url)
    page.goto(url + "index.html" + hash_)
    until(page, "document.body.dataset.shown")
    return page, said


def lists(browser, server, path, count, times):
    server.sent, server.asked = 0, []
    page, said = open_list(browser, server.url)
    check("first view", server.sent <= FIRST_VIEW, f"{server.sent} bytes: {server.asked}")
    print(f"first view {server.sent} bytes in {len(server.asked)} files")
    check("all are counted", "100" in page.locator("#count").inner_text() if count >= 100_000 else True)
    check("the first page is there", page.locator("#hits tr").count() == 25)
    asked = sqlite3.connect(path)

    def expected(sql):
        return asked.execute(f"SELECT count(*) FROM releases WHERE {sql}").fetchone()[0]

    def step(name, action, wanted=None):
        took, found = after(page, action)
        times[name] = min(times.get(name, 10 ** 6), round(took))
        if wanted is not None:
            check(f"{name}: count", found == wanted, f"{found}, not {wanted}")

    box = lambda name, value: page.locator(f"input[name='{name}'][value='{value}']")
    page.locator("details[data-facet=basis] summary").click()
    step("basis", lambda: box("basis", "text").check(), expected("weights_basis = 'text'"))
    step("level besides", lambda: box("level", "open-with-restrictions").check(),
         expected("weights_basis = 'text' AND level = 'open-with-restrictions'"))
    check("the address has the filter", "basis=text" in page.url and "level=open-with-restrictions" in page.url, page.url)
    kept = page.url
    step("clear", lambda: page.locator("#clear").click(), count)
    step("often asked", lambda: page.locator(".preset a").first.click(), asked.execute(
        """SELECT count(*) FROM (SELECT release FROM use_answer WHERE part = 'weights' AND answer = 'yes'
           AND id IN ('commercial-use', 'use-in-eu', 'at-scale') GROUP BY release HAVING count(*) = 3)""").fetchone()[0])
    step("back", page.go_back, count)
    page.locator("details[data-facet=flag] summary").click()
    step("flag", lambda: box("flag", "ow-03").check(), expected("',' || flags || ',' LIKE '%,ow-03,%'"))
    step("sorted", lambda: page.locator("#sort").select_option("parameters"))
    first = page.locator("#hits tr").first.inner_text()
    largest = asked.execute("SELECT max(parameters) FROM releases WHERE ',' || flags || ',' LIKE '%,ow-03,%'").fetchone()[0]
    check("the largest is first", f"{largest / 1e9:.0f} B" in first, f"{first} {largest}")
    step("next page", lambda: page.locator("#next").click())
    check("the address has the page", "page=2" in page.url and "sort=parameters" in page.url, page.url)
    step("cleared", lambda: page.locator("#clear").click(), count)
    for field in ("#licence", "#q"):
        # As people do: a field is entered before anything is written in it.
        page.locator(field).focus()
        time.sleep(1)
    step("licence", lambda: page.locator("#licence").fill("mit"),
         expected("weights_licence IN ('MIT', 'MIT OR Apache-2.0') AND weights_basis IN ('text', 'stated', 'metadata')"))
    step("licence cleared", lambda: page.locator("#licence").fill(""), count)
    step("name", lambda: page.locator("#q").fill("chat-999"), expected("name LIKE '%chat-999%'"))
    step("two words", lambda: page.locator("#q").fill("large org-7"), expected("name LIKE '%large%' AND organisation LIKE '%org-7%'"))
    step("nobody", lambda: page.locator("#q").fill("no such release"), 0)
    check("that is said", page.locator("#hits").inner_text().strip() != "")
    memory = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0")
    print(f"memory of the page {memory / 1e6:.0f} MB")
    check("memory", memory < 200_000_000, str(memory))
    check("quiet", said == [], str(said[:3]))
    page.close()
    page, said = open_list(browser, server.url, kept[kept.index("#"):])
    check("an address brings its filter", page.locator("#count").inner_text().startswith(
        f"{expected('''weights_basis = 'text' AND level = 'open-with-restrictions' '''):,}".replace(",", "\u202f")))
    check("the form shows it", page.locator("input[name=basis][value=text]").is_checked())
    page.close()


def keyboard(browser, server):
    page, said = open_list(browser, server.url)
    page.keyboard.press("Tab")
    check("first comes the way past the head", page.evaluate("document.activeElement.className") == "skip")
    box = page.locator("input[name=level]").first
    box.focus()
    took, found = after(page, lambda: page.keyboard.press("Space"))
    check("a filter by the keyboard", box.is_checked() and found > 0)
    check("focus stays", page.evaluate("document.activeElement.name") == "level")
    check("the count is told", page.locator("#count").get_attribute("role") == "status")
    page.locator("#hits a").first.focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#release section')")
    check("a release by the keyboard", "release.html#" in page.url)
    check("quiet by the keyboard", said == [], str(said[:3]))
    page.close()


def looks(browser, server, name, language):
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    said = watch(page, server.url)
    addresses = ["index.html", "plots.html", "about.html"]
    page.goto(server.url + "index.html")
    until(page, "document.body.dataset.shown")
    addresses.append(page.locator("#hits a").first.get_attribute("href"))
    for address in addresses:
        page.goto("about:blank")
        page.goto(server.url + address)
        until(page, "document.body.dataset.shown || !document.getElementById('hits')")
        until(page, "!document.getElementById('release') || document.querySelector('#release section')")
        label = f"{name} {address.split('#')[0]}"
        check(f"{label}: language", page.evaluate("document.documentElement.lang") == language)
        for width in (320, 390, 800, 1280, 1600):
            page.set_viewport_size({"width": width, "height": 1000})
            wide = page.evaluate("document.documentElement.scrollWidth")
            check(f"{label}: fits {width}", wide <= width, str(wide))
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
            check(f"{label}: axe {scheme}", found == [],
                  str([(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]))
        page.emulate_media(color_scheme="light")
        check(f"{label}: nothing ran", page.evaluate("window.hit") is None)
    check(f"{name}: quiet", said == [], str(said[:3]))
    page.close()


def hostile(browser, server):
    """Names and quotes stay words, on the list and on pages of their own."""
    page, said = open_list(browser, server.url, "#q=" + "script")
    page.goto(server.url + "index.html#q=proto")
    until(page, "document.querySelectorAll('#hits a').length === 1")
    for word in ("window.hit", "onload", "style", "u{202e}", "proto", "constructor"):
        page.goto(server.url + "index.html#q=" + word)
        page.wait_for_timeout(400)
        links = page.locator("#hits a")
        if word.startswith("u{"):
            check("directions are spelled out", "u{202e}" in page.locator("#hits").inner_text())
        check(f"{word}: found", links.count() >= 1)
        for href in [links.nth(place).get_attribute("href") for place in range(min(links.count(), 3))]:
            page.goto(server.url + href)
            until(page, "document.querySelector('#release section')")
            text = page.locator("#release").inner_text()
            check(f"{word}: the page has its evidence", "README.md:3" in text and "LICENSE:7-9" in text and "LICENSE:1-20" in text, text[:200])
            check(f"{word}: nothing of it is markup", page.locator("#release script, #release img, #release svg").count() == 0)
    check("nothing ran", page.evaluate("window.hit") is None)
    check("quiet among the hostile", said == [], str(said[:3]))
    page.close()


def releases(browser, server, path):
    database = sqlite3.connect(path)
    page, said = open_list(browser, server.url, "#q=-4321")
    name = database.execute("SELECT name, sentence FROM release WHERE id = 4321").fetchone() or ("", "")
    page.goto(server.url + page.locator("#hits a", has_text=name[0]).first.get_attribute("href"))
    until(page, "document.querySelector('#release section')")
    text = page.locator("main").inner_text()
    for wanted in [name[1], "commercial use", "README.md:3", "LICENSE:7-9", "grant-modify", "meta-llama/Llama-3.1-8B", "model.safetensors"]:
        check(f"a release's page has {wanted}", wanted in text)
    check("its title is its name", name[0] in page.title())
    key = page.url.split("-")[-1]
    page.goto(server.url + f"release.html#1-{key}")
    until(page, f"document.title.includes({name[0]!r})")
    page.goto(server.url + "release.html#1-0123456789abcdef")
    until(page, "!document.querySelector('#release section')")
    check("a release that is not there is said", page.locator("#state").inner_text() != "")
    page.goto(server.url + "index.html#q=-77")
    page.wait_for_timeout(500)
    check("quiet on releases", said == [], str(said[:3]))
    page.close()


def from_disk(browser, site):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((site / "index.html").as_uri() + "#basis=text")
    until(page, "document.body.dataset.shown")
    check("from a disk", page.locator("#hits tr").count() == 25 and said == [], str(said[:2]))
    page.close()


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="openscan-catalogue-"))
    try:
        large, small = store(binary, folder / "large.sqlite", count), store(binary, folder / "small.sqlite", 5000)
        site, chinese = folder / "site", folder / "zh"
        began = time.monotonic()
        subprocess.run([binary, "catalogue", str(large), "-o", str(site)], check=True, capture_output=True)
        size = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
        print(f"{count} releases in {time.monotonic() - began:.1f} s, {size / 1e6:.0f} MB")
        subprocess.run([binary, "catalogue", str(small), "-o", str(chinese), "--language", "zh"], check=True, capture_output=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--enable-precise-memory-info"])
            server = Server(site)
            # Other work on the machine costs time as well: the better of two rounds counts, each of a page that knows nothing.
            times = {}
            for _ in range(2):
                lists(browser, server, large, count, times)
            for step, took in times.items():
                check(f"{step}: in {FILTER_TIME} ms", took <= FILTER_TIME, f"{took} ms")
            print("milliseconds:", times, "median", statistics.median(times.values()))
            keyboard(browser, server)
            releases(browser, server, large)
            hostile(browser, server)
            looks(browser, server, "english", "en")
            looks(browser, Server(chinese), "chinese", "zh")
            from_disk(browser, site)
            browser.close()
    finally:
        shutil.rmtree(folder)
    print(f"{results['passed']} passed, {results['failed']} failed")
    sys.exit(1 if results["failed"] else 0)


if __name__ == "__main__":
    main()
