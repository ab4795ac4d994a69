/* cmocka wants these before it. */
#ifndef MPR_TESTS_SIM_CMOCKA_ALL_H
#define MPR_TESTS_SIM_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#endif
