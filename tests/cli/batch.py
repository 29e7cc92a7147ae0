#!/usr/bin/env python3
"""Many files into a folder, broken off and taken up again.

    batch.py PROGRAM [unittest arguments]
"""
import fcntl
import os
import random
import signal
import subprocess
import sys
import time
import unittest

import cli
from cli import Case


class Batch(Case):
    NAMES = ("một", "hai", "ba")

    def setUp(self):
        super().setUp()
        self.env["SOURCE_DATE_EPOCH"] = "1600000000"
        self.out = self.dir / "out"
        self.files = [self.write(f"{name}.txt", f"Bản tin số {name}.\n\nKính chào bà con xã "
                                 f"An Phú. Hôm nay, ngày {i + 1}/6, trời đẹp.\n")
                      for i, name in enumerate(self.NAMES)]

    def batch(self, *options, status=0):
        result = self.run_program("-q", "-p", "raw", "--out-dir", "out", *self.files, *options)
        self.assertEqual(result.returncode, status, result.stderr)
        return result.stderr.decode()

    def contents(self):
        return {path.name: path.read_bytes() for path in self.out.iterdir()
                if path.name != ".wtisd-speak.journal"}

    def test_what_was_spoken_is_not_spoken_again(self):
        """The store of speech: faster or not, the bytes are the same."""
        cache = self.dir / "kho"
        text = "".join(f"Câu thứ {i} của bản tin hôm nay. " for i in range(1, 41))
        old, new = self.write("cũ.txt", text), self.write("mới.txt", text.replace("thứ 7 ", "bảy "))
        def render(path, *options):
            result = self.run_program("-q", "-p", "raw", path, "-o", "a.wav", *options)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            return (self.dir / "a.wav").read_bytes()
        def size():
            return sum(path.stat().st_size for path in cache.iterdir())
        whole, changed = render(old, "--cache-size", "0"), render(new, "--cache-size", "0")
        self.assertFalse((self.dir / ".cache").exists())
        self.assertNotEqual(whole, changed)
        kho = ("--cache", str(cache))
        self.assertEqual(render(old, *kho), whole)
        full = size()
        self.assertEqual(render(old, *kho), whole)
        self.assertEqual(size(), full, "nothing new was spoken")
        self.assertEqual(render(new, *kho), changed)
        self.assertLess(size() - full, full / 20, "one sentence of forty")
        self.assertEqual(render(old, *kho, "-r", "120%"), render(old, "-r", "120%", "--cache-size", "0"))
        self.assertEqual(render(old, *kho, "-v", "vi-south"),
                         render(old, "-v", "vi-south", "--cache-size", "0"))
        self.assertEqual(cache.stat().st_mode & 0o777, 0o700)
        for path in cache.glob("*.sounds"):
            sounds = bytearray(path.read_bytes())
            for at in range(0, len(sounds), 5000):
                sounds[at] ^= 0xff
            path.write_bytes(sounds)
        self.assertEqual(render(old, *kho), whole)
        result = self.run_program("-p", "raw", old, "-o", "b.wav", "--cache", "/dev/null")
        self.assertEqual(result.returncode, 0)
        self.assertIn("--cache", result.stderr.decode())
        self.assertEqual((self.dir / "b.wav").read_bytes(), whole)
        del self.env["XDG_CACHE_HOME"]
        self.assertEqual(render(old), whole)
        self.assertTrue((self.dir / ".cache" / "wtisd-speak" / "00000001.sounds").exists())

    def test_finished_takes_are_kept_too(self):
        """Shaped takes come from the store: each profile, pause and voice has its own."""
        kho = ("--cache", str(self.dir / "kho"))
        text = "".join(f"Câu thứ {i}, của bản tin hôm nay. " for i in range(1, 21))
        old, new = self.write("cũ.txt", text), self.write("mới.txt", text.replace("thứ 7,", "thứ 7;"))
        def render(path, *options):
            result = self.run_program("-q", path, "-o", "a.wav", "-o", "a.json", *options)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            return (self.dir / "a.wav").read_bytes(), (self.dir / "a.json").read_bytes()
        def size():
            return sum(path.stat().st_size for path in (self.dir / "kho").iterdir())
        ways = [("-p", "listen"), ("-p", "radio"), ("-p", "pa"), ("-p", "pa", "--loudspeaker", "horn"),
                ("-p", "pa", "-v", "vi-south"), ("-p", "raw"), ("-p", "listen", "-r", "150%")]
        alone = {way: render(old, *way, "--cache-size", "0") for way in ways}
        self.assertEqual(len({wav for wav, _ in alone.values()}), len(ways))
        for way in ways * 2:
            self.assertTrue(render(old, *way, *kho) == alone[way], way)
        full = size()
        for way in ways:
            self.assertTrue(render(old, *way, *kho, "-j", "7") == alone[way], way)
        self.assertEqual(size(), full, "nothing new was spoken or shaped")
        self.assertTrue(render(new, *kho) == render(new, "--cache-size", "0"))
        self.assertLess(size() - full, full / 100)

    def test_programs_share_the_store(self):
        cache = self.dir / "kho"
        text = "".join(f"Câu thứ {i} của bản tin. " for i in range(1, 101))
        path = self.write("tin.txt", text)
        self.run_program("-q", "-p", "raw", path, "-o", "whole.wav", "--cache-size", "0")
        whole = (self.dir / "whole.wav").read_bytes()
        for cycle in range(3):
            running = [subprocess.Popen([cli.PROGRAM, "-q", "-p", "raw", path, "-o", f"{i}.wav",
                                         "--cache", str(cache), "--cache-size", "3"],
                                        cwd=self.dir, env=self.env) for i in range(4)]
            time.sleep(random.random() * .3)
            running[0].send_signal(signal.SIGKILL)
            self.assertEqual([run.wait() for run in running][1:], [0, 0, 0])
            for i in range(1, 4):
                self.assertEqual((self.dir / f"{i}.wav").read_bytes(), whole)
            self.assertLessEqual(sum(p.stat().st_size for p in cache.iterdir()), 3_000_000)

    def test_each_file_is_what_it_is_by_itself(self):
        self.batch("-o", "{}.wav", "-o", "{}.phu-de.srt")
        self.assertEqual(sorted(self.contents()),
                         sorted(f"{name}{end}" for name in self.NAMES
                                for end in (".wav", ".phu-de.srt")))
        for path in self.files:
            self.run_program("-q", "-p", "raw", path, "-o", "alone.wav")
            self.assertEqual((self.dir / "alone.wav").read_bytes(),
                             (self.out / f"{path.stem}.wav").read_bytes())

    def made(self):
        return {path.name: path.stat().st_mtime_ns for path in self.out.iterdir()
                if path.suffix == ".wav"}

    def test_only_what_is_missing_or_changed_is_made_again(self):
        self.batch()
        first, whole = self.made(), self.contents()
        self.batch("--resume")
        self.assertEqual(self.made(), first)
        (self.out / "hai.wav").unlink()
        self.batch("--resume")
        self.assertEqual(self.contents(), whole)
        self.assertEqual([name for name in first if self.made()[name] != first[name]], ["hai.wav"])
        first = self.made()
        self.files[2].write_text("Bản tin khác.", encoding="utf-8")
        self.batch("--resume")
        self.assertEqual([name for name in first if self.made()[name] != first[name]], ["ba.wav"])
        first = self.made()
        self.batch("--resume", "--rate", "90%")
        self.assertTrue(all(self.made()[name] != first[name] for name in first))
        first = self.made()
        self.batch("--rate", "90%")
        self.assertTrue(all(self.made()[name] != first[name] for name in first))

    def test_chapters_of_many(self):
        """A folder of documents, each in parts: as they are alone, and none is made twice."""
        book = "Sách {}\n\nI. Mở đầu\n\nCâu đầu tiên của sách này.\n\nII. Kết thúc\n\nCâu cuối cùng.\n"
        self.files = [self.write(f"{name}.txt", book.format(name)) for name in self.NAMES]
        alone = self.dir / "alone"
        alone.mkdir()
        for path in self.files:
            self.run_program("-q", "-p", "raw", "--split", path, "-o", alone / f"{path.stem}.wav")
        whole = {path.name: path.read_bytes() for path in alone.iterdir()}
        self.assertGreater(len(whole), 3 * len(self.files))
        self.batch("--split")
        self.assertEqual(sorted(self.contents()), sorted(whole))
        self.assertTrue(self.contents() == whole)
        first = self.made()
        self.batch("--split", "--resume")
        self.assertEqual(self.made(), first)
        part = sorted(name for name in first if name.startswith("hai-"))[1]
        for damage in ((self.out / part).unlink, (self.out / "hai.m3u8").unlink):
            damage()
            left = self.out / f".{part}.k3mz07"
            left.write_bytes(b"half")
            (self.out / ".hai.m3u8.k3mz07").write_bytes(b"half")
            first = self.made()
            self.batch("--split", "--resume")
            self.assertTrue(self.contents() == whole)
            self.assertTrue(all((self.made()[name] != first.get(name)) == name.startswith("hai-")
                                for name in self.made()))

    def test_another_chime_is_noticed(self):
        """What counts is the sound in the file, not its name."""
        for option in ("--chime", "--chime-after"):
            for word in ("Một.", "Hai ba bốn."):
                sound = self.run_program("-q", "-p", "raw", "-t", word, "-o", "chuông.wav")
                self.assertEqual(sound.returncode, 0)
                chime = (option, "chuông.wav", "--resume")
                first = self.made() if self.out.exists() else {}
                self.batch(*chime)
                second = self.made()
                self.assertTrue(all(second[name] != first.get(name) for name in second), option)
                self.batch(*chime)
                self.assertEqual(self.made(), second)

    def test_killed_at_any_moment_and_run_again(self):
        self.batch()
        whole = self.contents()
        chance = random.Random(17)
        self.env["XDG_CACHE_HOME"] = str(self.dir / "kho")
        for _ in range(50):
            for path in self.out.iterdir():
                path.unlink()
            began = time.monotonic()
            process = subprocess.Popen(
                [cli.PROGRAM, "-q", "-p", "raw", "--out-dir", "out", *map(str, self.files)],
                cwd=self.dir, env=self.env, start_new_session=True)
            time.sleep(chance.uniform(0, .4))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.batch("--resume")
            self.assertEqual(self.contents(), whole, time.monotonic() - began)

    def test_a_damaged_journal_costs_only_the_work(self):
        self.batch()
        whole = self.contents()
        journal = self.out / ".wtisd-speak.journal"
        good = journal.read_bytes()
        for bad in (b"", b"wtisd-speak journal 99\nxyz\n", good[:-5], b"\0" * 100,
                    good.replace(b" ", b"\0", 2), good + b"0000000000000000 1 ../x\n"):
            journal.write_bytes(bad)
            self.batch("--resume")
            self.assertEqual(self.contents(), whole)
            self.assertTrue(journal.read_bytes().startswith(b"wtisd-speak journal 1\n"))
            first = self.made()
            self.batch("--resume")
            self.assertEqual(self.made(), first)

    def test_one_run_at_a_time(self):
        self.batch()
        with open(self.out / ".wtisd-speak.journal", "rb") as journal:
            fcntl.flock(journal, fcntl.LOCK_EX)
            self.assertIn("'out'", self.batch(status=75))
        self.batch()

    def test_gnu_parallel(self):
        self.batch()
        whole = self.contents()
        (self.dir / "p").mkdir()
        for _ in range(2): # the second time it finds everything there
            subprocess.run(
                ["parallel", "--will-cite", "-j", "3", "--retries", "3", "--joblog", "log",
                 cli.PROGRAM + " -q -j 1 -p raw {} -o p/{/.}.wav", ":::", *map(str, self.files)],
                cwd=self.dir, env=self.env, check=True, capture_output=True)
            self.assertEqual({path.name: path.read_bytes() for path in (self.dir / "p").iterdir()},
                             whole)

    def test_bad_input(self):
        other = self.dir / "khác"
        other.mkdir()
        (other / "một.txt").write_text("Xin chào.", encoding="utf-8")
        clash = self.run_program("--out-dir", "out", *self.files, "khác/một.txt")
        self.check_failure(clash, 64, "out/một.wav")
        for options in (["-o", "a.wav"], ["-o", "{}.xyz"], ["-o", "x/{}.wav"], ["-t", "A"],
                        ["--emit", "spoken"], ["--check"]):
            self.check_failure(self.run_program("--out-dir", "out", *self.files, *options), 64)
        self.check_failure(self.run_program("--resume", "-o", "a.wav", *self.files), 64, "--out-dir")
        self.assertFalse(self.out.exists())
        self.write("out", "a file")
        self.check_failure(self.run_program("--out-dir", "out", *self.files), 73, "out")
        (self.dir / "out").unlink()
        self.files.insert(1, self.dir / "thiếu.txt")
        self.assertIn("thiếu.txt", self.batch(status=66))
        self.assertEqual(sorted(self.contents()), sorted(f"{name}.wav" for name in self.NAMES))


if __name__ == "__main__":
    cli.PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
