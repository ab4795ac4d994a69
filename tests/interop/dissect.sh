# What the router sends, as tshark takes it apart: dissect/dissect.py knows what each field has to be.
# Sourced after ripng.sh.

dissect() {
    python3 -B "$MPR_TOP/tests/interop/dissect/dissect.py" "$@"
}
dissect_at() {
    dissect_name=$1
    shift
    ip netns exec "$LAB$dissect_name" python3 -B "$MPR_TOP/tests/interop/dissect/dissect.py" "$@"
}
# dissect_step N: until all is told that has to be by then.
dissect_step() {
    dissect check "$1" "$LAB_DIR" 60 || fail "what is sent, step $1"
}
# dissect_set WHAT
dissect_set() {
    dissect commands "$1" >"$LAB_DIR/commands"
    mprctl exec "Z:$LAB_DIR/commands" >"$LAB_DIR/set.log" 2>&1 || fail "mprctl exec: $(cat "$LAB_DIR/set.log")"
}

# RIP of both versions, with a password, with MD5 and without, and RIPng; requests, answers, periodic and
# triggered updates, with tags, next hops and poisoned routes, and the last word.
case_dissection() {
    for program in tshark dumpcap; do
        command -v $program >/dev/null || skip "$program is not installed"
    done
    [ -e "$MPR_BUILD/$architecture/bin/mprctl.exe" ] || skip "mprctl is not built"
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    number=0
    for name in lan plain simple md5 old; do
        number=$((number + 1))
        lab_peer6 $name $number
        # By it the router's packets are known.
        ip -n "$LAB" link set $name address "02:00:00:00:77:0$number"
        ip netns exec "$LAB$name" dumpcap -q -i eth0 -w "$LAB_DIR/$name.pcapng" 2>"$LAB_DIR/$name/dumpcap.log" 9>&- &
        echo $! >"$LAB_DIR/$name/dumpcap.pid" # lab_stop ends it
        lab_wait 10 test -s "$LAB_DIR/$name.pcapng" || fail "dumpcap: $(cat "$LAB_DIR/$name/dumpcap.log")"
    done
    dissect_at "" whole
    service_start
    dissect_set 0
    dissect_at lan say 1
    dissect_step 1
    dissect_at plain ask
    dissect_set 1
    dissect_step 2
    dissect_at lan say 3
    dissect_step 3
    dissect_set 2
    dissect_step 4
    service_stop
    for name in lan plain simple md5 old; do
        kill -INT "$(cat "$LAB_DIR/$name/dumpcap.pid")"
        lab_wait 10 lab_gone "$(cat "$LAB_DIR/$name/dumpcap.pid")" || fail "dumpcap does not end"
    done
    dissect check 4 "$LAB_DIR" || fail "a field is not as it must be"
}
