"""Opens reviewers' pages in a real browser: what a test of text cannot see.

    python review.py BINARY PLACE...

A place is a release, or a folder of releases. Needs chromium, playwright and axe-playwright-python (`make browser-test`).
"""

import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SECTIONS = ["answer", "unread", "reproduce", "sources", "rules"]
OF_READ = ["use", "gradient", "access", "parts", "licences", "yardsticks", "flags", "claims", "lineage", "weights"]
LARGEST = 2_000_000

HOSTILE = [
    "<script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "' onmouseover='window.hit=1",
    "</style></script></title><svg onload=window.hit=1>",
    '"\u0301 onclick=window.hit=1 x="',
    "{{{style}}}{{#t}}{{/t}}",
    "a\u202eb\u2066c",
    "javascript:window.hit=1",
]

results = {"passed": 0, "failed": 0}


def check(name, holds, detail=""):
    results["passed" if holds else "failed"] += 1
    if not holds:
        print(f"failed: {name} {detail}")


def page_of(binary, release, folder, language="en"):
    """The page of a release, and how long it took beside the scan alone."""
    out = folder / f"{release.name}.{language}.html"
    call = [binary, "review", str(release), "-o", str(out), "--language", language]
    done = subprocess.run(call, capture_output=True, text=True, timeout=600)
    return out if done.returncode == 0 else None


def targets_within(page):
    return page.evaluate(
        """() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))
            .filter(h => !h.startsWith('#') || !document.getElementById(h.slice(1)))"""
    )


def repeated_ids(page):
    return page.evaluate(
        """() => { const seen = new Set(), out = [];
            for (const e of document.querySelectorAll('[id]')) { if (seen.has(e.id)) out.push(e.id); seen.add(e.id); }
            return out; }"""
    )


def watch(page):
    said = []
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.on("dialog", lambda dialog: said.append("a dialog opened"))
    return said


def look(browser, name, path, axe):
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    said = watch(page)
    began = time.monotonic()
    page.goto(path.as_uri())
    took = time.monotonic() - began
    check(f"{name}: opens in a second", took < 1, f"{took:.2f} s")
    check(f"{name}: size", path.stat().st_size <= LARGEST, str(path.stat().st_size))
    is_read = page.locator("#use").count() == 1
    for section in SECTIONS + (OF_READ if is_read else []):
        shown = page.locator(f"section#{section}")
        check(f"{name}: section {section}", shown.count() == 1 and shown.locator("h2").first.inner_text().strip() != "")
    check(f"{name}: links within", targets_within(page) == [], str(targets_within(page)[:3]))
    check(f"{name}: ids", repeated_ids(page) == [], str(repeated_ids(page)[:3]))
    for width in (320, 390, 800, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 1000})
        wide = page.evaluate("document.documentElement.scrollWidth")
        check(f"{name}: fits {width}", wide <= width, str(wide))
    page.set_viewport_size({"width": 1280, "height": 1000})
    if axe:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
            found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
            check(
                f"{name}: axe {scheme}", found == [],
                str([(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]))
    check(f"{name}: nothing ran", page.evaluate("window.hit") is None)
    check(f"{name}: quiet", said == [], str(said[:3]))
    page.close()


def places_open(browser, path):
    """Every cited place and every rule opens over the page, and the keyboard gets back."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    said = watch(page)
    page.goto(path.as_uri())
    count = page.evaluate(
        """() => { let shown = 0; const links = [...document.querySelectorAll("main a.cite, main a[href^='#rule-']")];
            for (const link of links) { link.click(); const box = document.getElementById('cite');
                if (box.open && document.getElementById('cite-body').textContent.trim()) shown++;
                box.close(); location.hash = ''; }
            return [links.length, shown]; }"""
    )
    whole = page.evaluate("document.querySelectorAll('details.text').length")
    check("places open", count[0] > 50 and count[1] >= count[0] * 0.7 and (count[0] == count[1] or whole), str(count))
    link = page.locator("#flags .cite").first
    link.focus()
    page.keyboard.press("Enter")
    check("the keyboard opens a place", page.evaluate("document.getElementById('cite').open"))
    page.keyboard.press("Escape")
    check("and gets back", page.evaluate("document.activeElement.className") == "cite")
    page.keyboard.press("Home")
    check("quiet while opening", said == [], str(said[:3]))
    page.close()


def decides(browser, binary, release, path, folder):
    """The form saves a file that --decisions takes."""
    page = browser.new_page(accept_downloads=True)
    said = watch(page)
    page.goto(path.as_uri())
    row = page.locator("#questions .q").first
    row.get_by_role("button").click()
    row.get_by_role("combobox").first.select_option("override")
    row.get_by_role("combobox").nth(1).select_option(index=0)
    row.get_by_role("textbox").fill('because "it\'s" so: {{t}} \\ # <b>')
    page.locator("#save").click()
    check("a decision without a name is not saved", page.locator("#said").inner_text() != "")
    page.locator("#by").fill("Ana: \u202e Ünlü")
    with page.expect_download() as download:
        page.locator("#save").click()
    check("the file has its name", download.value.suggested_filename == "openscan-review.yml")
    saved = folder / "saved.yml"
    download.value.save_as(saved)
    out = folder / "decided.html"
    done = subprocess.run(
        [binary, "review", str(release), "--decisions", str(saved), "-o", str(out)], capture_output=True, text=True)
    check("the file is taken", done.returncode == 0, done.stderr)
    if done.returncode == 0:
        page.goto(out.as_uri())
        check("the decision is shown", page.locator("#questions .human").count() == 1)
        check("and holds", page.locator("#questions .human.stale").count() == 0)
        with page.expect_download() as download:
            page.locator("#save").click()
        again = folder / "again.yml"
        download.value.save_as(again)
        check("saving again keeps it", "decision: override" in again.read_text())
    check("quiet while deciding", said == [], str(said[:3]))
    page.close()


def without_script(browser, path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    check("reads without script", page.locator("#answer h2").inner_text().strip() != "")
    context.close()


def prints(browser, path, folder):
    page = browser.new_page()
    page.goto(path.as_uri())
    out = folder / "page.pdf"
    page.pdf(path=out, format="A4", print_background=True)
    text = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True).stdout
    words = page.evaluate(
        "() => [...document.querySelectorAll('#gradient li a, #parts tbody th, .flag h3')].map(e => e.textContent.trim())")
    flat = " ".join(text.split())
    missing = [w for w in words if w and " ".join(w.split())[:25] not in flat]
    check("prints every name", len(words) > 20 and len(missing) <= len(words) // 10, str(missing[:5]))
    page.close()


def hostile(folder):
    """A release that has markup, script and template syntax wherever it has a say."""
    release = folder / "hostile"
    release.mkdir()
    text = "\n\n".join(f"{h} is open source: {h}" for h in HOSTILE)
    fields = "\n".join(f"  - {h!r}" for h in HOSTILE if "\u202e" not in h)
    (release / "README.md").write_text(
        f"---\nlicense: other\nlicense_name: {HOSTILE[0]!r}\nbase_model:\n{fields}\ndatasets:\n{fields}\n---\n# {HOSTILE[1]}\n\n"
        f"Our model {HOSTILE[1]} is fully open source.\n\n{text}\n")
    licence = "\n".join(
        f"{h} You may not use the model for commercial purposes {h}. The licensee {h} must not train other models." for h in HOSTILE)
    (release / "LICENSE").write_text("Licence Agreement\n\n" + licence + "\n")
    for number, name in enumerate(["<img src=x onerror=window.hit=1>.py", "a'onclick='x.md", "{{name}}.safetensors", "b\u202ec.bin"]):
        (release / name).write_bytes(b"import torch\nmodel.generate()\n" if number == 0 else b"x")
    return release


def many_files(folder):
    release = folder / "five-thousand"
    release.mkdir()
    (release / "README.md").write_text("---\nlicense: mit\n---\n# X\nX is open source.\n")
    for number in range(5000):
        part = release / f"part{number % 50}"
        part.mkdir(exist_ok=True)
        (part / f"data-{number}.npy").write_bytes(b"\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".ljust(128) + bytes(12))
    return release


def main():
    binary, *places = sys.argv[1:]
    binary = str(pathlib.Path(binary).resolve())
    releases = []
    for place in map(pathlib.Path, places):
        inner = sorted(p for p in place.iterdir() if p.suffix != ".options") if place.is_dir() else []
        is_folder_of_releases = bool(inner) and not any(p.name.lower().startswith(("readme", "license")) for p in inner)
        releases += inner if is_folder_of_releases else [place]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="openscan-browser-"))
    try:
        releases += [hostile(folder), many_files(folder)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            pages = list(pool.map(lambda release: page_of(binary, release, folder), releases))
        chinese = page_of(binary, releases[0], folder, "zh")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            shown = [(release.name, page) for release, page in zip(releases, pages) if page]
            check("most releases have a page", len(shown) >= len(releases) - 2, str(len(shown)))
            for number, (name, page) in enumerate(shown):
                look(browser, name, page, axe=number % 4 == 0 or name in ("hostile", "washing-threshold"))
            look(browser, "chinese", chinese, axe=True)
            rich = next((page for name, page in shown if name == "washing-threshold"), shown[0][1])
            places_open(browser, rich)
            without_script(browser, rich)
            decides(browser, binary, next(r for r, p in zip(releases, pages) if p == rich), rich, folder)
            prints(browser, rich, folder)
            browser.close()
    finally:
        shutil.rmtree(folder)
    print(f"{results['passed']} passed, {results['failed']} failed")
    sys.exit(1 if results["failed"] else 0)


if __name__ == "__main__":
    main()
