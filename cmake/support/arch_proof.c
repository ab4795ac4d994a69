/*
 * Linked into every test program of the cross builds: says, before main(), as what the program
 * runs. Wine without its 32-bit half "runs" an i686 program by doing nothing and returning 0;
 * run-wine.sh takes no test for passed that did not print this line.
 */
#include <stdio.h>

static void __attribute__((constructor)) arch_proof(void)
{
    printf("running as %s\n", sizeof(void *) == 8 ? "x86_64" : "i686");
    fflush(stdout);
}
