/* Times of day: "7h30", "19g45", "7:30", "22h00", "23h00-4h30", "7-11h30". "20g" are grams where
 * something is weighed or taken, and an hour elsewhere, as the South writes it. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/vi_number.h"

#include <string.h>

struct time_of_day {
    struct wsp_str hour, minute, second; /* empty: not written */
    struct wsp_str day;                  /* of the month, likewise: "19h/5" */
    const char *half;                    /* of the day; NULL: not written */
    bool grams;                          /* could be grams: "20g" */
};

static bool takes(struct wsp_str text, size_t at, const char *letters)
{
    return at < text.len && text.ptr[at] && strchr(letters, text.ptr[at]);
}

static bool begins(struct wsp_str text, size_t at, const char *with)
{
    size_t len = strlen(with);
    return at <= text.len && text.len - at >= len && memcmp(text.ptr + at, with, len) == 0;
}

/* A number below 60 of `digits` digits at most; its digits, none when it is not there. */
static struct wsp_str sixtieth_at(struct wsp_str text, size_t at, size_t least)
{
    size_t n = at <= text.len ? wsp_digits_at(text, at) : 0;
    struct wsp_str digits = {text.ptr + at, n};
    bool fits = n >= least && n <= 2 && wsp_digits_value(digits) < 60;
    return fits ? digits : (struct wsp_str){text.ptr, 0};
}

static size_t mark_at(struct wsp_str text, size_t at, const char *const *marks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (begins(text, at, marks[i]))
            return strlen(marks[i]);
    return 0;
}

static const char *const seconds_marks[] = {"giây", "s", "''", "\"", "”", "″"};

/* "30", "30'", "5p", "24p30s" after the hour's letter. Returns its bytes. */
static size_t read_minutes(struct wsp_str text, size_t at, struct time_of_day *time)
{
    static const char *const marks[] = {"phút", "ph", "p", "m", "'", "’", "′"};
    size_t begin = at;
    struct wsp_str minute = sixtieth_at(text, at, 1);
    size_t mark = minute.len > 0 ? mark_at(text, at + minute.len, marks, WSP_LEN(marks)) : 0;
    bool last = at + minute.len == text.len; /* "9h5" */
    if (minute.len == 0 || (minute.len == 1 && mark == 0 && !last))
        return 0;
    time->minute = minute;
    at += minute.len + mark;
    struct wsp_str second = mark > 0 ? sixtieth_at(text, at, 1) : (struct wsp_str){text.ptr, 0};
    if (second.len > 0) {
        time->second = second;
        at += second.len;
        at += mark_at(text, at, seconds_marks, WSP_LEN(seconds_marks));
    }
    return at - begin;
}

/* ":30", ":30:15". */
static size_t read_colons(struct wsp_str text, size_t at, struct time_of_day *time)
{
    time->minute = sixtieth_at(text, at, 2);
    if (time->minute.len == 0)
        return 0;
    if (!takes(text, at + 2, ":"))
        return takes(text, at + 2, "'h") ? 3 : 2; /* "7:30'", "7:30h" */
    time->second = sixtieth_at(text, at + 3, 2);
    return time->second.len > 0 ? 5 : 2;
}

/* What part of the day "AM" or "pm" at `at` makes of `hour`; NULL: it is neither. */
static const char *half_at(struct wsp_str text, size_t at, struct wsp_str hour)
{
    enum { EVENING = 6, NOON = 12 };
    if (begins(text, at, "AM") || begins(text, at, "am"))
        return "sáng";
    if (begins(text, at, "PM") || begins(text, at, "pm"))
        return wsp_digits_value(hour) == NOON     ? "trưa"
               : wsp_digits_value(hour) < EVENING ? "chiều"
                                                  : "tối";
    return NULL;
}

/* Returns the bytes of a time at `begin`, 0: none. */
static size_t read_time(struct wsp_str text, size_t begin, struct time_of_day *time)
{
    size_t at = begin, len = wsp_digits_at(text, at);
    *time = (struct time_of_day){.hour = {text.ptr + at, len}};
    at += len;
    bool hours = (len <= 3 && takes(text, at, "h")) || (len <= 2 && takes(text, at, "H"));
    hours = hours && wsp_digits_at(text, at + 1) == 0; /* "48h" */
    if (len == 0 || !(hours || (len <= 2 && wsp_digits_value(time->hour) <= 24)) ||
        !(takes(text, at, "hHgG:") || half_at(text, at, time->hour)))
        return 0;
    if (!takes(text, at, "hHgG:")) { /* "6am" */
        time->half = half_at(text, at, time->hour);
        return at + 2 - begin;
    }
    bool colon = text.ptr[at] == ':', gram = (text.ptr[at] | 0x20) == 'g';
    at++;
    size_t more = colon ? read_colons(text, at, time) : read_minutes(text, at, time);
    if (more == 0 && (colon || wsp_digits_at(text, at) > 0))
        return 0;
    at += more;
    time->half = half_at(text, at, time->hour);
    at += time->half ? 2 : 0;
    time->grams = gram && time->minute.len == 0;
    return at - begin;
}

/* "/5" behind the time, the day of it: "19h/5". Returns its bytes. */
static size_t read_day(struct wsp_str text, size_t at, struct time_of_day *time)
{
    enum { DAYS = 31, HOURS = 24 };
    size_t len = takes(text, at, "/") ? wsp_digits_at(text, at + 1) : 0;
    struct wsp_str day = {text.ptr + at + 1, len};
    if (len == 0 || len > 2 || wsp_digits_value(day) == 0 || wsp_digits_value(day) > DAYS ||
        wsp_digits_value(time->hour) == HOURS)
        return 0;
    time->day = day;
    return 1 + len;
}

/* "05" is "năm": the zero only fills the place. */
static void say_number(struct wsp_buf *words, struct wsp_str digits)
{
    while (digits.len > 1 && digits.ptr[0] == '0') {
        digits.ptr++;
        digits.len--;
    }
    wsp_vi_cardinal(words, digits);
}

/* `unit`: minutes are said with their unit; not before a word that says it. */
static void say_time(struct wsp_buf *words, const struct time_of_day *time, bool unit)
{
    say_number(words, time->hour);
    wsp_vi_add(words, "giờ");
    bool seconds = wsp_digits_value(time->second) > 0;
    if (time->minute.len > 0 && (wsp_digits_value(time->minute) > 0 || seconds)) {
        say_number(words, time->minute);
        if (unit || time->second.len > 0)
            wsp_vi_add(words, "phút");
    }
    if (seconds) {
        say_number(words, time->second);
        wsp_vi_add(words, "giây");
    }
    if (time->half)
        wsp_vi_add(words, time->half);
    if (time->day.len > 0) {
        wsp_vi_add(words, "ngày");
        say_number(words, time->day);
    }
}

/* Is something weighed, cooked, sold or taken near: "uống 2g", "20g đường", "5g muối/ngày"? */
static bool weighs(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str next = wsp_token_text(reading, at + 1);
    const char *slash = wsp_blank_follows(reading, at) ? memchr(next.ptr, '/', next.len) : NULL;
    bool rate = slash && slash > next.ptr && !(slash[-1] >= '0' && slash[-1] <= '9');
    if (rate)
        return true;
    return wsp_stands_near(
        reading, at, 12, 5,
        "gam gram nặng liều pha muối đường bột thuốc gói hộp kali đạm lân mg kg ml l thịt rau cá "
        "tôm "
        "gạo vàng bạc cân trọng hàm khẩu calo kcal trộn hòa rắc bón phun uống ăn chứa gồm "
        "lượng "
        "viên lít hạt men tỏi gừng nước sữa glucose paracetamol mật giống chất cồn sợi ma túy x lọ "
        "tuýp kem giá protein phân túi bánh trà cà nửa đồ hỗn albumin heroin ketamine sa vật trứng "
        "quả hạt con nhựa giấy len");
}

static bool asks_for_time(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str next = wsp_token_text(reading, at + 1); /* "(8g, 19/5)" */
    size_t day = wsp_digits_at(next, 0);
    bool dated = wsp_str_is(wsp_token_gap(reading, at), ", ") && day > 0 && day <= 2 &&
                 day < next.len && next.ptr[day] == '/';
    return wsp_context_is(reading, at, -1,
                          "lúc từ đến tới vào đầu trước sau hồi sáng trưa chiều "
                          "tối đêm hết") ||
           wsp_context_is(reading, at, 1, "cùng ngày sáng trưa chiều tối hôm hằng hàng thứ") ||
           (at == 0 && wsp_context_is(reading, at, 1, "họp thu khai bắt tập mở đóng")) ||
           (wsp_dash_follows(reading, at) && /* "15g - 22g ngày 10/3" */
            wsp_context_is(reading, at, 2, "cùng ngày sáng trưa chiều tối hôm hằng hàng thứ")) ||
           (at > 0 && wsp_dash_follows(reading, at - 1) &&
            wsp_context_is(reading, at, 1, "cùng ngày sáng trưa chiều tối hôm hằng hàng thứ")) ||
           wsp_stands_before(reading, at, 6, "giờ khung") || /* "giờ cao điểm: 6-9g và 16-20g" */
           wsp_str_is(wsp_token_gap(reading, at), ": ") || dated;
}

/* The hundredths behind the seconds of a race: "\"35". */
static struct wsp_str hundredths_of(struct wsp_str text)
{
    size_t mark = mark_at(text, 0, seconds_marks, WSP_LEN(seconds_marks));
    struct wsp_str digits = {text.ptr + mark, text.len - mark};
    bool right = mark > 0 && wsp_digits_at(digits, 0) == digits.len && digits.len > 0 &&
                 digits.len <= 2; /* "13\"2" */
    return right ? digits : (struct wsp_str){text.ptr, 0};
}

/* "44\"51", and what is behind the minutes of "14'22\"35". */
static bool say_seconds(struct wsp_str text, struct wsp_buf *words)
{
    struct wsp_str seconds = {text.ptr, wsp_digits_at(text, 0)};
    struct wsp_str hundredths =
        hundredths_of((struct wsp_str){text.ptr + seconds.len, text.len - seconds.len});
    if (seconds.len == 0 || seconds.len > 2 || hundredths.len == 0)
        return false;
    say_number(words, seconds);
    wsp_vi_add(words, "giây");
    say_number(words, hundredths);
    return true;
}

/* How long: "3p20s", "3'20\"", "1p", "14'22\"35". */
static bool say_duration(struct wsp_str text, struct wsp_buf *words)
{
    struct wsp_str minutes = {text.ptr, wsp_digits_at(text, 0)};
    size_t at = minutes.len, begin = at;
    while (at < text.len && wsp_digits_at(text, at) == 0)
        at++;
    struct wsp_str sign = {text.ptr + begin, at - begin};
    struct wsp_str seconds = {text.ptr + at, wsp_digits_at(text, at)};
    struct wsp_str rest = {text.ptr + at + seconds.len, text.len - at - seconds.len};
    struct wsp_str after_minutes = {text.ptr + at, text.len - at};
    if (say_seconds(text, words))
        return true;
    bool metric = wsp_str_is(sign, "m") && wsp_str_is(rest, "s"); /* "2m30s" */
    if (minutes.len == 0 || minutes.len > 3 || seconds.len == 0 || seconds.len > 2 ||
        !(metric || wsp_str_is_one_of(sign, "p ph phút ' ’ ′")) ||
        !(rest.len == 0 || hundredths_of(rest).len > 0 ||
          wsp_str_is_one_of(rest, "s '' \" ” ″ giây")))
        return false;
    say_number(words, minutes);
    wsp_vi_add(words, "phút");
    if (say_seconds(after_minutes, words))
        return true;
    if (wsp_digits_value(seconds) > 0) {
        say_number(words, seconds);
        wsp_vi_add(words, "giây");
    }
    return true;
}

/* The time of a race or of a film: "27:45" is no hour of a day, "1:45.30" has hundredths. */
static bool say_race(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    enum { HOURS = 24 };
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_str minutes = sixtieth_at(text, 0, 1);
    struct wsp_str seconds = sixtieth_at(text, minutes.len + 1, 2);
    size_t end = minutes.len + 1 + seconds.len;
    if (minutes.len == 0 || !takes(text, minutes.len, ":") || seconds.len == 0 ||
        wsp_tells_of_score(reading, at))
        return false;
    struct wsp_str hundredths = {text.ptr + end, 0};
    if (takes(text, end, ".,") && wsp_digits_at(text, end + 1) == 2) {
        hundredths = (struct wsp_str){text.ptr + end + 1, 2};
        end += 3;
    }
    bool film = wsp_context_is(reading, at, -1, "dài") && /* "clip dài 3:45" */
                wsp_stands_before(reading, at, 6, "phim clip video bài ca khúc");
    if (end != text.len || (hundredths.len == 0 && !film && wsp_digits_value(minutes) <= HOURS))
        return false;
    say_number(words, minutes);
    wsp_vi_add(words, "phút");
    say_number(words, seconds);
    wsp_vi_add(words, "giây");
    if (hundredths.len > 0)
        say_number(words, hundredths);
    return true;
}

/* The 7 of "7-11h30": both are hours. Returns its bytes, without the dash. */
static size_t read_bare_hour(struct wsp_str text, bool asked, struct time_of_day *time)
{
    enum { HOURS = 24 };
    struct time_of_day to;
    size_t digits = wsp_digits_at(text, 0), dash = wsp_dash_at(text, digits);
    struct wsp_str hour = {text.ptr, digits};
    if (digits == 0 || digits > 2 || dash == 0 || wsp_digits_value(hour) > HOURS)
        return 0;
    size_t second = read_time(text, digits + dash, &to);
    if (second == 0 || digits + dash + second != text.len ||
        (to.minute.len == 0 && !(to.grams && asked)) ||
        wsp_digits_value(hour) >= wsp_digits_value(to.hour) || memchr(text.ptr, ':', text.len))
        return 0;
    *time = (struct time_of_day){.hour = hour};
    return digits;
}

/* The 11 of "7g30-11", at the end. */
static size_t read_last_hour(struct wsp_str text, size_t at, struct time_of_day *time)
{
    enum { HOURS = 24 };
    size_t digits = wsp_digits_at(text, at);
    struct wsp_str hour = {text.ptr + at, digits};
    if (digits == 0 || digits > 2 || at + digits != text.len || wsp_digits_value(hour) > HOURS)
        return 0;
    *time = (struct time_of_day){.hour = hour};
    return digits;
}

/* One time, or two with a dash between. */
static bool say_token(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct time_of_day from, to;
    if (say_duration(text, words))
        return true;
    if (wsp_context_is(reading, at, -1, "lệ") || wsp_context_is(reading, at, -2, "lệ") ||
        (memchr(text.ptr, ':', text.len) && wsp_stands_near(reading, at, 4, 2, "pha loãng trộn")))
        return false; /* "tỷ lệ 1:10", "pha loãng 1:10" */
    if (say_race(reading, at, words))
        return true;
    size_t first = read_time(text, 0, &from);
    if (first == 0)
        first = read_bare_hour(text, asks_for_time(reading, at), &from);
    if (first == 0 || (from.grams && !asks_for_time(reading, at) &&
                       (weighs(reading, at) || memchr(text.ptr, 'G', text.len))))
        return false;
    first += read_day(text, first, &from);
    bool per = takes(text, first, "/"); /* "trực 24h/24h" */
    size_t dash = per ? 1 : wsp_dash_at(text, first);
    size_t second = dash > 0 ? read_time(text, first + dash, &to) : 0;
    if (dash > 0 && second == 0 && !per) /* "7g30-11" */
        second = read_last_hour(text, first + dash, &to);
    if (second > 0)
        second += read_day(text, first + dash + second, &to);
    if (from.day.len > 0 && (second > 0 ? to.day.len == 0 : !asks_for_time(reading, at)))
        return false; /* "trực 12h/24" */
    if (first + dash + second != text.len || (dash > 0 && second == 0))
        return false;
    bool unit = !wsp_context_is(reading, at, 1, "phút");
    say_time(words, &from, unit || second > 0);
    if (second > 0) {
        wsp_vi_add(words, per ? "trên" : "đến");
        say_time(words, &to, unit);
    }
    return true;
}

/* "4:53 PM": what part of the day the token after it says; NULL: it says none. */
static const char *half_of(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    struct wsp_str hour = {text.ptr, wsp_digits_at(text, 0)};
    return next.len == 2 && wsp_blank_follows(reading, at) ? half_at(next, 0, hour) : NULL;
}

/* "7h 30 22/11", "7h 30 ngày 5/6": a blank before the minutes, and a day behind them. */
static bool say_parted_minutes(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str hour = wsp_token_text(reading, at), minute = wsp_token_text(reading, at + 1);
    struct wsp_str day = wsp_token_text(reading, at + 2);
    size_t digits = wsp_digits_at(hour, 0), first = wsp_digits_at(day, 0);
    bool dated = wsp_context_is(reading, at, 2, "ngày") ||
                 (first > 0 && first <= 2 && first < day.len && day.ptr[first] == '/');
    if (digits == 0 || digits > 2 || digits + 1 != hour.len || !takes(hour, digits, "hg") ||
        !wsp_blank_follows(reading, at) || minute.len != 2 || sixtieth_at(minute, 0, 2).len != 2 ||
        !dated || !wsp_blank_follows(reading, at + 1))
        return false;
    struct time_of_day time = {.hour = {hour.ptr, digits}, .minute = minute};
    say_time(words, &time, true);
    return true;
}

/* "lúc 7.30 sáng" */
static bool say_dotted(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    enum { HOURS = 24 };
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = wsp_digits_at(text, 0);
    struct wsp_str hour = {text.ptr, digits}, minute = sixtieth_at(text, digits + 1, 2);
    if (digits == 0 || digits > 2 || !takes(text, digits, ".") || minute.len != 2 ||
        digits + 3 != text.len || wsp_digits_value(hour) > HOURS ||
        !wsp_context_is(reading, at, -1, "lúc từ đến vào hồi") ||
        !wsp_context_is(reading, at, 1, "sáng trưa chiều tối"))
        return false;
    struct time_of_day time = {.hour = hour, .minute = minute};
    say_time(words, &time, true);
    return true;
}

/* "25h61": an hour that there is not, a digit after the other. */
static bool say_no_hour(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t hours = wsp_digits_at(text, 0), minutes = wsp_digits_at(text, hours + 1);
    if (hours == 0 || hours > 2 || hours >= text.len || text.ptr[hours] != 'h' || minutes != 2 ||
        hours + 1 + minutes != text.len)
        return false;
    struct wsp_buf words = WSP_BUF_INIT(256);
    wsp_vi_digits(&words, (struct wsp_str){text.ptr, hours});
    wsp_vi_add(&words, "giờ");
    wsp_vi_digits(&words, (struct wsp_str){text.ptr + hours + 1, minutes});
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_doubt(out, WSP_DOUBT_ABSURD);
    wsp_buf_release(&words);
    return true;
}

/* "8g" where nothing asks for a time: a person should look. */
static bool is_guess(const struct wsp_reading *reading, size_t at)
{
    struct time_of_day time;
    struct wsp_str text = wsp_token_text(reading, at);
    return read_time(text, 0, &time) == text.len && time.grams && !asks_for_time(reading, at);
}

/* "3N2Đ" of a tour: days and nights. */
static bool say_stay(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    static const char night[] = "Đ";
    struct wsp_str text = wsp_token_text(reading, at);
    size_t days = wsp_digits_at(text, 0), nights = wsp_digits_at(text, days + 1);
    if (days == 0 || nights == 0 || text.ptr[days] != 'N' ||
        !begins(text, days + 1 + nights, night) || days + 1 + nights + strlen(night) != text.len)
        return false;
    say_number(words, (struct wsp_str){text.ptr, days});
    wsp_vi_add(words, "ngày");
    say_number(words, (struct wsp_str){text.ptr + days + 1, nights});
    wsp_vi_add(words, "đêm");
    return true;
}

size_t wsp_read_time(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(512), other = WSP_BUF_INIT(512);
    size_t taken = say_parted_minutes(reading, at, &words) ? 2
                   : say_dotted(reading, at, &words)       ? 1
                   : say_stay(reading, at, &words)         ? 1
                                                           : say_token(reading, at, &words);
    const char *half = taken ? half_of(reading, at) : NULL;
    if (half)
        wsp_vi_add(&words, half);
    taken += half != NULL;
    size_t next = at + taken; /* "8:00 AM - 4:30 PM" */
    if (taken && wsp_dash_follows(reading, next - 1) && say_token(reading, next, &other)) {
        const char *other_half = half_of(reading, next);
        wsp_vi_add(&words, "đến");
        wsp_vi_add(&words, other.ptr);
        if (other_half)
            wsp_vi_add(&words, other_half);
        taken += 1 + (other_half != NULL);
    } else if (taken == 1 && wsp_dash_follows(reading, at) &&
               wsp_context_is(reading, at, 2, "giờ") &&
               wsp_digits_at(wsp_token_text(reading, at + 1), 0) > 0) {
        wsp_vi_add(&words, "đến"); /* "8h30 - 9 giờ" */
    }
    if (taken)
        wsp_say_words(reading, at, at + taken, wsp_buf_str(&words), out);
    if (taken && is_guess(reading, at))
        wsp_doubt(out, WSP_DOUBT_UNIT);
    if (!taken)
        taken = say_no_hour(reading, at, out);
    wsp_buf_release(&words);
    wsp_buf_release(&other);
    return taken;
}
