#include "base/curve.h"

#include <math.h>

double wsp_curve_db(const struct wsp_curve *curve, double hz)
{
    const struct wsp_point *points = curve->points;
    if (curve->n == 0)
        return 0;
    if (hz <= points[0].hz)
        return points[0].db;
    for (size_t i = 1; i < curve->n; i++)
        if (hz <= points[i].hz) {
            double part = log(hz / points[i - 1].hz) / log(points[i].hz / points[i - 1].hz);
            return points[i - 1].db + part * (points[i].db - points[i - 1].db);
        }
    return points[curve->n - 1].db;
}
