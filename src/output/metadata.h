/* What files say about themselves. Every kind of file has its own way of saying it. */
#ifndef WSP_OUTPUT_METADATA_H
#define WSP_OUTPUT_METADATA_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#define WSP_METADATA_TITLE_BYTES 512
#define WSP_METADATA_NAME_BYTES 256

/* UTF-8, terminated; "" where nothing is known. */
struct wsp_metadata {
    bool broadcast; /* radio stations want what they know: bext and cart, with the time of day */
    char title[WSP_METADATA_TITLE_BYTES];
    char originator[WSP_METADATA_NAME_BYTES]; /* who broadcasts it */
    char cut_id[WSP_METADATA_NAME_BYTES];     /* its number in the station's automation */
    char voice[WSP_METADATA_NAME_BYTES];      /* who speaks */
    char program[WSP_METADATA_NAME_BYTES];    /* "wtisd-speak" */
    char version[WSP_METADATA_NAME_BYTES];    /* "0.3.0" */
    struct tm made;                           /* local time, or UTC where it is set from outside */
    struct tm start;                          /* from when on it may be aired, likewise */
};

/* What was measured of the finished sound. */
struct wsp_measures {
    bool levelled; /* the loudnesses are there */
    double integrated_lufs, range_lu, momentary_lufs, short_term_lufs, true_peak_dbtp;
};

#endif
