#include "studio/slot.h"

#include <math.h>

static double within(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

double wsp_slot_rate(const struct wsp_slot_measure *measure, double own_wpm, double seconds)
{
    double spoken = measure->speech + measure->pauses;
    double share = spoken > 0 ? measure->speech / spoken : 1;
    double wanted = fmax((seconds - measure->rest) * share, 1e-3);
    return within(measure->rate_wpm * measure->speech / wanted, own_wpm * WSP_SLOT_RATE_MIN,
                  own_wpm * WSP_SLOT_RATE_MAX);
}

bool wsp_slot_stretch(const struct wsp_slot_measure *measure, double seconds, double *stretch)
{
    static const double close_enough = 1e-3; /* seconds: a message without pauses */
    double left = seconds - measure->rest - measure->speech;
    if (measure->pauses <= 0) {
        *stretch = 1;
        return fabs(left) < close_enough;
    }
    double exact = left / measure->pauses;
    *stretch = within(exact, WSP_SLOT_PAUSE_MIN, WSP_SLOT_PAUSE_MAX);
    return *stretch == exact;
}

void wsp_slot_bounds(const struct wsp_slot_measure *measure, double own_wpm, double *least,
                     double *most)
{
    double words = measure->speech * measure->rate_wpm / own_wpm; /* seconds at its own rate */
    *least = measure->rest + words / WSP_SLOT_RATE_MAX + measure->pauses * WSP_SLOT_PAUSE_MIN;
    *most = measure->rest + words / WSP_SLOT_RATE_MIN + measure->pauses * WSP_SLOT_PAUSE_MAX;
}
