/* All captions of the timeline, one after another. */
#ifndef WSP_TIMING_EACHCAPTION_H
#define WSP_TIMING_EACHCAPTION_H

#include "timing/captions.h"
#include "timing/timing.h"

/* Append one caption to `out`; `number` counts from 1. */
typedef void wsp_put_caption(struct wsp_buf *out, const struct wsp_timing *timing,
                             const struct wsp_captions *captions, const struct wsp_caption *caption,
                             size_t number);

/* Write `head`, then every caption by `put`. Returns WSP_OK, WSP_IO or WSP_NOMEM. */
enum wsp_status wsp_each_caption(const struct wsp_timing *timing, struct wsp_str head,
                                 wsp_put_caption *put, const struct wsp_writer *writer,
                                 struct wsp_error *err);

#endif
