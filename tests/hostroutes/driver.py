"""Drives mprnetlink as the router does, in a network namespace of the test's own.

The messages are written and read here once more, from what src/hostroutes/message.h says, so that an
error of the codec does not cancel out.
"""
import ctypes
import ipaddress
import os
import select
import signal
import struct
import subprocess
import sys
import time
import traceback

PROGRAM = os.environ["MPR_NETLINK"]
OWN = "77"
ROUTES, SETTLE, HOLD = 1, 2, 3
READY, FAILED, OWNED, DONE, LINK, ADDRESS, NEIGHBOUR, ROUTE, BEGIN, END, RESTORED, FORWARDING, HELD, DEMAND = \
    range(0x81, 0x8F)
PUT, DELETE = 1, 2
WAIT = 60  # seconds; against hanging only
EPERM, EEXIST, ENETDOWN = 1, 17, 100


class Message:
    def __init__(self, kind, flags, sequence, count, body):
        self.kind, self.flags, self.sequence, self.count, self.body = kind, flags, sequence, count, body

    def numbers(self):
        return struct.unpack(f"<{len(self.body) // 4}I", self.body)


def change(operation, prefix, via=None, interface=0, metric=10, flags=0):
    net = ipaddress.ip_network(prefix)
    hop = ipaddress.ip_address(via).packed if via else bytes(len(net.network_address.packed))
    return struct.pack("<BBBBBII", operation, len(hop), net.prefixlen, 0, flags, interface, metric) + \
        net.network_address.packed + hop


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def octets(self, size):
        self.at += size
        return self.data[self.at - size:self.at]


def records(message):
    """Of LINK, ADDRESS, NEIGHBOUR and ROUTE messages, as dictionaries."""
    r, found = Reader(message.body), []
    for _ in range(message.count):
        if message.kind == LINK:
            operation, size, _, index, flags, mtu = r.take("BBHIII")
            mac = r.octets(size)
            name = r.octets(r.take("B")).decode()
            found.append({"op": operation, "index": index, "flags": flags, "mtu": mtu, "mac": mac.hex(":"), "name": name})
        elif message.kind == ADDRESS:
            operation, family, length, _, index, _ = r.take("BBBBII")
            local, peer = (str(ipaddress.ip_address(r.octets(family))) for _ in range(2))
            found.append({"op": operation, "index": index, "local": local, "peer": peer, "length": length})
        elif message.kind == NEIGHBOUR:
            operation, family, size, state, index = r.take("BBBHI")
            address, mac = str(ipaddress.ip_address(r.octets(family))), r.octets(size).hex(":")
            found.append({"op": operation, "index": index, "state": state, "address": address, "mac": mac})
        else:
            operation, family, length, protocol, _, interface, metric = r.take("BBBBBII")
            net, hop = (str(ipaddress.ip_address(r.octets(family))) for _ in range(2))
            found.append({"op": operation, "prefix": f"{net}/{length}", "protocol": protocol, "via": hop,
                          "interface": interface, "metric": metric})
    assert r.at == len(message.body), "octets behind the last record"
    return found


def packets(message):
    """Of DEMAND messages."""
    r, found = Reader(message.body), []
    for _ in range(message.count):
        family, protocol, flags, source, destination = r.take("BBBHH")
        ends = [str(ipaddress.ip_address(r.octets(family))) for _ in range(2)]
        found.append({"protocol": protocol, "ports": (source, destination) if flags else None,
                      "source": ends[0], "destination": ends[1]})
    assert r.at == len(message.body), "octets behind the last record"
    return found


class Helper:
    """One process of the program. Everything it says goes through `all`, in order."""
    running = []

    def __init__(self, *options, before=()):
        self.process = subprocess.Popen([*before, PROGRAM, *options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, bufsize=0)
        self.buffer, self.sequence, self.all, self.seen = b"", 0, [], 0
        Helper.running.append(self)

    def read(self, deadline):
        """Reads once; False at the end of the stream."""
        ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
        assert ready, f"nothing came within {WAIT} s"
        data = os.read(self.process.stdout.fileno(), 1 << 20)
        self.buffer += data
        while len(self.buffer) >= 16:
            size, kind, flags, sequence, count = struct.unpack_from("<IHHII", self.buffer)
            assert 16 <= size <= 1 << 20
            if len(self.buffer) < size:
                break
            self.all.append(Message(kind, flags, sequence, count, self.buffer[16:size]))
            self.buffer = self.buffer[size:]
        return bool(data)

    def wait(self, kind, holds=lambda m: True):
        """The next message of the kind for which that holds."""
        deadline = time.monotonic() + WAIT
        while True:
            while self.seen < len(self.all):
                self.seen += 1
                message = self.all[self.seen - 1]
                if message.kind == kind and holds(message):
                    return message
            assert self.read(deadline), f"the program ended ({self.process.wait()}) before it said {kind:#x}"

    def wait_record(self, kind, **wanted):
        """Until a record with those values has come."""
        hit = []

        def holds(message):
            hit[:] = [r for r in records(message) if all(r[name] == value for name, value in wanted.items())]
            return bool(hit)
        self.wait(kind, holds)
        return hit[0]

    def ready(self):
        return self.wait(READY).numbers()[2]

    def send(self, kind, body=b"", count=0):
        self.sequence += 1
        data = struct.pack("<IHHII", 16 + len(body), kind, 0, self.sequence, count) + body
        # What it says meanwhile is read, as the router's thread does.
        while data:
            readable, writable, _ = select.select([self.process.stdout], [self.process.stdin], [], WAIT)
            assert readable or writable, "the program takes nothing"
            if readable and not self.read(time.monotonic() + WAIT):
                raise AssertionError("the program ended")
            if writable:
                data = data[os.write(self.process.stdin.fileno(), data[:4096]):]
        return self.sequence

    def done(self, sequence):
        """The errors of a request: (index, errno)."""
        numbers = self.wait(DONE, lambda m: m.sequence == sequence).numbers()
        return list(zip(numbers[::2], numbers[1::2]))

    def routes(self, changes, batch=1000):
        """Sends changes in batches, and gives the errors by the index in the whole."""
        sent = [(first, self.send(ROUTES, b"".join(changes[first:first + batch]), len(changes[first:first + batch])))
                for first in range(0, len(changes), batch)]
        return [(first + index, error) for first, sequence in sent for index, error in self.done(sequence)]

    def settle(self):
        return self.done(self.send(SETTLE))

    def end(self):
        """Ends its input and gives its exit code."""
        self.process.stdin.close()
        deadline = time.monotonic() + WAIT
        while self.read(deadline):
            pass
        return self.process.wait(WAIT)

    def kill(self):
        self.process.kill()
        self.process.wait()

    @classmethod
    def end_all(cls):
        for helper in cls.running:
            if helper.process.poll() is None:
                helper.process.kill()
            helper.process.wait()
        cls.running.clear()


def ip(*words, check=True):
    return subprocess.run(["ip", *words], check=check, capture_output=True, text=True).stdout


def ip_batch(lines, *options, check=True):
    subprocess.run(["ip", *options, "-batch", "-"], check=check, input="\n".join(lines) + "\n", text=True,
                   stdout=subprocess.DEVNULL, stderr=None if check else subprocess.DEVNULL)


def lines_of(*words):
    return sorted(line.strip() for line in ip(*words).splitlines())


def own(family="-4"):
    """The kernel's routes with our number: prefix -> (via, device, metric)."""
    found = {}
    for line in ip("-N", family, "route", "show", "table", "main", "proto", OWN).splitlines():
        words = line.split()
        prefix = words[0].replace("default", "0.0.0.0/0" if family == "-4" else "::/0")
        values = {name: words[words.index(name) + 1] for name in ("via", "dev", "metric") if name in words}
        assert prefix not in found, f"twice: {line}"
        found[prefix if "/" in prefix else prefix + ("/32" if family == "-4" else "/128")] = \
            (values.get("via"), values["dev"], int(values.get("metric", 0)))
    return found


def foreign(family="-4"):
    """Lines of all routes that are not ours, without what the kernel says of their link at the moment."""
    return sorted(" ".join(word for word in line.split() if word not in ("linkdown", "dead"))
                  for line in ip("-N", family, "route", "show", "table", "all").splitlines()
                  if f" proto {OWN} " not in line + " ")


def untouched(before, family="-4"):
    """All that was there before is, and nothing more but what the kernel adds by itself, some time later."""
    now = foreign(family)
    lost = [line for line in before if line not in now]
    more = [line for line in now if line not in before and " proto 2 " not in line + " "]
    assert not lost and not more, f"gone: {lost}, new: {more}"
    return True


def wait_for_multicast(*ends):
    """The kernel adds IPv6's multicast route of an end only when it has seen the carrier, which may be later."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        routes = ip("-6", "route", "show", "table", "local", "type", "multicast")
        if all(f" dev {end} " in routes for end in ends):
            return
        time.sleep(0.02)
    raise AssertionError(f"no multicast routes of {ends}: {routes}")


def link(name="lan0", peer="peer0", address="10.0.0.1/24"):
    """A veth pair, both ends up and here; gives the index of the first."""
    ip("link", "add", name, "type", "veth", "peer", "name", peer)
    for end in (name, peer):  # no addresses of IPv6 that come by themselves, some time later
        ip("link", "set", end, "addrgenmode", "none")
    ip("address", "add", address, "dev", name)
    ip("link", "set", peer, "up")
    ip("link", "set", name, "up")
    wait_for_multicast(name, peer)
    return index_of(name)


def index_of(name):
    for line in ip("-o", "link", "show", "dev", name).splitlines():
        return int(line.split(":")[0])
    return 0


def alone():
    """A namespace of this process's own."""
    if ctypes.CDLL(None, use_errno=True).unshare(0x40000000):
        raise OSError(ctypes.get_errno(), "unshare")
    ip("link", "set", "lo", "up")


def skip(why):
    print(f"SKIP: {why}", flush=True)
    sys.exit(77)


def possible():
    if os.geteuid():
        skip("network namespaces need root")
    pid = os.fork()
    if not pid:
        try:
            alone()
            link()
        except (OSError, subprocess.CalledProcessError):
            os._exit(1)
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        skip("this machine has no network namespaces, or no veth links in them, or no ip")


def run_case(case):
    """In a process of its own, whose namespace goes with it. True: passed."""
    name = case.__name__
    print(f"[ RUN      ] {name}", flush=True)
    pid = os.fork()
    if not pid:
        code = 1
        try:
            signal.alarm(300)
            alone()
            case()
            code = 0
        except Exception:  # pylint: disable=broad-except
            traceback.print_exc(file=sys.stdout)
        Helper.end_all()
        sys.stdout.flush()
        os._exit(code)
    passed = os.waitpid(pid, 0)[1] == 0
    print(f"[       OK ] {name}" if passed else f"[  FAILED  ] {name}", flush=True)
    return passed


def run(cases):
    possible()
    wanted = sys.argv[1:]
    results = [run_case(case) for case in cases if not wanted or case.__name__ in wanted]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    sys.exit(0 if results and all(results) else 1)
