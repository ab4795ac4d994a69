/* Precompiled for programs that see all of the SDK: most tests, the examples, the benchmarks. COM's
 * macro is taken back, since some tests include headers of the core before Windows'. */
#include <winsock2.h>
#include <windows.h>

#include <mprapi.h>

#undef interface
