/* The readers, each a file of its own; reader.c has them in order. */
#ifndef WSP_READING_READERS_H
#define WSP_READING_READERS_H

#include "reading/reader.h"

/* What the user's own lexicon says. */
size_t wsp_read_lexicon(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "Привет", "你好": left out */
size_t wsp_read_alphabet(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "0903 218 456", "gọi 113": digit by digit. */
size_t wsp_read_phone(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);
size_t wsp_read_power(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* The brackets of "10 (mười) ngày": silent */
size_t wsp_read_repeated(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "05 học viên", "hồi 07 giờ": without the zero */
size_t wsp_read_padded(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "17/5", "quý IV/2023", "2016-2020" */
size_t wsp_read_date(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "7h30", "23h00-4h30" */
size_t wsp_read_time(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "12/15 xã", "2/5 diện tích", "4x6" */
size_t wsp_read_ratio(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "3.417", "-15°C", "18.500đ/kg", "80 km/h" */
size_t wsp_read_measure(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "Km25+300", "16°03'N" */
size_t wsp_read_place(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "T2-T6", "nghỉ CN" */
size_t wsp_read_weekday(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "29A-123.45" */
size_t wsp_read_plate(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "#AnToanTrenMang" */
size_t wsp_read_hashtag(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "tài liệu[7]": silent */
size_t wsp_read_footnote(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "anh/chị", "HIV/AIDS", "DPT-Hib" */
size_t wsp_read_compound(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* Whatever holds a digit that no other has taken. */
size_t wsp_read_rest(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "Facebook", "New York": known foreign words, for the engine in Vietnamese syllables */
size_t wsp_read_name(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* Say `word` for the bytes `source` as it is written, and give the engine Vietnamese syllables for
 * it: of the lexicon, or by rule, and then it is in doubt. A Vietnamese word is only said. */
void wsp_say_foreign(struct wsp_utterance *out, struct wsp_str word, struct wsp_span source);

/* Unknown ones, by rule */
size_t wsp_read_foreign(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "thế kỷ XIX" */
size_t wsp_read_roman(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "TS. Nguyễn", "P.4" */
size_t wsp_read_abbreviation(const struct wsp_reading *reading, size_t at,
                             struct wsp_utterance *out);

/* "UBND", "ITU", "15/QĐ-UBND", "QL1A" */
size_t wsp_read_acronym(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "www.xa.vn", "tin@xa.vn" */
size_t wsp_read_address(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "&": và */
size_t wsp_read_sign(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "VÀ XÃ HỘI": words in capitals are said as words, not spelt. */
size_t wsp_read_capitals(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* "từ Thanh Hóa – Quảng Trị": the dash says "đến". */
size_t wsp_read_span(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* Anything, as it is written. The last in the table. */
size_t wsp_read_word(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

#endif
