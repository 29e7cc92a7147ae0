/* Captions of sentences on a timeline that is made up here: every spoken word sounds 250 ms. */
#include "testing.h"

#include "base/utf8.h"
#include "timing/captions.h"
#include "timing/timing.h"

#include <stdlib.h>
#include <string.h>

enum { RATE = 1000, WORD = 250 };

struct fixture {
    struct wsp_message message;
    struct wsp_timeline timeline;
    struct wsp_captions captions;
};

/* Captions of the first sentence of `text`; a mark for every word but each `missing`-th (0: all).
 */
static void caption(struct fixture *f, const char *text, size_t missing)
{
    struct wsp_utterance u;
    memset(f, 0, sizeof *f);
    wsp_document_init(&f->message.document);
    wsp_script_init(&f->message.script);
    wsp_captions_init(&f->captions);
    wsp_utterance_init(&u);
    assert_int_equal(wsp_document_read_text(&f->message.document, "t",
                                            (struct wsp_str){text, strlen(text)},
                                            &(struct wsp_input_settings){0}, NULL),
                     WSP_OK);
    assert_int_equal(wsp_script_index(&f->message.script, &f->message.document, NULL, NULL),
                     WSP_OK);
    assert_int_equal(wsp_script_utterance(&f->message.script, 0, &u, NULL), WSP_OK);
    wsp_timeline_init(&f->timeline, RATE);
    f->timeline.words = calloc(u.n_words + 1, sizeof *f->timeline.words);
    for (size_t i = 0; i < u.n_words; i++)
        if (missing == 0 || i % missing > 0)
            f->timeline.words[f->timeline.n_words++] = (struct wsp_timeline_word){
                .word = (uint32_t)i, .begin = (uint32_t)i * WORD, .end = (uint32_t)(i + 1) * WORD};
    struct wsp_timeline_entry entry = {
        .begin = 500, .end = 500 + u.n_words * WORD, .n_words = f->timeline.n_words};
    assert_int_equal(wsp_captions_make(&f->captions, &f->message, &f->timeline, &entry, NULL),
                     WSP_OK);
    wsp_utterance_release(&u);
}

static void release(struct fixture *f)
{
    wsp_captions_release(&f->captions);
    wsp_timeline_release(&f->timeline);
    wsp_script_release(&f->message.script);
    wsp_document_release(&f->message.document);
}

/* What holds for all: lines and lengths within bounds, times in order, nothing left out. */
static void check(const struct fixture *f)
{
    const struct wsp_sentence *sentence = &f->message.script.sentences[0];
    const char *wanted = f->message.document.text.ptr + sentence->begin;
    uint64_t before = 0;
    for (size_t i = 0; i < f->captions.n; i++) {
        const struct wsp_caption *c = &f->captions.items[i];
        size_t lines = 1, begin = c->text_begin;
        assert_true(c->begin >= before && c->end > c->begin);
        before = c->end;
        assert_true(c->n_words == 1 || c->end - c->begin <= (uint64_t)WSP_CAPTION_MS * RATE / 1000);
        for (size_t at = begin; at <= c->text_end; at++) {
            if (at < c->text_end && f->captions.text.ptr[at] != '\n')
                continue;
            struct wsp_str line = {f->captions.text.ptr + begin, at - begin};
            assert_true(c->n_words == 1 || wsp_utf8_count(line) <= WSP_CAPTION_LINE);
            lines += at < c->text_end;
            begin = at + 1;
        }
        assert_true(lines <= 2);
        for (uint32_t at = c->text_begin; at < c->text_end; at++, wanted++) {
            while (*wanted == ' ' && at == c->text_begin)
                wanted++;
            char there = f->captions.text.ptr[at];
            assert_int_equal(there == '\n' ? ' ' : there, *wanted);
        }
    }
    assert_ptr_equal(wanted, f->message.document.text.ptr + sentence->end);
}

static void assert_caption(const struct fixture *f, size_t at, const char *text)
{
    assert_true(at < f->captions.n);
    const struct wsp_caption *c = &f->captions.items[at];
    struct wsp_str there = {f->captions.text.ptr + c->text_begin, c->text_end - c->text_begin};
    if (!wsp_str_is(there, text))
        fail_msg("caption %zu is: %.*s", at, (int)there.len, there.ptr);
}

static void test_pieces(void **state)
{
    (void)state;
    struct fixture f;
    caption(&f, "Họp ngày 17/5 (sáng).", 0);
    check(&f);
    assert_int_equal(f.captions.n, 1);
    assert_caption(&f, 0, "Họp ngày 17/5 (sáng).");
    assert_int_equal(f.captions.items[0].n_words, 4);
    assert_true(f.captions.words[3].at == strlen("Họp ngày 17/5 "));
    assert_int_equal(f.captions.items[0].begin, 500);
    release(&f);

    caption(
        &f,
        "Ủy ban nhân dân xã mời bà con đến nhà văn hóa thôn, mang theo giấy tờ cần thiết để làm "
        "thẻ, và nhớ đi đúng giờ đã hẹn với cán bộ.",
        0);
    check(&f);
    assert_int_equal(f.captions.n, 2);
    assert_caption(&f, 0, "Ủy ban nhân dân xã mời bà\ncon đến nhà văn hóa thôn,");
    release(&f);
}

static void test_any_sentence_holds_the_bounds(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "A.",
        "Trần Văn Nguyễn Hoàng Lê Thị Minh Khai Đặng Phạm Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Trịnh "
        "Đào "
        "Đoàn Lương Trương Lâm Tạ Cao Châu Tôn Hà Phùng Kiều Tô Quách Chu Thái La.",
        "Xem "
        "https://www.example.org/mot-duong-dan-rat-dai/khong-co-cho-nao-de-ngat/cho-vua-mot-dong "
        "ngay.",
        "Số 1.234.567.890.123.456.789 đến 9.876.543.210.987.654.321 là dài, phải không?",
        "“Mời (các) ông/bà & anh/chị <đến> 'họp'”, [lúc] {7h30}!",
        "mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa "
        "mưa "
        "mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa mưa "
        "mưa",
    };
    for (size_t i = 0; i < WSP_LEN(texts); i++)
        for (size_t missing = 0; missing <= 3; missing += 3) {
            struct fixture f;
            print_message("  %s\n", texts[i]);
            caption(&f, texts[i], missing);
            check(&f);
            release(&f);
        }
}

static void test_kinds(void **state)
{
    (void)state;
    assert_non_null(wsp_timing_kind_of("a.vtt"));
    assert_non_null(wsp_timing_kind_of("A.SRT"));
    assert_ptr_not_equal(wsp_timing_kind_of("a.vtt"), wsp_timing_kind_of("a.chapters.vtt"));
    assert_null(wsp_timing_kind_of("a.wav"));
    assert_null(wsp_timing_kind_of(".vtt"));
    assert_null(wsp_timing_kind_of("-"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_any_sentence_holds_the_bounds),
        cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
