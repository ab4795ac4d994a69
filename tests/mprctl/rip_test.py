"""RIP's statistics as mprctl tells them, against a neighbour that counts what it did: sockets of this
test, one in RIP's group on loopback, one at 127.0.0.2, which answers every request. Nothing depends on
how often it is asked."""
import json
import socket
import struct
import threading

from support import Run, check, finish, script

ROUTES = 3


class Neighbour(threading.Thread):
    """Answers with some routes and one entry whose metric can't be."""
    def __init__(self):
        super().__init__(daemon=True)
        self.answers = self.bound("127.0.0.2", 0)
        self.port = self.answers.getsockname()[1]
        self.group = self.bound("224.0.0.9", self.port)
        self.group.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                              socket.inet_aton("224.0.0.9") + socket.inet_aton("127.0.0.1"))
        self.requests = 0

    @staticmethod
    def bound(address, port):
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((address, port))
        return s

    def run(self):
        entries = [struct.pack(">HH4s4s4sI", 2, 7, bytes([198, 51, k, 0]), b"\xff\xff\xff\0", bytes(4), 1)
                   for k in range(ROUTES)]
        entries.append(struct.pack(">HH4s4s4sI", 2, 9, bytes([198, 52, 0, 0]), b"\xff\xff\xff\0", bytes(4), 17))
        while True:
            request, sender = self.group.recvfrom(512)
            if request[:1] == b"\x01":
                self.requests += 1
                self.answers.sendto(b"\x02\x02\0\0" + b"".join(entries), sender)


def without_rip():
    for words in ("statistics",), ("neighbors",), ("global", "statistics"):
        run = Run("rip", *words)
        check(f"rip {' '.join(words)} without RIP", run.code == 1 and "ERROR_" in run.err, run)


def without_ripng():
    for words in ("statistics",), ("neighbors",), ("global", "statistics"):
        run = Run("ripng", *words)
        check(f"ripng {' '.join(words)} without RIPng", run.code == 1 and "ERROR_" in run.err, run)


def ripng():
    """Words, refusals, and what the MIB says of an interface that is not connected."""
    run = script("ripng global set logging=information interval=7 peerfilter=include peers=fe80::1,fe80::2",
                 "ripng set Branch metric=3 acceptfilter=exclude acceptranges=2001:db8::-2001:db8:ffff::,2001:db9:: "
                 "flags=splithorizon,triggered tag=9",
                 "ripng show Branch", "ripng set Branch metric=4 acceptranges= announce=off", "ripng show",
                 "ripng global show", "ripng statistics", "ripng neighbors", "ripng global statistics",
                 "routing ipv6 ripng show ifstats", "rip show Branch", "ripng statistics Nowhere", json_lines=True)
    said = [json.loads(line) for line in run.out.splitlines()]
    check("a script about RIPng", run.code == 1 and "ERROR_NOT_FOUND" in run.err and len(said) == 12, run)
    one = said[2]["ripng_interfaces"]
    check("what was set", one["metric"] == 3 and one["tag"] == 9 and one["flags"] == "splithorizon,triggered" and
          one["acceptranges"] == "2001:db8::-2001:db8:ffff::,2001:db9::-2001:db9::" and one["accept"] == "on" and
          "key" not in one, run)
    check("a dial interface is asked when wanted", one["updatemode"] == "demand" and one["expire"] == 180, run)
    check("what is not named stays", said[4]["ripng_interfaces"] ==
          [dict(one, metric=4, acceptranges=None, announce="off")], run)
    check("all of RIPng", said[5]["ripng"] == {
        "logging": "information", "interval": 7, "peerfilter": "include", "receivequeue": 1 << 20,
        "sendqueue": 1 << 20, "peers": "fe80::1,fe80::2"}, run)
    rows = said[6]["ripng_statistics"]
    check("rows of the MIB", [r["interface"] for r in rows] == ["Branch"] and rows[0]["requests_sent"] == 0, run)
    check("no neighbours", said[7]["ripng_neighbors"] == [], run)
    check("totals of RIPng", said[8]["ripng_totals"] == {"route_changes": 0, "responses_sent": 0}, run)
    check("as netsh would say it", said[9] == said[6], run)
    check("RIP is another", said[10]["rip_interfaces"]["metric"] == 1, run)


def ripng_refuses():
    for words, expected in (("metric=16", "1-15"), ("announce=rip2", "off|on"), ("acceptranges=10.0.0.1", "IPv6"),
                            ("acceptranges=2001:db8::2-2001:db8::1", "LOW-HIGH"), ("expire=1", "15-259200"),
                            ("flags=splithorzon", "splithorizon"), ("neighbors=fe80::1", "neighbors"),
                            ("unicst=also", "unicst")):
        run = script("# a remark", f"ripng set Branch {words}")
        check(f"ripng set {words}", run.code == 2 and expected in run.err and "line 2" in run.err, run)
    run = Run("ripng", "global", "set", "peers=10.0.0.1")
    check("a neighbour of IPv4", run.code == 2 and "addresses of IPv6" in run.err, run)
    run = Run("ripng", "global", "shwo")
    check("a word that is none", run.code == 2 and 'did you mean "show"' in run.err, run)
    run = script("ripng delete Branch", "ripng uninstall", "ripng show Branch")
    check("RIPng is gone", run.code == 1 and "line 3" in run.err, run)


def set_up(port):
    run = script(f"parameters set ripport={port}", "dialers set name=Branch kind=existing adapter=lo",
                 'interfaces create name=Branch "device=WAN Miniport (IKEv2)" devicetype=vpn phone=branch.example',
                 "rip set name=Branch updatemode=demand announce=rip2 accept=rip2")
    check("a branch with RIP", run.code == 0, run)


def statistics(neighbour):
    run = script("interfaces connect Branch", "update Branch --wait", "rip statistics Branch", "rip statistics",
                 "rip neighbors", "rip global statistics", "routing ip rip show peerstats",
                 "interfaces disconnect Branch", json_lines=True)
    check("a script of commands", run.code == 0, run)
    said = [json.loads(line) for line in run.out.splitlines()]
    one, asked = said[2]["rip_statistics"], neighbour.requests
    taken = one["responses_received"]
    check("what was sent and received", one["interface"] == "Branch" and one["state"] == "running" and
          one["requests_sent"] == asked and 0 < taken <= asked and one["responses_sent"] == 0, run)
    check("what was refused", one["bad_entries"] == taken and one["bad_packets"] == 0, run)
    check("the same among all", one in said[3]["rip_statistics"], run)
    peers = said[4]["rip_neighbors"]
    check("its neighbour", len(peers) == 1 and peers[0]["address"] == "127.0.0.2" and peers[0]["version"] == 2 and
          peers[0]["tag"] == 9 and peers[0]["bad_entries"] == taken and peers[0]["bad_packets"] == 0, run)
    total = said[5]["rip_totals"]
    check("totals", total["route_changes"] == ROUTES and total["responses_sent"] == 0, run)
    check("netsh's words", said[6] == said[4], run)
    run = Run("rip", "statistics", "Nowhere")
    check("an interface without RIP", run.code == 1 and "ERROR_NOT_FOUND" in run.err, run)


def main():
    neighbour = Neighbour()
    neighbour.start()
    without_rip()
    set_up(neighbour.port)
    statistics(neighbour)
    without_ripng()
    ripng()
    ripng_refuses()
    finish()


main()
