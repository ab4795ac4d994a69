#!/usr/bin/env python3
"""What RIP and RIPng of case dissection are told, and whether tshark finds just that in what they send.

    dissect.py commands WHAT     mprctl's commands: 0 set the router up; 1 switch the split horizon
                                 off on link lan; 2 take RIP and RIPng away
    dissect.py whole             switches the offload of UDP's checksums off on the links
    dissect.py say STEP          the neighbour on lan tells its routes (1), takes some back (3)
    dissect.py ask               the neighbour on plain asks for the tables
    dissect.py check STEP DIR [SECONDS]
                                 DIR/NAME.pcapng is what went over link NAME; waits so long for it

The router is 10.77.N.1 and has fd00:77:N::1 on link N, its neighbour there is .2. Steps: 1 the
neighbour on lan has told its routes; 2 lan has no split horizon any more; 3 the neighbour has taken
some back; 4 RIP has been taken away. check compares, for each network and link, what was told in what
order, and each field of each packet with what the RFCs or the configuration want in it."""
import array
import fcntl
import ipaddress
import os
import socket
import struct
import sys
import time

from pdml import packets

LINKS = {  # number, version, tag, authentication, key; RIPng
    "lan": (1, 2, 55, "none", "", True),
    "plain": (2, 2, 99, "none", "", True),
    "simple": (3, 2, 0, "password", "s3cret", False),
    "md5": (4, 2, 7, "md5", "another", False),
    "old": (5, 1, 0, "none", "", False),
}
ROUTES = {  # of the neighbour on lan: metric, tag, next hop, whether it is taken back
    "rip": {
        "198.51.100.0/24": (3, 77, "0.0.0.0", True),
        "203.0.113.0/24": (5, 4660, "10.77.1.9", False),
        "192.0.2.0/24": (14, 65535, "0.0.0.0", False),
        "172.20.0.0/16": (15, 1, "0.0.0.0", False)},  # unreachable behind one more link
    "ripng": {
        "2001:db8:1::/48": (3, 77, None, True),
        "2001:db8:2::/64": (5, 4660, "fe80::9", False),
        "2001:db8:3:8000::/49": (14, 65535, None, False)},
}
PORTS = {"rip": 520, "ripng": 521}
GROUPS = {"rip": "224.0.0.9", "ripng": "ff02::9"}
INFINITY = 16
RIPNG_GLOBAL = struct.pack("<6I", 1, 0, 0, 1, 0, 0)


# ---- setting up ---------------------------------------------------------------------------------

AUTH = {"none": 1, "password": 2, "md5": 3}


def interface(modes, flags, tag, auth="none", key=""):
    """IPRIP_IF_CONFIG and RIPNG_IF_CONFIG (include/mprapi_ripng.h), which look the same, with a key
    from the start: nothing is sent without it."""
    return struct.pack("<10I16sHH6I", 0, 1, 0, modes, modes, flags, 180, 120, 15, AUTH[auth],
                       key.encode(), tag, 0, 0, 0, 0, 0, 0, 0).hex()


def commands(what):
    if what == 0:
        print("rip global set interval=1")
        print("blocks set 8 %s transport=ipv6" % RIPNG_GLOBAL.hex())
        for name, (_, version, tag, auth, key, ng) in LINKS.items():
            print("blocks set 8 %s name=%s" %
                  (interface({1: 1, 2: 3}[version], 0x2F0, tag, auth, key), name))
            if ng:
                print("blocks set 8 %s name=%s transport=ipv6" % (interface(1, 0xF0, tag), name))
    elif what == 1:
        print("rip set lan flags=triggered,cleanup,nosummary")
        print("blocks set 8 %s name=lan transport=ipv6" % interface(1, 0xC0, LINKS["lan"][2]))
    else:
        for name in reversed(LINKS):  # lan last, whose routes the others are to take leave of
            print("rip delete " + name)
            if LINKS[name][5]:
                print("blocks delete 8 name=%s transport=ipv6" % name)


def whole():
    """Else a checksum is left to a device that never computes it, and tshark finds it wrong."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        for name in LINKS:
            value = array.array("B", struct.pack("=II", 0x17, 0))  # ETHTOOL_STXCSUM, off
            fcntl.ioctl(s, 0x8946, struct.pack("16sP", name.encode(), value.buffer_info()[0]))  # SIOCETHTOOL


# ---- the neighbour ------------------------------------------------------------------------------

def send(protocol, payload):
    ipv6 = protocol == "ripng"
    with socket.socket(socket.AF_INET6 if ipv6 else socket.AF_INET, socket.SOCK_DGRAM) as s:
        device = socket.if_nametoindex("eth0")
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"eth0")
        s.bind(("", PORTS[protocol]))
        if ipv6:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, device)
            s.sendto(payload, (GROUPS[protocol], PORTS[protocol], 0, device))
        else:
            s.sendto(payload, (GROUPS[protocol], PORTS[protocol]))


def entry(protocol, network, metric, tag, hop):
    net = ipaddress.ip_network(network)
    if protocol == "rip":
        return struct.pack("!HH4s4s4sI", 2, tag, net.network_address.packed, net.netmask.packed,
                           ipaddress.ip_address(hop).packed, metric)
    before = ipaddress.ip_address(hop).packed + bytes(3) + b"\xff" if hop else b""
    return before + net.network_address.packed + struct.pack("!HBB", tag, net.prefixlen, metric)


def say(step):
    for protocol, routes in ROUTES.items():
        send(protocol, bytes([2, 2 if protocol == "rip" else 1, 0, 0]) +
             b"".join(entry(protocol, net, INFINITY if step == 3 else metric, tag, hop)
                      for net, (metric, tag, hop, back) in sorted(routes.items(), key=lambda r: bool(r[1][2]))
                      if step == 1 or back))


def ask():
    send("rip", bytes([1, 2, 0, 0]) + bytes(19) + bytes([INFINITY]))
    send("ripng", bytes([1, 1, 0, 0]) + bytes(19) + bytes([INFINITY]))


# ---- what is right ------------------------------------------------------------------------------

def wanted(name, protocol, step):
    """{network: [(metric, tag, next hop), ...]}, in this order, each as often as one likes."""
    number, version, tag = LINKS[name][:3]
    here, ret = name == "lan", {}

    def told(network, *values):
        steps = [v if version == 2 else (v[0], None, None) for v in values if v]
        ret[network] = [v for n, v in enumerate(steps) if n == 0 or v != steps[n - 1]]

    for network, (metric, route_tag, hop, back) in ROUTES[protocol].items():
        metric += 1
        if metric >= INFINITY:
            continue
        way = (hop if hop != "0.0.0.0" else "10.77.1.2") if protocol == "rip" else None
        none = "0.0.0.0" if protocol == "rip" else None
        last = (INFINITY, tag if back else route_tag, none)
        told(network,
             (INFINITY if here else metric, route_tag, none),
             here and step >= 2 and (metric, route_tag, way),
             (step >= 4 or (back and step >= 3)) and last)
    for other in LINKS.values():
        mine = other[0] == number
        if mine and not (here and step >= 2):
            continue
        network = "10.77.%d.0/24" % other[0] if protocol == "rip" else "fd00:77:%d::/64" % other[0]
        none = "0.0.0.0" if protocol == "rip" else None
        told(network, (1, tag, none), step >= 4 and (INFINITY, tag, none))
    return ret


def heard(found, name, protocol):
    """The same of the responses that were sent to all."""
    ret = {}
    for p in found:
        if p["protocol"] != protocol or p["command"] != 2 or p["unicast"]:
            continue
        for e in p["entries"]:
            values = ret.setdefault(e["network"], [])
            value = (e["metric"], e["tag"], e["hop"])
            if not values or values[-1] != value:
                values.append(value)
    return ret


def wrong_answers(found, protocol, step):
    """The neighbour on plain asked once, after the first step: it gets the whole table."""
    table = {network: values[0] for network, values in wanted("plain", protocol, 1).items()}
    answers = [p for p in found if p["protocol"] == protocol and p["unicast"]]
    told = {e["network"]: (e["metric"], e["tag"], e["hop"]) for p in answers for e in p["entries"]}
    if step >= 2 and (told != table or any(p["command"] != 2 for p in answers)):
        yield "plain: the answer to the request for %s is %s, not %s" % (protocol, told, table)


def differences(step, folder, final):
    for name, link in LINKS.items():
        found, complaints = packets(os.path.join(folder, name + ".pcapng"), name, link)
        if final:
            yield from complaints
        for protocol in ("rip", "ripng") if link[5] else ("rip",):
            want, have = wanted(name, protocol, step), heard(found, name, protocol)
            for network in sorted(set(want) | set(have)):
                if want.get(network) != have.get(network):
                    yield "%s: %s is told as %s, not %s" % (name, network, have.get(network), want.get(network))
            if not any(p["command"] == 1 and p["protocol"] == protocol for p in found):
                yield "%s: no request of %s" % (name, protocol)
            if name == "plain":
                yield from wrong_answers(found, protocol, step)


def check(step, folder, seconds):
    end = time.monotonic() + seconds
    while True:
        wrong = list(differences(step, folder, seconds == 0))
        if not wrong or time.monotonic() > end:
            break
        time.sleep(1)
    print("\n".join(wrong[:30]) or "step %d: all is told as it must be" % step)
    sys.exit(bool(wrong))


def main():
    words = sys.argv[1:]
    if words[0] == "check":
        check(int(words[1]), words[2], float(words[3]) if len(words) > 3 else 0)
    else:
        {"commands": commands, "whole": whole, "say": say, "ask": ask}[words[0]](*map(int, words[1:]))


main()
