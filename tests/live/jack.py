#!/usr/bin/env python3
"""Playing through JACK's dummy driver: what is recorded from the port is the rendering.

    jack.py PROGRAM [unittest arguments]
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import numpy as np
import soundfile

import playback

PROGRAM = None
RATE = 48000
STEP = 2 / 32768  # the recording has 16 bits
TEXT = "Xin chào bà con.\nTối nay thôn họp ở nhà văn hóa, mời mỗi nhà cử một người đến dự.\n"


class Jack(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.text = self.folder / "tin.txt"
        self.text.write_text(TEXT, encoding="utf-8")
        self.env = dict(os.environ, HOME=str(self.folder), XDG_CACHE_HOME=str(self.folder), LC_ALL="C.UTF-8",
                        JACK_DEFAULT_SERVER=f"wtisd-{os.getpid()}", JACK_NO_AUDIO_RESERVATION="1",
                        PULSE_SERVER=str(self.folder / "none"))
        self.start_server()

    def start_server(self, rate=RATE):
        # --sync: the server waits for its clients, so that a busy machine makes no hole in the recording.
        self.server = subprocess.Popen(
            ["jackd", "--sync", "--no-realtime", "-n", self.env["JACK_DEFAULT_SERVER"], "-d", "dummy", "-r", str(rate),
             "-p", "256"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.stop_server)
        self.assertTrue(playback.wait_for(lambda: self.port("system:playback"), 20), "jackd did not start")

    def stop_server(self, how=signal.SIGTERM):
        if self.server.poll() is None:
            self.server.send_signal(how)
        self.server.wait(20)

    def port(self, name):
        listed = subprocess.run(["jack_lsp"], env=self.env, capture_output=True, text=True, timeout=20)
        return next((line for line in listed.stdout.splitlines() if line.startswith(name)), None)

    def play(self, *arguments):
        play = subprocess.Popen([PROGRAM, "-p", "raw", "--latency", "100", *arguments, self.text], env=self.env,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(play.stderr.close)
        self.addCleanup(play.wait)
        self.addCleanup(play.kill)
        self.assertTrue(playback.wait_for(lambda: self.port("PortAudio:out"), 20), "it does not play")
        return play

    def render(self):
        path = self.folder / "reference.wav"
        subprocess.run([PROGRAM, "-p", "raw", self.text, "--out", path], env=self.env, check=True, timeout=60,
                       capture_output=True)
        return soundfile.read(path)[0]

    def test_it_is_the_rendering(self):
        reference = self.render()
        play = self.play("--pre-roll", "2")
        path = self.folder / "recording.wav"
        seconds = str(3 + len(reference) // RATE)
        subprocess.run(["jack_rec", "-f", path, "-d", seconds, "-b", "16", self.port("PortAudio:out")],
                       env=self.env, check=True, capture_output=True, timeout=60)
        self.assertEqual(play.wait(30), 0)
        self.assertNotIn("broke off", play.stderr.read())
        recording = soundfile.read(path)[0]
        first = int(np.argmax(np.abs(recording) > 0.01)) - int(np.argmax(np.abs(reference) > 0.01))
        heard = recording[max(first - 1, 0):]
        errors = [np.abs(heard[i:i + len(reference)] - reference).max() for i in range(3)
                  if len(heard) >= i + len(reference)]
        self.assertTrue(errors, "the recording ends too soon")
        self.assertLess(min(errors), STEP)

    def test_a_rate_that_is_refused(self):
        self.stop_server()
        self.start_server(44100)
        play = subprocess.run([PROGRAM, self.text], env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=60)
        self.assertEqual(play.returncode, 69)
        self.assertIn("--sample-rate 44100", play.stderr)
        play = subprocess.run([PROGRAM, "--sample-rate", "44100", self.text], env=self.env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60)
        self.assertEqual(play.returncode, 0)

    def test_it_survives_the_server(self):
        play = self.play("--log", self.folder / "log.jsonl")
        time.sleep(1.5)
        self.stop_server(signal.SIGKILL)
        time.sleep(0.5)
        self.start_server()
        self.assertEqual(play.wait(60), 0)
        log = (self.folder / "log.jsonl").read_text(encoding="utf-8")
        self.assertIn('"lost"', log)
        self.assertIn('"back"', log)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
