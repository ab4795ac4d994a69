#!/usr/bin/env python3
"""What the routers of `topology` must have in their kernels, and whether they have it.

    tables.py LAB SECONDS [FAILED...]   waits until every table is right; else says what differs
    tables.py --pair [FAILED...]        two routers between whose stub networks every shortest
                                        path leads over two of ours at least

LAB is what the names of the namespaces begin with. FAILED is what does not work just now:
    cut:N          link N, and both ends know it: its networks are nowhere
    silent:N       link N, and nobody knows it: its ends go on having its networks
    silent:NAME    the same of the place of NAME on the LAN
    stub:NAME      the stub network of NAME

The metric of a network is 1 at the routers that have it, and 1 more for each router on the way
(RFC 2453 3.4.1); the next hop is any neighbour with the metric before. What a router has itself it
does not learn.

FRR's ripngd (8.4) takes a route for confirmed when another neighbour says the same metric, so that
the route by a silent neighbour never ages while there is one as good: there, and with the same
metric only, the next hop from before a silent failure is right as well."""
import ipaddress
import json
import os
import subprocess
import sys
import time

PROTOCOLS = {"ours": "77", "bird": "12", "frr4": "189", "frr6": "190"}
INFINITY = 16


class Topology:
    """routers: name -> (number, kind); nets: (network of IPv4, of IPv6, {router: (its device, its
    addresses)}, whether datagrams cross it for that router)."""

    def __init__(self, path, failed):
        self.routers, self.nets, self.failed = {}, [], set(failed)
        heard = [f for f in failed if not f.startswith("silent:")]
        self.before = Topology(path, heard) if heard != list(failed) else None
        known = set()
        for words in (line.split() for line in open(path, encoding="ascii")):
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "router":
                self.add_router(words[1], words[2])
                known.add("stub:" + words[1])
            elif words[0] == "lan":
                self.add_net(0, 24, {name: (self.routers[name][0], "lan") for name in words[1:]})
                known |= {"silent:" + name for name in words[1:]}
            else:
                number, a, b = words[1:]
                self.add_net(int(number), 30, {a: (1, "to" + b), b: (2, "to" + a)})
                known |= {"cut:" + number, "silent:" + number}
        if self.failed - known:
            sys.exit("no such thing in the topology: %s" % (self.failed - known))

    def add_router(self, name, kind):
        number = len(self.routers) + 1
        self.routers[name] = (number, kind)
        if "stub:" + name not in self.failed:
            self.nets.append(("10.90.%d.0/24" % number, "fd00:90:%x::/64" % number, {name: None}))

    def add_net(self, number, length, ends):
        if "cut:%d" % number in self.failed:
            return
        members = {name: (device, "10.80.%d.%d" % (number, host), "fe80::%x" % self.routers[name][0])
                   for name, (host, device) in ends.items()}
        self.nets.append(("10.80.%d.0/%d" % (number, length), "fd00:80:%x::/64" % number, members))
        if number and "silent:%d" % number in self.failed:
            self.nets[-1] = self.nets[-1][:2] + ({n: None for n in members},)
        elif number == 0:
            for name in members:
                if "silent:" + name in self.failed:
                    members[name] = None

    def neighbours(self, name):
        """Of name: (neighbour, device that leads there, its addresses of both families)."""
        for _, _, members in self.nets:
            if members.get(name):
                for other, end in members.items():
                    if other != name and end:
                        yield other, members[name][0], end[1:]

    def metrics(self, members):
        """Of each router, for a network that these have."""
        metric = dict.fromkeys(members, 1)
        last = list(members)
        while last:
            last = sorted({other for name in last for other, _, _ in self.neighbours(name)} -
                          set(metric))
            for name in last:
                metric[name] = 1 + min(metric[n] for n, _, _ in self.neighbours(name) if n in metric)
        return metric

    def table(self, name, family):
        """What name learns: {network: (metric, {(next hop, device)})}."""
        ret = {}
        for net in self.nets:
            metric = self.metrics(net[2])
            if name in net[2] or metric.get(name, INFINITY) >= INFINITY:
                continue
            hops = {(ends[family], device) for other, device, ends in self.neighbours(name)
                    if metric.get(other) == metric[name] - 1}
            ret[net[family]] = (metric[name], hops)
        if self.before and family and self.routers[name][1] == "frr":
            for net, (metric, hops) in self.before.table(name, family).items():
                if net in ret and ret[net][0] == metric:
                    ret[net] = (metric, ret[net][1] | hops)
        return ret

    def ours_between(self, a, b):
        """The least number of ours on a shortest path from a to b, without both; None: no path."""
        distance = self.metrics({b})
        if a not in distance:
            return None

        def least(name):
            if name == b:
                return 0
            own = name != a and self.routers[name][1] == "ours"
            return own + min(least(n) for n, _, _ in self.neighbours(name)
                             if distance.get(n) == distance[name] - 1)
        return least(a)


def kernel_table(lab, name, kind, family):
    """As Topology.table, of the routes that the routing program has put there."""
    protocol = PROTOCOLS[kind if kind != "frr" else "frr4" if family == 0 else "frr6"]
    out = subprocess.run(["ip", "-n", lab + name, "-6" if family else "-4", "-N", "-j", "route"],
                         stdout=subprocess.PIPE, check=True).stdout
    ret = {}
    for route in json.loads(out or "[]"):
        if str(route.get("protocol")) != protocol:
            continue
        hops = {(h.get("gateway"), h["dev"]) for h in route.get("nexthops", [route])}
        network = str(ipaddress.ip_network(route["dst"]))
        if network in ret:
            hops |= ret[network][1]
        ret[network] = (route.get("metric", 0), hops)
    return ret


def difference(topology, lab, name, family):
    """Lines; ours also says the metric, which others keep to themselves."""
    kind = topology.routers[name][1]
    wanted = {str(ipaddress.ip_network(net)): route
              for net, route in topology.table(name, family).items()}
    found = kernel_table(lab, name, kind, family)
    for net in sorted(set(wanted) | set(found)):
        if net not in found:
            yield "%s (%s) lacks %s" % (name, kind, net)
        elif net not in wanted:
            yield "%s (%s) has %s by %s" % (name, kind, net, sorted(found[net][1]))
        elif not found[net][1] <= wanted[net][1]:
            yield "%s (%s) has %s by %s, not %s" % (name, kind, net, sorted(found[net][1]),
                                                    sorted(wanted[net][1]))
        elif kind == "ours" and found[net][0] != wanted[net][0]:
            yield "%s (%s) has %s with metric %s, not %s" % (name, kind, net, found[net][0],
                                                             wanted[net][0])


def differences(topology, lab):
    return [line for name in topology.routers for family in (0, 1)
            for line in difference(topology, lab, name, family)]


def wait(topology, lab, seconds):
    routes = sum(len(topology.table(name, family)) for name in topology.routers for family in (0, 1))
    started = time.monotonic()
    last = []
    while True:
        wrong = differences(topology, lab)
        took = time.monotonic() - started
        if not wrong:
            print("%s: all %d tables with %d routes are right after %.1f s" %
                  (" ".join(sorted(topology.failed)) or "all works", 2 * len(topology.routers),
                   routes, took))
            print("".join("    last: %s\n" % line for line in last[:6]), end="", flush=True)
            return
        last = wrong
        if took > seconds:
            print("\n".join(wrong[:40]))
            sys.exit("%d differences after %d s" % (len(wrong), seconds))
        time.sleep(0.5)


def pair(topology):
    """Of all such pairs, the one with most of ours, then the first."""
    found = [(topology.ours_between(a, b), a, b) for a in topology.routers for b in topology.routers
             if a < b and not {"stub:" + a, "stub:" + b} & topology.failed and
             "ours" not in (topology.routers[a][1], topology.routers[b][1])]
    most = max((f for f in found if f[0]), key=lambda f: f[0], default=(0, "", ""))
    if most[0] < 2:
        sys.exit("no path over two of ours: %s" % found)
    print(most[1], topology.routers[most[1]][0], topology.routers[most[2]][0])


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "topology")
    if sys.argv[1] == "--pair":
        pair(Topology(path, sys.argv[2:]))
    else:
        wait(Topology(path, sys.argv[3:]), sys.argv[1], float(sys.argv[2]))


main()
