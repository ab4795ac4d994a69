# Sourced by `dev`: what takes minutes shows how far it is. On a terminal that is one line that changes;
# elsewhere a line for each tenth.

# with_progress LOG COMMAND...: what ninja or apt-get says goes to the log, which is begun anew. Returns 1
# if the command failed.
with_progress() {
    progress_log=$1
    shift
    rm -f "$progress_log.failed"
    {
        { "$@" 2>&1 3>&- || touch "$progress_log.failed"; } | show_progress >"$progress_log"
    } 3>&1
    if [ -e "$progress_log.failed" ]; then
        rm -f "$progress_log.failed"
        return 1
    fi
}

# The screen is descriptor 3. The shell reads lines as they come; awk waits for more.
show_progress() {
    progress_all=0
    progress_done=0
    progress_shown=0
    progress_what=
    while IFS= read -r line; do
        printf '%s\n' "$line"
        if count_progress "$line" && [ "$progress_all" -ge 20 ] &&
            [ "$progress_done" -le "$progress_all" ]; then
            print_progress >&3
        fi
    done
    if [ "$progress_shown" != 0 ] && [ -t 3 ]; then
        printf '\r%40s\r' "" >&3
    fi
}

# ninja counts itself; of apt-get's packages each is fetched, unpacked and set up.
count_progress() {
    case $1 in
    "["[0-9]*/[0-9]*"] "*)
        progress_counts=${1#?}
        progress_counts=${progress_counts%%]*}
        progress_done=${progress_counts%/*}
        progress_all=${progress_counts#*/}
        ;;
    *" newly installed, "*)
        progress_all=${1%% newly*}
        progress_all=$((${progress_all##* } * 3))
        return 1
        ;;
    Get:[0-9]*) count_step downloading ;;
    "Unpacking "*) count_step unpacking ;;
    "Setting up "*) count_step "setting up" ;;
    *) return 1 ;;
    esac
}
count_step() {
    progress_done=$((progress_done + 1))
    progress_what=$1
}

print_progress() {
    if [ -t 1 ]; then
        printf '\r    [%d/%d] %-12s' "$progress_done" "$progress_all" "$progress_what"
        progress_shown=1
    elif [ $((progress_done * 10 / progress_all)) -gt $progress_shown ]; then
        progress_shown=$((progress_done * 10 / progress_all))
        printf '    [%d/%d] %s\n' "$progress_done" "$progress_all" "$progress_what"
    fi
}
