#!/usr/bin/env python3
"""The command line as users meet it: what it makes, what it says, how it ends.

    cli.py PROGRAM [unittest arguments]
"""
import json
import os
import pathlib
import re
import resource
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import time
import unicodedata
import unittest
from xml.etree import ElementTree

import jsonschema

PROGRAM = None
SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"
TEXT = "Kính chào bà con. Hôm nay trời đẹp, mời bà con ra đồng."


def environment(**more):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(("LC_", "LANG", "XDG_", "PULSE_", "ALSA_"))}
    # Nothing is spoken out of the store, except where a test is about it.
    env.update(LANG="en_US.UTF-8", XDG_CACHE_HOME="/dev/null", **more)
    return env


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="wsp-cli-")
        self.addCleanup(self.folder.cleanup)
        self.dir = pathlib.Path(self.folder.name)
        self.env = environment(HOME=str(self.dir), XDG_RUNTIME_DIR=str(self.dir / "run"))
        (self.dir / "run").mkdir(mode=0o700)

    def run_program(self, *args, stdin=b"", timeout=120, **kw):
        return subprocess.run([PROGRAM, *map(str, args)], input=stdin, capture_output=True,
                              env=kw.pop("env", self.env), cwd=self.dir, timeout=timeout, **kw)

    def write(self, name, content):
        path = self.dir / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def leftovers(self, *expected):
        """What lies in the folder besides the inputs and `expected`."""
        known = {"run", ".config", *expected}
        return sorted(p.name for p in self.dir.iterdir() if p.name not in known)

    def write_voice(self, *lines):
        """A voice of the user's, "mine"; returns the folder it is in."""
        own = self.dir / ".local/share/wtisd-speak/voices"
        own.mkdir(parents=True)
        (own / "mine.voice").write_text("\n".join((
            "name mine", "title.vi Của tôi", "title.en Mine", "region north", "gender male",
            "language vi", "engine espeak-ng", "rate 150", *lines, "")), encoding="utf-8")
        return own

    def check_failure(self, result, status, *words):
        stderr = result.stderr.decode()
        self.assertEqual(result.returncode, status, stderr)
        self.assertEqual(stderr.count("\n"), 1, f"one line, please: {stderr}")
        self.assertTrue(stderr.startswith("wtisd-speak: "), stderr)
        for word in words:
            self.assertIn(word, stderr)


def wav_facts(data):
    """(rate, channels, bits, frames) of a RIFF file, its chunks checked."""
    assert data[:4] == b"RIFF" and data[8:12] == b"WAVE", data[:12]
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8, "RIFF size"
    at, facts, frames = 12, None, None
    while at + 8 <= len(data):
        name, size = data[at:at + 4], struct.unpack("<I", data[at + 4:at + 8])[0]
        if name == b"fmt ":
            tag, channels, rate, _, align, bits = struct.unpack("<HHIIHH", data[at + 8:at + 24])
            assert tag == 1, "WAVE_FORMAT_PCM"
            facts = rate, channels, bits
        if name == b"data":
            frames = size // align
        at += 8 + size + size % 2
    return *facts, frames


class Sound(Case):
    def test_a_file_is_made(self):
        message = self.write("tin.txt", TEXT)
        result = self.run_program(message, "--out", "msg.wav", "--progress", "none")
        self.assertEqual((result.returncode, result.stderr, result.stdout), (0, b"", b""))
        rate, channels, bits, frames = wav_facts((self.dir / "msg.wav").read_bytes())
        self.assertEqual((rate, channels, bits), (48000, 1, 24))
        self.assertTrue(2.5 < frames / rate < 8, frames)
        self.assertEqual(self.leftovers("tin.txt"), ["msg.wav"])
        mask = os.umask(0)
        os.umask(mask)
        self.assertEqual(stat.S_IMODE((self.dir / "msg.wav").stat().st_mode), 0o666 & ~mask)

    def test_the_same_for_every_number_of_jobs(self):
        names = ("a.wav", "a.flac", "a.opus", "a.ogg", "a.mp3", "a.vtt", "a.json")
        outs = [arg for name in names for arg in ("-o", name)]
        self.env["SOURCE_DATE_EPOCH"] = "1600000000"
        made = []
        for jobs in (1, 2, 7):
            result = self.run_program(SAMPLES / "nfd.txt", "-q", "-j", jobs, *outs)
            self.assertEqual(result.returncode, 0, result.stderr)
            made.append([(self.dir / name).read_bytes() for name in names])
        for name, one, two, seven in zip(names, *made):
            self.assertTrue(one == two == seven, name)
        for name in names[:5]: # the checksums of the pages are right, too
            check = subprocess.run(["ffmpeg", "-v", "error", "-i", name, "-f", "null", "-"],
                                   cwd=self.dir, capture_output=True, check=True)
            self.assertEqual(check.stderr, b"", name)

    def test_rate_pitch_volume_and_sample_rate(self):
        def frames(*options):
            result = self.run_program("-t", TEXT, "-o", "a.wav", *options)
            self.assertEqual(result.returncode, 0, result.stderr)
            data = (self.dir / "a.wav").read_bytes()
            return wav_facts(data), data
        plain, data = frames()
        fast, _ = frames("--rate", "200%")
        slow, _ = frames("--rate=80%")
        self.assertLess(fast[3] * 1.4, plain[3])
        self.assertGreater(slow[3], plain[3] * 1.1)
        self.assertNotEqual(frames("--pitch", "+20%")[1], data)
        self.assertEqual(frames("--sample-rate", "22050")[0][0], 22050)
        quiet = frames("--volume", "-24dB")[1]
        self.assertLess(peak(quiet) * 9, peak(data) * 1.01)

    def test_standard_input_and_pipe(self):
        result = self.run_program("-q", "--out", "-", stdin=TEXT.encode())
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertEqual(result.stdout[:4], b"RIFF")
        self.run_program("-t", TEXT, "-o", "a.wav")
        file = (self.dir / "a.wav").read_bytes()
        at = file.index(b"data") + 4
        size = struct.unpack("<I", file[at:at + 4])[0]
        self.assertEqual(result.stdout[result.stdout.index(b"data") + 8:], file[at + 4:at + 4 + size])
        sox = subprocess.run(["sox", "--ignore-length", "-t", "wav", "-", "-n", "stat"],
                             input=result.stdout, capture_output=True)
        self.assertEqual(sox.returncode, 0, sox.stderr)

    def test_several_files_and_outputs(self):
        a, b = self.write("a.txt", "Câu một."), self.write("b.txt", "Câu hai.")
        result = self.run_program(a, b, "-o", "x.wav", "-o", "y.wav")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.dir / "x.wav").read_bytes(), (self.dir / "y.wav").read_bytes())

    def test_other_programs_read_the_file(self):
        self.run_program("-t", TEXT, "-o", "a.wav")
        probe = subprocess.run(["ffprobe", "-v", "error", "-show_entries",
                                "stream=codec_name,sample_rate,channels", "-of", "csv=p=0",
                                self.dir / "a.wav"], capture_output=True, text=True)
        self.assertEqual((probe.stdout.strip(), probe.stderr), ("pcm_s24le,48000,1", ""))

    def test_every_voice(self):
        names = [line.split()[0] for line in
                 self.run_program("--list-voices").stdout.decode().splitlines()]
        self.assertEqual(len(names), 6)
        self.assertLessEqual({"vi-north", "vi-central", "vi-south"}, set(names))
        sounds = set()
        for name in names:
            result = self.run_program("-q", "-v", name, "-t", TEXT, "-o", "a.wav")
            self.assertEqual((result.returncode, result.stderr), (0, b""), name)
            sounds.add((self.dir / "a.wav").read_bytes())
        self.assertEqual(len(sounds), 6)

    def test_pauses_stand_between_sentences(self):
        self.run_program("-t", "Một.\n\nHai.", "-o", "two.wav")
        self.run_program("-t", "Một.", "-o", "one.wav")
        self.run_program("-t", "Hai.", "-o", "other.wav")
        sizes = [wav_facts((self.dir / n).read_bytes())[3]
                 for n in ("two.wav", "one.wav", "other.wav")]
        pause_ms = (sizes[0] - sizes[1] - sizes[2]) / 48
        self.assertIn(round(pause_ms), (450, 750, 900))
        self.assertAlmostEqual(pause_ms, round(pause_ms), delta=0.05)


def peak(wav):
    at = wav.index(b"data") + 8
    data = wav[at:at + struct.unpack("<I", wav[at - 4:at])[0]]
    return max(abs(int.from_bytes(data[i:i + 3], "little", signed=True))
               for i in range(0, len(data) - 2, 3))


class Emit(Case):
    def emit(self, what, text, *options):
        result = self.run_program("--emit", what, *options, stdin=text.encode())
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.decode()

    def test_sentences(self):
        self.assertEqual(self.emit("sentences", "TP. Hồ Chí Minh mưa. Mời TS. Nguyễn An nói."),
                         "TP. Hồ Chí Minh mưa.\nMời TS. Nguyễn An nói.\n")

    def test_spoken_lines_answer_line_by_line(self):
        text = "VÀ XÃ HỘI\n\n😀\nCâu một. Câu hai.\n---\nHết"
        lines = self.emit("spoken-lines", text).split("\n")
        self.assertEqual(len(lines), 7)  # the last is what follows the final line end
        self.assertEqual(lines[0].lower(), "và xã hội")
        self.assertEqual((lines[1], lines[2], lines[4]), ("", "", ""))
        self.assertIn("Câu hai", lines[3])

    def test_a_line_each_whatever_the_lines(self):
        text = "\n".join(["a", "", "  ", "\u00a0", "\u200b", "1.", "- b", "https://a.vn/b?c=d", "?",
                          "x" * 3000, "...", "“", "Skip to main content"]) + "\n"
        self.assertEqual(self.emit("spoken-lines", text).count("\n"), 13)

    def test_phonemes(self):
        got = self.emit("phonemes", "Kính chào bà con. Họa sĩ qui tụ.")
        self.assertEqual(got.count("\n"), 2)
        want = subprocess.run(["espeak-ng", "-v", "vi", "-q", "-x", "Kính chào bà con"],
                              capture_output=True, text=True).stdout.split()
        self.assertEqual(got.split("\n")[0].split(), want)

    def test_several_files(self):
        a, b = self.write("a.txt", "Câu một."), self.write("b.txt", "Câu hai.")
        for what in ("sentences", "spoken", "phonemes", "text"):
            result = self.run_program("--emit", what, a, b)
            self.assertEqual((result.returncode, result.stdout.count(b"\n")), (0, 2), what)

    def test_decomposed_letters_are_the_same_text(self):
        text = "Thông báo về việc tiêm chủng"
        self.assertEqual(self.emit("spoken", unicodedata.normalize("NFD", text)),
                         self.emit("spoken", text))

    def test_residue_is_reported_and_kept_on_request(self):
        page = ("Skip Ribbon Commands\nSkip to main content\n\nTHÔNG BÁO LỊCH HỌP THÔN\n\n"
                "Tin tức - Sự kiện\nTHÔNG BÁO LỊCH HỌP THÔN\nMời bà con đến họp đông đủ vào sáng "
                "chủ nhật tuần này tại nhà văn hóa thôn để bàn việc làm đường.\n")
        result = self.run_program("--emit", "sentences", stdin=page.encode())
        self.assertNotIn(b"Skip", result.stdout)
        self.assertEqual(result.stdout.decode().count("THÔNG BÁO LỊCH HỌP THÔN"), 1)
        self.assertNotIn("Tin tức", result.stdout.decode())
        self.assertEqual(result.stderr.count(b"\n"), 4)
        self.assertIn(b"-:1: ", result.stderr)
        self.assertEqual(self.run_program("--emit", "sentences", "-q", stdin=page.encode()).stderr,
                         b"")
        kept = self.run_program("--emit", "sentences", "--keep-all", stdin=page.encode())
        self.assertEqual((kept.stdout.count(b"Skip"), kept.stderr), (2, b""))


    def test_what_stands_twice_in_a_list_stays(self):
        text = ("LỊCH CẮT ĐIỆN TUẦN NÀY\n1. Xã An Phú\nĐiện lực sẽ cắt điện từ 7h đến 11h\n"
                "2. Xã An Bình\nĐiện lực sẽ cắt điện từ 7h đến 11h\nMong bà con thông cảm và chuẩn "
                "bị đèn, nước, pin cho cả buổi sáng hôm đó.\n")
        result = self.run_program("--emit", "text", stdin=text.encode())
        self.assertEqual((result.stdout.decode().count("7h đến 11h"), result.stderr), (2, b""))


class Finished(Case):
    """Sound at the loudness of a profile, in every format, measured by ffmpeg."""

    LONG = " ".join(f"Đây là câu số {i} của bản tin, đọc chậm và rõ cho mọi người nghe." for i in range(12))

    def measure(self, path):
        result = subprocess.run(["ffmpeg", "-nostats", "-i", path, "-filter_complex",
                                 "ebur128=peak=true", "-f", "null", "-"],
                                capture_output=True, text=True, cwd=self.dir)
        self.assertEqual(result.returncode, 0, result.stderr)
        summary = result.stderr.split("Summary:")[-1]
        return (float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary)[1]),
                float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)[1]))

    def make(self, *options, text=LONG):
        result = self.run_program("-q", "-t", text, *options)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_the_loudness_of_every_profile(self):
        for profile, lufs in (("radio", -23), ("listen", -16), ("pa", -14)):
            for voice in ("vi-north", "vi-central", "vi-south-female"):
                with self.subTest(profile=profile, voice=voice):
                    self.make("-p", profile, "-v", voice, "-o", "a.wav")
                    loudness, peak = self.measure("a.wav")
                    self.assertAlmostEqual(loudness, lufs, delta=0.1)
                    self.assertLessEqual(peak, -1.0)
        self.make("-p", "pa", "--loudspeaker", "horn", "-o", "a.wav")
        self.assertAlmostEqual(self.measure("a.wav")[0], -14, delta=0.1)
        self.make("-p", "radio", "--loudness", "-30", "--true-peak", "-6", "-o", "a.wav")
        loudness, peak = self.measure("a.wav")
        self.assertAlmostEqual(loudness, -30, delta=0.1)
        self.assertLessEqual(peak, -6)

    def test_the_profile_gives_way_to_the_true_peak(self):
        result = self.run_program("-t", self.LONG, "-p", "pa", "--true-peak", "-9", "-o", "a.wav",
                                  "--progress", "plain")
        self.assertEqual(result.returncode, 0)
        self.assertIn("below the profile's loudness", result.stderr.decode())
        loudness, peak = self.measure("a.wav")
        self.assertLess(loudness, -14.5)
        self.assertLessEqual(peak, -9)

    def test_short_announcements(self):
        self.make("-p", "pa", "-o", "a.wav", text="Kính mời bà con ra nhà văn hóa.")
        self.assertAlmostEqual(self.measure("a.wav")[0], -14, delta=0.15)

    def test_every_format_in_one_go(self):
        outs = [f"a.{kind}" for kind in ("wav", "flac", "ogg", "opus", "mp3")]
        self.make("-p", "pa", *(part for out in outs for part in ("-o", out)))
        for out in outs:
            with self.subTest(out=out):
                loudness, peak = self.measure(out)
                self.assertAlmostEqual(loudness, -14, delta=0.15)
                self.assertLessEqual(peak, -1.0)
        self.assertEqual(self.leftovers(), sorted(outs))

    def test_bits_and_channels(self):
        for bits, codec in (("16", "pcm_s16le"), ("24", "pcm_s24le"), ("32", "pcm_f32le")):
            self.make("-p", "radio", "--bits", bits, "--channels", "2", "-o", "a.wav")
            probe = subprocess.run(["ffprobe", "-v", "error", "-show_entries",
                                    "stream=codec_name,channels", "-of", "csv=p=0", "a.wav"],
                                   capture_output=True, text=True, cwd=self.dir)
            self.assertEqual(probe.stdout.strip(), f"{codec},2")
            self.assertAlmostEqual(self.measure("a.wav")[0], -23, delta=0.1)

    def test_the_same_for_every_number_of_jobs(self):
        for jobs in ("1", "3"):
            self.make("-p", "listen", "-j", jobs, "-o", f"{jobs}.wav")
        self.assertEqual((self.dir / "1.wav").read_bytes(), (self.dir / "3.wav").read_bytes())

    def test_it_says_what_it_measured(self):
        result = self.run_program("-p", "radio", "-t", self.LONG, "-o", "a.wav",
                                  "--progress", "plain")
        self.assertRegex(result.stderr.decode(), r"-23\.0 LUFS, range \d+\.\d LU, true peak -\d")

    def test_what_cannot_be(self):
        def fails(status, *options, words=()):
            self.check_failure(self.run_program("-q", "-t", TEXT, *options), status, *words)
        fails(65, "-p", "listen", "--loudness", "-5", "--true-peak", "-20", "-o", "a.wav",
              words=["LUFS"])
        fails(64, "--loudness", "3", "-o", "a.wav")
        fails(64, "-p", "radio", "--loudspeaker", "horn", "-o", "a.wav", words=["pa"])
        fails(64, "-p", "radio", "--sample-rate", "44100", "-o", "a.opus", words=["48000"])
        result = self.run_program("-q", "-t", TEXT, "-p", "pa", "--loudspeaker", "horn", "-v", "vi-central",
                                  "--loudness", "-8", "-o", "a.wav")
        can = re.search(r"dBTP, (-[\d.]+) LUFS can", result.stderr.decode())
        self.assertEqual((result.returncode, bool(can)), (65, True))
        self.make("-p", "pa", "--loudspeaker", "horn", "-v", "vi-central", "--loudness", can[1], "-o", "a.wav")
        self.assertAlmostEqual(self.measure("a.wav")[0], float(can[1]), delta=0.1)
        (self.dir / "a.wav").unlink()
        self.env["TMPDIR"] = "/there/is/none"
        fails(73, "-p", "radio", "-o", "a.wav", words=["TMPDIR"])
        self.assertEqual(self.leftovers(), [])


def chunks_of(wav):
    """The chunks of a RIFF file before its samples: name and contents."""
    chunks, at = {}, 12
    while wav[at:at + 4] != b"data":
        size = struct.unpack("<I", wav[at + 4:at + 8])[0]
        chunks[wav[at:at + 4].decode()] = wav[at + 8:at + 8 + size]
        at += 8 + size + size % 2
    return chunks


class Metadata(Case):
    TITLE = "Thông báo số 7 – “mưa lũ” ở Đắk Lắk & Huế"

    def make(self, *options):
        self.env["SOURCE_DATE_EPOCH"] = "1790000000"
        result = self.run_program("-q", "-t", Finished.LONG, "--title", self.TITLE, "--originator",
                                  "Đài Truyền thanh xã", "--cut-id", "000123", *options)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_what_a_radio_station_reads(self):
        self.make("-p", "radio", "-o", "a.wav")
        wav = (self.dir / "a.wav").read_bytes()
        chunks = chunks_of(wav)
        bext, cart = chunks["bext"], chunks["cart"]

        def field(chunk, begin, width):
            return chunk[begin:begin + width].rstrip(b"\0").decode("ascii")
        self.assertEqual(field(bext, 0, 256), 'Thong bao so 7 - "mua lu" o Dak Lak & Hue')
        self.assertEqual(field(bext, 256, 32), "Dai Truyen thanh xa")
        self.assertEqual(field(bext, 320, 18), "2026-09-2114:13:20")
        self.assertEqual(struct.unpack("<H", bext[346:348])[0], 2)
        loudness = [v / 100 for v in struct.unpack("<5h", bext[412:422])]
        self.assertAlmostEqual(loudness[0], -23, delta=0.05)
        measured = subprocess.run(["ffmpeg", "-hide_banner", "-nostats", "-i", "a.wav",
                                   "-filter_complex", "ebur128=peak=true", "-f", "null", "-"],
                                  capture_output=True, text=True, cwd=self.dir)
        summary = measured.stderr.split("Summary:")[-1]
        self.assertAlmostEqual(loudness[1], float(re.search(r"LRA:\s+([\d.]+)", summary)[1]),
                               delta=0.3)
        self.assertAlmostEqual(loudness[2], float(re.search(r"Peak:\s+(-?[\d.]+)", summary)[1]),
                               delta=0.1)
        self.assertLess(-23, loudness[4])
        self.assertLess(loudness[4], loudness[3])
        self.assertRegex(bext[602:].rstrip(b"\0").decode("ascii"),
                         r"^A=PCM,F=48000,W=24,M=mono,T=wtisd-speak [\d.]+;vi-north\r\n$")
        self.assertEqual(len(cart), 2048)
        self.assertEqual(field(cart, 4, 64), 'Thong bao so 7 - "mua lu" o Dak Lak & Hue')
        self.assertEqual(field(cart, 132, 64), "000123")
        self.assertEqual((cart[684:688], cart[692:696]), (b"AUDs", b"AUDe"))
        self.assertEqual(struct.unpack("<I", cart[696:700])[0], wav_facts(wav)[3])
        root = ElementTree.fromstring(chunks["iXML"].rstrip(b"\0"))
        self.assertEqual(root.find("PROJECT").text, self.TITLE)

    def test_without_a_measure_it_says_so(self):
        self.make("-p", "raw", "-o", "a.wav")
        bext = chunks_of((self.dir / "a.wav").read_bytes())["bext"]
        self.assertEqual(struct.unpack("<5h", bext[412:422]), (0x7FFF,) * 5)

    def test_every_other_format(self):
        outs = [f"a.{kind}" for kind in ("flac", "ogg", "opus", "mp3")]
        self.make("-p", "listen", *(part for out in outs for part in ("-o", out)))
        for out in outs:
            with self.subTest(out=out):
                probe = subprocess.run(["ffprobe", "-v", "error", "-show_entries",
                                        "format_tags:stream_tags", "-of", "json", out],
                                       capture_output=True, text=True, cwd=self.dir)
                self.assertIn(self.TITLE, probe.stdout)
                self.assertIn("Đài Truyền thanh xã", probe.stdout)
        self.assertEqual((self.dir / "a.mp3").read_bytes()[:4], b"ID3\4")
        check = subprocess.run(["ffmpeg", "-v", "error", "-i", "a.mp3", "-f", "null", "-"],
                               capture_output=True, text=True, cwd=self.dir)
        self.assertEqual((check.returncode, check.stderr), (0, ""))

    def test_the_title_is_the_first_line(self):
        message = self.write("tin.txt", "THÔNG BÁO MẤT NƯỚC\n\nNgày mai cả xã mất nước.\n")
        self.run_program("-q", message, "-o", "a.wav")
        chunks = chunks_of((self.dir / "a.wav").read_bytes())
        self.assertIn("<PROJECT>THÔNG BÁO MẤT NƯỚC</PROJECT>", chunks["iXML"].decode())
        self.assertEqual(set(chunks), {"fmt ", "JUNK", "iXML"})  # no time of day in it
        self.run_program("-q", message, "-p", "radio", "-o", "a.wav")
        self.assertLessEqual({"bext", "cart"}, set(chunks_of((self.dir / "a.wav").read_bytes())))

    def test_what_is_too_long(self):
        self.check_failure(self.run_program("-t", TEXT, "--title", "a" * 10000, "-o", "a.wav"), 64,
                           "10000", "511")
        self.assertEqual(self.leftovers(), [])


class Independent(Case):
    """What programs that know nothing of this one say of its files."""
    def test_they_agree(self):
        names = ("a.wav", "a.flac", "a.opus", "a.ogg", "a.mp3")
        outs = [arg for name in names for arg in ("-o", name)]
        result = self.run_program("-q", "-p", "radio", "--title", "Thông báo", SAMPLES / "nfd.txt",
                                  *outs)
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        length = wav_facts((self.dir / "a.wav").read_bytes())[3] / 48000

        def ask(*command):
            asked = subprocess.run(command, cwd=self.dir, capture_output=True, check=True)
            return (asked.stdout + asked.stderr).decode()
        self.assertIn("a.flac: ok", ask("flac", "-t", "a.flac"))
        for text in (ask("opusinfo", "a.opus"), ask("ogginfo", "a.ogg")):
            self.assertIn("TITLE=Thông báo", text)
            self.assertNotIn("WARNING", text)
            minutes, seconds = re.search(r"Playback length: (\d+)m:([\d.]+)s", text).groups()
            self.assertAlmostEqual(int(minutes) * 60 + float(seconds), length, delta=.01)
        tracks = json.loads(ask("mediainfo", "--Output=JSON", "a.wav"))["media"]["track"]
        sound = next(track for track in tracks if track["@type"] == "Audio")
        self.assertEqual((sound["SamplingRate"], sound["BitDepth"], sound["Channels"]),
                         ("48000", "24", "1"))
        self.assertAlmostEqual(float(sound["extra"]["LoudnessValue"]), -23, delta=.05)
        self.assertLessEqual(float(sound["extra"]["MaxTruePeakLevel"]), -1)
        self.run_program("-q", "-t", TEXT, "-o", "c.mp3", "--mp3-bitrate", "128")
        tracks = json.loads(ask("mediainfo", "--Output=JSON", "c.mp3"))["media"]["track"]
        sound = next(track for track in tracks if track["@type"] == "Audio")
        self.assertEqual((sound["BitRate_Mode"], sound["BitRate"]), ("CBR", "128000"))
        for name in names:
            probe = json.loads(ask("ffprobe", "-v", "error", "-show_format", "-of", "json", name))
            self.assertAlmostEqual(float(probe["format"]["duration"]), length, delta=.06, msg=name)


class Around(Case):
    """Chimes, silence before and repeats."""

    def seconds(self, *options):
        result = self.run_program("-q", "-t", TEXT, "-o", "a.wav", *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        facts = wav_facts((self.dir / "a.wav").read_bytes())
        return facts[3] / facts[0]

    def test_repeats_and_silence(self):
        once = self.seconds()
        self.assertAlmostEqual(self.seconds("--repeat", "3", "--gap", "2.5"), 3 * once + 5,
                               delta=0.002)
        self.assertAlmostEqual(self.seconds("--pre-roll", "1.5"), once + 1.5, delta=0.002)
        wav = (self.dir / "a.wav").read_bytes()
        sound = wav[wav.index(b"data") + 8:]
        self.assertEqual(sound[:int(1.49 * 48000) * 3].strip(b"\0"), b"")
        raw = self.seconds("-p", "raw")
        self.assertAlmostEqual(self.seconds("-p", "raw", "--repeat", "2", "--gap", "0.5"),
                               2 * raw + 0.5, delta=0.002)

    def test_chimes(self):
        once = self.seconds()
        for chime, length in (("two-tone", 2.2), ("three-tone", 2.8), ("gong", 4)):
            for profile in ("listen", "raw"):
                with self.subTest(chime=chime, profile=profile):
                    plain = self.seconds("-p", profile)
                    self.assertAlmostEqual(self.seconds("-p", profile, "--chime", chime),
                                           plain + length + 0.8, delta=0.002)
        subprocess.run(["sox", "-n", "-r", "44100", "-c", "2", "tone.flac", "synth", "1", "sine",
                        "440", "gain", "-6"], cwd=self.dir, check=True)
        self.assertAlmostEqual(self.seconds("--chime", "./tone.flac"), once + 1.8, delta=0.002)
        loud = subprocess.run(["ffmpeg", "-hide_banner", "-nostats", "-t", "1", "-i", "a.wav",
                               "-filter_complex", "ebur128", "-f", "null", "-"],
                              capture_output=True, text=True, cwd=self.dir)
        found = float(re.search(r"I:\s+(-?[\d.]+) LUFS", loud.stderr.split("Summary:")[-1])[1])
        self.assertAlmostEqual(found, -18, delta=0.2)  # 2 LU below the speech

    def test_behind_the_message(self):
        for profile in ("listen", "raw"):
            plain = self.seconds("-p", profile)
            self.assertAlmostEqual(self.seconds("-p", profile, "--chime-after", "gong"),
                                   plain + 4.8, delta=0.002)
            self.assertAlmostEqual(
                self.seconds("-p", profile, "--chime", "two-tone", "--chime-after", "two-tone"),
                plain + 2 * 3, delta=0.002)

    def test_no_longer_than(self):
        path = self.write("tin.txt", "Câu một. " * 20)
        def sound(*options):
            result = self.run_program("-q", path, "-o", "a.wav", "--json", *options)
            self.assertEqual(result.returncode, 0, result.stderr)
            told = json.loads(result.stdout)
            return told["seconds"], told["sentences"], told["left_out"]
        whole, n, left = sound()
        self.assertEqual((n, left), (20, 0))
        self.assertEqual(sound("--max-duration", "1:00"), (whole, 20, 0))
        for options in ((), ("--chime-after", "gong"), ("--repeat", "2", "--chime", "gong")):
            long, n, left = sound("--max-duration", "12", *options)
            self.assertTrue(10 < long <= 12, long)
            self.assertEqual(n + left, 40 if "--repeat" in options else 20)
        told = self.run_program(path, "-o", "a.wav", "--max-duration", "5").stderr.decode()
        self.assertIn("sentences at the end were left out", told)
        for options in (("--max-duration", "0.1"), ("--max-duration", "2", "--chime", "gong")):
            (self.dir / "a.wav").unlink(missing_ok=True)
            self.check_failure(self.run_program(path, "-o", "a.wav", *options), 65, "--max-duration")
            self.assertFalse((self.dir / "a.wav").exists())
        silence = self.write("rỗng.txt", ".")
        self.check_failure(self.run_program(silence, "-o", "a.wav", "--chime", "gong"), 65,
                           "nothing to say")

    def test_what_is_no_chime(self):
        os.mkfifo(self.dir / "fifo.wav")  # nobody writes to it
        self.write("text.wav", "no sound at all")
        subprocess.run(["sox", "-n", "-c", "8", "eight.wav", "synth", "1", "sine", "440"],
                       cwd=self.dir, check=True)
        subprocess.run(["sox", "-n", "-r", "8000", "long.wav", "synth", "61", "sine", "440"],
                       cwd=self.dir, check=True)
        for chime, status, words in (("bell", 64, ["two-tone"]), ("./none.wav", 66, ["none.wav"]),
                                     ("text.wav", 65, ["text.wav"]), ("eight.wav", 65, ["8"]),
                                     ("long.wav", 65, ["60"]), ("./fifo.wav", 65, ["fifo.wav", "pipe"]),
                                     ("./", 65, ["pipe"])):
            with self.subTest(chime=chime):
                self.check_failure(self.run_program("-q", "-t", TEXT, "--chime", chime, "-o",
                                                    "a.wav"), status, *words)
        self.assertFalse((self.dir / "a.wav").exists())

    def test_mono_convention(self):
        plain = self.summary("-p", "listen")
        softer = self.summary("-p", "listen", "--mono-convention")
        both = self.summary("-p", "listen", "--mono-convention", "--channels", "2")
        self.assertAlmostEqual(plain["loudness"]["integrated_lufs"], -16, delta=0.05)
        self.assertAlmostEqual(softer["loudness"]["integrated_lufs"], -19, delta=0.05)
        self.assertAlmostEqual(both["loudness"]["integrated_lufs"], -16, delta=0.05)

    def summary(self, *options):
        result = self.run_program("-q", "--json", "-t", Finished.LONG, "-o", "a.wav", *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_summary_for_programs(self):
        summary = self.summary("-p", "radio", "-o", "b.flac")
        self.assertEqual((summary["status"], summary["outputs"], summary["profile"],
                          summary["failed"]), (0, ["a.wav", "b.flac"], "radio", 0))
        self.assertAlmostEqual(summary["seconds"],
                               wav_facts((self.dir / "a.wav").read_bytes())[3] / 48000, delta=0.01)
        self.assertLess(summary["loudness"]["true_peak_dbtp"], -1)
        self.assertIsNone(self.summary("-p", "raw")["loudness"])
        result = self.run_program("-q", "--json", "-t", TEXT, "-o", "-")
        self.assertEqual(json.loads(result.stderr)["outputs"], ["-"])
        (self.dir / "tin.txt").write_text(TEXT, encoding="utf-8")
        result = self.run_program("-q", "--json", "--keep-going", "tin.txt", "missing.txt", "-o", "b.wav")
        self.assertEqual((result.returncode, json.loads(result.stdout)["status"]), (66, 66))

    def test_pictures(self):
        for name, begin in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml")):
            result = self.run_program("-q", "-t", TEXT, "-o", "a.wav", "--plot", name)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            self.assertEqual((self.dir / name).read_bytes()[:len(begin)], begin)
        self.check_failure(self.run_program("-t", TEXT, "-o", "a.wav", "--plot", "a.jpg"), 64, ".svg")
        self.check_failure(self.run_program("-t", TEXT, "--plot", "a.png"), 64, "--out")
        self.check_failure(self.run_program("-q", "-p", "raw", "-t", TEXT, "-o", "a.wav", "--plot",
                                            "b.png"), 65, "raw")
        self.check_failure(self.run_program("-q", "-t", TEXT, "-o", "a.wav", "--plot",
                                            "no/b.png"), 73, "no/b.png")


class Review(Case):
    """What is looked at before a message goes on air, and what can be set."""

    MESSAGE = ("Sở Bưu chính (SBC) họp.\n\nGặp ông Zelenskyy, mã XQZW, ngày 99/99/9999.\n\n"
               "The members of the commission are on the list of the union.\n")

    def emit(self, what, path, *options):
        result = self.run_program("--emit", what, path, *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.decode()

    def test_check_lists_what_is_a_guess(self):
        path = self.write("tin.txt", "Skip to main content\n\n" + self.MESSAGE)
        result = self.run_program("--check", path)
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        lines = result.stdout.decode().splitlines()
        places = [line.split(": ")[0] for line in lines if line.startswith(str(path))]
        self.assertEqual(places, [f"{path}:1", f"{path}:5:9", f"{path}:5:23", f"{path}:5:34",
                                  f"{path}:7:1"])
        self.assertIn("    XQZW\tích quy dét vê kép", lines)
        self.assertIn("    Zelenskyy\tdê len xờ ki", lines)
        counts = [int(line.split()[0]) for line in lines if line[:8].strip().isdigit()]
        text = path.read_text(encoding="utf-8")
        self.assertEqual(counts[-1], sum(not c.isspace() for c in text))
        self.assertEqual(sum(counts[:-1]), counts[-1])
        self.assertIn("Places to look at: 5.", lines[-1])

    def test_check_counts_columns_in_characters(self):
        cases = {"Đồng bào ở ấp XYZQ": 15,
                 unicodedata.normalize("NFD", "Đồng bào ở ấp XYZQ"): 15,
                 "\ufeffĐồng\u200b bào\u00a0 ở ấp XYZQ": 16,
                 "\tĐồng bào ở ấp XYZQ": 16}
        for text, column in cases.items():
            path = self.write("tin.txt", text + " XYZQ\n" + text + "\n")
            lines = self.run_program("--check", path).stdout.decode().splitlines()
            self.assertEqual([line.split(": ")[0] for line in lines if line.startswith(str(path))],
                             [f"{path}:1:{column}", f"{path}:1:{column + 5}",
                              f"{path}:2:{column}"], text)

    def test_no_sign_reaches_the_engine(self):
        ranges = ((0x21, 0x7F), (0xA1, 0xC0), (0x2010, 0x2060), (0x20A0, 0x20C1), (0x2190, 0x2300),
                  (0x3001, 0x3020), (0xFF01, 0xFF65))
        signs = [chr(c) for r in ranges for c in range(*r) if unicodedata.category(chr(c))[0] in "SP"]
        places = ("nhà {} bàn", "nhà{}bàn", "{}nhà", "nhà{}", "2{}3", "2 {} 3", "nhà {}5", "5{} nhà", "{}")
        path = self.write("dấu.txt", "\n\n".join(p.format(s) for s in signs for p in places))
        raw = {(sentence["text"], word["spoken"])
               for sentence in json.loads(self.emit("json", path, "-q"))["sentences"]
               for word in sentence["words"]
               if not all(c.isalpha() or c in " -'’." for c in word.get("said_as", word["spoken"]))}
        self.assertEqual(raw, set())

    def test_check_lists_what_is_left_out(self):
        path = self.write("tin.txt", "Diện tích 5㎡, số １２.\n\nXin chào 你好 các bạn, सत्य a.\n\nПривет, мир!\n")
        text = path.read_text(encoding="utf-8")
        seen = sum(not c.isspace() and not unicodedata.category(c).startswith("M") for c in text)
        for foreign, left_out in (("voice", 0), ("skip", 11), ("respell", 11)):
            lines = self.run_program("--check", "--foreign", foreign, path).stdout.decode().splitlines()
            self.assertIn(f'{path}:3:10: "你好" is left out: in letters that the voice does not know; '
                          'to have it said, settle it in a lexicon', lines)
            self.assertEqual([line.split(": ")[0] for line in lines if line.startswith(str(path))],
                             [f"{path}:3:10", f"{path}:3:22", f"{path}:5:1"])
            counts = {line[10:]: int(line[:8]) for line in lines if line[:8].strip().isdigit()}
            self.assertEqual(counts["in all"], seen)
            self.assertEqual(sum(counts.values()), 2 * seen)
            self.assertEqual(counts["silent by the rule 'alphabet'"], 5)
            self.assertEqual(counts.get("in sentences that are left out", 0), left_out)
        own = self.write("riêng.tsv", "你好\tnỉ hảo\n")
        self.assertIn("Xin chào nỉ hảo các bạn", self.emit("spoken", path, "--lexicon", own))
        schema = json.loads((SAMPLES.parent / "docs" / "script.schema.json").read_text())
        script = json.loads(self.emit("json", path))
        jsonschema.Draft202012Validator(schema).validate(script)
        source = path.read_bytes()
        places = {source[part["source"]["begin"]:part["source"]["end"]].decode()
                  for sentence in script["sentences"]
                  for part in sentence["words"] + sentence.get("left_out", [])}
        self.assertLessEqual({"5㎡", "１２", "你好", "सत्य", "Привет"}, places)

    def test_check_takes_its_own_advice(self):
        path = self.write("tin.txt", "Gặp ông Zelenskyy, mã XQZW, ngày 99/99/9999.\n")
        advice = [line.strip() for line in self.run_program("--check", path).stdout.decode()
                  .splitlines() if line.startswith("    ") and "\t" in line]
        self.assertEqual(len(advice), 3)
        own = self.write("riêng.tsv", "\n".join(advice))
        after = self.run_program("--check", path, "--lexicon", own).stdout.decode()
        self.assertIn("Places to look at: 0.", after)

    def test_json_is_what_its_schema_says(self):
        schema = json.loads((SAMPLES.parent / "docs" / "script.schema.json").read_text())
        path = self.write("tin.txt", self.MESSAGE)
        for options in ([], ["--foreign", "skip"], ["--foreign", "respell"]):
            script = json.loads(self.emit("json", path, *options))
            jsonschema.Draft202012Validator(schema).validate(script)
        for sample in sorted(SAMPLES.glob("*.txt")):
            script = json.loads(self.emit("json", sample, "-q"))
            jsonschema.Draft202012Validator(schema).validate(script)

    def test_json_points_at_the_source(self):
        path = self.write("tin.txt", self.MESSAGE)
        source = path.read_bytes()
        for sentence in json.loads(self.emit("json", path))["sentences"]:
            for part in [sentence, *sentence["words"]]:
                place = part["source"]
                self.assertEqual(source[place["begin"]:place["end"]].decode(), part["text"])
                self.assertEqual(source[:place["begin"]].count(b"\n") + 1, place["line"])

    def test_ssml_is_xml(self):
        path = self.write("tin.txt", "Gặp <ông> \"Zelenskyy\" & bà; 5 > 3.\n\n" + self.MESSAGE)
        root = ElementTree.fromstring(self.emit("ssml", path))
        ns = "{http://www.w3.org/2001/10/synthesis}"
        self.assertEqual(root.tag, ns + "speak")
        self.assertEqual([sub.get("alias") for sub in root.iter(ns + "sub")],
                         ["dê len xờ ki", "dê len xờ ki"])
        languages = [s.get("{http://www.w3.org/XML/1998/namespace}lang")
                     for s in root.iter(ns + "s")]
        self.assertEqual(languages[-1], "en")
        self.assertTrue(all(b.get("time").endswith("ms") for b in root.iter(ns + "break")))

    def test_a_long_sentence_breathes_before_its_clauses(self):
        text = ("Xã đã giao các thôn kiểm tra từng tuyến kênh mương và từng đoạn đường làng "
                "nhằm bảo đảm nước chảy thông suốt khi mưa lớn kéo dài nhiều ngày liền")
        ssml = self.run_program("--emit", "ssml", "--text", text).stdout.decode()
        self.assertIn('làng <break time="120ms"/>nhằm', ssml)
        self.assertNotIn("<break", self.run_program("--emit", "ssml", "--text",
                                                    "Xã đã giao các thôn nhằm bảo đảm nước"
                                                    ).stdout.decode().split("<s>")[1])

    def test_lexicon_rows_with_a_dot(self):
        own = self.write("riêng.tsv", "TS.\tthầy\nTS\ttàu sắt\n")
        result = self.run_program("--emit", "spoken", "--lexicon", own, "--text", "Mời TS. Hoa lên TS 5.")
        self.assertEqual(result.stdout.decode(), "Mời thầy. Hoa lên tàu sắt năm.\n")

    def test_letters_for_several_units_are_to_be_looked_at(self):
        path = self.write("don.txt", "Họp 8g, tại nhà. Uống 2v sáng. Cụ ông 92t. Lúc 9g sáng.\n")
        lines = self.run_program("--check", path).stdout.decode()
        for token, words in (("8g", "tám giờ"), ("2v", "hai viên"), ("92t", "chín mươi hai tuổi")):
            self.assertIn(f"\n    {token}\t{words}\n", lines)
        self.assertNotIn("9g\t", lines)

    def test_lexicon_rows_for_units_and_parts(self):
        own = self.write("rieng.tsv", "kg\tcân\n%\tphần\nUBND\tủy ban\n")
        result = self.run_program("--emit", "spoken", "--lexicon", own, "--text",
                                  "Nặng -5,5kg, tăng 5%, theo số 15/QĐ-UBND.")
        self.assertEqual(result.stdout.decode().strip(),
                         "Nặng âm năm phẩy năm cân, tăng năm phần, theo số mười lăm quyết định ủy ban.")

    def test_lexicons(self):
        own = self.write("riêng.tsv", "XQZW\txưởng quạt\nhỏng\n")
        result = self.run_program("--emit", "spoken", "--lexicon", own, "--text", "Mã XQZW.")
        self.assertEqual(result.stdout.decode(), "Mã xưởng quạt.\n")
        self.check_remark(result, f"{own}:2: ", "a tab")
        folder = self.dir / ".config" / "wtisd-speak"
        folder.mkdir(parents=True)
        (folder / "lexicon.tsv").write_text("XQZW\txã quê\nKWZ\tkho vựa\n", encoding="utf-8")
        result = self.run_program("--emit", "spoken", "--lexicon", own, "-q", "--text",
                                  "XQZW KWZ")
        self.assertEqual(result.stdout.decode(), "xưởng quạt kho vựa\n")
        data = self.dir / ".local/share/wtisd-speak/lexicon"
        data.mkdir(parents=True)
        (data / "b.tsv").write_text("KWZ\tkhông ai\nWQX\tvườn quê\n", encoding="utf-8")
        (data / "a.tsv").write_text("WQX\tvui quá\n", encoding="utf-8")
        (data / "notes.txt").write_text("not a lexicon\n", encoding="utf-8")
        result = self.run_program("--emit", "spoken", "--text", "KWZ WQX")
        self.assertEqual((result.stdout.decode(), result.stderr), ("kho vựa vui quá\n", b""))
        self.check_failure(self.run_program("--lexicon", "không-có.tsv", "--text", "A"), 66,
                           "không-có.tsv")

    def check_remark(self, result, *words):
        self.assertEqual(result.returncode, 0, result.stderr)
        for word in words:
            self.assertIn(word, result.stderr.decode())

    def test_the_region_is_the_voice_s_or_what_is_asked(self):
        def spoken(*options):
            return self.run_program("--emit", "spoken", "--text", "1.004 con",
                                    *options).stdout.decode()
        self.assertEqual(spoken(), "một nghìn không trăm linh bốn con\n")
        self.assertEqual(spoken("-v", "vi-south"), "một ngàn không trăm lẻ bốn con\n")
        self.assertEqual(spoken("-v", "vi-south", "--region", "north"),
                         "một nghìn không trăm linh bốn con\n")
        self.assertEqual(spoken("--region", "south"), "một ngàn không trăm lẻ bốn con\n")

    def test_the_voice_stays_in_its_language(self):
        text = "Ông Guterres, bà Zelenskyy và Facebook, YouTube, McDonald's, Schwarzenegger, iPhone 15."
        for voice in ("vi-north", "vi-central", "vi-south"):
            result = self.run_program("--emit", "phonemes", "-v", voice, "--text", text)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertNotIn(b"(en)", result.stdout)
        self.write_voice("engine-voice vi", "foreign-words as-written")
        result = self.run_program("--emit", "phonemes", "-v", "mine", "--text", text)
        self.assertIn(b"(en)", result.stdout)

    def test_check_and_emit_do_not_go_together(self):
        self.check_failure(self.run_program("--check", "--emit", "json", "--text", "A"), 64,
                           "--check")


class BadInput(Case):
    def out(self, *args, **kw):
        return self.run_program(*args, "--out", "msg.wav", **kw)

    def test_inputs(self):
        utf16 = "Kính chào".encode("utf-16")
        cases = [
            (["missing.txt"], None, 66, ["missing.txt"]),
            ([self.dir], None, 66, ["folder"]),
            (["empty.txt"], b"", 65, ["empty.txt"]),
            (["blank.txt"], b" \n\n\t", 65, ["blank.txt"]),
            (["binary.txt"], bytes(range(256)) * 40, 65, ["binary.txt"]),
            (["pdf.txt"], b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 65, ["PDF"]),
            (["utf16.txt"], utf16, 65, ["UTF-16"]),
            (["latin.txt"], b"Dong mot\nTh\xf4ng b\xe1o\n", 65, ["latin.txt:2", "UTF-8"]),
            (["silent.txt"], "😀 --- ***\n".encode(), 65, ["nothing to say"]),
        ]
        for args, content, status, words in cases:
            with self.subTest(args=args):
                if content is not None:
                    self.write(args[0], content)
                self.check_failure(self.out(*args), status, *words)
        self.assertNotIn("msg.wav", self.leftovers())

    def test_an_unreadable_file(self):
        path = self.write("secret.txt", TEXT)
        path.chmod(0)
        if os.geteuid() != 0:
            self.check_failure(self.out(path), 66, "permission")
            return
        result = subprocess.run(
            ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", PROGRAM, path,
             "--emit", "text"], capture_output=True, env=self.env, cwd="/")
        if b"setpriv" in result.stderr or result.returncode == 126:
            self.skipTest("the program cannot be reached by another user here")
        self.assertEqual(result.returncode, 66, result.stderr)

    def test_a_line_of_100_mb(self):
        path = self.dir / "long.txt"
        with open(path, "wb") as f:
            for _ in range(100):
                f.write(b"a" * (1 << 20))
        begin = time.monotonic()
        self.check_failure(self.out(path), 65, "long.txt")
        self.assertLess(time.monotonic() - begin, 20)

    def test_a_megabyte_without_a_blank(self):
        path = self.write("solid.txt", "ba" * 500000)
        result = self.run_program("--emit", "sentences", path)
        self.assertEqual(result.returncode, 0)
        self.assertEqual(len(result.stdout.replace(b"\n", b"")), 1000000)

    def test_usage(self):
        message = self.write("tin.txt", TEXT)
        cases = [
            (["--nonsense"], ["--nonsense"]), (["-Z"], ["-Z"]), (["--rate"], ["--rate"]),
            (["--rate", "7"], ["80"]), (["--rate", "fast"], ["fast"]),
            (["--jobs", "0"], ["256"]), (["--jobs", "2x"], ["2x"]),
            (["--profile", "cinema"], ["raw"]), (["--emit", "smoke"], ["spoken-lines"]),
            (["--sample-rate", "1000000000"], ["192000"]), (["--sample-rate", "7"], ["8000"]),
            (["--volume", "loud"], ["loud"]), (["--pitch", "3"], ["%"]),
            (["--out", "msg.xyz"], [".wav"]), (["--out", "msg"], [".wav"]),
            (["--quiet=yes"], ["--quiet"]), (["--out", "a.wav", "--out", "a.wav"], ["twice"]),
            (["--out", "a.wav", "--emit", "text"], ["--emit"]), (["-t", "a"], ["--text"]),
        ]
        for args, words in cases:
            with self.subTest(args=args):
                self.check_failure(self.run_program(*args, message), 64, *words)
        self.assertEqual(self.leftovers("tin.txt"), [])

    def test_voice_and_device(self):
        self.check_failure(self.out("-v", "vi-moon", "-t", "a"), 69, "vi-moon", "--list-voices")
        self.check_failure(self.out("-v", "../vi-north", "-t", "a"), 69, "../vi-north")
        self.assertEqual(self.leftovers(), [])

    def test_no_loudspeakers_at_all(self):
        env = dict(self.env, ALSA_CONFIG_PATH="/dev/null", JACK_NO_START_SERVER="1")
        for args in (["-t", "a"], ["--list-devices"]):
            self.check_failure(self.run_program(*args, env=env), 69, "loudspeaker")

    def test_outputs_that_cannot_be(self):
        self.write("file", "x")
        for path, words in (("nowhere/msg.wav", ["nowhere"]), ("file/msg.wav", []),
                            ("/proc/msg.wav", [])):
            with self.subTest(path=path):
                self.check_failure(self.run_program("-t", TEXT, "-o", path), 73, *words)
        (self.dir / "dir.wav").mkdir()
        self.check_failure(self.run_program("-t", TEXT, "-o", "dir.wav"), 73, "dir.wav")
        self.assertEqual(self.leftovers(), ["dir.wav", "file"])

    def test_a_full_disk_leaves_what_was_there(self):
        old = self.write("msg.wav", b"what was there")
        long = self.write("long.txt", "\n".join(f"Câu số {i} của bản tin." for i in range(60)))

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
        for profile, words in (("raw", "msg.wav"), ("listen", "TMPDIR")):
            result = self.run_program(long, "-q", "-p", profile, "--out", "msg.wav",
                                      preexec_fn=limit)
            self.check_failure(result, 74, words)
        self.assertEqual(old.read_bytes(), b"what was there")
        self.assertEqual(self.leftovers("long.txt"), ["msg.wav"])
        with open("/dev/full", "wb") as full:
            result = subprocess.run([PROGRAM, "-t", TEXT, "-o", "-"], stdout=full,
                                    stderr=subprocess.PIPE, env=self.env)
        self.check_failure(result, 74)
        with open("/dev/full", "wb") as full:
            result = subprocess.run([PROGRAM, "-t", TEXT, "--emit", "text"], stdout=full,
                                    stderr=subprocess.PIPE, env=self.env)
        self.check_failure(result, 74)

    def test_a_small_file_system(self):
        """A real full disk, where this test may mount one (it is root, or has a user namespace)."""
        script = ('mount -t tmpfs -o size=200k none "$1" && echo old >"$1/msg.wav" && '
                  '"$2" "$3" -q -o "$1/msg.wav"; echo "$?"; ls -A "$1"; cat "$1/msg.wav"')
        disk = self.dir / "disk"
        disk.mkdir()
        long = self.write("long.txt", "\n".join(f"Câu số {i} của bản tin." for i in range(60)))
        result = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh",
                                 disk, PROGRAM, long], capture_output=True, text=True,
                                env=self.env)
        if "unshare" in result.stderr or "mount:" in result.stderr:
            self.skipTest("nothing can be mounted here; RLIMIT_FSIZE and /dev/full were tried")
        self.assertEqual(result.stdout, "74\nmsg.wav\nold\n", result.stderr)
        self.assertIn("full", result.stderr)

    def test_a_full_disk_among_several_outputs(self):
        """No output takes its name before all are on their disks."""
        for name in ("a.wav", "disk"):
            self.write(name, "old") if name == "a.wav" else (self.dir / name).mkdir()
        script = ('mount -t tmpfs -o size=64k none disk && '
                  '"$1" -t "$2" -q -o a.wav -o disk/b.wav; echo "$?"; ls -A disk; cat a.wav')
        result = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh",
                                 PROGRAM, TEXT], capture_output=True, text=True, env=self.env,
                                cwd=self.dir)
        if "unshare" in result.stderr or "mount:" in result.stderr:
            self.skipTest("nothing can be mounted here")
        self.assertEqual(result.stdout, "74\nold", result.stderr)

    def test_a_closed_pipe(self):
        long = self.write("long.txt", "\n".join(f"Câu số {i} của bản tin." for i in range(200)))
        for args in (["-o", "-", "-q"], ["--emit", "phonemes"]):
            with self.subTest(args=args):
                child = subprocess.Popen([PROGRAM, long, *args], stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE, env=self.env)
                child.stdout.read(10)
                child.stdout.close()
                stderr = child.stderr.read().decode()
                child.stderr.close()
                self.assertEqual(child.wait(20), 74, stderr)
                self.assertEqual(stderr.count("\n"), 1, stderr)

    def test_one_of_several_files_is_missing(self):
        good = self.write("good.txt", TEXT)
        self.check_failure(self.out(good, "missing.txt"), 66, "missing.txt")
        self.assertEqual(self.leftovers("good.txt"), [])
        result = self.out(good, "missing.txt", "--keep-going", "-q")
        self.check_failure(result, 66, "missing.txt")
        self.assertEqual(self.leftovers("good.txt"), ["msg.wav"])
        result = self.run_program("--emit", "text", "missing.txt", good)
        self.assertEqual((result.returncode, result.stdout.decode()), (66, TEXT + "\n"))


class Signals(Case):
    def processes(self):
        """Ids of living processes that were started with our folder as their home."""
        mark, found = f"HOME={self.dir}".encode(), []
        for entry in pathlib.Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                pass
        return found

    def start(self, *args):
        long = self.write("long.txt", "\n".join(f"Câu số {i} của bản tin dài." for i in range(20000)))
        child = subprocess.Popen([PROGRAM, long, "-q", *args], env=self.env, cwd=self.dir,
                                 stderr=subprocess.PIPE)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        self.addCleanup(child.stderr.close)
        time.sleep(0.5)
        end = time.monotonic() + 5  # a crash leaves none for a moment
        while len(self.processes()) <= 2:
            self.assertLess(time.monotonic(), end, "no worker is seen")
        self.assertIsNone(child.poll())
        return child

    def gone(self):
        end = time.monotonic() + 5
        while self.processes() and time.monotonic() < end:
            time.sleep(0.02)
        return not self.processes()

    def test_interrupted(self):
        self.write("msg.wav", b"what was there")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                child = self.start("-o", "msg.wav")
                child.send_signal(number)
                self.assertEqual(child.wait(10), 128 + number)
                self.assertTrue(self.gone())
                self.assertEqual(self.leftovers("long.txt"), ["msg.wav"])
                self.assertEqual((self.dir / "msg.wav").read_bytes(), b"what was there")

    def test_killed(self):
        child = self.start("-o", "msg.wav")
        child.kill()
        child.wait(10)
        self.assertTrue(self.gone(), "no worker is left behind")
        self.assertFalse((self.dir / "msg.wav").exists())

    def test_workers_that_are_killed_cost_nothing(self):
        text = "\n".join(f"Câu số {i} của bản tin dài." for i in range(3000))
        long = self.write("long.txt", text)
        self.run_program(long, "-q", "-o", "calm.wav")
        child = subprocess.Popen([PROGRAM, long, "-q", "-o", "msg.wav"], env=self.env,
                                 cwd=self.dir)
        time.sleep(0.3)
        killed = 0
        for _ in range(5):
            for pid in self.processes():
                if pid == child.pid:
                    continue
                try:
                    parent = int(pathlib.Path(f"/proc/{pid}/stat").read_text().split()[3])
                    if parent != child.pid:
                        os.kill(pid, signal.SIGKILL)
                        killed += 1
                except OSError:
                    pass
            time.sleep(0.4)  # an utterance is tried twice: it is not to meet two rounds
        self.assertEqual(child.wait(120), 0)
        self.assertGreater(killed, 0)
        self.assertEqual((self.dir / "calm.wav").read_bytes(), (self.dir / "msg.wav").read_bytes())

    def test_waiting_for_input_is_interruptible(self):
        child = subprocess.Popen([PROGRAM, "-o", "msg.wav"], stdin=subprocess.PIPE, env=self.env,
                                 cwd=self.dir)
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        self.assertEqual(child.wait(5), 128 + signal.SIGINT)
        child.stdin.close()
        self.assertTrue(self.gone())
        self.assertEqual(self.leftovers(), [])


class Talk(Case):
    def test_help_and_version(self):
        help_text = self.run_program("--help").stdout.decode()
        for option in ("--out", "--voice", "--rate", "--emit", "--jobs", "--list-devices"):
            self.assertIn(option, help_text)
        self.assertTrue(all(len(line) <= 100 for line in help_text.splitlines()))
        self.assertRegex(self.run_program("--version").stdout.decode(), r"^wtisd-speak \d+\.\d+")

    def test_vietnamese_where_the_locale_is_not_installed(self):
        for variable in ("LANG", "LC_ALL", "LC_MESSAGES"):
            env = {k: v for k, v in self.env.items() if k != "LANG"}
            env[variable] = "vi_VN.UTF-8"
            result = self.run_program("missing.txt", "-o", "a.wav", env=env)
            self.assertEqual(result.returncode, 66)
            self.assertIn("không", result.stderr.decode(), variable)
            self.assertIn("giọng", self.run_program("--help", env=env).stdout.decode().lower())
        self.assertIn("miền Bắc", self.run_program("--list-voices", env=env).stdout.decode())

    def test_progress_is_sparse_and_can_be_silenced(self):
        long = self.write("long.txt", "\n".join(f"Câu số {i} của bản tin dài." for i in range(3000)))
        env = dict(self.env, LANG="vi_VN.UTF-8")
        result = self.run_program(long, "-o", "a.wav", env=env)
        lines = result.stderr.decode().splitlines()
        self.assertTrue(1 <= len(lines) <= 20, lines)
        self.assertRegex(lines[0], r"^câu \d+/3000, còn \d+ (giây|phút)")
        some = self.write("some.txt", "\n".join(f"Câu số {i} của bản tin dài." for i in range(700)))
        for options in (["-q"], ["--progress", "none"]):
            self.assertEqual(self.run_program(some, "-o", "a.wav", *options).stderr, b"")

    def test_settings(self):
        folder = self.dir / ".config" / "wtisd-speak"
        folder.mkdir(parents=True)
        config = folder / "config"
        config.write_text("# my settings\nvoice vi-south\n--rate = 120%\n\nquiet\n", encoding="utf-8")
        self.run_program("-t", TEXT, "-o", "a.wav")
        config.unlink()
        self.run_program("-t", TEXT, "-o", "b.wav", "-v", "vi-south", "-r", "120%")
        self.assertEqual((self.dir / "a.wav").read_bytes(), (self.dir / "b.wav").read_bytes())
        config.write_text("voice vi-south\nloudnes 3\n", encoding="utf-8")
        self.check_failure(self.run_program("-t", TEXT, "-o", "a.wav"), 64, "config:2", "loudnes")

    def test_the_command_line_wins_over_settings(self):
        folder = self.dir / ".config" / "wtisd-speak"
        folder.mkdir(parents=True)
        config = folder / "config"
        for line in ("device pulse", "emit text", "out b.wav"):
            config.write_text(line + "\n", encoding="utf-8")
            result = self.run_program("-q", "-t", TEXT, "-o", "a.wav")
            self.assertEqual((result.returncode, result.stderr, result.stdout), (0, b"", b""), line)
            (self.dir / "a.wav").unlink()
        self.assertFalse((self.dir / "b.wav").exists())
        config.write_text("nonsense\n", encoding="utf-8")
        self.assertEqual(self.run_program("--help").returncode, 0)

    def test_voices_of_the_user_come_first(self):
        own = self.write_voice("engine-voice vi+m3", "pitch 40", "range 50")
        self.assertIn(b"mine", self.run_program("--list-voices").stdout)
        result = self.run_program("-q", "-v", "mine", "-t", TEXT, "-o", "a.wav")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        (own / "broken.voice").write_text("name broken\nspeed 3\n", encoding="utf-8")
        result = self.run_program("-v", "broken", "-t", TEXT, "-o", "b.wav")
        self.check_failure(result, 65, "broken.voice:2")


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
