"""Routes by mprnetlink into a kernel of the test's own, looked at with iproute2."""
import os
import random
import signal
import subprocess
import tempfile
import time

from driver import (ADDRESS, BEGIN, DELETE, EEXIST, END, EPERM, FAILED, FORWARDING, OWNED, PROGRAM, PUT, RESTORED, ROUTES,
                    Helper, change, foreign, ip, ip_batch, link, own, run, skip, untouched)

MANY = 100000


def prefix_of(n):
    return f"{20 + (n >> 16)}.{n >> 8 & 255}.{n & 255}.0/24"


class Watcher:
    """What iproute2 sees change, from when it is known to look until it has caught up."""
    def __enter__(self):
        self.file = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(["ip", "-N", "monitor", "route"], stdout=self.file)
        self.mark("172.31.1.0/24")
        return self

    def text(self):
        return os.pread(self.file.fileno(), 1 << 26, 0).decode()

    def mark(self, prefix):
        """Makes a change of its own until that is seen."""
        for _ in range(600):
            ip("route", "add", prefix, "dev", "lan0", "proto", "static")
            ip("route", "del", prefix)
            if prefix in self.text():
                return
            time.sleep(0.1)
        raise AssertionError("ip monitor says nothing")

    def lines(self):
        self.mark("172.31.2.0/24")
        return self.text().splitlines()

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.file.close()


def routes_100000():
    """Added, replaced by another next hop and metric, deleted: nothing is missing, nothing is left."""
    lan = link()
    helper = Helper()
    assert helper.ready() == 0
    assert helper.routes([change(PUT, prefix_of(n), "10.0.0.2", lan) for n in range(MANY)]) == []
    assert own() == {prefix_of(n): ("10.0.0.2", "lan0", 10) for n in range(MANY)}
    again = [change(PUT, prefix_of(n), "10.0.0.3" if n % 2 else "10.0.0.2", lan, 11 if n % 3 else 10)
             for n in range(MANY)]
    assert helper.routes(again, 10000) == []
    assert own() == {prefix_of(n): ("10.0.0.3" if n % 2 else "10.0.0.2", "lan0", 11 if n % 3 else 10)
                     for n in range(MANY)}
    assert helper.routes([change(DELETE, prefix_of(n)) for n in range(MANY)], 10000) == []
    assert own() == {}
    assert helper.end() == 0


def routes_ipv6():
    """Each form of a change in IPv6, beside a foreign route with the same prefix."""
    lan = link()
    ip("address", "add", "2001:db8::1/64", "dev", "lan0", "nodad")
    ip("-6", "route", "add", "2001:db8:7::/48", "via", "2001:db8::9", "metric", "5", "proto", "bird")
    before = foreign("-6")
    helper = Helper()
    helper.ready()
    many = [f"2001:db8:{n:x}::/48" for n in range(0x100, 0x2100)]
    assert helper.routes([change(PUT, p, "2001:db8::2", lan) for p in many]) == []
    assert helper.routes([change(PUT, p, "2001:db8::3", lan, 10 + n % 2) for n, p in enumerate(many)]) == []
    wanted = {p: ("2001:db8::3", "lan0", 10 + n % 2) for n, p in enumerate(many)}
    assert own("-6") == wanted
    # On the link; by a link-local next hop; metric 0 becomes the kernel's 1024, and is the same again.
    assert helper.routes([change(PUT, "2001:db8:7::/48", None, lan, 6), change(PUT, "::/0", "fe80::2", lan, 0),
                          change(PUT, "::/0", "fe80::2", lan, 0)]) == []
    wanted.update({"2001:db8:7::/48": (None, "lan0", 6), "::/0": ("fe80::2", "lan0", 1024)})
    assert own("-6") == wanted
    assert untouched(before, "-6")
    # What the foreign one has is not to be had, and is no path of one of ours.
    assert helper.routes([change(PUT, "2001:db8:7::/48", "2001:db8::2", lan, 5)]) == [(0, EEXIST)]
    assert untouched(before, "-6")
    assert helper.end() == 0
    assert own("-6") == {} and untouched(before, "-6")


def foreign_untouched():
    """Static, kernel's and BIRD's routes with the same prefix and metric as ours, before and behind them."""
    lan = link()
    for protocol, metric, number in (("static", 10, 1), ("bird", 10, 2), ("kernel", 10, 3), ("static", 0, 4)):
        ip("route", "add", f"172.16.{number}.0/24", "via", "10.0.0.9", "proto", protocol, "metric", str(metric))
    before = foreign()
    helper = Helper()
    helper.ready()
    errors = helper.routes([change(PUT, f"172.16.{n}.0/24", "10.0.0.2", lan) for n in range(6)])
    assert errors == [(1, EEXIST), (2, EEXIST), (3, EEXIST)]
    assert untouched(before)
    assert sorted(own()) == ["172.16.0.0/24", "172.16.4.0/24", "172.16.5.0/24"]
    # Somebody puts his before and behind ours of the same metric; then ours change and go.
    ip("route", "prepend", "172.16.0.0/24", "via", "10.0.0.8", "metric", "10", "proto", "static")
    ip("route", "append", "172.16.5.0/24", "via", "10.0.0.8", "metric", "10", "proto", "bird")
    before = foreign()
    changes = [change(PUT, f"172.16.{n}.0/24", "10.0.0.3", lan) for n in (0, 5)]
    assert helper.routes(changes) == []
    assert untouched(before)
    assert own()["172.16.0.0/24"][0] == own()["172.16.5.0/24"][0] == "10.0.0.3"
    assert helper.routes([change(DELETE, f"172.16.{n}.0/24") for n in range(6)]) == []
    assert untouched(before) and own() == {}
    helper.routes(changes)
    assert helper.end() == 0
    assert untouched(before) and own() == {}


def gone_at_once():
    """A router that has ended before its program has begun: what an earlier one left goes all the same."""
    lan = link()
    first = Helper()
    first.ready()
    assert first.routes([change(PUT, prefix_of(n), "10.0.0.2", lan) for n in range(100)]) == []
    first.kill()
    assert len(own()) == 100
    ours, its = os.pipe()
    os.close(ours)
    subprocess.run([PROGRAM], stdin=subprocess.DEVNULL, stdout=its, check=False, timeout=60)
    assert own() == {}
    os.close(its)


def killed_and_adopted():
    """What is still right is not touched at the next start, what has changed is, what is not wanted goes."""
    lan = link()
    ip("route", "add", "172.16.9.0/24", "via", "10.0.0.9", "proto", "static")
    before = foreign()
    first = Helper()
    first.ready()
    assert first.routes([change(PUT, prefix_of(n), "10.0.0.2", lan) for n in range(3000)]) == []
    first.kill()
    assert len(own()) == 3000
    ip("route", "append", prefix_of(5), "via", "10.0.0.7", "proto", "77", "metric", "10")  # twice
    with Watcher() as watcher:
        second = Helper()
        assert second.ready() == 3001
        assert second.routes([change(PUT, prefix_of(n), "10.0.0.3" if n < 100 else "10.0.0.2", lan)
                              for n in range(2000)]) == []
        assert len(own()) == 3000
        assert second.settle() == []
        assert own() == {prefix_of(n): ("10.0.0.3" if n < 100 else "10.0.0.2", "lan0", 10) for n in range(2000)}
        told = watcher.lines()
    touched = {line.replace("Deleted ", "").split()[0] for line in told if "172.31." not in line}
    adopted = {prefix_of(n) for n in range(100, 2000)}
    assert not touched & adopted, "an adopted route was touched"
    assert len(touched) == 100 + 1000
    assert untouched(before)
    second.kill()
    # Nothing wanted, nothing left.
    third = Helper()
    assert third.ready() == 2000
    assert third.settle() == [] and own() == {} and untouched(before)


def killed_at_random():
    """kill -9 at hundreds of random moments: the next one always ends with what is wanted, and no more."""
    lan = link()
    for n in range(50):
        ip("route", "add", prefix_of(n), "via", "10.0.0.9", "proto", "static", "metric", str(10 + n % 3))
    before, chance = foreign(), random.Random(1)
    wanted = {}
    for _ in range(200):
        helper = Helper()
        helper.ready()
        for _ in range(chance.randrange(4)):
            batch = [(n, chance.choice("234"), 10 + chance.randrange(3)) for n in chance.sample(range(400), 150)]
            data = b"".join(change(PUT, prefix_of(n), f"10.0.0.{hop}", lan, metric) if hop != "4" else
                            change(DELETE, prefix_of(n)) for n, hop, metric in batch)
            helper.send(ROUTES, data, len(batch))
        time.sleep(max(0, chance.random() * 0.006 - 0.002))
        helper.kill()
        assert untouched(before)
    helper = Helper()
    helper.ready()
    for n in range(100, 300):
        wanted[prefix_of(n)] = ("10.0.0.2", "lan0", 10)
    assert helper.routes([change(PUT, prefix_of(n), "10.0.0.2", lan) for n in range(100, 300)]) == []
    assert helper.settle() == [] and own() == wanted and untouched(before)
    assert helper.end() == 0 and own() == {} and untouched(before)


def at_the_end():
    """Routes stay or go as told, at the end of the input and at a signal."""
    lan = link()
    for options, left in ((("--at-end", "keep"), 1), ((), 0)):
        for how in ("input", "signal"):
            helper = Helper(*options)
            helper.ready()
            assert helper.routes([change(PUT, "172.16.0.0/16", "10.0.0.2", lan)]) == []
            if how == "signal":
                helper.process.terminate()
            assert helper.end() == 0
            assert len(own()) == left, (options, how)


def forwarding(family, value=None):
    path = {"ipv4": "/proc/sys/net/ipv4/ip_forward", "ipv6": "/proc/sys/net/ipv6/conf/all/forwarding"}[family]
    if value is not None:
        with open(path, "w", encoding="ascii") as file:
            file.write(str(value))
    with open(path, encoding="ascii") as file:
        return int(file.read())


def forwarding_as_it_is():
    """It is told, and left alone unless that is wanted; what was off is off again at the end, however that comes."""
    link()
    for ipv4, ipv6 in ((0, 0), (1, 0), (0, 1)):
        forwarding("ipv4", ipv4)
        forwarding("ipv6", ipv6)
        for options in ((), ("--forward", "ipv4"), ("--forward", "ipv6,ipv4")):
            wanted = options[1] if options else ""
            on4, on6 = ipv4 or "ipv4" in wanted, ipv6 or "ipv6" in wanted
            helper = Helper(*options)
            switched = (not ipv4 and "ipv4" in wanted) + 2 * (not ipv6 and "ipv6" in wanted)
            assert helper.wait(FORWARDING).numbers() == (on4, on6, switched)
            helper.ready()
            assert (forwarding("ipv4"), forwarding("ipv6")) == (on4, on6)
            if wanted == "ipv4":
                helper.process.terminate()
            assert helper.end() == 0
            assert (forwarding("ipv4"), forwarding("ipv6")) == (ipv4, ipv6), (ipv4, ipv6, options)


def forwarding_stays():
    """With the routes; and a killed one's successor is told what to switch off."""
    link()
    forwarding("ipv4", 0)
    helper = Helper("--forward", "ipv4")
    helper.ready()
    helper.kill()
    helper = Helper("--forward", "ipv4", "--forwarded", "ipv4")
    assert helper.wait(FORWARDING).numbers()[::2] == (1, 1)
    helper.ready()
    assert helper.end() == 0 and forwarding("ipv4") == 0
    helper = Helper("--forward", "ipv4", "--at-end", "keep")
    helper.ready()
    assert helper.end() == 0 and forwarding("ipv4") == 1
    # One that has not the host's table leaves it alone.
    forwarding("ipv4", 0)
    owner = Helper()
    owner.ready()
    for options in (("--forward", "ipv4"), ("--forward", "ipv4", "--events-only")):
        helper = Helper(*options)
        helper.wait(END)
        assert helper.end() == 0 and forwarding("ipv4") == 0


def one_owner():
    """The second one says who has the host, waits, and is next."""
    lan = link()
    first = Helper()
    first.ready()
    assert first.routes([change(PUT, "172.16.0.0/16", "10.0.0.2", lan)]) == []
    second = Helper()
    assert second.wait(OWNED).numbers() == (first.process.pid,)
    third = Helper("--protocol", "78")  # another number is another owner
    third.ready()
    # What it is told while it waits is done in its turn.
    sequence = second.send(ROUTES, change(PUT, "172.17.0.0/16", "10.0.0.2", lan), 1)
    assert sorted(own()) == ["172.16.0.0/16"]
    first.kill()
    assert second.ready() == 1
    assert second.done(sequence) == []
    assert second.settle() == []
    assert sorted(own()) == ["172.17.0.0/16"]
    fourth = Helper()
    assert fourth.wait(OWNED).numbers() == (second.process.pid,)
    assert fourth.end() == 0, "one that waits ends with its input, too"
    assert sorted(own()) == ["172.17.0.0/16"]


def rights():
    """Without CAP_NET_ADMIN it says so at once, and tells what happens; with nothing else it works."""
    if subprocess.run(["setpriv", "--version"], capture_output=True, check=False).returncode:
        skip("there is no setpriv")
    lan = link()
    without = Helper(before=("setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin"))
    assert without.wait(FAILED).numbers() == (1, EPERM)
    ip("address", "add", "10.0.2.1/24", "dev", "lan0")
    without.wait_record(ADDRESS, op=PUT, index=lan, local="10.0.2.1")
    assert without.end() == 0
    only = Helper(before=("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                          "--inh-caps=-all,+net_admin", "--ambient-caps=-all,+net_admin", "--bounding-set=-all,+net_admin"))
    only.ready()
    assert only.routes([change(PUT, "172.16.0.0/16", "10.0.0.2", lan)]) == []
    assert sorted(own()) == ["172.16.0.0/16"]
    assert only.end() == 0 and own() == {}


def errors_by_route():
    """Each route that can't be has its errno, and the others are there."""
    lan = link()
    helper = Helper()
    helper.ready()
    errors = helper.routes([change(PUT, "172.16.0.0/16", "10.0.0.2", lan),
                            change(PUT, "172.17.0.0/16", "10.9.9.9", lan),       # not on that link
                            change(PUT, "172.18.0.0/16", "10.0.0.2", 9999),      # no such link
                            change(PUT, "172.19.0.0/16", "10.0.0.2", 0),         # none
                            change(PUT, "172.20.0.0/16", "10.9.9.9", lan, 10, 1)])  # on it all the same
    assert [index for index, _ in errors] == [1, 2, 3] and all(error for _, error in errors), errors
    assert sorted(own()) == ["172.16.0.0/16", "172.20.0.0/16"]
    # A route that failed is tried again when the host changes.
    ip("address", "add", "10.9.9.1/24", "dev", "lan0")
    restored, missing, _, _ = helper.wait(RESTORED, lambda m: m.numbers()[0] == 1).numbers()
    assert (restored, missing) == (1, 1)
    assert sorted(own()) == ["172.16.0.0/16", "172.17.0.0/16", "172.20.0.0/16"]


def others_change_ours():
    """What somebody does to the routes with our number is undone."""
    lan = link()
    helper = Helper()
    helper.ready()
    changes = [change(PUT, prefix_of(n), "10.0.0.2", lan) for n in range(20)]
    assert helper.routes(changes) == [] and helper.settle() == []
    wanted = own()
    ip("route", "flush", "proto", "77")
    assert helper.wait(RESTORED).numbers()[:2] == (20, 0)
    assert own() == wanted
    ip("route", "add", "172.31.0.0/16", "via", "10.0.0.2", "proto", "77")
    assert helper.wait(RESTORED).numbers() == (0, 0, 0, 1)
    assert own() == wanted


def malformed():
    """A stream that says what none can is the end of it, and of the routes."""
    lan = link()
    good = change(PUT, "172.16.0.0/16", "10.0.0.2", lan)
    for body, count, kind in ((good[:-1], 1, ROUTES), (good, 2, ROUTES), (good + b"x", 1, ROUTES),
                              (b"\3" + good[1:], 1, ROUTES), (good[:1] + b"\5" + good[2:], 1, ROUTES),
                              (good[:2] + b"\41" + good[3:], 1, ROUTES), (good[:2] + b"\x0f" + good[3:], 0, ROUTES),
                              (b"", 1, 2), (b"", 0, 9), (b"", 10001, ROUTES)):
        helper = Helper()
        helper.ready()
        helper.send(kind, body, count)
        assert helper.wait(FAILED).numbers()[0] == 3, (body, count, kind)
        assert helper.end() == 65 and own() == {}


def bad_options():
    for words in (("--protocol", "4"), ("--protocol", "256"), ("--table", "x"), ("--at-end", "never"),
                  ("--events", "links,nothing"), ("--forward", "ipv5"), ("--nothing",), ("word",)):
        helper = Helper(*words)
        assert helper.process.wait(60) == 64, words


def overrun():
    """Events that were lost are made up for by a snapshot, and routes by a look."""
    lan = link()
    helper = Helper("--events", "links,addresses,routes")
    helper.ready()
    assert helper.routes([change(PUT, prefix_of(n), "10.0.0.2", lan) for n in range(1000)]) == []
    assert helper.settle() == []
    helper.process.send_signal(signal.SIGSTOP)
    for _ in range(5):
        ip_batch([f"route add 50.{n >> 8}.{n & 255}.0/24 via 10.0.0.2 proto static" for n in range(20000)])
        ip_batch([f"route del 50.{n >> 8}.{n & 255}.0/24" for n in range(20000)])
    ip("route", "add", "50.50.50.0/24", "via", "10.0.0.2", "proto", "static")
    ip("route", "flush", "proto", "77")
    ip("address", "add", "10.0.1.1/24", "dev", "lan0")
    helper.process.send_signal(signal.SIGCONT)
    assert helper.wait(BEGIN, lambda m: m.numbers() == (2,)).flags == 1
    helper.wait_record(0x86, op=1, local="10.0.1.1", index=lan)
    helper.wait_record(0x88, op=1, prefix="50.50.50.0/24", protocol=4)
    assert helper.wait(RESTORED, lambda m: m.numbers()[1] == 0).numbers()[0] == 1000
    assert len(own()) == 1000


run([routes_100000, routes_ipv6, foreign_untouched, gone_at_once, killed_and_adopted, killed_at_random, at_the_end, forwarding_as_it_is,
     forwarding_stays, one_owner, rights, errors_by_route, others_change_ours, malformed, bad_options, overrun])
