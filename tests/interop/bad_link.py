#!/usr/bin/env python3
"""A bad link: frames go from one device to the other and back, and some get lost, come twice, or late.

    bad_link.py DEVICE DEVICE LOSS TWICE LATE SEED

LOSS, TWICE, LATE: percents of the frames; late ones are overtaken by what comes in the next 60 ms.
The random numbers are the same for a seed; the moments are not. It says "ready" and runs until it
is ended, and then says what it did. (Not every kernel has netem, which does the like.)"""
import heapq
import random
import select
import signal
import socket
import struct
import sys
import time

SOL_PACKET, PACKET_ADD_MEMBERSHIP, PACKET_VNET_HDR, PACKET_MR_PROMISC = 263, 1, 15, 1
PACKET_OUTGOING, ETH_P_ALL, FRAME_MAX = 4, 3, 65600
LATE_SECONDS = 0.06


def open_device(name):
    """With the header that says which checksums are still to be computed: so they are."""
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    s.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    s.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP,
                 struct.pack("iHH8s", socket.if_nametoindex(name), PACKET_MR_PROMISC, 0, b""))
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 23)
    s.bind((name, ETH_P_ALL))
    return s


class Link:
    def __init__(self, devices, loss, twice, late, seed):
        self.loss, self.twice, self.late = loss, twice, late
        self.random, self.waiting, self.number = random.Random(seed), [], 0
        self.counts = dict.fromkeys(("frames", "lost", "twice", "late"), 0)
        self.other = {devices[0]: devices[1], devices[1]: devices[0]}

    def happens(self, percent, what):
        yes = self.random.random() * 100 < percent
        self.counts[what] += yes
        return yes

    def take(self, device):
        frame, address = device.recvfrom(FRAME_MAX)
        if address[2] == PACKET_OUTGOING:
            return
        self.counts["frames"] += 1
        if self.happens(self.loss, "lost"):
            return
        for _ in range(2 if self.happens(self.twice, "twice") else 1):
            late = self.happens(self.late, "late")
            due = time.monotonic() + (self.random.random() * LATE_SECONDS if late else 0)
            self.number += 1
            heapq.heappush(self.waiting, (due, self.number, self.other[device], frame))

    def deliver(self):
        while self.waiting and self.waiting[0][0] <= time.monotonic():
            _, _, device, frame = heapq.heappop(self.waiting)
            try:
                device.send(frame)
            except OSError:
                pass  # the other end is down: lost as well

    def run(self):
        while True:
            self.deliver()
            wait = max(0, self.waiting[0][0] - time.monotonic()) if self.waiting else None
            for device in select.select(list(self.other), [], [], wait)[0]:
                self.take(device)


def main():
    link = Link([open_device(name) for name in sys.argv[1:3]], *map(float, sys.argv[3:6]), int(sys.argv[6]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print("ready", flush=True)
    try:
        link.run()
    finally:
        print(link.counts, flush=True)


main()
