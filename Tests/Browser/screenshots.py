"""Makes the README's pictures of a reviewer's page and of a catalogue: python screenshots.py BINARY RELEASE OUT.png CATALOGUE.png"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

import catalogue

binary, release, out, list_out = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    page_path = pathlib.Path(folder) / "dossier.html"
    subprocess.run([binary, "review", release, "-o", str(page_path)], check=True)
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page(
        viewport={"width": 1280, "height": 1180}, color_scheme="light", reduced_motion="reduce")
    page.goto(page_path.as_uri())
    page.screenshot(path=out)
    store = catalogue.store(binary, pathlib.Path(folder) / "made.sqlite", 20_000, hostile=False)
    subprocess.run([binary, "catalogue", str(store), "-o", folder + "/site"], check=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((pathlib.Path(folder) / "site/index.html").as_uri() + "#use.commercial-use=yes&use.use-in-eu=yes&use.at-scale=yes")
    catalogue.until(page, "document.body.dataset.shown")
    page.screenshot(path=list_out)
    browser.close()
