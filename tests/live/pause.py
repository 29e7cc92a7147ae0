#!/usr/bin/env python3
"""Pause and resume on a null sink of PulseAudio: how soon, without a click, and nothing lost.

    pause.py PROGRAM FILE [--pauses N] [--latency MS]

Plays FILE, pauses it N times by SIGUSR1, and compares the recording with the rendered file: every
stretch between two pauses is found there, each goes on where the one before ended, and no step at an
edge is larger than -40 dBFS or the largest of the speech. The times to silence and to sound are
printed; they are the machine's, and no bound is set for them here.
"""
import argparse
import pathlib
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import soundfile

import playback
from playback import Failure

RATE = 48000
EDGE = RATE // 50  # 20 ms: longer than a fade
CLICK = 328        # -40 dBFS, in steps of 16 bits
AUDIBLE = 64       # softer, the ends of two fades may hide what stands between them
HOLD_S = 0.5
LOOK = 4 * RATE    # longer than any silence of the message


def now_at(recorder):
    return recorder.arrivals[-1][0]


def pause_and_resume(recorder, process, chance, n):
    """The places in the recording at which the signals were sent, and their times."""
    sent = []
    for _ in range(n):
        time.sleep(chance.uniform(0.6, 1.1))
        for wait in (HOLD_S, 0):
            if process.poll() is not None:
                raise Failure("the message ended before the last pause")
            process.send_signal(signal.SIGUSR1)
            sent.append((now_at(recorder), time.monotonic()))
            time.sleep(wait)
    return sent


def silences(recording):
    """(begin, end) of every stretch of zeros as long as most of a pause."""
    quiet = np.concatenate([[0], (np.abs(recording) <= 1).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(quiet))
    return [(b, e) for b, e in zip(edges[::2], edges[1::2]) if e - b >= 0.8 * HOLD_S * RATE]


def place_in(reference, piece):
    n = 1 << int(np.ceil(np.log2(len(reference) + len(piece))))
    match = np.fft.irfft(np.fft.rfft(reference, n) * np.conj(np.fft.rfft(piece, n)), n)
    return int(np.argmax(match[:len(reference) - len(piece) + 1]))


def check_pieces(recording, reference, gaps):
    """What sounds between the gaps is the reference, and nothing of it is left out."""
    sounding = np.flatnonzero(np.abs(recording) > 1)
    begins = [sounding[0]] + [end for _, end in gaps]
    ends = [begin for begin, _ in gaps] + [sounding[-1] + 1]
    reached = RATE * playback.FRAGMENT_MS // 1000  # the sink itself loses the beginning
    for begin, end in zip(begins, ends):
        inner = recording[begin + EDGE:end - EDGE]
        if len(inner) < EDGE:
            raise Failure("a piece is too short to be compared")
        near = max(0, reached - EDGE)
        place = near + place_in(reference[near:reached + len(inner) + LOOK], inner)
        worst = np.abs(inner - reference[place:place + len(inner)]).max()
        if worst > 2:
            raise Failure(f"a piece differs by {worst:.0f} steps from what was rendered")
        between = reference[min(reached, place - EDGE):place - EDGE]
        if np.any(np.abs(between) > AUDIBLE):
            raise Failure(f"{len(between) / RATE * 1000:.1f} ms are left out at {reached / RATE:.3f} s")
        reached = place + len(inner) + EDGE
    if np.any(np.abs(reference[reached:]) > AUDIBLE):
        raise Failure("the end is missing")


def largest_step_at(recording, edges):
    return max(np.abs(np.diff(recording[max(0, e - EDGE):e + EDGE])).max() for e in edges)


def run(arguments, folder):
    reference_path = folder / "reference.wav"
    command = [arguments.program, "-q", "-p", "raw", arguments.file]
    subprocess.run([*command, "-o", reference_path], check=True)
    reference = soundfile.read(reference_path, dtype="float64")[0] * 32768
    server = playback.Server(RATE)
    try:
        server.wait()
        recorder = playback.Recorder(server)
        process = subprocess.Popen([*command, "--latency", str(arguments.latency)], env=server.env,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        if not playback.wait_for(lambda: any(np.any(f) for f in recorder.fragments[-20:]), 20):
            raise Failure("nothing sounds")
        sent = pause_and_resume(recorder, process, random.Random(5), arguments.pauses)
        if process.wait(timeout=300):
            raise Failure("the program failed")
        time.sleep(0.5)
        recording = recorder.stop()
    finally:
        server.close()
    gaps = [gap for gap in silences(recording) if gap[0] > sent[0][0] - RATE // 10 and
            gap[1] < len(recording)]
    to_silence, to_sound, held = [], [], []
    for (pause, paused), (resume, resumed) in zip(sent[::2], sent[1::2]):
        gap = next((g for g in gaps if g[0] < resume and g[1] >= resume), None)
        if not gap:
            raise Failure("a pause is not heard")
        held.append(gap)
        if gap[0] > pause:  # else it was in a silence of the message
            to_silence.append((recorder.time_of(gap[0]) - paused) * 1000)
            to_sound.append((recorder.time_of(gap[1]) - resumed) * 1000)
    check_pieces(recording, reference, held)
    step = largest_step_at(recording, [e for gap in held for e in gap])
    own = np.abs(np.diff(reference)).max()
    if step > max(CLICK, own):
        raise Failure(f"a click: a step of {step:.0f} where a pause begins or ends; the speech's "
                      f"largest is {own:.0f}")
    for what, times in (("silence", to_silence), ("sound", to_sound)):
        print(f"{len(times)} times to {what}: {statistics.median(times):.0f} ms (median), "
              f"{max(times):.0f} at most")
    print(f"largest step at an edge: {step:.0f} (the speech's own: {own:.0f}); nothing lost")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("file")
    parser.add_argument("--pauses", type=int, default=8)
    parser.add_argument("--latency", type=int, default=30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wsp-live-") as folder:
        return playback.judge("pause.py", run, arguments, pathlib.Path(folder))


if __name__ == "__main__":
    sys.exit(main())
