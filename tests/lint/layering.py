#!/usr/bin/env python3
"""Does every room keep to its line of the floor plan?

Reads the wsp_room() lines of src/CMakeLists.txt and the sources. Fails when a file includes a room
that its own does not list, when an outside library is met at another door than its own, and when
something below `app` and `console` prints, exits or reads the environment. With --self-test it breaks each rule
in a copy and must find it.
"""
import pathlib
import re
import sys
import tempfile
import shutil

DOORS = {  # header of an outside library: the files that may know it
    r"expat\.h": {"reading/pls.c"},
    r"cairo": {"app/plot.c", "console/large.c"},
    r"jansson\.h": {"timing/json.c", "app/summary.c", "console/told.h"},
    r"systemd/": {"console/mpris.c"},
    r"espeak-ng/": {"speech/espeak.c"},
    r"portaudio\.h": {"output/stream.h"},
    r"sndfile\.h": {"output/soundfile.c", "output/soundread.c"},
    r"FLAC/": {"output/flacfile.c"},
    r"md5\.h": {"output/flacfile.c"},
    r"opus\.h": {"output/opusfile.c"},
    r"ogg/": {"output/ogg.c", "output/opusfile.c"},
    r"soxr\.h": {"audio/resample.c"},
    r"utf8proc\.h": {"base/utf8.c"},
}
FORBIDDEN_BELOW_APP = re.compile(
    r"(?<![\w.>])(exit|printf|puts|putchar|perror|getenv|setenv|abort)\s*\(")
ALLOWED = {  # (file, function): why
    ("output/player.c", "setenv"): "a helper process sets its own environment for ALSA and JACK",
}


def floor_plan(src):
    text = (src / "CMakeLists.txt").read_text(encoding="utf-8")
    plan = {}
    for name, body in re.findall(r"^wsp_room\((\w+)(.*?)\)$", text, re.M | re.S):
        uses = re.search(r"\bUSES\s+([\w ]+)", body)
        plan[name] = set(uses.group(1).split()) if uses else set()
    return plan


def without_comments_and_strings(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\])*\"", " ", text, flags=re.S)


def faults_of(src, path, plan):
    name = path.relative_to(src).as_posix()
    room = name.split("/")[0]
    text = path.read_text(encoding="utf-8")
    for other in re.findall(r'^#include "(\w+)/', text, re.M):
        if other not in plan:
            yield f"{name}: there is no room '{other}'"
        elif other != room and other not in plan[room]:
            yield f"{name}: '{room}' does not list '{other}'"
    for header, doors in DOORS.items():
        if re.search(rf"^#include <{header}", text, re.M) and name not in doors:
            yield f"{name}: {header} has its door in {', '.join(sorted(doors))}"
    if room not in ("app", "console"):
        for function in FORBIDDEN_BELOW_APP.findall(without_comments_and_strings(text)):
            if (name, function) not in ALLOWED:
                yield f"{name}: calls {function}(), which only 'app' and 'console' may"


def check(src):
    plan = floor_plan(src)
    if len(plan) < 8:
        return [f"the floor plan has {len(plan)} rooms: is src/CMakeLists.txt still read right?"]
    files = sorted(p for p in src.rglob("*.[ch]"))
    return [fault for p in files for fault in faults_of(src, p, plan)]


def self_test(src):
    breaks = {
        "base/buf.c": '#include "app/run.h"\n',
        "input/document.h": '#include "speech/pool.h"\n',
        "audio/trim.c": "#include <sndfile.h>\n",
        "reading/syllable.c": 'void f(void) { printf("x"); }\n',
    }
    missed = []
    for name, line in breaks.items():
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "src"
            shutil.copytree(src, copy)
            with open(copy / name, "a", encoding="utf-8") as f:
                f.write(line)
            if not check(copy):
                missed.append(f"self-test: {line.strip()} in {name} was not found")
    return missed


def main():
    src = pathlib.Path(sys.argv[1])
    faults = check(src)
    if not faults:
        faults = self_test(src)
    print("\n".join(faults) if faults else "every room keeps to its line")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
