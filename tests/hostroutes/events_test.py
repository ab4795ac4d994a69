"""What mprnetlink tells of the host: its links, addresses, neighbours and routes, at the start and as they change."""
import signal
import subprocess

from driver import (ADDRESS, BEGIN, DELETE, END, FAILED, LINK, NEIGHBOUR, OWNED, PUT, READY, RESTORED, ROUTE, ROUTES,
                    Helper, change, index_of, ip, link, own, records, run)

ALL = ("--events", "links,addresses,neighbours,routes")
UP, RUNNING = 1, 0x40


def snapshot(helper):
    """The records up to READY, each kind in order."""
    helper.wait(READY)
    kinds = [m.kind for m in helper.all]
    assert kinds[0] == BEGIN and END in kinds
    inside = helper.all[1:kinds.index(END)]
    assert all(m.flags == 1 and not m.sequence for m in inside)
    return {kind: [r for m in inside if m.kind == kind for r in records(m)] for kind in (LINK, ADDRESS, NEIGHBOUR, ROUTE)}


def at_the_start():
    """Everything that iproute2 sees, and nothing twice."""
    lan = link(address="10.0.0.1/24")
    ip("address", "add", "10.3.0.1", "peer", "10.3.0.2/32", "dev", "lan0")
    ip("address", "add", "2001:db8::1/64", "dev", "lan0", "nodad")
    ip("neighbour", "add", "10.0.0.9", "lladdr", "02:00:00:00:00:09", "dev", "lan0", "nud", "permanent")
    ip("route", "add", "172.16.0.0/16", "via", "10.0.0.9", "proto", "static", "metric", "7")
    ip("route", "add", "172.17.0.0/16", "proto", "bird", "nexthop", "via", "10.0.0.8", "nexthop", "via", "10.0.0.9")
    ip("route", "add", "172.18.0.0/16", "via", "10.0.0.9", "table", "99")
    ip("route", "add", "blackhole", "172.19.0.0/16")
    helper = Helper(*ALL)
    seen = snapshot(helper)
    names = {r["name"]: r for r in seen[LINK]}
    assert {"lo", "lan0", "peer0"} <= set(names) and len(names) == len(seen[LINK])
    assert names["lan0"]["index"] == lan and names["lan0"]["flags"] & (UP | RUNNING) == UP | RUNNING
    assert names["lan0"]["mac"] in ip("link", "show", "lan0") and names["lan0"]["mtu"] == 1500
    addresses = {(r["local"], r["peer"], r["length"]) for r in seen[ADDRESS] if r["index"] == lan}
    assert addresses == {("10.0.0.1", "10.0.0.1", 24), ("10.3.0.1", "10.3.0.2", 32), ("2001:db8::1", "2001:db8::1", 64)}
    assert [(r["address"], r["mac"]) for r in seen[NEIGHBOUR]] == [("10.0.0.9", "02:00:00:00:00:09")]
    routes = {r["prefix"]: r for r in seen[ROUTE]}
    assert routes["172.16.0.0/16"] == {"op": PUT, "prefix": "172.16.0.0/16", "protocol": 4, "via": "10.0.0.9",
                                       "interface": lan, "metric": 7}
    assert routes["172.17.0.0/16"]["interface"] == 0 and routes["172.17.0.0/16"]["protocol"] == 12
    assert routes["10.0.0.0/24"]["protocol"] == 2 and "2001:db8::/64" in routes
    assert not {"172.18.0.0/16", "172.19.0.0/16"} & set(routes)


def only_what_is_wanted():
    link()
    helper = Helper("--events", "addresses")
    seen = snapshot(helper)
    assert seen[ADDRESS] and not seen[LINK] and not seen[NEIGHBOUR] and not seen[ROUTE]
    ip("link", "set", "lan0", "mtu", "1400")
    ip("address", "add", "10.0.2.1/24", "dev", "lan0")
    helper.wait_record(ADDRESS, op=PUT, local="10.0.2.1")
    assert not any(m.kind in (LINK, NEIGHBOUR, ROUTE) for m in helper.all)


def for_events_only():
    """Without a right, and beside one that has the host, whose table it leaves alone."""
    lan = link()
    owner = Helper()
    owner.ready()
    assert owner.routes([change(PUT, "172.16.0.0/16", "10.0.0.2", lan)]) == []
    helper = Helper("--events-only", before=("setpriv", "--bounding-set=-all", "--inh-caps=-all"))
    helper.wait(END)
    ip("link", "set", "peer0", "down")
    assert not helper.wait_record(LINK, op=PUT, index=lan)["flags"] & RUNNING
    assert not any(m.kind in (READY, FAILED, OWNED) for m in helper.all)
    assert helper.end() == 0 and list(own()) == ["172.16.0.0/16"]
    helper = Helper("--events-only")
    helper.send(ROUTES, change(DELETE, "172.16.0.0/16"), 1)
    assert helper.wait(FAILED).numbers()[0] == 3 and helper.end() == 65
    assert list(own()) == ["172.16.0.0/16"]


def while_another_has_the_host():
    lan = link()
    owner = Helper()
    owner.ready()
    helper = Helper()
    helper.wait(OWNED)
    ip("address", "add", "10.0.2.1/24", "dev", "lan0")
    helper.wait_record(ADDRESS, op=PUT, index=lan, local="10.0.2.1")
    owner.kill()
    helper.ready()
    ip("address", "del", "10.0.2.1/24", "dev", "lan0")
    helper.wait_record(ADDRESS, op=DELETE, index=lan, local="10.0.2.1")


def no_news():
    """The kernel tells of a link of which nothing has changed that is told here."""
    lan = link()
    helper = Helper()
    helper.ready()
    ip("link", "set", "lan0", "alias", "another")
    ip("link", "set", "lan0", "mtu", "1400")
    helper.wait_record(LINK, op=PUT, index=lan, mtu=1400)
    assert len([r for m in helper.all if m.kind == LINK and not m.flags for r in records(m)]) == 1


def changes():
    """Each kind of object made, changed and deleted."""
    lan = link()
    helper = Helper(*ALL)
    helper.ready()
    ip("link", "set", "lan0", "mtu", "1400")
    helper.wait_record(LINK, op=PUT, index=lan, mtu=1400)
    ip("address", "add", "10.0.2.1/24", "dev", "lan0")
    helper.wait_record(ADDRESS, op=PUT, index=lan, local="10.0.2.1", length=24)
    ip("address", "del", "10.0.2.1/24", "dev", "lan0")
    helper.wait_record(ADDRESS, op=DELETE, index=lan, local="10.0.2.1")
    ip("neighbour", "add", "10.0.0.9", "lladdr", "02:00:00:00:00:09", "dev", "lan0")
    helper.wait_record(NEIGHBOUR, op=PUT, address="10.0.0.9", mac="02:00:00:00:00:09")
    ip("neighbour", "del", "10.0.0.9", "dev", "lan0")
    helper.wait_record(NEIGHBOUR, address="10.0.0.9", mac="")
    ip("route", "add", "172.16.0.0/16", "via", "10.0.0.2", "proto", "static")
    helper.wait_record(ROUTE, op=PUT, prefix="172.16.0.0/16", protocol=4, interface=lan)
    ip("route", "del", "172.16.0.0/16")
    helper.wait_record(ROUTE, op=DELETE, prefix="172.16.0.0/16", protocol=4)
    ip("link", "add", "lan1", "type", "veth", "peer", "name", "peer1")
    helper.wait_record(LINK, op=PUT, name="lan1")
    index = index_of("lan1")
    ip("link", "del", "lan1")
    helper.wait_record(LINK, op=DELETE, index=index)
    # The router's own are no news to it.
    assert helper.routes([change(PUT, "172.20.0.0/16", "10.0.0.2", lan)]) == []
    ip("route", "add", "172.21.0.0/16", "via", "10.0.0.2")
    helper.wait_record(ROUTE, op=PUT, prefix="172.21.0.0/16")
    assert not any(r["prefix"] == "172.20.0.0/16" for m in helper.all if m.kind == ROUTE for r in records(m))


def link_down_and_up():
    """The kernel drops the routes of a link that is set down; they are back when it can have them."""
    lan = link()
    ip("address", "add", "2001:db8::1/64", "dev", "lan0", "nodad")
    ip("link", "set", "lan0", "up")
    with open("/proc/sys/net/ipv6/conf/lan0/keep_addr_on_down", "w", encoding="ascii") as file:
        file.write("1")
    helper = Helper()
    helper.ready()
    wanted = [change(PUT, f"172.{n}.0.0/16", "10.0.0.2", lan) for n in range(16, 26)] + \
             [change(PUT, f"2001:db8:{n}::/48", "2001:db8::2", lan) for n in range(1, 11)]
    assert helper.routes(wanted) == [] and helper.settle() == []
    ip("link", "set", "lan0", "down")
    assert not helper.wait_record(LINK, op=PUT, index=lan)["flags"] & UP
    assert helper.wait(RESTORED).numbers()[:2] == (0, 20) and own() == {} and own("-6") == {}
    ip("link", "set", "lan0", "up")
    while not helper.wait_record(LINK, op=PUT, index=lan)["flags"] & UP:
        pass
    helper.wait(RESTORED, lambda m: m.numbers()[1] == 0)
    assert len(own()) == 10 and len(own("-6")) == 10
    # What was withdrawn meanwhile does not come back.
    ip("link", "set", "lan0", "down")
    helper.wait(RESTORED)
    assert helper.routes([change(DELETE, "172.16.0.0/16")]) == []
    ip("link", "set", "lan0", "up")
    helper.wait(RESTORED, lambda m: m.numbers()[1] == 0)
    assert len(own()) == 9


def carrier_lost():
    """The other end is set down: the link is up, but nothing runs on it."""
    lan = link()
    helper = Helper()
    helper.ready()
    ip("link", "set", "peer0", "down")
    while True:
        flags = helper.wait_record(LINK, op=PUT, index=lan)["flags"]
        if flags & (UP | RUNNING) == UP:
            break
    ip("link", "set", "peer0", "up")
    while not helper.wait_record(LINK, op=PUT, index=lan)["flags"] & RUNNING:
        pass


def address_changed():
    """The last address goes, and with it the routes; with the next one they are back."""
    lan = link()
    helper = Helper()
    helper.ready()
    assert helper.routes([change(PUT, "172.16.0.0/16", "10.0.0.2", lan)]) == []
    ip("address", "del", "10.0.0.1/24", "dev", "lan0")
    helper.wait_record(ADDRESS, op=DELETE, local="10.0.0.1")
    assert helper.wait(RESTORED).numbers()[1] == 1 and own() == {}
    ip("address", "add", "10.0.0.7/24", "dev", "lan0")
    helper.wait_record(ADDRESS, op=PUT, local="10.0.0.7")
    assert helper.wait(RESTORED).numbers()[:2] == (1, 0)
    assert sorted(own()) == ["172.16.0.0/16"]


def namespace_deleted():
    """The namespace of the other end goes, and the link with it."""
    lan = link()
    peer = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec sleep 1000"], stdout=subprocess.PIPE)
    try:
        peer.stdout.readline()
        ip("link", "set", "peer0", "netns", str(peer.pid))
        subprocess.run(["nsenter", f"--net=/proc/{peer.pid}/ns/net", "ip", "link", "set", "peer0", "up"], check=True)
        helper = Helper()
        helper.ready()
        assert helper.routes([change(PUT, "172.16.0.0/16", "10.0.0.2", lan)]) == []
    finally:
        peer.send_signal(signal.SIGKILL)
        peer.wait()
    helper.wait_record(LINK, op=DELETE, index=lan)
    assert helper.wait(RESTORED).numbers()[1] == 1 and own() == {}
    # Deleting what is gone already is no error.
    assert helper.routes([change(DELETE, "172.16.0.0/16")]) == []
    assert helper.end() == 0


run([at_the_start, only_what_is_wanted, for_events_only, while_another_has_the_host, no_news, changes, link_down_and_up,
     carrier_lost, address_changed, namespace_deleted])
