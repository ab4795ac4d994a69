"""The device that holds routes: packets to it are told, and nothing is left of it."""
import os
import socket
import time

from driver import (DEMAND, HELD, HOLD, PUT, READY, SETTLE, Helper, change, foreign, index_of, ip, link, own, packets, run,
                    skip, untouched)

def possible_here():
    """In a namespace of the case's own."""
    try:
        os.close(os.open("/dev/net/tun", os.O_RDWR))
    except OSError as error:
        skip(f"no tun device: {error}")


def hold(helper):
    """Asks for the device; its index, or 0, and errno."""
    sequence = helper.send(HOLD)
    held = helper.wait(HELD).numbers()
    assert helper.done(sequence) == []
    return held


def device_index(name):
    """0: there is none."""
    try:
        return socket.if_nametoindex(name)
    except OSError:
        return 0


def send(address, port=9, family=socket.AF_INET, times=1):
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        for _ in range(times):
            s.sendto(b"x", (address, port))


def told(helper, **wanted):
    """The next packet that was told and is so."""
    while True:
        for packet in packets(helper.wait(DEMAND)):
            if all(packet[name] == value for name, value in wanted.items()):
                return packet


def held_and_told():
    """Routes there, packets to them told, once each; it is gone with the program and so are they."""
    lan = link()
    ip("route", "add", "10.60.0.0/16", "via", "10.0.0.9", "proto", "static")
    before = foreign()
    helper = Helper()
    helper.ready()
    device, error = hold(helper)
    assert device and not error and device_index("mprdod0") == device
    assert hold(helper) == (device, 0)
    shown = ip("-o", "address", "show", "dev", "mprdod0")
    assert not shown.strip(), shown
    flags = ip("-o", "link", "show", "dev", "mprdod0")
    assert "UP" in flags and "MULTICAST" not in flags, flags
    wanted = [change(PUT, p, None, device) for p in ("10.50.0.0/16", "2001:db8:50::/48", "0.0.0.0/0", "::/0")]
    assert helper.routes(wanted) == []
    assert own() == {"10.50.0.0/16": (None, "mprdod0", 10), "0.0.0.0/0": (None, "mprdod0", 10)}
    assert own("-6") == {"2001:db8:50::/48": (None, "mprdod0", 10), "::/0": (None, "mprdod0", 10)}
    send("10.50.1.2", 53, times=20)
    packet = told(helper, destination="10.50.1.2")
    assert (packet["protocol"], packet["ports"][1], packet["source"]) == (17, 53, "10.0.0.1"), packet
    send("10.50.1.3", 53)
    assert told(helper)["destination"] == "10.50.1.3"  # none of the other nineteen
    send("2001:db8:50::7", 53, socket.AF_INET6)
    assert told(helper, destination="2001:db8:50::7")["protocol"] == 17
    # What asks for no link.
    send("224.0.0.251", 5353)
    send("10.50.1.4", 53)
    assert told(helper)["destination"] == "10.50.1.4"
    # To the link and back, with a route of somebody else beside it.
    assert helper.routes([change(PUT, "10.50.0.0/16", "10.0.0.2", lan)]) == []
    assert own()["10.50.0.0/16"] == ("10.0.0.2", "lan0", 10)
    assert helper.routes([change(PUT, "10.50.0.0/16", None, device)]) == []
    assert own()["10.50.0.0/16"] == (None, "mprdod0", 10)
    assert helper.end() == 0
    assert own() == {} and own("-6") == {} and not device_index("mprdod0") and untouched(before)


def gone_with_a_kill():
    """Also where its routes are to stay."""
    for options in ((), ("--at-end", "keep")):
        lan = link()
        helper = Helper(*options)
        helper.ready()
        device, _ = hold(helper)
        assert helper.routes([change(PUT, "10.50.0.0/16", None, device), change(PUT, "10.51.0.0/16", None, lan)]) == []
        helper.kill()
        assert not device_index("mprdod0")
        assert own() == {"10.51.0.0/16": (None, "lan0", 10)}
        helper = Helper(*options)
        assert helper.ready() == 1
        assert helper.done(helper.send(SETTLE)) == []
        assert own() == {}
        assert helper.end() == 0
        ip("link", "del", "lan0")


def made_anew():
    """Somebody deletes it, or has a device of its name."""
    link()
    ip("tuntap", "add", "mode", "tun", "name", "mprdod0")
    helper = Helper()
    helper.ready()
    device, error = hold(helper)
    assert not error and device_index("mprdod1") == device
    ip("link", "del", "mprdod1")
    again, error = helper.wait(HELD).numbers()
    assert again and not error and device_index("mprdod1") == again
    assert helper.routes([change(PUT, "10.50.0.0/16", None, again)]) == []
    send("10.50.1.2")
    told(helper, destination="10.50.1.2")
    assert helper.end() == 0
    assert device_index("mprdod0") and not device_index("mprdod1")


def flood():
    """However much comes: a hundred a second, and what the router asks is answered meanwhile."""
    link()
    helper = Helper()
    helper.ready()
    device, _ = hold(helper)
    assert helper.routes([change(PUT, "10.50.0.0/16", None, device)]) == []
    began = time.monotonic()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        for n in range(20000):
            try:
                s.sendto(b"x", (f"10.50.{n >> 8 & 255}.{n & 255}", 9))
            except OSError:  # the device's queue is full
                pass
    assert helper.routes([change(PUT, "10.51.0.0/16", None, device)]) == []
    lasted = time.monotonic() - began
    count = sum(message.count for message in helper.all if message.kind == DEMAND)
    assert 1 <= count <= 17 + 100 * lasted, (count, lasted)
    assert helper.end() == 0


def refused():
    """None can be made there: the rest goes on."""
    link()
    hide = ["unshare", "-m", "sh", "-c", 'mount --bind /dev/null /dev/net/tun && exec "$@"', "sh"]
    helper = Helper(before=hide)
    helper.ready()
    device, error = hold(helper)
    assert device == 0 and error, (device, error)
    assert helper.routes([change(PUT, "10.50.0.0/16", "10.0.0.2", index_of("lan0"))]) == []
    assert own() == {"10.50.0.0/16": ("10.0.0.2", "lan0", 10)}
    assert helper.end() == 0


def malformed():
    """A HOLD with records, and one to a program that has no table."""
    link()
    helper = Helper()
    helper.ready()
    helper.send(HOLD, b"x", 1)
    assert helper.process.wait(60) == 65
    helper = Helper("--events-only")
    helper.send(HOLD)
    time.sleep(0.2)
    assert not device_index("mprdod0")
    assert READY not in [m.kind for m in helper.all]
    helper.kill()


possible_here()
run([held_and_told, gone_with_a_kill, made_anew, flood, refused, malformed])
