#!/usr/bin/env python3
"""Vietnamese prose of a given size, made from the clauses of samples/, every sentence another.

    prose.py BYTES > text

Clauses are drawn with a fixed seed and joined two to four a sentence, so that the mix of words and
lengths is that of the samples and nothing can be served from a cache.
"""
import pathlib
import random
import re
import sys


def clauses():
    folder = pathlib.Path(__file__).resolve().parent.parent / "samples"
    text = "\n".join(p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.txt")))
    found = re.split(r"[,;:.!?…\n\"“”()]+", text)
    return sorted({c.strip() for c in found if 3 <= len(c.split()) <= 14})


def main():
    size = int(sys.argv[1])
    parts, rng, seen, n = clauses(), random.Random(17), set(), 0
    paragraph = []
    while n < size:
        sentence = ", ".join(rng.sample(parts, rng.choice((1, 2, 2, 3))))
        if sentence in seen:
            continue
        seen.add(sentence)
        paragraph.append(sentence[0].upper() + sentence[1:] + ".")
        n += len(paragraph[-1].encode()) + 1
        if len(paragraph) == 5:
            print(" ".join(paragraph) + "\n")
            paragraph = []
    print(" ".join(paragraph))


if __name__ == "__main__":
    main()
