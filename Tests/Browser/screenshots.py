"""Makes the README's picture of a reviewer's page: python screenshots.py BINARY RELEASE OUT.png"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

binary, release, out = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    page_path = pathlib.Path(folder) / "dossier.html"
    subprocess.run([binary, "review", release, "-o", str(page_path)], check=True)
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page(
        viewport={"width": 1280, "height": 1180}, color_scheme="light", reduced_motion="reduce")
    page.goto(page_path.as_uri())
    page.screenshot(path=out)
    browser.close()
