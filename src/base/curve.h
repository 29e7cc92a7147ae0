/* A curve over frequency, in dB: what an equaliser does, and what a voice wants of one. */
#ifndef WSP_BASE_CURVE_H
#define WSP_BASE_CURVE_H

#include <stddef.h>

struct wsp_point {
    double hz, db;
};

enum { WSP_CURVE_POINTS = 16 };

struct wsp_curve {
    struct wsp_point points[WSP_CURVE_POINTS]; /* Hz rise */
    size_t n;                                  /* 0: flat, 0 dB */
};

/* The curve at `hz`: a straight line in log frequency between two points, level beyond the ends. */
double wsp_curve_db(const struct wsp_curve *curve, double hz);

#endif
