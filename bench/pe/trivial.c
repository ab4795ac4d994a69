/* The smallest of programs: signals an inherited event and ends.
 *
 * usage: bench_trivial EVENT
 */
#include <stdlib.h>
#include <windows.h>

int main(int argc, char **argv)
{
    return argc == 2 && SetEvent((HANDLE)(ULONG_PTR)strtoull(argv[1], NULL, 10)) ? 0 : 1;
}
