# Whether 32-bit Windows programs can run on this machine. Sourced; needs MPR_TOP and
# MPR_BUILD.
#
#   i686_decide     sets MPR_I686 to "native", "emulated" or "none", and MPR_I686_WHY to the reason
#                   why it is not native
#
# MPR_EMULATE_I686, not empty, asks for emulation where the kernel needs it; it takes place where
# cmake/emulate.sh was able to set it up. "short": tests that take long are left out, and none begins
# later than MPR_EMULATE_UNTIL, in seconds since 1970, so that a slow machine comes to an end, too.
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
        i686_decide_emulation
    fi
}

i686_decide_emulation() {
    i686_emulated=$MPR_BUILD/wine/emulated
    if [ -z "${MPR_EMULATE_I686:-}" ]; then
        return 0
    elif [ -e "$i686_emulated/complete" ]; then
        MPR_I686=emulated
    else
        MPR_I686_WHY="$MPR_I686_WHY, and it can't be emulated: $(cat "$i686_emulated.why" 2>/dev/null ||
            echo "not set up by ./dev test --emulate")"
    fi
}

# emulated_skip NAME: prints why a test does not run emulated; false if it does. The list has lines
# "always|short PATTERN reason".
emulated_skip() {
    if [ "${MPR_EMULATE_I686:-}" = short ] && [ "$(date +%s)" -ge "${MPR_EMULATE_UNTIL:-9999999999}" ]; then
        echo "not emulated: there was no time left for it"
        return 0
    fi
    while read -r i686_when i686_pattern i686_reason; do
        case $i686_when in
        always) ;;
        short) [ "${MPR_EMULATE_I686:-}" = short ] || continue ;;
        *) continue ;;
        esac
        # shellcheck disable=SC2254
        case $1 in
        $i686_pattern)
            echo "not emulated: $i686_reason"
            return 0
            ;;
        esac
    done <"$MPR_TOP/tests/emulated.txt"
    return 1
}
