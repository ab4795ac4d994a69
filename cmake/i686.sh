# Whether 32-bit Windows programs can run on this machine. Sourced; needs MPR_TOP and
# MPR_BUILD.
#
#   i686_decide     sets MPR_I686 to "native" or "none", and MPR_I686_WHY to the reason of the latter
#
# MPR_CODE32 may name a program to ask in place of cmake/support/code32.c, which has its exit codes.

i686_probe() {
    MPR_CODE32_OWN=$MPR_BUILD/deps/code32
    if [ -n "${MPR_CODE32:-}" ]; then
        "$MPR_CODE32"
        return
    fi
    if [ ! -e "$MPR_CODE32_OWN" ] || [ "$MPR_TOP/cmake/support/code32.c" -nt "$MPR_CODE32_OWN" ]; then
        mkdir -p "$MPR_BUILD/deps"
        gcc -std=c11 -O1 -o "$MPR_CODE32_OWN.$$" "$MPR_TOP/cmake/support/code32.c" || return 2
        mv "$MPR_CODE32_OWN.$$" "$MPR_CODE32_OWN"
    fi
    "$MPR_CODE32_OWN"
}

# A probe that fails decides nothing: then the program that a prefix is tried with does.
i686_decide() {
    MPR_I686=native
    MPR_I686_WHY=
    i686_rc=0
    i686_answer=$(i686_probe 2>&1) || i686_rc=$?
    if [ $i686_rc = 1 ]; then
        MPR_I686=none
        MPR_I686_WHY="this kernel runs no 32-bit code: ${i686_answer#no: }"
    fi
}
