#!/usr/bin/python3
"""Instruments for speech that know nothing of the program: how well it is understood in noise, and
where its pitch is. numpy alone; bench/sound uses them.

    bench/instruments.py        # check them on signals whose answer is known

STOI after Taal et al., IEEE TASLP 19 (2011); ESTOI after Jensen and Taal, IEEE/ACM TASLP 24 (2016);
SII after ANSI S3.5-1997, third octaves; glimpses after Cooke, JASA 119 (2006), on gammatone bands.
"""
import sys

import numpy as np

RATE = 20000  # of all that is heard here; SII wants bands up to 9 kHz
WINDOWS = np.lib.stride_tricks.sliding_window_view


def rms(x):
    return np.sqrt(np.mean(x ** 2))


def filtered(x, response):
    """x through a response given at the frequencies asked for, not circular."""
    n = 1 << (len(x) + RATE).bit_length()
    hz = np.fft.rfftfreq(n, 1 / RATE)
    return np.fft.irfft(np.fft.rfft(x, n) * response(hz), n)[:len(x)]


def butterworth(s, order):
    """The response of a low-pass at s = jf/fc (of a high-pass at its reciprocal)."""
    poles = np.exp(1j * np.pi * (2 * np.arange(order) + order + 1) / (2 * order))
    return 1 / np.prod([s - p for p in poles], axis=0)


def horn(x, low=300.0, high=6000.0, order=3):
    return filtered(x, lambda hz: butterworth(1j * hz / high, order) *
                    butterworth(low / (1j * np.maximum(hz, 1e-3)), order))


def power_spectrum(x, size=2048):
    frames = WINDOWS(x, size)[::size // 2] * np.hanning(size)
    return np.fft.rfftfreq(size, 1 / RATE), np.mean(abs(np.fft.rfft(frames)) ** 2, axis=0)


# ---- STOI and ESTOI -----------------------------------------------------------------------------

FRAME, SPECTRUM, BANDS, SEGMENT = 256, 512, 15, 30  # at 10 kHz
STEP = 4  # every fourth segment: they overlap by 29 of 30 frames
WINDOW = np.hanning(FRAME + 2)[1:-1]
CLIP = 1 + 10 ** (15 / 20)
TINY = 1e-15


def halved(x):
    """At half the rate."""
    n = -(-len(x) // RATE) * RATE  # whole seconds are quickly transformed
    return np.fft.irfft(np.fft.rfft(x, n)[:n // 4 + 1], n // 2)[:len(x) // 2] / 2


def third_octaves():
    hz = np.arange(SPECTRUM // 2 + 1) * 10000 / SPECTRUM
    matrix = np.zeros((BANDS, len(hz)))
    for k in range(BANDS):
        low, high = 150 * 2 ** ((2 * k - 1) / 6), 150 * 2 ** ((2 * k + 1) / 6)
        matrix[k, np.argmin(abs(hz - low)):np.argmin(abs(hz - high))] = 1
    return matrix


def stoi_frames(x):
    return WINDOWS(x, FRAME)[::FRAME // 2] * WINDOW


def joined(frames):
    """Frames that overlap by half, added up."""
    half = FRAME // 2
    out = np.zeros((len(frames) + 1) * half)
    out[:-half] += frames[:, :half].ravel()
    out[half:] += frames[:, half:].ravel()
    return out


def centred(x, axis):
    x = x - x.mean(axis=axis, keepdims=True)
    return x / (np.linalg.norm(x, axis=axis, keepdims=True) + TINY)


def stoi(clean, heard):
    """(STOI, ESTOI) of two signals of one length."""
    a, b = (stoi_frames(halved(x)) for x in (clean, heard))
    level = 20 * np.log10(np.linalg.norm(a, axis=1) + TINY)
    speaks = level > level.max() - 40
    matrix, bands = third_octaves(), []
    for frames in (a, b):
        power = abs(np.fft.rfft(stoi_frames(joined(frames[speaks])), SPECTRUM)) ** 2
        bands.append(np.sqrt(matrix @ power.T))
    old, extended = [], []
    parts = [WINDOWS(band, SEGMENT, axis=1)[:, ::STEP] for band in bands]
    for at in range(0, parts[0].shape[1], 500):
        x, y = (part[:, at:at + 500] for part in parts)  # bands, segments, frames
        gain = np.linalg.norm(x, axis=2, keepdims=True) / (
            np.linalg.norm(y, axis=2, keepdims=True) + TINY)
        old.append((centred(x, 2) * centred(np.minimum(y * gain, x * CLIP), 2)).sum(axis=2).mean(0))
        extended.append((centred(centred(x, 2), 0) * centred(centred(y, 2), 0)).sum(axis=0).mean(1))
    return float(np.concatenate(old).mean()), float(np.concatenate(extended).mean())


# ---- SII ----------------------------------------------------------------------------------------

CENTRES = np.array([160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150,
                    4000, 5000, 6300, 8000.])
IMPORTANCE = np.array([83, 95, 150, 289, 440, 578, 653, 711, 818, 844, 882, 898, 868, 844, 771,
                       527, 364, 185]) / 1e4
NORMAL = np.array([32.41, 34.48, 34.75, 33.98, 34.59, 34.27, 32.06, 28.30, 25.01, 23.00, 20.15,
                   17.32, 13.18, 11.55, 9.33, 5.31, 2.59, 1.13])  # speech at normal effort
LOUDNESS = 70.0  # dB SPL of a signal of RMS 1


def levels(x):
    """Spectrum levels in the bands, dB SPL in 1 Hz."""
    hz, power = power_spectrum(x, 4096)
    power = power / power.sum() * rms(x) ** 2 / (hz[1] - hz[0])
    found = [power[(hz >= f * 2 ** (-1 / 6)) & (hz < f * 2 ** (1 / 6))].mean() for f in CENTRES]
    return LOUDNESS + 10 * np.log10(np.array(found) + 1e-20)


def sii_of_levels(speech, noise):
    """With the upward spread of masking; the threshold of hearing is left out, all here is loud."""
    masker = np.maximum(noise, speech - 24)
    slope = 0.6 * (masker + 10 * np.log10(CENTRES) - 6.353) - 80
    disturbance = masker.copy()
    for i in range(1, len(CENTRES)):
        spread = masker[:i] + 3.32 * slope[:i] * np.log10(0.89 * CENTRES[i] / CENTRES[:i])
        disturbance[i] = 10 * np.log10(10 ** (noise[i] / 10) + (10 ** (spread / 10)).sum())
    distorted = np.minimum(1, 1 - (speech - NORMAL - 10) / 160)
    audible = np.clip((speech - disturbance + 15) / 30, 0, 1)
    return float((IMPORTANCE * distorted * audible).sum())


# ---- glimpses -----------------------------------------------------------------------------------

def gammatones(hz, count=34):
    """Power responses of the fourth order, 100 to 7500 Hz, evenly on the scale of ERB numbers."""
    low, high = (21.4 * np.log10(1 + 0.00437 * f) for f in (100, 7500))
    centres = (10 ** (np.linspace(low, high, count) / 21.4) - 1) / 0.00437
    width = 1.019 * 24.7 * (1 + 0.00437 * centres)
    return (1 + ((hz[:, None] - centres) / width) ** 2) ** -4.0


def cochlea(x):
    """Power in each band, every 10 ms."""
    size = RATE // 50
    power = abs(np.fft.rfft(WINDOWS(x, size)[::size // 2] * np.hanning(size), 512)) ** 2
    return power @ gammatones(np.fft.rfftfreq(512, 1 / RATE))


def glimpses(clean, speech, noise):
    """The part of time and frequency where speech stands 3 dB above noise, while clean speaks."""
    power = cochlea(clean).sum(axis=1)
    speaks = power > power.max() * 1e-4
    return float((cochlea(speech)[speaks] > 10 ** 0.3 * cochlea(noise)[speaks]).mean())


# ---- scenes -------------------------------------------------------------------------------------

# A-weighted levels of road traffic by third octaves from 100 Hz, EN 1793-3, and A itself.
TRAFFIC = np.array([-20, -20, -18, -16, -15, -14, -13, -12, -11, -9, -8, -9, -10, -11, -13, -15,
                    -16, -18.])
A_WEIGHT = np.array([-19.1, -16.1, -13.4, -10.9, -8.6, -6.6, -4.8, -3.2, -1.9, -0.8, 0, 0.6, 1.0,
                     1.2, 1.3, 1.2, 1.0, 0.5])
SCENES = ("speech-shaped", "babble", "pink", "echoes", "traffic")


def noise_of(hz, power, n, rng):
    """Noise of n samples and RMS 1 with the power spectrum given at some frequencies."""
    shape = np.interp(np.fft.rfftfreq(n, 1 / RATE), hz, np.sqrt(power))
    noise = np.fft.irfft(shape * np.exp(2j * np.pi * rng.random(len(shape))), n)
    return noise / rms(noise)


def coloured(kind, n, rng):
    if kind == "pink":
        hz = np.concatenate([[0, 19.9], np.geomspace(20, RATE / 2, 400)])
        return noise_of(hz, np.where(hz < 20, 0, 1 / np.maximum(hz, 20)), n, rng)
    bands = 100 * 10 ** (np.arange(len(TRAFFIC)) / 10)
    power = 10 ** ((TRAFFIC - A_WEIGHT) / 10) / bands
    hz = np.concatenate([[0, 50], bands, [RATE / 2]])
    return noise_of(hz, np.concatenate([[0, power[0]], power, [power[-1] / 4]]), n, rng)


def square(rng):
    """The impulse response of a square between houses: two walls, and 1.2 s of decay behind."""
    t = np.arange(int(1.3 * RATE)) / RATE
    response = rng.standard_normal(len(t)) * 10 ** (-3 * t / 1.2) * (t > 0.015)
    response *= 10 ** (-4 / 20) / np.linalg.norm(response)
    for delay, gain in ((0, 0), (0.07, -5), (0.16, -9)):
        response[int(delay * RATE)] += 10 ** (gain / 20)
    return response


class Scene:
    """A place with its noise: as loud as `clean`, or `snr` dB softer, whatever is spoken in it."""

    def __init__(self, kind, clean, talkers, snr=0.0):
        rng, n = np.random.default_rng(20), len(clean)
        self.clean, self.echoes = clean, square(rng) if kind == "echoes" else None
        if kind == "babble":
            starts = rng.integers(0, RATE * 60, len(talkers))
            noise = sum(np.resize(np.roll(t, -s) / rms(t), n) for t, s in zip(talkers, starts))
        elif kind in ("pink", "traffic"):
            noise = coloured(kind, n, rng)
        else:
            noise = noise_of(*power_spectrum(clean), n, rng)
        self.noise = noise / rms(noise) * rms(clean) * 10 ** (-snr / 20)

    def arrives(self, speech):
        """What of it comes within 50 ms, and what comes later and only disturbs."""
        if self.echoes is None:
            return speech, 0 * speech
        n = 1 << (len(speech) + len(self.echoes)).bit_length()
        early = self.echoes * (np.arange(len(self.echoes)) < 0.05 * RATE)
        spectrum = np.fft.rfft(speech, n)
        return tuple(np.fft.irfft(spectrum * np.fft.rfft(h, n), n)[:len(speech)]
                     for h in (early, self.echoes - early))

    def estoi(self, speech):
        early, late = self.arrives(speech)
        return stoi(self.clean, early + late + self.noise)[1]

    def score(self, speech):
        """ESTOI, STOI, SII, glimpses."""
        early, late = self.arrives(speech)
        old, extended = stoi(self.clean, early + late + self.noise)
        unit, disturbing = rms(self.clean), late + self.noise
        return np.array([extended, old,
                         sii_of_levels(levels(early / unit), levels(disturbing / unit)),
                         glimpses(self.clean, early, disturbing)])


# ---- pitch --------------------------------------------------------------------------------------

PITCH_RATE, HOP, LOWEST, HIGHEST = 10000, 0.005, 60, 400


def pitch(x):
    """F0 in Hz every 5 ms, 0 where nothing is voiced: the way through the normalized
    autocorrelation of 40 ms that costs least when every jump of the pitch costs too."""
    x = halved(filtered(x, lambda hz: (hz > 50) & (hz < 1000)))
    size, step = PITCH_RATE // 25, int(PITCH_RATE * HOP)
    lags = np.arange(PITCH_RATE // HIGHEST, PITCH_RATE // LOWEST + 2)
    frames = WINDOWS(x, size + lags[-1])[::step]
    spectrum = np.fft.rfft(frames, 1024)
    products = np.fft.irfft(np.conj(np.fft.rfft(frames[:, :size], 1024)) * spectrum)[:, lags]
    sums = np.cumsum(np.pad(frames ** 2, ((0, 0), (1, 0))), axis=1)
    energy, later = sums[:, size], sums[:, lags + size] - sums[:, lags]
    match = products / np.sqrt(energy[:, None] * later + (energy.max() * 1e-8 + TINY) ** 2)

    octaves = np.log2(lags)
    jumps = 3.0 * abs(octaves[:, None] - octaves)
    costs = 1 - match + 0.01 * (octaves - octaves[0])  # of two periods that match, the shorter
    came, total = np.zeros(match.shape, np.int16), costs[0]
    everywhere = np.arange(len(lags))
    for i in range(1, len(costs)):
        ways = jumps + total
        came[i] = ways.argmin(axis=1)
        total = ways[everywhere, came[i]] + costs[i]
    way = np.zeros(len(costs), int)
    way[-1] = total.argmin()
    for i in range(len(costs) - 1, 0, -1):
        way[i - 1] = came[i, way[i]]

    way = np.clip(way, 1, len(lags) - 2)
    at = np.arange(len(way))
    left, top, right = (match[at, way + k] for k in (-1, 0, 1))
    bend = left - 2 * top + right
    offset = np.where(bend < 0, 0.5 * (left - right) / np.minimum(bend, -TINY), 0)
    softest = np.minimum(energy, later[at, way])
    voiced = (top > 0.6) & (abs(offset) <= 0.6) & (softest > np.percentile(energy, 95) * 1e-3)
    return np.where(voiced, PITCH_RATE / (lags[way] + offset), 0)


def compare_pitch(before, after):
    """Deviations in cents of the frames that are voiced in both, the number of them that are off by
    more than a tenth, and the correlation of every contour (60 ms or more that moves)."""
    n = min(len(before), len(after))
    before, after = before[:n], after[:n]
    both = (before > 0) & (after > 0)
    cents = np.zeros(n)
    cents[both] = 1200 * np.log2(after[both] / before[both])
    gross = both & ((after > 1.1 * before) | (after < 0.9 * before))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], both, [False]]).astype(int)))
    contours = []
    for begin, end in edges.reshape(-1, 2):
        a, b = np.log2(before[begin:end]), np.log2(after[begin:end])
        if end - begin >= 0.06 / HOP and a.std() > 25 / 1200:
            contours.append(np.corrcoef(a, b)[0, 1])
    return abs(cents[both & ~gross]), int(gross.sum()), int(both.sum()), contours


# ---- are they right? ----------------------------------------------------------------------------

def check():
    rng = np.random.default_rng(3)
    t = np.arange(8 * RATE) / RATE
    f0 = 140 + 30 * np.sin(2 * np.pi * 1.5 * t)
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    on = np.clip(10 * np.sin(2 * np.pi * 3 * t) + 6, 0, 1)
    voice, higher = (on * sum(np.sin(k * phase * 2 ** (c / 1200)) / k for k in range(1, 25))
                     for c in (0, 50))
    noise = rng.standard_normal(len(t)) * rms(voice)

    def show(what, found, wanted, within):
        good = np.all(abs(np.asarray(found) - wanted) <= within)
        print(f"{'ok ' if good else 'BAD'} {what}: {np.round(found, 4)}, wanted {wanted}")
        return good

    cents, gross, _, contours = compare_pitch(pitch(voice), pitch(higher))
    scene = Scene("speech-shaped", voice, [], 0)
    scores = np.array([[Scene(k, voice, [noise], snr).score(voice) for snr in (-10, 0, 10)]
                       for k in SCENES])
    track = pitch(voice)
    middle = np.arange(len(track)) * HOP + 0.02 + 0.5 / 140  # of the two stretches compared
    true = f0[(middle * RATE).astype(int)]
    off = 1200 * np.log2(track[track > 0] / true[track > 0])
    response = filtered(np.eye(1, 1 << 15)[0], lambda hz: butterworth(1j * hz / 1000, 3))
    tone = np.argmin(abs(np.fft.rfftfreq(1 << 15, 1 / RATE) - 1000))
    return all([
        show("STOI, ESTOI of a signal against itself", stoi(voice, voice), 1, 1e-6),
        show("... ten times softer", stoi(voice, voice / 10), 1, 1e-6),
        show("ESTOI of noise", stoi(voice, noise)[1], 0, 0.1),
        show("glimpses without noise", glimpses(voice, voice, 0 * voice), 1, 0),
        show("glimpses 20 dB below noise", glimpses(voice, voice / 10, voice), 0, 0),
        show("SII of normal speech in quiet", sii_of_levels(NORMAL, NORMAL - 60), 1, 0.01),
        show("SII of noise 15 dB above", sii_of_levels(NORMAL, NORMAL + 15), 0, 0.001),
        show("SII, importance in all", IMPORTANCE.sum(), 1, 1e-3),
        show("levels of white noise of RMS 1", levels(noise / rms(noise)),
             LOUDNESS - 10 * np.log10(RATE / 2), 1),
        show("all rise with the signal, in all scenes", (np.diff(scores, axis=1) > 0).mean(), 1, 0),
        show("noise as loud as speech", rms(scene.noise) / rms(voice), 1, 1e-6),
        show("a low-pass at its corner, dB", 20 * np.log10(abs(np.fft.rfft(response))[tone]), -3.01,
             0.01),
        show("cents of a pitch that is known, median", np.median(abs(off)), 0, 6),
        show("50 cents higher", np.median(cents), 50, 1),
        show("... gross errors", gross, 0, 0),
        show("... contours", np.mean(contours), 1, 1e-3),
        show("gross errors without what is below 300 Hz",
             compare_pitch(track, pitch(horn(voice)))[1], 0, 1),
    ])


if __name__ == "__main__":
    sys.exit(not check())
