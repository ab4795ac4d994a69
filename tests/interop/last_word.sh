# What neighbours know of a router that ends. Sourced after ten.sh.

last_word_bird() {
    routes 2000 >"$LAB_DIR/table"
    routes6 300 >"$LAB_DIR/table6"
    {
        echo "router id 10.77.2.2;"
        echo "protocol device { }"
        for last_family in 4 6; do
            echo "protocol static table$last_family { ipv$last_family;"
            sed 's/.*/  route & blackhole;/' "$LAB_DIR/table${last_family#4}"
            echo "}"
            echo "protocol rip $([ $last_family = 4 ] || echo ng) peer$last_family {"
            echo "  ipv$last_family { import all; export all; };"
            echo "  interface \"eth0\" { update time 5; };"
            echo "}"
        done
    } >"$LAB_DIR/bird/bird.conf"
    lab_bird bird
}
last_word_frr() {
    lab_dir=$LAB_DIR/frr
    printf 'hostname frr\nlog file %s/zebra.log\n' "$lab_dir" >"$lab_dir/zebra.conf"
    for last_protocol in rip ripng; do
        printf 'hostname frr\nlog file %s/%sd.log\nrouter %s\n network eth0\n' "$lab_dir" $last_protocol \
            $last_protocol >"$lab_dir/${last_protocol}d.conf"
    done
    chown -R frr:frr "$lab_dir"
    ten_frr_daemons frr
}
last_word_in_bird() {
    for last_family in 4 6; do
        lab_birdc bird "show route protocol peer$last_family" | awk '$1 ~ /\// { print $1 }'
    done | sort
}
# What FRR has put into the kernel.
last_word_in_frr() {
    for last_family in 4 6; do
        ip -n "${LAB}frr" "-$last_family" -N route show | awk -v family="$last_family" '
            / proto (189|190) / { print $1 (index($1, "/") ? "" : family == 4 ? "/32" : "/128") }'
    done | sort
}
# last_word_known WHEN: both have learned all.
last_word_known() {
    { sort -u "$LAB_DIR/table" "$LAB_DIR/table6" && printf '10.77.2.0/24\nfd00:77:2::/64\n'; } | sort >"$LAB_DIR/to.frr"
    printf '10.77.3.0/24\nfd00:77:3::/64\n' >"$LAB_DIR/to.bird"
    becomes 60 "$LAB_DIR/to.frr" "$1: FRR's kernel" last_word_in_frr
    becomes 60 "$LAB_DIR/to.bird" "$1: BIRD's table" last_word_in_bird
}

# A router that is stopped tells its neighbours, each of what it has learned from the other, too: they forget
# it all long before the three minutes after which they would by themselves. One that is killed can't.
case_last_word() {
    [ -x /usr/lib/frr/ripngd ] || skip "FRR has no ripngd"
    [ -e "$MPR_BUILD/$architecture/bin/mprctl.exe" ] || skip "mprctl is not built"
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    lab_peer6 bird 2
    lab_peer6 frr 3
    last_word_bird
    last_word_frr
    service_start
    {
        echo "rip global set interval=1"
        echo "blocks set 8 $(ten_ripng_global) transport=ipv6"
        for name in bird frr; do
            echo "rip set $name announce=rip2 accept=rip2 update=15" \
                "flags=accepthost,announcehost,splithorizon,poisonreverse,cleanup,triggered,nosummary"
            echo "blocks set 8 $(ten_ripng_interface) name=$name transport=ipv6"
        done
    } >"$LAB_DIR/commands"
    mprctl exec "Z:$LAB_DIR/commands" >"$LAB_DIR/set.log" 2>&1 || fail "mprctl exec: $(cat "$LAB_DIR/set.log")"
    last_word_known "at first"
    service_stop
    : >"$LAB_DIR/nothing"
    becomes 20 "$LAB_DIR/nothing" "the router was stopped: FRR's kernel" last_word_in_frr
    becomes 20 "$LAB_DIR/nothing" "the router was stopped: BIRD's table" last_word_in_bird

    service_start
    last_word_known "the next one"
    service_kill
    sleep 3
    last_word_known "that was killed"
}
