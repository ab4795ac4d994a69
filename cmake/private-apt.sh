# A package manager state of its own, so that the machine's is not touched: Debian's repositories
# as this machine has them configured, but for another architecture or for sources. Sourced.
#
#   private_apt DIR deb ARCH [SUITE]     binary packages of ARCH, of another release where named
#   private_apt DIR deb-src              source packages
#
# exports APT_CONFIG for the apt-get calls that follow, and loads the lists.

private_apt() {
    dir=$1 type=$2 arch=${3:-$(dpkg --print-architecture)} suite=${4:-}
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/parts"
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(LABEL)' \
        'Created-By: Packages' 'Origin: Debian' | sort -u |
        while read -r uri release component _; do
            case $suite,$release in
            ,*) ;;
            *,*-*) continue ;; # what updates a release has another place
            *) release=$suite ;;
            esac
            echo "$type [arch=$arch signed-by=$keyring] $uri $release $component"
        done >"$dir/parts/private.list"
    [ -s "$dir/parts/private.list" ] || {
        echo "apt knows no Debian repository (is 'apt-get update' needed?)" >&2
        return 1
    }
    cat >"$dir/apt.conf" <<EOF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$dir/parts";
Dir::State::lists "$dir/lists";
Dir::State::status "/dev/null";
Dir::Cache "$dir/cache";
APT::Architecture "$arch";
APT::Architectures "$arch";
APT::Sandbox::User "root";
Acquire::Languages "none";
EOF
    export APT_CONFIG="$dir/apt.conf"
    # One suite of several may be out of order on a mirror; whether it was needed shows at the
    # download, so what went wrong is shown only then.
    apt-get -qq update 2>"$dir/update.log" || true
}

# private_apt_get ARGS...: apt-get, and on failure why the lists may be incomplete.
private_apt_get() {
    apt-get -qq "$@" || {
        cat "$(dirname "$APT_CONFIG")/update.log" >&2
        return 1
    }
}
