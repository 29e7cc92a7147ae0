#!/usr/bin/env python3
"""Captions in a browser: every cue of the WebVTT files arrives through <track>.

    browser.py PROGRAM [unittest arguments]
"""
import functools
import html
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import unittest

import cli
from cli import Case, SAMPLES

PAGE = """<!doctype html><meta charset="utf-8"><title>Phụ đề</title>
<audio src="a.wav"><track kind="%s" srclang="vi" src="%s" default></audio><pre></pre>
<script>
const track = document.querySelector("track");
const tell = text => { document.querySelector("pre").textContent = text; };
track.addEventListener("error", () => tell("refused"));
track.addEventListener("load", () => tell(JSON.stringify([...track.track.cues].map(
  cue => [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent]))));
track.track.mode = "showing";
</script>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Browser(Case):
    def cues_of(self, kind, name):
        self.write("page.html", PAGE % (kind, name))
        handler = functools.partial(Quiet, directory=str(self.dir))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            server.handle_error = lambda *_: None  # the browser hangs up on the sound
            threading.Thread(target=server.serve_forever, daemon=True).start()
            done = subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
                 f"--user-data-dir={self.dir / 'profile'}", "--virtual-time-budget=20000",
                 f"http://127.0.0.1:{server.server_port}/page.html"],
                capture_output=True, timeout=120, env=dict(self.env, XDG_CACHE_HOME=str(self.dir)))
            server.shutdown()
        told = re.search(r"<pre>(.*?)</pre>", done.stdout.decode(), re.S)
        self.assertTrue(told and told.group(1).startswith("["), (done.stdout, done.stderr[-2000:]))
        return json.loads(html.unescape(told.group(1)))

    def in_file(self, name):
        """The cues as they stand in the file, without the times of words."""
        cues = []
        for block in (self.dir / name).read_text(encoding="utf-8").split("\n\n"):
            lines = block.strip().split("\n")
            at = next((i for i, line in enumerate(lines) if " --> " in line), None)
            if at is None:
                continue
            times = [sum(float(part) * 60 ** i for i, part in enumerate(reversed(t.split(":"))))
                     for t in lines[at].split(" --> ")]
            text = html.unescape(re.sub(r"<[\d:.]+>", "", "\n".join(lines[at + 1:])))
            cues.append([*times, text])
        return cues

    def test_every_cue_arrives(self):
        result = self.run_program("-q", "-p", "raw", SAMPLES / "bao-so-3.txt", SAMPLES / "bau-cu.txt",
                                  "-o", "a.wav", "-o", "a.vtt", "-o",
                                  "a.chapters.vtt")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        for kind, name in (("subtitles", "a.vtt"), ("chapters", "a.chapters.vtt")):
            here, there = self.in_file(name), self.cues_of(kind, name)
            self.assertGreater(len(here), 5)
            self.assertEqual(len(there), len(here))
            for a, b in zip(here, there):
                self.assertAlmostEqual(a[0], b[0], delta=5e-4)
                self.assertAlmostEqual(a[1], b[1], delta=5e-4)
                self.assertEqual(a[2], b[2])


if __name__ == "__main__":
    cli.PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
