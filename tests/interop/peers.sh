# Configurations of the peers. Sourced after lab.sh.
#
# Tables are files of "address/length" lines, made by routes.awk.

# bird_conf NAME ADDRESS TABLE [INTERFACE_OPTION...]: each option is a line of RIP's interface
# block. The routes lead nowhere: only what RIP says about them matters here.
bird_conf() {
    conf_name=$1
    conf_address=$2
    conf_table=$3
    shift 3
    {
        echo "log \"$LAB_DIR/$conf_name/bird.log\" { warning, error, fatal, bug, auth, remote };"
        echo "router id $conf_address;"
        echo "protocol device { }"
        echo "protocol static table_of_the_test {"
        echo "  ipv4;"
        sed 's/.*/  route & blackhole;/' "$conf_table"
        echo "}"
        echo "protocol rip peer {"
        echo "  ipv4 { import all; export all; };"
        echo "  interface \"eth0\" {"
        for conf_option in "$@"; do
            echo "    $conf_option"
        done
        echo "  };"
        echo "}"
    } >"$LAB_DIR/$conf_name/bird.conf"
}

# frr_conf NAME TABLE [LINE...]: lines of "router rip"; after a line "--" those of interface eth0.
#
# ripd takes minutes for thousands of "route" lines, so a long table comes to it from the kernel of
# its namespace, through zebra.
frr_conf() {
    conf_name=$1
    conf_table=$2
    shift 2
    {
        echo "hostname $conf_name"
        echo "log file $LAB_DIR/$conf_name/ripd.log"
        echo "router rip"
        echo " network eth0"
        while [ $# -gt 0 ] && [ "$1" != -- ]; do
            echo " $1"
            shift
        done
        if [ "$(wc -l <"$conf_table")" -gt 100 ]; then
            echo " redistribute kernel"
            sed 's/^/route replace blackhole /' "$conf_table" | ip -n "$LAB$conf_name" -batch -
        else
            sed 's/.*/ route &/' "$conf_table"
        fi
        if [ $# -gt 1 ]; then
            shift
            echo "interface eth0"
            for conf_option in "$@"; do
                echo " $conf_option"
            done
        fi
    } >"$LAB_DIR/$conf_name/ripd.conf"
}

# frr_ready NAME TABLE: until ripd has taken over all of the table.
frr_ready() {
    lab_wait 20 frr_has "$1" "$(wc -l <"$2")"
}
frr_has() {
    [ "$(frr_table "$1" | wc -l)" -ge "$2" ]
}

# frr_is NAME TABLE: it has that, and nothing else but what has lately gone (metric 16).
frr_is() {
    lab_vtysh "$1" -c 'show ip rip' |
        awk '$1 ~ /^[RK]\([sr]\)/ && $4 < 16 { print $2 }' | sort >"$LAB_DIR/frr.now"
    sort "$2" | cmp -s - "$LAB_DIR/frr.now"
}

# routes N [FIRST]: a table on standard output.
routes() {
    awk -v count="$1" -v first="${2:-0}" -f "$MPR_TOP/tests/interop/routes.awk"
}

# What the peers themselves say they announce, in the form of a table.
bird_table() {
    lab_birdc "$1" "show route protocol table_of_the_test" |
        awk '$1 ~ /^[0-9.]+\/[0-9]+$/ { print $1 }'
}
frr_table() {
    lab_vtysh "$1" -c 'show ip rip' |
        awk '$1 ~ /^[RK]\([sr]\)/ { print $2 }'
}
