#!/usr/bin/env python3
"""What can be counted through is counted through: every integer below ten thousand and a stride to
10^18, every hundredth up to a hundred, every day of a leap year in every form of a date, every minute
of a day in every form of a time. Each stands in a sentence of its own, goes the whole way through the
program, and is to be said as a northern and as a southern announcer would.

What is wanted is made in another way than the program makes it: a number is spelt out place by place,
zeros and all, and then rewritten until it is what people say.

    systematic.py PROGRAM [unittest arguments]
"""
import functools
import os
import re
import sys
import unittest

import cli
from cli import Case

# ---- what is wanted ----------------------------------------------------------------------

DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
PLACES = " ", " mươi ", " trăm "
SCALES = "|", " nghìn|", " triệu|", "|tỷ|", " nghìn|", " triệu|", "|tỷ|"

# In this order. A bar ends three places; "tỷ" stands alone, for it is said of nothing below it too.
RULES = [(re.compile(pattern), into) for pattern, into in (
    (r"không trăm không mươi không( nghìn| triệu)?\|", ""),
    (r"^(không trăm )?(không mươi )?", ""),
    (r" không mươi không", ""),
    (r"không mươi", "linh"),
    (r"một mươi", "mười"),
    (r"(mươi|mười) không", r"\1"),
    (r"mươi một", "mươi mốt"),
    (r"mươi bốn", "mươi tư"),
    (r"(mươi|mười) năm", r"\1 lăm"),
    (r"\|+", " "),
)]
SOUTH = re.compile(r"mươi tư|nghìn|linh")
SOUTHERN = {"mươi tư": "mươi bốn", "nghìn": "ngàn", "linh": "lẻ"}


@functools.cache
def cardinal(number):
    """1005, by way of "không trăm không mươi một nghìn|không trăm không mươi năm|"."""
    if number == 0:
        return "không"
    digits = str(number)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    words = ""
    for digit, left in zip(digits, range(len(digits) - 1, -1, -1)):
        words += DIGITS[int(digit)] + (PLACES[left % 3] if left % 3 else SCALES[left // 3])
    for pattern, into in RULES:
        words = pattern.sub(into, words)
    return words.strip()


def southern(words):
    return SOUTH.sub(lambda found: SOUTHERN[found.group()], words)


def decimals(digits):
    """Two are a number, unless a zero leads them."""
    if len(digits) == 2 and digits[0] != "0":
        return cardinal(int(digits))
    return " ".join(DIGITS[int(digit)] for digit in digits)


def month(number):
    return "tháng tư" if number == 4 else f"tháng {cardinal(number)}"


def quarter(number):
    return "quý tư" if number == 4 else f"quý {cardinal(number)}"


def day(d, m):
    return f"{cardinal(d)} {month(m)}"


def clock(h, m):
    return f"{cardinal(h)} giờ" + (f" {cardinal(m)} phút" if m else "")


# ---- what is written ---------------------------------------------------------------------

def grouped(number, separator):
    return f"{number:,}".replace(",", separator)


def stride():
    """A hundred or so of every length, the powers of ten and what is next to them."""
    number = 10000
    while number < 10**18:
        yield number
        number += number // 97 + 1
    for power in range(4, 19):
        yield from (10**power - 1, 10**power, 10**power + 1, 5 * (10**power + 1), 10**power // 4)


def integers():
    for n in range(10000):
        said = cardinal(n)
        yield f"Có {n} người.", f"Có {said} người."
        yield f"Tổng số là {n}.", f"Tổng số là {said}."
        yield f"Mức {n}% là thấp.", f"Mức {said} phần trăm là thấp."
        yield f"Trời lạnh xuống -{n} độ.", f"Trời lạnh xuống âm {said} độ."
        if n >= 1000:
            for separator in ". ":
                yield f"Có {grouped(n, separator)} người.", f"Có {said} người."
            yield f"Lãi là -{grouped(n, '.')} đồng.", f"Lãi là âm {said} đồng."


def large_integers():
    for n in stride():
        said = cardinal(n)
        for written in (str(n), grouped(n, "."), grouped(n, " "), grouped(n, "\u00a0")):
            yield f"Có {written} người.", f"Có {said} người."
        if n >= 10**6:
            yield f"Có {grouped(n, ',')} người.", f"Có {said} người."
        yield f"Lãi là -{grouped(n, '.')} đồng.", f"Lãi là âm {said} đồng."
        yield f"Dài {grouped(n, '.')},25 mét.", f"Dài {said} phẩy hai mươi lăm mét."


def hundredths():
    for n in range(10000):
        whole, rest = n // 100, f"{n % 100:02}"
        said = f"{cardinal(whole)} phẩy {decimals(rest)}"
        yield f"Dài {whole},{rest} mét.", f"Dài {said} mét."
        yield f"Dài {whole}.{rest} mét.", f"Dài {said} mét."
        yield f"Lãi là {whole},{rest}%.", f"Lãi là {said} phần trăm."
        yield f"Lãi là -{whole},{rest}%.", f"Lãi là âm {said} phần trăm."
        if n % 10 == 0:
            tenth = f"{cardinal(whole)} phẩy {decimals(rest[0])}"
            yield f"Nặng {whole},{rest[0]} tấn.", f"Nặng {tenth} tấn."
            yield f"Tăng {whole},{rest[0]} %.", f"Tăng {tenth} phần trăm."


YEAR, SHORT = 2024, 28
MONTH_DAYS = 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
DASHES = "-", "–", " - ", " – "


def dash(turn):
    """One after the other."""
    return DASHES[turn % len(DASHES)]


def days():
    year = f"năm {cardinal(YEAR)}"
    for m, last in enumerate(MONTH_DAYS, 1):
        for d in range(1, last + 1):
            said = day(d, m)
            for form in ("{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}-{m:02}-{y}",
                         "{d}.{m}.{y}", "{d:02}.{m:02}.{y}", "{d:02}/{m}/{y}", "{d} tháng {m} năm {y}",
                         "{d:02} tháng {m:02} năm {y}", "{y}-{m:02}-{d:02}", "{d}/{m}/ {y}"):
                written = form.format(d=d, m=m, y=YEAR)
                yield f"Họp ngày {written}", f"Họp ngày {said} {year}"
                yield f"Họp {written}, tại xã.", f"Họp {said} {year}, tại xã."
            short = f"{said} năm {cardinal(SHORT)}"
            for form in ("{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}"):
                written = form.format(d=d, m=m, y=SHORT)
                yield f"Họp ngày {written}", f"Họp ngày {short}"
                yield f"Họp sáng {written}, tại xã.", f"Họp sáng {short}, tại xã."
            for form in ("{d}/{m}/{y}", "{d:02}/{m:02}/{y}"):
                written = form.format(d=d, m=m, y=SHORT)
                yield f"Họp {written}.", f"Họp {short}."
                yield f"Mở cửa {written}-31/12/{SHORT}.", \
                    f"Mở cửa {short} đến {day(31, 12)} năm {cardinal(SHORT)}."
            for form in ("{d}/{m}", "{d:02}/{m:02}", "{d}-{m}", "{d}.{m}", "{d} tháng {m}"):
                yield f"Họp ngày {form.format(d=d, m=m)}", f"Họp ngày {said}"
            for part in ("sáng", "trưa", "chiều", "tối", "đêm"):
                for form in ("{d}/{m}", "{d}-{m}"):
                    yield f"Họp {part} {form.format(d=d, m=m)}.", f"Họp {part} {said}."
            yield f"Kể từ {d}/{m}, xã họp.", f"Kể từ {said}, xã họp."
            yield f"Họp từ {d}/{m}-31/12", f"Họp từ {said} đến {day(31, 12)}"
            yield f"Họp {d}/{m}/{YEAR}-2/3/2025.", \
                f"Họp {said} {year} đến {day(2, 3)} năm {cardinal(2025)}."
            yield f"Họp từ {d}/{m} đến 31/12.", f"Họp từ {said} đến {day(31, 12)}."


def spans_of_days():
    for m, last in enumerate(MONTH_DAYS, 1):
        for d in range(1, last):
            for end in range(d + 1, last + 1):
                said = f"{cardinal(d)} đến {day(end, m)}"
                yield f"Họp ngày {d}{dash(d + end)}{end}/{m}.", f"Họp ngày {said}."
                yield f"Họp từ {d}-{end}/{m}.", f"Họp từ {said}."
                for year in (YEAR, SHORT):
                    yield f"Mở cửa {d}–{end}/{m}/{year}.", f"Mở cửa {said} năm {cardinal(year)}."


def months_and_quarters():
    for y in range(1950, 2060):
        said = f"năm {cardinal(y)}"
        for m in range(1, 13):
            yield f"Xây xong {m}/{y}.", f"Xây xong {month(m)} {said}."
            for form in ("{m}/{y}", "{m:02}/{y}", "{m}-{y}", "{m}.{y}", "{m} năm {y}"):
                yield f"Vào tháng {form.format(m=m, y=y)}.", f"Vào {month(m)} {said}."
            for end in range(m + 1, 13):
                yield f"Thu {m}-{end}/{y}.", f"Thu {month(m)} đến {month(end)} {said}."
        for q, roman in enumerate(("I", "II", "III", "IV"), 1):
            for written in (q, roman):
                for form in ("{q}/{y}", "{q}-{y}", "{q} năm {y}"):
                    yield f"Thu quý {form.format(q=written, y=y)} tăng.", \
                        f"Thu {quarter(q)} {said} tăng."
            yield f"Thu Q{q}/{y} tăng.", f"Thu {quarter(q)} {said} tăng."


def spans_of_years():
    for y in range(1800, 2100, 10):
        for end in range(y + 1, 2100, 7):
            for between in DASHES:
                yield f"Giai đoạn {y}{between}{end}.", f"Giai đoạn {cardinal(y)} đến {cardinal(end)}."
            yield f"Quy hoạch {y}–{end} đã xong.", \
                f"Quy hoạch {cardinal(y)} đến {cardinal(end)} đã xong."


def minutes():
    for h in range(24):
        for m in range(60):
            said = clock(h, m)
            for form in ("{h}h{m:02}", "{h:02}h{m:02}", "{h}g{m:02}", "{h}H{m:02}", "{h}:{m:02}",
                         "{h:02}:{m:02}", "{h}h{m:02}'", "{h}h{m:02}’", "{h}h{m:02}p", "{h}g{m:02}'",
                         "{h}h{m:02}phút", "{h}h{m:02} phút"):
                if form.endswith(" phút") and m == 0:
                    continue
                yield f"Lúc {form.format(h=h, m=m)}.", f"Lúc {said}."
            yield f"Lúc {h} giờ {m:02}.", f"Lúc {cardinal(h)} giờ" + (f" {cardinal(m)}." if m else ".")
            yield f"Lúc {h} giờ {m} phút.", f"Lúc {cardinal(h)} giờ {cardinal(m)} phút."
            yield f"Họp lúc {h}h{m:02} ngày 4/5.", f"Họp lúc {said} ngày {day(4, 5)}."
            yield f"Họp {h:02}:{m:02}, xã An Phú.", f"Họp {said}, xã An Phú."
            later = (h * 60 + m + 45) % 1440
            end = later // 60, later % 60
            for turn, form in enumerate(("{}h{:02}", "{:02}h{:02}", "{}g{:02}", "{}:{:02}",
                                         "{:02}:{:02}", "{}h{:02}'")):
                first, second = form.format(h, m), form.format(*end)
                yield f"Họp {first}{dash(m + turn)}{second}.", f"Họp {said} đến {clock(*end)}."
                yield f"Họp từ {first} đến {second}.", f"Họp từ {said} đến {clock(*end)}."


def hours():
    for h in range(25):
        yield f"Họp lúc {h}h.", f"Họp lúc {cardinal(h)} giờ."
        yield f"Họp lúc {h}g sáng.", f"Họp lúc {cardinal(h)} giờ sáng."
        yield f"Họp lúc {h:02} giờ.", f"Họp lúc {cardinal(h)} giờ."
        for end in range(25):
            said = f"Họp {cardinal(h)} giờ đến {cardinal(end)} giờ."
            for between in DASHES:
                yield f"Họp {h}h{between}{end}h.", said
            if h < end:
                yield f"Họp {h}-{end}h.", f"Họp {cardinal(h)} đến {cardinal(end)} giờ."


class Systematic(Case):
    SHOWN = 20 # of the wrong ones
    REGIONS = ("north", str), ("south", southern)

    def check(self, cases):
        cases = list(cases)
        self.assertGreater(len(cases), 2000)
        text = "".join(f"{written}\n" for written, _ in cases).encode()
        for region, as_there in self.REGIONS:
            result = self.run_program("--emit", "spoken-lines", "--region", region, stdin=text)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            lines = result.stdout.decode().splitlines()
            self.assertEqual(len(lines), len(cases))
            wrong = [f"{written}\n  said:   {said}\n  wanted: {wanted}" for written, said, wanted
                     in zip((w for w, _ in cases), lines, (as_there(w) for _, w in cases))
                     if said != wanted]
            what = self.id().rpartition(".test_")[2].replace("_", " ")
            print(f"  {what}, {region}: {len(cases)} groups, {len(wrong)} wrong") # for bench/reading
            if wrong:
                self.fail("\n".join((f"{len(wrong)} of {len(cases)} are wrong in the {region}",
                                     *wrong[:self.SHOWN])))

    def test_integers(self):
        self.check(integers())

    def test_large_integers(self):
        self.check(large_integers())

    def test_hundredths(self):
        self.check(hundredths())

    def test_days(self):
        self.check(days())

    def test_spans_of_days(self):
        self.check(spans_of_days())

    def test_months_and_quarters(self):
        self.check(months_and_quarters())

    def test_spans_of_years(self):
        self.check(spans_of_years())

    def test_minutes(self):
        self.check(minutes())

    def test_hours(self):
        self.check(hours())


if __name__ == "__main__":
    cli.PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
