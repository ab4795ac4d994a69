/* Asserts layout.tsv and constants.tsv against mingw-w64's headers and mprapi_ext.h. */
#include <stddef.h>

#include <winsock2.h>
#include <windows.h>
#include <mprapi.h>
#include <rtinfo.h>
#include <ipinfoid.h>
#include <mprapi_ext.h>

#include "layout_counts.h"
#include "layout_asserts.h"

const struct layout_counts layout_mingw = {LAYOUT_SIZES, LAYOUT_OFFSETS, LAYOUT_CONSTANTS};
