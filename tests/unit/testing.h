/* What every unit test includes. */
#ifndef WSP_TESTS_TESTING_H
#define WSP_TESTS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
