#include "speech/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

bool wsp_wire_send(int fd, struct wsp_record record, const void *body)
{
    struct iovec parts[2] = {
        {.iov_base = &record, .iov_len = sizeof record},
        {.iov_base = (void *)(uintptr_t)body, .iov_len = record.length},
    };
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = record.length > 0 ? 2 : 1};
    ssize_t sent;
    do
        sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)(sizeof record + record.length);
}

void wsp_wire_set_timeout(int fd, int timeout_ms)
{
    struct timeval limit = {.tv_sec = timeout_ms / 1000, .tv_usec = timeout_ms % 1000 * 1000L};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

int wsp_wire_receive(int fd, void *buffer, struct wsp_record *record)
{
    ssize_t got;
    do
        got = recv(fd, buffer, WSP_RECORD_LIMIT, 0);
    while (got < 0 && errno == EINTR);
    if (got < 0 && errno == EAGAIN)
        return -1;
    if (got < (ssize_t)sizeof *record)
        return 0;
    memcpy(record, buffer, sizeof *record);
    return record->length == (size_t)got - sizeof *record ? 1 : 0;
}

struct utterance_head {
    uint32_t number, pause_ms, mood, language, n_words, spoken_len, engine_len;
};

enum wsp_status wsp_wire_put_utterance(struct wsp_buf *out, const struct wsp_utterance *utterance)
{
    struct utterance_head head = {
        .number = utterance->number,
        .pause_ms = utterance->pause_ms,
        .mood = utterance->mood,
        .language = utterance->language,
        .n_words = (uint32_t)utterance->n_words,
        .spoken_len = (uint32_t)utterance->spoken.len,
        .engine_len = (uint32_t)utterance->engine.len,
    };
    wsp_buf_add(out, (const char *)&head, sizeof head);
    wsp_buf_add(out, (const char *)utterance->words, utterance->n_words * sizeof *utterance->words);
    wsp_buf_add_str(out, wsp_buf_str(&utterance->spoken));
    wsp_buf_add_str(out, wsp_buf_str(&utterance->engine));
    return out->status;
}

/* Words must lie inside their texts: what reads them does not look again. */
static bool words_are_sound(const struct wsp_utterance *utterance)
{
    for (size_t i = 0; i < utterance->n_words; i++) {
        const struct wsp_word *word = &utterance->words[i];
        if (word->spoken_begin > word->spoken_end || word->spoken_end > utterance->spoken.len ||
            word->engine_begin > word->engine_end || word->engine_end > utterance->engine.len)
            return false;
    }
    return true;
}

enum wsp_status wsp_wire_get_utterance(struct wsp_utterance *utterance, struct wsp_str body)
{
    struct utterance_head head;
    if (body.len < sizeof head)
        return WSP_DATA;
    memcpy(&head, body.ptr, sizeof head);
    size_t words_len = (size_t)head.n_words * sizeof(struct wsp_word);
    if (head.n_words > WSP_UTTERANCE_WORDS || head.language >= WSP_N_LANGUAGES ||
        body.len != sizeof head + words_len + (size_t)head.spoken_len + head.engine_len)
        return WSP_DATA;

    utterance->number = head.number;
    utterance->pause_ms = head.pause_ms;
    utterance->mood = (uint8_t)head.mood;
    utterance->language = (uint8_t)head.language;
    utterance->n_words = 0;
    while (utterance->n_words < head.n_words) {
        if (wsp_grow(&utterance->words, &utterance->cap_words, utterance->n_words,
                     sizeof *utterance->words))
            return WSP_NOMEM;
        memcpy(&utterance->words[utterance->n_words],
               body.ptr + sizeof head + utterance->n_words * sizeof(struct wsp_word),
               sizeof(struct wsp_word));
        utterance->n_words++;
    }
    wsp_buf_clear(&utterance->spoken);
    wsp_buf_add(&utterance->spoken, body.ptr + sizeof head + words_len, head.spoken_len);
    wsp_buf_clear(&utterance->engine);
    wsp_buf_add(&utterance->engine, body.ptr + sizeof head + words_len + head.spoken_len,
                head.engine_len);
    if (utterance->spoken.status || utterance->engine.status)
        return WSP_NOMEM;
    return words_are_sound(utterance) ? WSP_OK : WSP_DATA;
}
