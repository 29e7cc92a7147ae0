/* The words that lanes speak: records over SOCK_SEQPACKET sockets between this process and the
 * nursery with its workers. A record arrives whole or not at all, also from a worker that dies
 * while it speaks.
 *
 *   us -> worker   JOB: an utterance
 *   worker -> us   TAKEN, then SAMPLES, CUES, PHONEMES in any number, then DONE
 *   nursery -> us  CRASHED: the worker of this lane has died; REFUSED: the engine does not start
 *   us -> nursery  (control socket) one byte: end the worker of that lane
 */
#ifndef WSP_SPEECH_WIRE_H
#define WSP_SPEECH_WIRE_H

#include "reading/script.h"
#include "speech/take.h"

#include <stdbool.h>

enum wsp_record_kind {
    WSP_RECORD_JOB = 1,
    WSP_RECORD_TAKEN,
    WSP_RECORD_SAMPLES,
    WSP_RECORD_CUES,
    WSP_RECORD_PHONEMES,
    WSP_RECORD_DONE,
    WSP_RECORD_CRASHED,
    WSP_RECORD_REFUSED,
};

struct wsp_record {
    uint32_t kind;   /* enum wsp_record_kind */
    uint32_t job;    /* which job it answers; 0 in what the nursery says */
    uint32_t value;  /* TAKEN: rate in Hz; DONE, REFUSED: enum wsp_status; CRASHED: the signal */
    uint32_t length; /* bytes that follow */
};

/* The largest record, in bytes; a socket's send buffer takes two (Linux: 212,992). */
enum { WSP_RECORD_LIMIT = 96 * 1024 };

/* Send a record with `body`. Returns false when the other side is gone. */
bool wsp_wire_send(int fd, struct wsp_record record, const void *body);

/* How long wsp_wire_receive() waits on `fd`; for ever if never called. */
void wsp_wire_set_timeout(int fd, int timeout_ms);

/* Receive one record into `buffer` of WSP_RECORD_LIMIT bytes; its body follows the head there.
 * Returns 1, 0 at the end of the stream, -1 when the time is over. A malformed record counts as the
 * end. */
int wsp_wire_receive(int fd, void *buffer, struct wsp_record *record);

static inline char *wsp_wire_body(void *buffer)
{
    return (char *)buffer + sizeof(struct wsp_record);
}

/* An utterance as the body of a JOB, appended to `out`. */
enum wsp_status wsp_wire_put_utterance(struct wsp_buf *out, const struct wsp_utterance *utterance);

/* And back. Returns WSP_OK, WSP_DATA or WSP_NOMEM. */
enum wsp_status wsp_wire_get_utterance(struct wsp_utterance *utterance, struct wsp_str body);

#endif
