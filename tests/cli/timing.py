#!/usr/bin/env python3
"""Captions, timings, chapters, and the choice of sentences, as users meet them.

    timing.py PROGRAM [unittest arguments]
"""
import json
import os
import re
import subprocess
import sys
import unittest
import wave

import jsonschema
import numpy as np

import cli
from cli import Case, SAMPLES


class Timing(Case):
    """Captions, timings and chapters from one timeline; some of the sentences."""
    MESSAGE = (
        "THÔNG BÁO NGÀY 17/5\n\n"
        "Kính gửi bà con xã An Phú,\n\n"
        "I. Thời gian\n\n"
        "Từ 7h30 đến 11h00 ngày 17/5/2025, Điện lực Thành Đông tạm ngừng cấp điện để thay máy biến "
        "áp tại các thôn 1, 2, 3, nhằm bảo đảm an toàn cho hơn 1.250 hộ dùng điện trong mùa nắng "
        "nóng sắp tới.\n\n"
        "II. Liên hệ\n\n"
        "Mọi thắc mắc xin gọi cho UBND xã & Điện lực: 0236 3845 112. Chúc bà con mạnh khỏe. Xin cảm ơn!\n")

    def render(self, *args, outs=("a.wav", "a.json")):
        path = self.write("tin.txt", self.MESSAGE)
        outs = [arg for out in outs for arg in ("-o", out)]
        result = self.run_program("-q", "-p", "raw", path, *outs, *args)
        self.assertEqual((result.returncode, result.stderr), (0, b""))

    def text(self, name):
        return (self.dir / name).read_text(encoding="utf-8")

    def sizes(self):
        """Of the samples of a.wav, and their rate."""
        with wave.open(str(self.dir / "a.wav")) as sound:
            rate = sound.getframerate()
            raw = np.frombuffer(sound.readframes(sound.getnframes()), np.uint8).reshape(-1, 3)
        x = raw[:, 2].astype(np.int8).astype(float) * 65536 + raw[:, 1] * 256.0 + raw[:, 0]
        return np.abs(x), rate

    def test_sentences_sound_when_the_json_says(self):
        schema = json.loads((SAMPLES.parent / "docs" / "script.schema.json").read_text())
        for options in (["-r", "50%"], ["-v", "vi-south", "-r", "100%"],
                        ["-v", "vi-central-female", "-r", "250%"]):
            self.render(*options)
            script = json.loads(self.text("a.json"))
            jsonschema.Draft202012Validator(schema).validate(script)
            x, rate = self.sizes()
            self.assertAlmostEqual(script["duration"], len(x) / rate, delta=1e-6)
            before = 0
            for sentence in script["sentences"]:
                self.assertGreaterEqual(sentence["start"], before)
                before = sentence["end"]
                begin, end = round(sentence["start"] * rate), round(sentence["end"] * rate)
                margin = rate // 20
                loud = np.flatnonzero(x[max(0, begin - margin):end + margin] >
                                      x[begin:end].max() / 1000) + max(0, begin - margin)
                self.assertLess(abs(loud[0] - begin) / rate, .005, sentence["text"])
                self.assertLess(abs(loud[-1] - end) / rate, .005, sentence["text"])
                starts = [word["start"] for word in sentence["words"]]
                self.assertEqual(starts, sorted(starts))
                self.assertTrue(all(sentence["start"] <= word["start"] <= word["end"] <=
                                    sentence["end"] for word in sentence["words"]))
            self.assertLessEqual(before, script["duration"])

    def test_words_sound_when_the_json_says(self):
        """bench/words measures more of them. A silence stands before every word, 300 % smears the short
        ones: there only the pauses are sure."""
        path = self.write("k.txt", "Cho cá, khen kem, thi pin.")
        for voice in ("vi-north", "vi-central", "vi-south"):
            for percent, least in ((50, .007), (100, .007), (300, .06)):
                self.run_program("-q", "-p", "raw", path, "-o", "a.wav", "-o", "a.json", "-v", voice,
                                 "-r", f"{percent}%")
                words = json.loads(self.text("a.json"))["sentences"][0]["words"]
                firsts, lasts = (words[::2], words[1::2]) if least > .01 else (words, words)
                x, rate = self.sizes()
                loud = np.flatnonzero(x > x.max() / 1000)
                parted = np.flatnonzero(np.diff(loud) > least * rate)
                begins, ends = loud[[0, *(parted + 1)]] / rate, loud[[*parted, -1]] / rate
                self.assertEqual(len(begins), len(firsts))
                for word, begin in zip(firsts, begins):
                    self.assertLess(abs(word["start"] - begin), .02, (voice, percent, word["spoken"]))
                for word, end in zip(lasts, ends):
                    self.assertLess(abs(word["end"] - end), .02, (voice, percent, word["spoken"]))

    @staticmethod
    def cues(text):
        def seconds(clock):
            hours, minutes, rest = clock.replace(",", ".").split(":")
            return int(hours) * 3600 + int(minutes) * 60 + float(rest)
        found = re.findall(r"(\S+) --> (\S+)\n((?:.+\n)+)", text)
        return [(seconds(begin), seconds(end), body) for begin, end, body in found]

    def test_captions(self):
        for rate in ("60%", "100%"):
            self.render("-r", rate, outs=("a.wav", "a.vtt", "a.srt", "a.lrc", "a.json"))
            script = json.loads(self.text("a.json"))
            vtt, srt = self.cues(self.text("a.vtt")), self.cues(self.text("a.srt"))
            self.assertTrue(self.text("a.vtt").startswith("WEBVTT\n\n1\n"))
            self.assertEqual([cue[:2] for cue in vtt], [cue[:2] for cue in srt])
            before = 0
            for begin, end, body in srt:
                self.assertGreaterEqual(begin, before)
                before = end
                self.assertTrue(0 < end - begin <= 7.001, body)
                lines = body.rstrip("\n").split("\n")
                self.assertTrue(len(lines) <= 2 and all(len(line) <= 42 for line in lines), lines)
            self.assertLessEqual(before, script["duration"])
            shown = " ".join(body.replace("\n", " ").strip() for _, _, body in srt)
            self.assertEqual(shown, " ".join(s["text"] for s in script["sentences"]))
            plain = [re.sub(r"<[\d:.]+>", "", body).replace("&amp;", "&") for _, _, body in vtt]
            self.assertEqual(plain, [body for _, _, body in srt])
            stamps = re.findall(r"<([\d:.]+)>", self.text("a.vtt"))
            self.assertGreater(len(stamps), 40)
            self.assertEqual(stamps, sorted(stamps))
            for whole in ("17/5/2025", "1.250", "An Phú", "0236 3845 112", "Thành Đông"):
                self.assertTrue(any(whole in line for _, _, body in srt
                                    for line in body.split("\n")), whole)
            self.assertEqual(len(re.findall(r"^\[\d\d:\d\d\.\d\d\].", self.text("a.lrc"), re.M)),
                             len(srt))

    def test_captions_are_what_ffmpeg_reads(self):
        self.render(outs=("a.vtt", "a.srt"))
        for name in ("a.vtt", "a.srt"):
            read = subprocess.run(["ffmpeg", "-v", "error", "-i", self.dir / name, "-f", "srt", "-"],
                                  capture_output=True, check=True)
            self.assertEqual(read.stderr, b"")
            self.assertEqual([cue[:2] for cue in self.cues(read.stdout.decode())],
                             [cue[:2] for cue in self.cues(self.text(name))])

    def test_chapters(self):
        self.render(outs=("a.wav", "a.json", "a.chapters.vtt", "a.cue"))
        script = json.loads(self.text("a.json"))
        titles = [chapter["title"] for chapter in script["chapters"]]
        self.assertEqual(titles, ["THÔNG BÁO NGÀY 17/5", "I. Thời gian", "II. Liên hệ"])
        self.assertEqual(script["chapters"][0]["start"], 0)
        for left, right in zip(script["chapters"], script["chapters"][1:]):
            self.assertEqual(left["end"], right["start"])
        vtt = self.cues(self.text("a.chapters.vtt"))
        self.assertEqual([body.strip() for _, _, body in vtt], titles)
        sheet = self.text("a.cue")
        self.assertIn('FILE "a.wav" WAVE\n', sheet)
        self.assertEqual(re.findall(r'TITLE "(.*)"\n    INDEX', sheet), titles)
        minutes, seconds, frames = map(int, re.findall(r"INDEX 01 (\d+):(\d+):(\d+)", sheet)[1])
        self.assertAlmostEqual(minutes * 60 + seconds + frames / 75, script["chapters"][1]["start"],
                               delta=1 / 75)

    def test_markers(self):
        for options in (["-p", "raw"], ["-p", "radio", "--bits", "16"]):
            self.render(*options)
            script = json.loads(self.text("a.json"))
            probe = subprocess.run(["ffprobe", "-v", "error", "-show_chapters", "-of", "json",
                                    self.dir / "a.wav"], capture_output=True, check=True)
            self.assertEqual(probe.stderr, b"")
            chapters = json.loads(probe.stdout)["chapters"]
            self.assertEqual(len(chapters), len(script["sentences"]))
            for chapter, sentence in zip(chapters, script["sentences"]):
                self.assertAlmostEqual(float(chapter["start_time"]), sentence["start"], delta=2e-5)
                self.assertTrue(sentence["text"].startswith(chapter["tags"]["title"]))
            cli.wav_facts((self.dir / "a.wav").read_bytes())

    def test_an_output_is_no_input(self):
        path = self.write("tin.txt", self.MESSAGE)
        (self.dir / "same.json").symlink_to(path)
        self.check_failure(self.run_program(path, "-o", "same.json"), 64, "same.json")
        self.assertEqual(path.read_text(encoding="utf-8"), self.MESSAGE)

    def length(self, name="a.wav"):
        with wave.open(str(self.dir / name)) as sound:
            return sound.getnframes() / sound.getframerate()

    def test_a_slot_is_filled_exactly(self):
        self.render()
        natural = self.length()
        for factor, options in ((.7, []), (1, ["-p", "listen"]), (1.04, []),
                                (1.35, ["--repeat", "2", "--gap", "1"])):
            times = 2 if "--repeat" in options else 1
            slot = round(natural * factor * times + times - 1, 1)
            self.render("--duration", f"{int(slot // 60)}:{slot % 60:04.1f}", *options)
            self.assertAlmostEqual(self.length(), slot, delta=.02)
            self.assertAlmostEqual(json.loads(self.text("a.json"))["duration"], slot, delta=.02)
        path = self.write("tin.txt", self.MESSAGE)
        for slot in ("3", "10:00:00"):
            result = self.run_program("-q", path, "-o", "b.wav", "--duration", slot)
            self.check_failure(result, 65, "--best-effort")
            self.assertFalse((self.dir / "b.wav").exists())
            result = self.run_program("-q", path, "-o", "b.wav", "--duration", slot, "--best-effort")
            self.assertEqual(result.returncode, 0)
            self.assertTrue(natural * .5 < self.length("b.wav") < natural * 2)
            (self.dir / "b.wav").unlink()
        for slot in ("0", "0:00", "-3", "2:60", "1:2:3:4", "hai phút", ""):
            self.check_failure(self.run_program(path, "-o", "b.wav", "--duration", slot), 64,
                               "--duration")

    def test_a_file_for_every_chapter(self):
        names = ["tin-01-thong-bao-ngay-17-5", "tin-02-i-thoi-gian", "tin-03-ii-lien-he"]
        def frames(name):
            with wave.open(str(self.dir / name)) as sound:
                return sound.readframes(sound.getnframes())
        for options in (["-p", "raw", "--chime", "gong"], ["-p", "radio", "--channels", "2"],
                        ["-p", "raw", "--sentences", "2-"]):
            self.render(*options, outs=("whole.wav",))
            self.render(*options, "--split", outs=("tin.wav", "tin.json", "tin.chapters.vtt"))
            first = names[:1] if "--sentences" not in options else ["tin-01-kinh-gui-ba-con-xa-an-phu"]
            parts = [f"{name}.wav" for name in first + names[1:]]
            self.assertFalse((self.dir / "tin.wav").exists())
            self.assertEqual(b"".join(map(frames, parts)), frames("whole.wav"))
            lines = self.text("tin.m3u8").splitlines()
            self.assertEqual(lines[0], "#EXTM3U")
            self.assertEqual([line for line in lines if not line.startswith("#")], parts)
            lengths = [float(line.split(":")[1].split(",")[0]) for line in lines if "EXTINF" in line]
            for part, length in zip(parts, lengths):
                self.assertAlmostEqual(self.length(part), length, delta=.001)
            for name in parts:
                (self.dir / name).unlink()
        self.render("--split", outs=("tin.mp3",))
        told = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format_tags=title", "-of",
                               "csv=p=0", str(self.dir / f"{names[1]}.mp3")], capture_output=True)
        self.assertEqual(told.stdout.decode().strip(), "I. Thời gian")

    def test_parts_that_cannot_be(self):
        path = self.write("tin.txt", self.MESSAGE)
        for word, *options in (("--out", "--split"), ("several", "-o", "-", "--split"),
                               ("a.cue", "-o", "a.wav", "-o", "a.cue", "--split"),
                               ("playlist", "-o", "a.wav", "-o", "a.mp3", "--split"),
                               ("playlist", "--out-dir", ".", "-o", "{}.wav", "-o", "{}.mp3", "--split"),
                               ("--out", "--out-dir", ".", "-o", "{}.vtt", "--split")):
            self.check_failure(self.run_program(path, *options), 64, word)
        book = self.write("sach.txt", "".join(f"Chương {n}\n\nÔng đi rồi.\n\n" for n in range(1, 600)))
        result = self.run_program("-q", "-p", "raw", book, "-o", "s.wav", "--split")
        self.check_failure(result, 65, "480")
        self.assertEqual(sorted(p.name for p in self.dir.iterdir()), ["run", "sach.txt", "tin.txt"])

    def test_some_sentences(self):
        path = self.write("tin.txt", self.MESSAGE)
        listed = self.run_program("--list-sentences", path).stdout.decode().splitlines()
        numbers = [int(line.split()[0]) for line in listed]
        self.assertEqual(numbers, list(range(1, len(listed) + 1)))
        self.assertRegex(listed[0], r"^ +1  \S*tin\.txt:1  \d+\.\d s  THÔNG BÁO NGÀY 17/5$")
        def spoken(*options):
            self.render(*options, outs=("a.json",))
            return [s["number"] for s in json.loads(self.text("a.json"))["sentences"]]
        self.assertEqual(spoken(), numbers)
        self.assertEqual(spoken("--sentences", "2-3,5"), [2, 3, 5])
        self.assertEqual(spoken("--sentences", "4-"), numbers[3:])
        self.assertEqual(spoken("--from", "II. Liên hệ"), numbers[4:])
        for word, *options in (("0", "--sentences", "0"), ("99", "--sentences", "99"),
                               ("3 to 2", "--sentences", "3-2"), ("hai", "--sentences", "hai"),
                               ("1,", "--sentences", "1,"), ("không có", "--from", "không có"),
                               ("--from", "--from", "Xin", "--sentences", "1")):
            result = self.run_program(path, "-o", "b.wav", *options)
            self.check_failure(result, 64, word)
            self.assertFalse((self.dir / "b.wav").exists())


if __name__ == "__main__":
    cli.PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
