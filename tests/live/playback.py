#!/usr/bin/python3
"""Does what is played arrive at the loudspeaker, all of it and nothing else?

    playback.py [--reference WAV] [--runs N] [--start-ms MS] [--any-level] [--render] COMMAND...

Starts a PulseAudio of its own with a null sink in place of the loudspeaker, reached through ALSA
as on a real desktop, and records the sink's monitor while COMMAND plays. In COMMAND, {reference}
stands for the WAV (mono): what should be heard. Without --reference one is made, with --render by COMMAND --out.

    playback.py build/release/tests/play_wav {reference}
    playback.py --render build/release/wtisd-speak msg.txt

A run passes when the command ends with status 0 and prints nothing of ALSA, JACK or PortAudio, and
when the recording holds the reference from the first sample to the last: every sample within two
steps of 16 bits, correlation at least 0.9999, silence before and after. At last COMMAND is killed
while it sounds: no helper of it may go on sounding. The first 5 ms are
not judged: a monitor hands on fragments of 5 ms, and the one in which a stream begins may have
gone already. --start-ms: the median time from the start of the process to the first sample
recorded may be so long. --any-level: the reference may be louder or softer.

Exit status 0: passed; 1: not. Needs pulseaudio, pulseaudio-utils,
libasound2-plugins, python3-numpy, python3-soundfile.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import numpy as np
import soundfile

FRAGMENT_MS = 5
CHATTER = ("ALSA lib", "jack", "Jack", "JACK", "PortAudio", "Expression '", "pulse")
OWN_VARIABLES = ("PULSE_", "XDG_", "DBUS_", "DISPLAY", "WAYLAND_", "ALSA_", "PIPEWIRE_")


class Failure(Exception):
    pass


class Server:
    """PulseAudio with null sinks, in a home of its own. The devices are "loa1", "loa2" ..., and the
    default one is the first."""

    def __init__(self, rate, sinks=1):
        self.rate = rate
        self.sinks = [f"test{i}" if i > 1 else "test" for i in range(1, sinks + 1)]
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="wsp-live-"))
        (self.home / "run").mkdir(mode=0o700)
        (self.home / ".asoundrc").write_text(
            "pcm.!default { type pulse }\nctl.!default { type pulse }\n" + "".join(
                f"pcm.loa{i} {{ type pulse; device {sink}; hint {{ show on }} }}\n"
                for i, sink in enumerate(self.sinks, 1)))
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(OWN_VARIABLES)}
        self.env.update(HOME=str(self.home), XDG_RUNTIME_DIR=str(self.home / "run"),
                        XDG_CACHE_HOME="/dev/null")  # nothing is spoken out of the store
        self.own_env = dict(self.env, PULSE_SERVER=f"unix:{self.home}/own")
        self.start()

    def start(self, reached=True):
        """`reached`: also by programs that know nothing of us."""
        loads = [f"module-native-protocol-unix auth-anonymous=1 socket={self.home}/own"] + [
            f"module-null-sink sink_name={sink} rate={self.rate} channels=1 format=s16le"
            for sink in self.sinks] + ["module-native-protocol-unix"] * reached
        with open(self.home / "server.log", "ab") as log:
            self.process = subprocess.Popen(
                ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"] +
                [part for load in loads for part in ("-L", load)],
                env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def let_in(self):
        subprocess.run(["pactl", "load-module", "module-native-protocol-unix"], env=self.own_env,
                       check=True, stdout=subprocess.DEVNULL, timeout=20)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def wait(self):
        for _ in range(400):
            if self.process.poll() is not None:
                break
            if subprocess.run(["pactl", "info"], env=self.own_env, capture_output=True,
                              check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise Failure("the sound server does not start:\n" +
                      (self.home / "server.log").read_text(errors="replace"))

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


class Recorder:
    """What the sink sounds, with the time at which each fragment came."""

    def __init__(self, server, sink="test"):
        self.rate = server.rate
        self.fragments = []
        self.arrivals = []  # (samples so far, time)
        self.begun = threading.Event()
        self.process = subprocess.Popen(
            ["parec", "-d", f"{sink}.monitor", f"--latency-msec={FRAGMENT_MS}", "--raw",
             f"--rate={server.rate}", "--channels=1", "--format=s16le"],
            env=server.own_env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        if not self.begun.wait(20):
            raise Failure("nothing can be recorded from the sound server")

    def run(self):
        odd, n = b"", 0
        while True:
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            now = time.monotonic()
            if not data:
                return
            data = odd + data
            odd = data[len(data) & ~1:]
            self.fragments.append(np.frombuffer(data[:len(data) & ~1], "<i2"))
            n += len(self.fragments[-1])
            self.arrivals.append((n, now))
            self.begun.set()

    def stop(self):
        """The samples, in steps of 16 bits."""
        self.process.terminate()
        self.process.wait()
        self.thread.join()
        self.process.stdout.close()
        return np.concatenate(self.fragments).astype(np.float64)

    def time_of(self, sample):
        for n, now in self.arrivals:
            if n > sample:
                return now
        return self.arrivals[-1][1]


def make_reference(path, rate=48000, seconds=6.0):
    """A gliding tone with noise, a silence, and a hard end: gaps, clicks and a lost end all show."""
    n = int(rate * seconds)
    t = np.arange(n) / rate
    sound = 0.3 * np.sin(2 * np.pi * (180 + 20 * np.sin(3 * t)) * t) * (0.3 + 0.7 * np.abs(np.sin(5 * t)))
    sound += 0.05 * np.random.default_rng(1).standard_normal(n)
    sound[n // 3:n // 3 + rate // 2] = 0
    soundfile.write(path, sound.astype(np.float32), rate, subtype="PCM_24")


def offset_of(recording, reference):
    """Where in the recording the reference begins, by its first loud second."""
    begin = int(np.argmax(np.abs(reference) > 300))
    part = reference[begin:begin + 96000]
    n = 1 << int(np.ceil(np.log2(len(recording) + len(part))))
    match = np.fft.irfft(np.fft.rfft(recording, n) * np.conj(np.fft.rfft(part, n)), n)
    place = int(np.argmax(match))
    return (place - n if place > n - len(part) else place) - begin


def fit_level(heard, reference):
    power = float(np.dot(reference, reference))
    return float(np.dot(heard, reference)) / power if power else 1.0


def where(indices, rate):
    return ", ".join(f"{i / rate:.3f} s" for i in indices[:5])


def compare(recording, reference, rate, any_level):
    """Raises Failure, or returns the place of the reference and what was measured."""
    if not np.any(recording):
        raise Failure("nothing was heard")
    offset = offset_of(recording, reference)
    free = rate * FRAGMENT_MS // 1000
    if offset + free < 0 or offset + len(reference) > len(recording):
        raise Failure(f"the recording begins or ends within the sound (offset {offset})")
    heard = recording[offset + free:offset + len(reference)]
    wanted = reference[free:]
    if any_level:
        wanted = wanted * fit_level(heard, wanted)
    difference = np.abs(heard - wanted)
    correlation = float(np.corrcoef(heard, wanted)[0, 1])
    wrong = np.flatnonzero(difference > 2)
    around = np.concatenate([recording[:max(0, offset)], recording[offset + len(reference):]])
    if len(wrong):
        raise Failure(f"{len(wrong)} samples are wrong, the first at {where(wrong + free, rate)} of "
                      f"{len(reference) / rate:.3f} s (correlation {correlation:.6f})")
    if correlation < 0.9999:
        raise Failure(f"correlation {correlation:.6f}")
    if np.any(np.abs(around) > 2):
        raise Failure("there is sound before or after")
    return offset, f"correlation {correlation:.6f}, largest difference {difference.max():.2f} steps"


def run_once(server, command, reference, any_level):
    """Returns ms from the start of the process to the first sample."""
    recorder = Recorder(server)
    time.sleep(0.1)
    begun = time.monotonic()
    done = subprocess.run(command, env=server.env, stdin=subprocess.DEVNULL, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    took = time.monotonic() - begun
    time.sleep(0.3)
    recording = recorder.stop()
    said = done.stderr.decode(errors="replace")
    if done.returncode != 0:
        raise Failure(f"status {done.returncode}: {said}")
    for word in CHATTER:
        if word in said:
            raise Failure(f"chatter reaches the terminal: {said}")
    offset, measured = compare(recording, reference, server.rate, any_level)
    first = int(np.argmax(recording != 0))
    start_ms = (recorder.time_of(first) - begun) * 1000
    rest_ms = took * 1000 - start_ms - len(reference) / server.rate * 1000
    print(f"  {measured}; first sample after {start_ms:.0f} ms, process ends {rest_ms:.0f} ms "
          f"after the last (offset {offset})", flush=True)
    return start_ms


def sounding(server):
    """The streams that are playing."""
    return subprocess.run(["pactl", "list", "short", "sink-inputs"], env=server.env, check=True,
                          capture_output=True, text=True, timeout=20).stdout.splitlines()


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def kill_once(server, command):
    player = subprocess.Popen(command, env=server.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    begun = wait_for(lambda: sounding(server), 10)
    player.kill()
    player.wait()
    if not begun:
        raise Failure("nothing sounds that could be ended")
    if not wait_for(lambda: not sounding(server), 1):
        raise Failure("killed, and yet the sound goes on")


def run_all(arguments, reference_path):
    sound, rate = soundfile.read(reference_path, dtype="float64", always_2d=True)
    if sound.shape[1] != 1:
        raise Failure("the reference is not mono")
    reference = sound[:, 0] * 32768
    command = [part.replace("{reference}", str(reference_path)) for part in arguments.command]
    server = Server(rate)
    try:
        server.wait()
        starts = [run_once(server, command, reference, arguments.any_level)
                  for _ in range(arguments.runs)]
        kill_once(server, command)
    finally:
        server.close()
    median = statistics.median(starts)
    print(f"{len(starts)} runs; first sample after {median:.0f} ms (median)")
    if arguments.start_ms and median > arguments.start_ms:
        raise Failure(f"the first sample comes after {median:.0f} ms, not {arguments.start_ms:.0f}")


def judge(name, test, *arguments):
    """The exit status of a test, which raises what is wrong."""
    try:
        test(*arguments)
    except (Failure, OSError, subprocess.SubprocessError) as failure:
        print(f"{name}: {failure}", file=sys.stderr)
        return 1
    return 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--reference", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--start-ms", type=float)
    parser.add_argument("--any-level", action="store_true")
    parser.add_argument("--render", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if not arguments.command:
        parser.error("no command")
    with tempfile.TemporaryDirectory(prefix="wsp-live-") as folder:
        reference = arguments.reference or pathlib.Path(folder) / "reference.wav"
        if arguments.render:
            subprocess.run([*arguments.command, "-q", "--out", str(reference)], check=True)
        elif not arguments.reference:
            make_reference(reference)
        return judge("playback.py", run_all, arguments, reference.resolve())


if __name__ == "__main__":
    sys.exit(main())
