/* What every unit test includes. */
#ifndef WSP_TESTS_TESTING_H
#define WSP_TESTS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Numbers that are within `by` of each other; needs <math.h>. */
#define assert_near(a, b, by)                                        \
    do {                                                             \
        double a_ = (a), b_ = (b), by_ = (by);                       \
        if (!(fabs(a_ - b_) <= by_))                                 \
            fail_msg("%s is %f, not %f within %g", #a, a_, b_, by_); \
    } while (0)

#endif
