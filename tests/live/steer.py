#!/usr/bin/env python3
"""What plays is steered, survives its sound server, and starts when it is to: on null sinks.

    steer.py PROGRAM [unittest arguments]

The program runs on a pseudo-terminal; what it sounds is recorded and compared with the rendered file,
what it says of itself is read in its log.
"""
import contextlib
import datetime
import fcntl
import json
import os
import pathlib
import pty
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unittest

import numpy as np
import soundfile

import playback

PROGRAM = None
RATE = 48000
CLICK = 328  # -40 dBFS, in steps of 16 bits
TEXT = """Tin của xã

Sáng nay trời nhiều mây và có mưa nhỏ ở vài nơi. Gió đông nam cấp ba, gần trưa gió đổi hướng.
Chiều nay trời nắng, bà con tranh thủ phơi lúa.

Việc của thôn

Tối nay thôn họp ở nhà văn hóa. Mời mỗi nhà cử một người đến dự cho đông đủ.
Buổi họp bàn về con đường mới ven sông.
"""
N_SENTENCES = 8


class Play:
    """The program on a terminal of its own."""

    def __init__(self, server, folder, *arguments, env=None, rows=24, columns=80):
        self.log_path = folder / "log.jsonl"
        self.log_path.unlink(missing_ok=True)
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.master, self.slave = master, slave
        self.before = termios.tcgetattr(slave)

        def child():
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [PROGRAM, "-p", "raw", "--log", self.log_path, *arguments],
            env={**server.env, "TERM": "xterm", **(env or {})}, stdin=slave, stdout=slave,
            stderr=slave, preexec_fn=child)
        self.out = b""
        self.thread = threading.Thread(target=self.drain, daemon=True)
        self.thread.start()

    def drain(self):
        while True:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return
            if not data:
                return
            self.out += data

    def press(self, keys):
        os.write(self.master, keys.encode())

    def log(self):
        if not self.log_path.exists():
            return []
        return [json.loads(line) for line in self.log_path.read_text().splitlines()]

    def ended(self):
        return [(line["number"], line["complete"]) for line in self.log() if line["event"] == "ended"]

    def modes(self):
        return termios.tcgetattr(self.slave)

    def wait(self, seconds=60):
        status = self.process.wait(timeout=seconds)
        time.sleep(0.2)
        return status

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.slave)
        os.close(self.master)


class Case(unittest.TestCase):
    sinks = 1

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wsp-live-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.text = self.folder / "tin.txt"
        self.text.write_text(TEXT, encoding="utf-8")
        self.server = playback.Server(RATE, self.sinks)
        self.addCleanup(self.server.close)
        self.server.wait()
        # A null sink that nobody records takes up to two seconds to begin.
        self.addCleanup(self.record().stop)

    def render(self, *arguments):
        """The message as a file, and where its sentences are in it."""
        wav, timings = self.folder / "ref.wav", self.folder / "ref.json"
        subprocess.run([PROGRAM, "-q", "-p", "raw", *arguments, self.text, "-o", wav, "-o", timings],
                       env=self.server.env, check=True)
        sentences = json.loads(timings.read_text())["sentences"]
        spans = [(round(s["start"] * RATE), round(s["end"] * RATE)) for s in sentences]
        return soundfile.read(wav, dtype="float64")[0] * 32768, spans

    def play(self, *arguments, **more):
        play = Play(self.server, self.folder, *(arguments or (self.text,)), **more)
        self.addCleanup(play.close)
        return play

    def record(self, sink="test"):
        recorder = playback.Recorder(self.server, sink)
        time.sleep(0.1)
        return recorder

    def wait_for(self, condition, seconds=20):
        self.assertTrue(playback.wait_for(condition, seconds), "it has not come to it")

    def until_sound(self, recorder):
        self.wait_for(lambda: any(np.any(f) for f in recorder.fragments[-20:]))
        time.sleep(0.1)  # until the program knows too


def is_in(recording, piece):
    """How well the best place of `piece` in the recording fits: 1 is exactly. The edges of a
    millisecond are not judged."""
    piece = piece[RATE // 1000:-RATE // 1000]
    n = 1 << int(np.ceil(np.log2(len(recording) + len(piece))))
    match = np.fft.irfft(np.fft.rfft(recording, n) * np.conj(np.fft.rfft(piece, n)), n)
    place = int(np.argmax(match[:max(1, len(recording) - len(piece) + 1)]))
    heard = recording[place:place + len(piece)]
    return float(np.corrcoef(heard, piece)[0, 1]) if len(heard) == len(piece) else 0.0


def child_of(process, name):
    """The id of its only child of this name."""
    return int(subprocess.run(["pgrep", "-P", str(process.pid), "-x", name], check=True,
                              capture_output=True, text=True, timeout=20).stdout)


class Keys(Case):
    def test_they_go_where_they_say(self):
        reference, spans = self.render()
        recorder = self.record()
        play = self.play()
        self.until_sound(recorder)
        time.sleep(0.5)
        for keys in ("n", "n", "p", "N", "g4\r", "r", "\033[C"):  # the last is an arrow
            play.press(keys)
            time.sleep(0.7)
        play.press("q")
        self.assertEqual(play.wait(), 0)
        recording = recorder.stop()
        self.assertEqual(play.ended(), [(1, False), (2, False), (3, False), (2, False), (5, False),
                                        (4, False), (4, False), (5, True)])
        self.assertEqual(play.log()[-1]["event"], "finished")
        begin, end = spans[4]
        self.assertGreater(is_in(recording, reference[begin:end]), 0.9999)
        largest = np.abs(np.diff(recording)).max()
        own = np.abs(np.diff(reference)).max()
        self.assertLessEqual(largest, max(CLICK, own) + 4, "a click")

    def test_rate_changes_with_the_next_sentence(self):
        some = ("--sentences", "1-4")
        reference, spans = self.render(*some)
        recorder = self.record()
        play = self.play(*some, self.text)
        self.until_sound(recorder)
        play.press("n")
        self.wait_for(lambda: (1, False) in play.ended())
        play.press("+++")
        self.assertEqual(play.wait(), 0)
        recording = recorder.stop()
        self.assertEqual(play.ended()[1:], [(i, True) for i in range(2, 5)])
        second, last = (reference[slice(*spans[i])] for i in (1, -1))
        self.assertGreater(is_in(recording, second), 0.9999)  # as it was begun
        self.assertLess(is_in(recording, last), 0.9)          # faster

    def test_pause_holds_and_volume_turns(self):
        recorder = self.record()
        play = self.play()
        self.until_sound(recorder)
        play.press(" ")
        time.sleep(0.4)
        begin = len(recorder.fragments)
        time.sleep(0.6)
        self.assertFalse(any(np.any(f) for f in recorder.fragments[begin:]))
        play.press("n[[ ")  # a jump is made in the pause
        self.wait_for(lambda: (1, False) in play.ended())
        time.sleep(1)
        loud = max(np.abs(f).max() for f in recorder.fragments[-150:])
        play.press("]]p")
        time.sleep(1)
        louder = max(np.abs(f).max() for f in recorder.fragments[-100:])
        self.assertGreater(louder, loud)
        play.press("Q")
        self.assertEqual(play.wait(), 130)
        self.assertEqual(play.log()[-1]["event"], "stopped")
        recorder.stop()

    def test_the_end_can_be_left(self):
        """Back from the last sentence, while it sounds and all is given already."""
        recorder = self.record()
        play = self.play("--sentences", f"{N_SENTENCES - 1}-", self.text)
        self.wait_for(lambda: (N_SENTENCES - 1, True) in play.ended())
        time.sleep(1.5)
        play.press("p")
        self.assertEqual(play.wait(), 0)
        recorder.stop()
        self.assertEqual(play.ended(), [(N_SENTENCES - 1, True), (N_SENTENCES, False),
                                        (N_SENTENCES - 1, True), (N_SENTENCES, True)])

    def test_jumping_at_the_very_end(self):
        """While the device sounds the last of it, and behind it."""
        recorder = self.record()
        for late in (0.1, 0.02, -0.02, -0.05):
            play = self.play("--sentences", "1", self.text)
            self.until_sound(recorder)
            self.wait_for(lambda: not any(np.any(f) for f in recorder.fragments[-4:]))
            time.sleep(max(0, 0.05 - late))
            play.press("r")
            self.assertEqual(play.wait(20), 0)
            self.assertEqual(play.ended()[-1], (1, True))
        recorder.stop()

    def test_the_rate_before_the_first_sound(self):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
        play = self.play("--at", at, "--sentences", "1-2", self.text)
        time.sleep(0.5)
        play.press("++")
        self.assertEqual(play.wait(20), 0)
        self.assertEqual(play.ended(), [(1, True), (2, True)])

    def test_next_before_the_first_sound(self):
        """While a chime sounds, or the clock is waited for, the first sentence is the one to be skipped."""
        recorder = self.record()
        play = self.play("--pre-roll", "1", "--chime", "two-tone", "--sentences", "1-3", self.text)
        self.until_sound(recorder)
        play.press("n")
        self.assertEqual(play.wait(20), 0)
        self.assertEqual(play.ended(), [(2, True), (3, True)])
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
        play = self.play("--at", at, "--sentences", "1-3", self.text)
        time.sleep(0.5)
        play.press("nn")
        self.assertEqual(play.wait(20), 0)
        self.assertEqual(play.ended(), [(3, True)])
        recorder.stop()

    def test_finish_then_faster_then_again(self):
        recorder = self.record()
        play = self.play("--sentences", "1-3", self.text)
        self.until_sound(recorder)
        play.press("q+r")
        self.assertEqual(play.wait(40), 0)
        recorder.stop()
        self.assertEqual(play.ended()[-3:], [(1, True), (2, True), (3, True)])

    def test_next_behind_the_last(self):
        recorder = self.record()
        play = self.play("--sentences", "1", "--chime-after", "gong", self.text)
        self.until_sound(recorder)
        play.press("n")
        self.wait_for(lambda: (1, False) in play.ended())
        play.press("nn")  # there is no more
        self.assertEqual(play.wait(20), 0)
        self.assertEqual(play.ended(), [(1, False)])
        self.assertNotRegex(play.out.decode(), r"--\d|-\d{3,}:")  # the time that is left
        play = self.play("--sentences", "1", "--chime-after", "gong", self.text)
        self.until_sound(recorder)
        play.press("n")
        self.wait_for(lambda: (1, False) in play.ended())
        play.press("p")  # back to it
        self.assertEqual(play.wait(20), 0)
        recorder.stop()
        self.assertEqual(play.ended(), [(1, False), (1, True)])

    def test_what_ends_is_the_sentence(self):
        """Not the chime behind it."""
        play = self.play("--sentences", "1", "--chime-after", "gong", self.text)
        self.assertEqual(play.wait(20), 0)
        ended = [line for line in play.log() if line["event"] == "ended"][0]
        finished = play.log()[-1]
        times = [datetime.datetime.fromisoformat(line["time"]) for line in (ended, finished)]
        self.assertGreater((times[1] - times[0]).total_seconds(), 2)

    def test_hung_up_twice(self):
        """As when a terminal's window is closed."""
        path = self.folder / "loa"
        play = self.play("--control", path, self.text)
        self.wait_for(lambda: playback.sounding(self.server))
        time.sleep(0.5)
        for _ in range(3):
            play.process.send_signal(signal.SIGHUP)
            time.sleep(0.01)
        self.assertEqual(play.wait(), 129)
        self.assertFalse(path.exists())
        self.assertEqual([line["event"] for line in play.log()][-2:], ["ended", "stopped"])
        self.assertEqual(play.log()[-2]["devices"], ["default"])

    def test_the_summary_has_the_exit_status(self):
        recorder = self.record()
        for how, status in (("q", 0), ("Q", 130), (signal.SIGINT, 130), (signal.SIGTERM, 143)):
            play = self.play("-q", "--json", self.text)
            self.until_sound(recorder)
            if isinstance(how, str):
                play.press(how)
            else:
                play.process.send_signal(how)
            self.assertEqual(play.wait(), status)
            self.assertEqual(json.loads(play.out)["status"], status)
        recorder.stop()

    def test_signals(self):
        recorder = self.record()
        play = self.play()
        self.until_sound(recorder)
        play.process.send_signal(signal.SIGUSR2)
        self.wait_for(lambda: play.ended() == [(1, False)])
        play.process.send_signal(signal.SIGUSR1)
        time.sleep(0.4)
        begin = len(recorder.fragments)
        time.sleep(0.4)
        self.assertFalse(any(np.any(f) for f in recorder.fragments[begin:]))
        play.process.send_signal(signal.SIGINT)
        self.assertEqual(play.wait(), 130)
        recorder.stop()


class Terminal(Case):
    def test_it_is_as_it_was_however_it_ends(self):
        for how in ("q", "Q", signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT, signal.SIGXCPU,
                    signal.SIGALRM, signal.SIGKILL):
            with self.subTest(how=how):
                play = self.play()
                self.wait_for(lambda: "\x1b[?25l" in play.out.decode())
                self.assertNotEqual(play.modes(), play.before)
                if isinstance(how, str):
                    play.press(how)
                else:
                    play.process.send_signal(how)
                play.wait()
                self.assertEqual(play.modes(), play.before)
                self.assertGreater(play.out.rfind(b"\x1b[?25h"), play.out.rfind(b"\x1b[?25l"))

    def test_the_keeper(self):
        """The whole group is killed: the other screen is left too. Where a shell has been quicker it has its say."""
        for quicker in (False, True):
            play = self.play("--display", "large", self.text)
            self.wait_for(lambda: "\x1b[?25l" in play.out.decode())
            keeper = child_of(play.process, "keeper")
            if quicker:
                os.kill(keeper, signal.SIGSTOP)
            os.killpg(play.process.pid, signal.SIGKILL)
            play.wait()
            wanted = play.before
            if quicker:
                wanted = play.modes()
                wanted[3] |= termios.ISIG | termios.ICANON
                wanted[3] &= ~termios.ECHO
                termios.tcsetattr(play.slave, termios.TCSANOW, wanted)
                wanted = play.modes()
                os.kill(keeper, signal.SIGCONT)
            self.wait_for(lambda: not os.path.exists(f"/proc/{keeper}/fd/0"), 5)
            self.wait_for(lambda: play.out.rfind(b"\x1b[?25h") > play.out.rfind(b"\x1b[?25l"), 5)
            self.assertEqual(play.modes(), wanted)
            self.assertGreater(play.out.rfind(b"\x1b[?1049l"), play.out.rfind(b"\x1b[?1049h"))

    def test_it_is_given_back_while_stopped(self):
        recorder = self.record()
        play = self.play()
        self.until_sound(recorder)
        os.kill(play.process.pid, signal.SIGTSTP)
        self.wait_for(lambda: play.modes() == play.before)
        time.sleep(0.2)
        begin = len(recorder.fragments)
        time.sleep(0.3)  # what has been made would last for a second
        self.assertFalse(any(np.any(f) for f in recorder.fragments[begin:]))
        begin = len(recorder.fragments)
        os.kill(play.process.pid, signal.SIGCONT)
        self.wait_for(lambda: any(np.any(f) for f in recorder.fragments[begin:]), 2)
        self.wait_for(lambda: play.modes() != play.before)
        play.press("n")
        self.wait_for(lambda: any(not complete for _, complete in play.ended()))
        play.press("q")
        self.assertEqual(play.wait(), 0)
        recorder.stop()

    def test_it_is_taken_in_the_foreground(self):
        """As a job of a shell: begun in the background, fetched, and fetched again."""
        job = """
import os, signal, subprocess, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
play = subprocess.Popen(sys.argv[1:], process_group=0)
for where in sys.stdin:
    os.tcsetpgrp(2, play.pid if where == "fg\\n" else os.getpgrp())
play.wait()
os.tcsetpgrp(2, os.getpgrp())
"""
        log = self.folder / "log.jsonl"
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        self.addCleanup(os.close, slave)

        def child():
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        recorder = self.record()
        before = termios.tcgetattr(slave)
        shell = subprocess.Popen([sys.executable, "-c", job, PROGRAM, "-q", "-p", "raw", "--log", log, self.text],
                                 env=self.server.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                 stderr=slave, preexec_fn=child, text=True)
        self.addCleanup(shell.kill)
        self.until_sound(recorder)
        for where in ("fg", "bg", "fg"):
            time.sleep(0.5)
            if where == "fg":
                self.assertEqual(termios.tcgetattr(slave), before)
            shell.stdin.write(where + "\n")
            shell.stdin.flush()
            if where == "fg":
                self.wait_for(lambda: termios.tcgetattr(slave) != before, 2)
            else:
                termios.tcsetattr(slave, termios.TCSANOW, before)  # as shells do
        os.write(master, b"Q")
        self.wait_for(lambda: log.exists() and '"stopped"' in log.read_text(), 5)
        shell.stdin.close()
        self.assertEqual(shell.wait(10), 0)
        self.assertEqual(termios.tcgetattr(slave), before)
        recorder.stop()

    def test_sizes(self):
        """The words fit, the marked one is in reverse, and no size breaks anything."""
        play = self.play("--sentences", "2", self.text, columns=40, rows=10)
        for rows, columns in ((1, 1), (2, 8), (24, 20), (50, 200), (3, 40)):
            time.sleep(0.4)
            fcntl.ioctl(play.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.kill(play.process.pid, signal.SIGWINCH)
        self.assertEqual(play.wait(), 0)
        out = play.out.decode()
        self.assertIn("\x1b[7m", out)
        first = out.split("\x1b[J")[1].split("\r")[0]
        self.assertLessEqual(len(first.replace("\x1b[7m", "").replace("\x1b[0m", "")), 40)

    def test_plain_lines(self):
        for more in ({"env": {"NO_COLOR": "1"}}, {"env": {"TERM": "dumb"}}, {"plain": True}):
            with self.subTest(more=more):
                arguments = ["--rate", "400", "--sentences", "1-2", self.text]
                if more.pop("plain", False):
                    arguments += ["--display", "plain"]
                play = self.play(*arguments, **more)
                self.assertEqual(play.wait(), 0)
                self.assertEqual(play.out.decode().split("\r\n"), [
                    "Tin của xã", "Sáng nay trời nhiều mây và có mưa nhỏ ở vài nơi.", ""])

    def test_large_letters(self):
        play = self.play("--sentences", "1", "--display", "large", self.text)
        self.assertEqual(play.wait(), 0)
        self.assertIn("█", play.out.decode())
        self.assertGreater(play.out.rfind(b"\x1b[?1049l"), play.out.rfind(b"\x1b[?1049h"))


class Recovery(Case):
    def test_every_sentence_is_heard_whole(self):
        some = ("--sentences", "1-4")
        reference, spans = self.render(*some)
        takes = [self.record()]
        play = self.play(*some, self.text)
        for after in (1.5, 3):
            self.until_sound(takes[-1])
            time.sleep(after)
            self.server.kill()
            takes[-1].stop()
            time.sleep(0.3)
            self.server.start(reached=False)
            self.server.wait()
            takes.append(self.record())  # before the program can find the server
            self.server.let_in()
        self.assertEqual(play.wait(90), 0)
        takes[-1].stop()
        recording = np.concatenate([np.concatenate(t.fragments) for t in takes]).astype(np.float64)
        for number, (begin, end) in enumerate(spans, 1):
            self.assertIn((number, True), play.ended())
            self.assertGreater(is_in(recording, reference[begin:end]), 0.999, number)
        events = [line["event"] for line in play.log()]
        self.assertEqual(events.count("lost"), 2)
        self.assertEqual(events.count("back"), 2)
        self.assertEqual(play.out.decode().count("it is looked for"), 2)

    def test_a_pause_is_not_waited_out(self):
        takes = [self.record()]
        play = self.play("--sentences", "1", "--repeat", "2", "--gap", "9", self.text)
        self.until_sound(takes[0])
        time.sleep(3)  # the sentence has one second
        self.server.kill()
        takes[0].stop()
        self.server.start(reached=False)
        self.server.wait()
        take = self.record()
        self.server.let_in()
        back = time.monotonic()
        self.until_sound(take)
        self.assertLess(time.monotonic() - back, 4)  # of nine
        self.assertEqual(play.wait(30), 0)
        self.assertEqual(play.ended(), [(1, True), (1, True)])
        take.stop()

    def test_behind_the_last_sentence(self):
        """Only silence was to follow: nothing is looked for."""
        soundfile.write(self.folder / "im.wav", np.zeros(9 * RATE), RATE)
        play = self.play("--sentences", "1", "--chime-after", self.folder / "im.wav", self.text)
        self.wait_for(lambda: playback.sounding(self.server))
        time.sleep(3)  # the sentence has one second
        self.server.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.server.process.send_signal, signal.SIGCONT)
        stopped = time.monotonic()
        self.assertEqual(play.wait(20), 0)
        self.assertLess(time.monotonic() - stopped, 5)
        self.assertIn("all had been said before", play.out.decode())
        self.assertEqual(play.ended(), [(1, True)])

    def test_a_player_that_is_stopped(self):
        """From outside: it cannot say so, and is replaced."""
        play = self.play("--sentences", "1-2", self.text)
        self.wait_for(lambda: playback.sounding(self.server))
        time.sleep(0.5)
        player = child_of(play.process, "player")
        os.kill(player, signal.SIGSTOP)
        self.wait_for(lambda: any(line["event"] == "back" for line in play.log()), 10)
        self.assertIn("the player process does not move; it is looked for", play.out.decode())
        self.assertFalse(os.path.exists(f"/proc/{player}"))
        self.assertEqual(play.wait(20), 0)
        self.assertEqual(play.ended(), [(1, False), (1, True), (2, True)])

    def test_players_that_are_all_stopped(self):
        play = self.play("--device-timeout", "2", self.text)
        self.wait_for(lambda: playback.sounding(self.server))

        def stop_player():
            found = subprocess.run(["pgrep", "-P", str(play.process.pid), "-x", "player"], check=False,
                                   capture_output=True, text=True, timeout=20).stdout.split()
            for player in found:
                with contextlib.suppress(ProcessLookupError):  # it was replaced just now
                    os.kill(int(player), signal.SIGSTOP)
            return play.process.poll() is not None

        self.wait_for(stop_player, 20)
        self.assertEqual(play.wait(), 69)
        self.assertIn("no loudspeaker came in 2 s", play.out.decode())

    def test_it_gives_up(self):
        play = self.play("--device-timeout", "1", self.text)
        self.wait_for(lambda: playback.sounding(self.server))
        self.server.kill()
        self.assertEqual(play.wait(20), 69)
        self.assertIn("no loudspeaker came in 1 s", play.out.decode())
        self.server.start()

    def test_one_that_can_only_be_opened(self):
        """It is no news each time that it goes away again, and the time for it runs on."""
        with open(self.server.home / ".asoundrc", "a") as rc:
            rc.write('pcm.hong { type file slave.pcm "null" file "/none/at/all" format raw hint { show on } }\n')
        play = self.play("--device", "hong", "--device-timeout", "3", self.text)
        self.assertEqual(play.wait(20), 69)
        self.assertEqual(play.out.decode().count("it is looked for"), 1)
        self.assertNotIn("is back", play.out.decode())

    def test_a_device_that_is_not_there_yet(self):
        self.server.kill()
        play = self.play("--device-timeout", "30", "--sentences", "1", self.text)
        time.sleep(1)
        self.assertIsNone(play.process.poll())
        self.server.start()
        self.assertEqual(play.wait(30), 0)
        self.assertEqual(play.ended(), [(1, True)])


class Several(Case):
    """Two devices, each at a sound server of its own."""

    def setUp(self):
        super().setUp()
        self.other = playback.Server(RATE)
        self.addCleanup(self.other.close)
        self.other.wait()
        with open(self.server.home / ".asoundrc", "a") as rc:
            rc.write(f"pcm.xa {{ type pulse; server \"unix:{self.other.home}/own\"; hint {{ show on }} }}\n")
        self.long = self.folder / "dai.txt"
        self.long.write_text(TEXT, encoding="utf-8")
        self.reference = self.folder / "dai.wav"
        self.some = ("--sentences", "2-7")  # 15 s: one is away for up to 6 of them
        subprocess.run([PROGRAM, "-q", "-p", "raw", *self.some, self.long, "-o", self.reference],
                       env=self.server.env, check=True)

    def start(self):
        """The recorder of what has to sound whatever befalls the other one, and of the other one."""
        takes = self.record(), playback.Recorder(self.other)
        play = self.play("--device", "loa1", "--device", "xa", "--latency", "100", *self.some, self.long)
        for take in takes:
            self.until_sound(take)
        time.sleep(1.5)
        return (play, *takes)

    def end(self, play, take):
        self.assertEqual(play.wait(), 0)
        time.sleep(0.3)
        reference = soundfile.read(self.reference, dtype="float64")[0] * 32768
        playback.compare(take.stop(), reference, RATE, False)  # nothing is missing, nothing came late

    def lags(self, mine, others):
        """How late the second one is in ms, by what they have recorded in the last two seconds."""
        pieces = []
        for take in (mine, others):
            sound = np.concatenate(take.fragments).astype(np.float64)
            pieces.append((sound[-2 * RATE:], take.arrivals[-1][1]))
        (a, at_a), (b, at_b) = pieces
        n = 1 << 18
        match = np.fft.irfft(np.fft.rfft(b, n) * np.conj(np.fft.rfft(a, n)), n)
        shift = int(np.argmax(match))
        shift = shift - n if shift > n // 2 else shift
        return (shift / RATE + at_b - at_a) * 1000

    def test_one_stands_still(self):
        play, mine, others = self.start()
        self.other.process.send_signal(signal.SIGSTOP)
        time.sleep(1.5)
        self.other.process.send_signal(signal.SIGCONT)
        time.sleep(3.5)
        self.assertLess(abs(self.lags(mine, others)), 250)
        self.end(play, mine)
        others.stop()
        self.assertNotIn("it is looked for", play.out.decode())

    def test_one_stands_still_while_it_is_steered(self):
        play, mine, others = self.start()
        self.other.process.send_signal(signal.SIGSTOP)
        begin, pressed = len(mine.fragments), time.monotonic()
        play.press("g4\r")
        self.wait_for(lambda: (1, False) in play.ended() or (2, False) in play.ended())
        time.sleep(0.5)
        sounding = [at for f, (_, at) in zip(mine.fragments[begin:], mine.arrivals[begin:]) if np.any(f)]
        gaps = np.diff([pressed] + sounding)
        self.assertLess(gaps.max(), 0.5)
        play.press("Q")
        self.assertEqual(play.wait(), 130)
        self.other.process.send_signal(signal.SIGCONT)
        mine.stop()
        others.stop()

    def test_one_stands_still_at_the_end(self):
        """The others have sounded all: it is said, and the program ends."""
        reference, spans = self.render("--sentences", "2-3")
        for before_end in (0.25, 1.2):  # the first is not set aside any more
            with self.subTest(before_end=before_end):
                takes = self.record(), playback.Recorder(self.other)
                play = self.play("--device", "loa1", "--device", "xa", "--sentences", "2-3", self.text)
                self.wait_for(lambda: (2, True) in play.ended())  # the next one begins
                time.sleep((len(reference) - spans[1][0]) / RATE - before_end)
                self.other.process.send_signal(signal.SIGSTOP)
                stopped = time.monotonic()
                self.assertEqual(play.wait(), 0)
                took = time.monotonic() - stopped
                self.other.process.send_signal(signal.SIGCONT)
                self.assertLess(took, before_end + 1.8)  # the device is dead after 2.5
                self.assertIn("xa: it takes no sound; the others have sounded all", play.out.decode())
                self.assertEqual([line["device"] for line in play.log() if line["event"] == "lost"], ["xa"])
                self.assertEqual(play.ended(), [(2, True), (3, True)])
                for take in takes:
                    take.stop()

    def test_one_is_gone_and_comes_back(self):
        for how in (signal.SIGSTOP, signal.SIGKILL):
            with self.subTest(how=how):
                play, mine, others = self.start()
                self.other.process.send_signal(how)
                self.wait_for(lambda: any(line["event"] == "lost" for line in play.log()), 8)
                self.assertIn("the others go on", play.out.decode())
                self.other.kill()
                others.stop()
                self.other.start()
                self.other.wait()
                others = playback.Recorder(self.other)
                self.wait_for(lambda: any(line["event"] == "back" for line in play.log()))
                time.sleep(2.2)  # two of them are compared
                self.assertLess(abs(self.lags(mine, others)), 250)
                self.end(play, mine)
                others.stop()
                cut = [line["devices"] for line in play.log() if line["event"] == "ended"]
                self.assertIn(["loa1"], cut)  # where the other was lost, and came in too late


class Around(Case):
    sinks = 2

    def test_it_begins_on_the_clock(self):
        recorder = self.record()
        at = int(time.time()) + 3
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(at))
        play = self.play("--at", stamp, "--sentences", "1", self.text)
        self.assertEqual(play.wait(), 0)
        offset = time.time() - time.monotonic()
        recording = recorder.stop()
        first = recorder.time_of(int(np.argmax(recording != 0))) + offset
        self.assertLess(abs(first - at), 0.06)

    def test_two_devices(self):
        some = ("--sentences", "1-2")
        reference, _ = self.render(*some)
        takes = [self.record("test"), self.record("test2")]
        play = self.play("--device", "loa1", "--device", "loa2", "--latency", "100", *some, self.text)
        self.assertEqual(play.wait(), 0)
        time.sleep(0.3)
        for take in takes:
            playback.compare(take.stop(), reference, RATE, False)
        ended = [line for line in play.log() if line["event"] == "ended"]
        self.assertEqual(ended[0]["devices"], ["loa1", "loa2"])
        for devices, why in ((("--device", "loa1", "--device", "loa1"), "twice"), (("--device", ""), "no name"),
                             (("--device", "loa1", "--device", "loa9"), "loa9")):
            done = subprocess.run([PROGRAM, *devices, self.text], env=self.server.env, capture_output=True,
                                  text=True, timeout=20)
            self.assertIn(done.returncode, (64, 69))
            self.assertIn(why, done.stderr)

    def test_a_break_is_counted(self):
        for key, status in (("", 0), ("Q", 130)):
            play = self.play("--sentences", "1-2", self.text)
            self.wait_for(lambda: playback.sounding(self.server))
            time.sleep(0.5)
            player = child_of(play.process, "player")
            os.kill(player, signal.SIGSTOP)
            time.sleep(0.5)  # the device holds a tenth of that
            os.kill(player, signal.SIGCONT)
            time.sleep(0.5)
            play.press(key)
            self.assertEqual(play.wait(), status)
            # one at least: a busy server can run dry once more before it has its stock again
            self.assertRegex(play.out.decode(), r"breaks in the sound: [1-9]")

    def test_the_default_device_changes(self):
        second = self.record("test2")
        play = self.play()
        self.wait_for(lambda: playback.sounding(self.server))
        time.sleep(1)
        subprocess.run(["pactl", "set-default-sink", "test2"], env=self.server.env, check=True)
        self.until_sound(second)
        play.press("q")
        self.assertEqual(play.wait(), 0)
        second.stop()

    def test_files_beside_it(self):
        env = dict(self.server.env, SOURCE_DATE_EPOCH="1779000000")
        alone, beside = self.folder / "alone.wav", self.folder / "beside.wav"
        subprocess.run([PROGRAM, "-q", self.text, "-o", alone], env=env, check=True)
        play = Play(self.server, self.folder, "-q", "-p", "listen", "--play", "-o", beside, self.text,
                    env={"SOURCE_DATE_EPOCH": "1779000000"})
        self.addCleanup(play.close)
        self.wait_for(lambda: playback.sounding(self.server))
        time.sleep(1)
        self.assertFalse(beside.exists())  # not before all has gone well
        play.press("nq")
        self.assertEqual(play.wait(), 0)
        self.assertEqual(alone.read_bytes(), beside.read_bytes())

    def test_no_file_of_what_was_stopped(self):
        beside = self.folder / "beside.wav"
        play = self.play("--play", "-o", beside, self.text)
        self.wait_for(lambda: playback.sounding(self.server))
        play.press("Q")
        self.assertEqual(play.wait(), 130)
        self.assertEqual([p.name for p in self.folder.iterdir() if "beside" in p.name], [])

    def test_repeats_and_chimes(self):
        play = self.play("--chime", "two-tone", "--chime-after", "two-tone", "--repeat", "2", "--gap",
                         "0.5", "--rate", "300", "--sentences", "1-2", self.text)
        self.wait_for(lambda: (1, True) in play.ended())
        play.press("nn")  # over the second one into the second time
        self.assertEqual(play.wait(), 0)
        self.assertEqual(play.ended()[0], (1, True))
        self.assertEqual(play.ended()[-1][0], 2)


class Control(Case):
    def setUp(self):
        super().setUp()
        self.path = self.folder / "loa"

    def ask(self, *words):
        done = subprocess.run([PROGRAM, "--ask", self.path, *words], env=self.server.env,
                              capture_output=True, text=True, timeout=20)
        return done.returncode, done.stdout, done.stderr

    def test_asking(self):
        self.assertEqual(self.ask("next")[0], 69)
        play = self.play("--control", self.path, self.text)
        self.wait_for(lambda: playback.sounding(self.server))
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)
        status, answer, _ = self.ask("pause")
        self.assertEqual(status, 0)
        self.assertEqual(json.loads(answer)["state"]["status"], "paused")
        self.assertEqual(json.loads(self.ask("go", "3")[1])["state"]["number"], 3)
        status, _, why = self.ask("go", "300")
        self.assertEqual(status, 69)
        self.assertIn("no such sentence", why)
        self.assertEqual(self.ask("go", "1.5")[0], 69)
        self.assertEqual(json.loads(self.ask("volume", "-6")[1])["state"]["volume"], -6)
        self.assertIn("-40 to 0", self.ask("volume", "6")[2])
        for words in (["go"], ["go", "nan"], ["rate", "0x80"], ["next", "2"], ["go", "3-4"],
                      ["volume", "-6.5.5"]):
            self.assertEqual(self.ask(*words)[0], 64, words)
        self.assertEqual(self.ask("dance")[0], 64)
        self.assertEqual(self.ask("resume")[0], 0)
        again = subprocess.run([PROGRAM, "-t", "a", "--control", self.path], env=self.server.env,
                               capture_output=True, text=True, timeout=20)
        self.assertEqual(again.returncode, 69)
        self.assertIn("another program", again.stderr)
        self.assertEqual(self.ask("finish")[0], 0)
        self.assertEqual(play.wait(), 0)
        self.assertEqual(play.ended()[-1], (3, True))
        self.assertFalse(self.path.exists())

    def test_garbage_and_a_client_that_does_not_read(self):
        play = self.play("--control", self.path, self.text)
        self.wait_for(self.path.exists)
        self.wait_for(lambda: playback.sounding(self.server))
        with socket.socket(socket.AF_UNIX) as deaf, socket.socket(socket.AF_UNIX) as client:
            deaf.connect(str(self.path))
            client.connect(str(self.path))
            client.settimeout(10)
            lines = client.makefile("rw", encoding="utf-8")
            for garbage in ("", "{", "[]", "17", '{"command": 5}', '{"command": "dance"}',
                            '{"command": "go"}', '{"command": "go", "value": "x"}', "\x00\x01"):
                lines.write(garbage + "\n")
                lines.flush()
                self.assertFalse(json.loads(lines.readline())["ok"], garbage)
            lines.write('{"command": "watch"}\n')
            lines.flush()
            self.assertTrue(json.loads(lines.readline())["ok"])
            try:
                for _ in range(3000):
                    deaf.sendall(b'{"command": "status"}\n')
            except OSError:
                pass  # it was shown out
            play.press("n")
            events = [json.loads(lines.readline())["event"] for _ in range(3)]
            self.assertEqual(set(events), {"changed", "ended", "began"})
        play.press("Q")
        self.assertEqual(play.wait(), 130)

    def test_many_clients(self):
        """Who has been idle the longest makes way; who has said half a line is heard on."""
        play = self.play("--control", self.path, self.text)
        self.wait_for(self.path.exists)
        self.wait_for(lambda: playback.sounding(self.server))
        with contextlib.ExitStack() as stack:
            clients = []
            for i in range(16):
                clients.append(stack.enter_context(socket.socket(socket.AF_UNIX)))
                clients[i].settimeout(5)
                clients[i].connect(str(self.path))
                clients[i].sendall(b'{"command": "status"}\n')
                self.assertTrue(clients[i].recv(65536))
            clients[0].sendall(b'{"command": ')
            time.sleep(0.2)
            for _ in range(3):
                self.assertEqual(self.ask("status")[0], 0)
            clients[0].sendall(b'"status"}\n')
            self.assertIn(b'"ok":true', clients[0].recv(65536))
            self.assertEqual(clients[1].recv(1), b"")  # the longest idle
            clients[15].sendall(b'{"command": "status"}\n')
            self.assertIn(b'"ok":true', clients[15].recv(65536))
        play.press("Q")
        self.assertEqual(play.wait(), 130)

    def test_what_is_left_there(self):
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(self.path))  # and nobody listens
        play = self.play("--control", self.path, "--sentences", "1", self.text)
        self.assertEqual(play.wait(), 0)
        self.path.write_text("một tệp")
        play = self.play("--control", self.path, "--sentences", "1", self.text)
        self.assertEqual(play.wait(), 73)
        self.assertEqual(self.path.read_text(), "một tệp")

    def test_the_session_bus(self):
        script = f"""
"{PROGRAM}" -p raw --log "{self.folder}/bus.jsonl" "{self.text}" </dev/null 2>/dev/null &
for i in $(seq 100); do playerctl status >/dev/null 2>&1 && break; sleep 0.1; done
playerctl status; playerctl next; sleep 0.3; playerctl metadata xesam:title
playerctl pause; playerctl status; playerctl play-pause; playerctl stop; wait $!
"""
        done = subprocess.run(["dbus-run-session", "--", "sh", "-c", script], env=self.server.env,
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stdout.split("\n"), [
            "Playing", "Sáng nay trời nhiều mây và có mưa nhỏ ở vài nơi.", "Paused", ""], done.stderr)
        self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
