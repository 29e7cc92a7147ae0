/* The writers of the kinds of files; for the table in timing.c only. */
#ifndef WSP_TIMING_KINDS_H
#define WSP_TIMING_KINDS_H

#include "timing/timing.h"

/* WebVTT (W3C): cues with the time of every word. */
enum wsp_status wsp_write_vtt(const struct wsp_timing *timing, const struct wsp_writer *writer,
                              struct wsp_error *err);

/* SubRip. */
enum wsp_status wsp_write_srt(const struct wsp_timing *timing, const struct wsp_writer *writer,
                              struct wsp_error *err);

/* LRC, for players that show lyrics. */
enum wsp_status wsp_write_lrc(const struct wsp_timing *timing, const struct wsp_writer *writer,
                              struct wsp_error *err);

/* Chapters as WebVTT. */
enum wsp_status wsp_write_chapters(const struct wsp_timing *timing, const struct wsp_writer *writer,
                                   struct wsp_error *err);

/* Chapters as a CUE sheet. */
enum wsp_status wsp_write_cuesheet(const struct wsp_timing *timing, const struct wsp_writer *writer,
                                   struct wsp_error *err);

#endif
