#!/usr/bin/python3
"""hostile.py WRAPPER ARCHITECTURE PROGRAM: clients that the router, which runs under Wine, has to put
up with: packets that are none, requests without an end, silence, floods of connections. Each is
refused as the protocol says, or closed; a good client is served meanwhile, and afterwards the router
ends in order."""
import random
import socket
import struct
import sys
import time

from wine_router import Router

DIMSVC = bytes.fromhex('00f0098fedb7ce11bbd200001a181cad') + b'\0\0\0\0'
NDR = bytes.fromhex('045d888aeb1cc9119fe808002b104860') + b'\2\0\0\0'
NDR64 = bytes.fromhex('33057171babe37498319b5dbef9ccc36') + b'\1\0\0\0'
REQUEST, RESPONSE, FAULT, BIND, BIND_ACK, BIND_NAK, ALTER, ALTER_ACK = 0, 2, 3, 11, 12, 13, 14, 15
FIRST, LAST, WHOLE, NOT_EXECUTED = 1, 2, 3, 0x20
PACKET_MAX = 5840
CONNECTIONS = 64


def fail(what):
    sys.exit('FAILED: ' + what)


def same(what, got, expected):
    if got != expected:
        fail('%s: %r, and not %r' % (what, got, expected))


def packet(kind, body, flags=WHOLE, call=1, version=5, minor=0, representation=0x10, auth=0,
           size=None):
    size = 16 + len(body) if size is None else size
    return struct.pack('<BBBBIHHI', version, minor, kind, flags, representation, size, auth,
                       call) + body


def bind(contexts=((0, DIMSVC, (NDR,)),), receive=PACKET_MAX, kind=BIND, **header):
    body = struct.pack('<HHIBBH', PACKET_MAX, receive, 0, len(contexts), 0, 0)
    for number, interface, syntaxes in contexts:
        body += struct.pack('<HBB', number, len(syntaxes), 0) + interface + b''.join(syntaxes)
    return packet(kind, body, **header)


def request(opnum, stub, context=0, hint=0, **header):
    return packet(REQUEST, struct.pack('<IHH', hint, context, opnum) + stub, **header)


GET_INFO = request(0, b'\0\0\0\0')


class Peer:
    def __init__(self, port, bound=True):
        self.socket = socket.create_connection(('127.0.0.1', port), 30)
        self.socket.settimeout(30)
        if bound:
            self.send(bind())
            same('bind', self.receive()[0], BIND_ACK)

    def send(self, octets):
        self.socket.sendall(octets)

    def exactly(self, size):
        """Those octets; b'' when the other end has closed."""
        octets = b''
        while len(octets) < size:
            try:
                more = self.socket.recv(size - len(octets))
            except ConnectionError:
                more = b''
            if not more:
                return b''
            octets += more
        return octets

    def receive(self):
        """(kind, flags, body) of a packet; (None, 0, b''): closed."""
        header = self.exactly(16)
        if not header:
            return None, 0, b''
        size = struct.unpack_from('<H', header, 8)[0]
        return header[2], header[3], self.exactly(size - 16)

    def closed(self, what):
        same('after ' + what, self.receive()[0], None)
        self.socket.close()

    def served(self):
        self.send(GET_INFO)
        kind, _, body = self.receive()
        same('a good call', kind, RESPONSE)
        same('its result', body[-4:], b'\0\0\0\0')

    def fault(self, what, status, flags=0):
        kind, got, body = self.receive()
        same(what, kind, FAULT)
        same(what, struct.unpack_from('<I', body, 8)[0], status)
        same(what, got, WHOLE | flags)


# --- binding ---

def results(body):
    address = struct.unpack_from('<H', body, 8)[0]
    start = 10 + address
    start += -(start + 16) % 4
    return [struct.unpack_from('<HH', body, start + 4 + 24 * i) for i in range(body[start])]


def binding(port):
    for what, octets, reason in (
            ('version 4', bind(version=4), 4), ('minor 9', bind(minor=9), 4),
            ('authentication', bind(auth=8), 8), ('no context', bind(()), 2),
            ('many contexts', bind([(i, DIMSVC, (NDR,)) for i in range(17)]), 2),
            ('small packets', bind(receive=1431), 2), ('half a bind', bind()[:30], None)):
        peer = Peer(port, False)
        if reason is None:
            octets = octets[:8] + struct.pack('<H', len(octets)) + octets[10:]
            reason = 2
        peer.send(octets)
        kind, _, body = peer.receive()
        same(what, (kind, struct.unpack_from('<H', body)[0]), (BIND_NAK, reason))
        peer.closed(what)
    peer = Peer(port, False)
    peer.send(bind([(0, b'x' * 20, (NDR,)), (1, DIMSVC, (NDR64,)), (2, DIMSVC, (NDR64, NDR)),
                    (2, DIMSVC, (NDR,))]))
    kind, _, body = peer.receive()
    same('four contexts', (kind, results(body)), (BIND_ACK, [(2, 1), (2, 2), (0, 0), (0, 0)]))
    peer.send(request(0, b'\0\0\0\0', context=1))
    peer.fault('a context that was refused', 0x1c010003, NOT_EXECUTED)
    peer.closed('it')
    peer = Peer(port)
    peer.send(bind([(7, DIMSVC, (NDR,))], kind=ALTER))
    kind, _, body = peer.receive()
    same('alter', (kind, results(body)), (ALTER_ACK, [(0, 0)]))
    peer.send(request(0, b'\0\0\0\0', context=7))
    same('by it', peer.receive()[0], RESPONSE)
    peer.send(bind())
    peer.closed('a second bind')


# --- requests ---

def requests(port):
    peer = Peer(port)
    for opnum, stub, status in ((53, b'', 0x1c010002), (65535, b'\0' * 5000, 0x1c010002),
                                (0, b'', 0x6f7), (13, b'\xff' * 100, 0x6f7)):
        peer.send(request(opnum, stub))
        peer.fault('opnum %d' % opnum, status)
        peer.served()
    # in pieces of packets, in packets of pieces, with a cancel, with an object
    for octet in GET_INFO:
        peer.send(bytes([octet]))
    same('octet by octet', peer.receive()[0], RESPONSE)
    for i, octet in enumerate(b'\0\0\0\0'):
        peer.send(request(0, bytes([octet]), flags=FIRST * (i == 0) | LAST * (i == 3), call=9))
        peer.send(packet(18, b'', call=9))
    same('in four packets', peer.receive()[0], RESPONSE)
    peer.send(packet(REQUEST, struct.pack('<IHH', 0, 0, 0) + b'o' * 16 + b'\0\0\0\0', WHOLE | 0x80))
    same('with an object', peer.receive()[0], RESPONSE)
    # one that is given up, then another
    peer.send(request(0, b'\0', flags=FIRST, call=3) + packet(19, b'', call=3))
    peer.served()
    peer.send(GET_INFO * 50)  # without waiting for the answers
    for _ in range(50):
        same('fifty at once', peer.receive()[0], RESPONSE)
    for what, octets in (
            ('a request before a bind', GET_INFO), ('a continuation of nothing', None),
            ('another opnum in the middle', None), ('big-endian numbers', None),
            ('a size below the header', packet(REQUEST, b'', size=15)),
            ('a size above all', packet(REQUEST, b'\0' * 8, size=PACKET_MAX + 1)),
            ('authentication', packet(REQUEST, b'\0' * 40, auth=8)),
            ('a packet of the server', packet(RESPONSE, b'\0' * 12)), ('no packet', b'GET / HTTP/1.1\r\n\r\n')):
        peer = Peer(port, what != 'a request before a bind')
        peer.send({'a continuation of nothing': request(0, b'', flags=LAST),
                   'another opnum in the middle':
                       request(0, b'\0', flags=FIRST) + request(1, b'\0', flags=LAST),
                   'big-endian numbers': packet(REQUEST, b'\0' * 8, representation=0)}.get(what, octets))
        peer.closed(what)


def oversize(port):
    """A request of more than 16 MB; many of them, none ended."""
    piece = request(0, b'\0' * 5808, flags=0)
    peer = Peer(port)
    peer.send(request(0, b'\0' * 5808, flags=FIRST))
    try:
        for _ in range(6000):
            peer.send(piece)
        fail('34 MB are taken')
    except ConnectionError:
        pass
    peers = [Peer(port) for _ in range(12)]
    for peer in peers:
        try:
            peer.send(request(0, b'\0' * 5808, flags=FIRST))
            for _ in range(1500):
                peer.send(piece)
        except ConnectionError:
            pass
    Peer(port).served()
    for peer in peers:
        peer.socket.close()
    # the memory is there again
    peer = Peer(port)
    peer.send(request(0, b'\0' * 5808, flags=FIRST) + piece * 1500 + request(0, b'', flags=LAST))
    peer.fault('a long request that has an end', 0x6f7)


def noise(port):
    chance = random.Random(15)
    for i in range(300):
        peer = Peer(port, bound=i % 3 != 0)
        octets = bytearray(chance.choice([bind(), GET_INFO, GET_INFO * 3, bind(kind=ALTER)]))
        if i % 2:
            for _ in range(chance.randint(1, 4)):
                octets[chance.randrange(len(octets))] = chance.randrange(256)
        else:
            octets = chance.randbytes(chance.randint(1, 400))
        peer.send(octets)
        peer.socket.close()
    for opnum in range(53):
        peer = Peer(port)
        for size in (0, 3, 8, 40, 400, 3000):
            if opnum in (8, 15, 21):  # what they would do is no noise
                continue
            peer.send(request(opnum, chance.randbytes(size)))
            kind = peer.receive()[0]
            if kind not in (RESPONSE, FAULT):
                fail('noise for opnum %d gives %r' % (opnum, kind))
        peer.socket.close()


# --- connections ---

def arrivals(port):
    """However connections come and go, each that waits for an answer gets it."""
    chance = random.Random(16)
    for _ in range(3000):
        peer = Peer(port, bound=chance.random() < 0.7)
        peer.send(chance.choice([GET_INFO, bind(), b'noise']))
        peer.socket.close()


def silence(port):
    """Connections that say nothing take nobody's place who has called."""
    good = Peer(port)
    good.served()
    silent = [Peer(port, bound=i % 2 == 0) for i in range(3 * CONNECTIONS)]
    good.served()
    Peer(port).served()
    open_ones = 0
    for peer in silent:
        peer.socket.settimeout(0.001)
        try:
            if peer.socket.recv(1):
                fail('a silent peer hears something')
        except socket.timeout:
            open_ones += 1
        except ConnectionError:
            pass
    if open_ones >= CONNECTIONS:
        fail('%d silent connections are open' % open_ones)
    for peer in silent:
        peer.socket.close()
    good.served()


def patience(port):
    """Who stops in the middle is not waited for; who is silent between calls is."""
    good = Peer(port)
    good.served()
    before, header, begun = Peer(port, False), Peer(port), Peer(port)
    header.send(GET_INFO[:7])
    begun.send(request(0, b'\0', flags=FIRST))
    started = time.time()
    for what, peer in (('no bind', before), ('half a header', header), ('half a request', begun)):
        peer.closed(what)
    if not 15 < time.time() - started < 40:
        fail('they are waited for %d s' % (time.time() - started))
    good.served()


def unread(port):
    """Answers that nobody reads."""
    peers = [Peer(port) for _ in range(8)]
    for peer in peers:
        peer.socket.settimeout(0.5)
        try:
            # RRasAdminPortEnum of all ports: some 200 kB each
            ports = struct.pack('<6I', 0, 0xffffffff, 0, 0, 0xffffffff, 0)
            for _ in range(2000):
                peer.send(request(4, ports))
        except (socket.timeout, ConnectionError):
            pass
    Peer(port).served()
    for peer in peers:
        peer.socket.close()


def main():
    with Router(*sys.argv[1:]) as router:
        good = Peer(router.port)
        for part in (binding, requests, arrivals, oversize, noise, silence, unread, patience):
            started = time.time()
            part(router.port)
            good.served()
            print('%s: %.1f s' % (part.__name__, time.time() - started))


if __name__ == '__main__':
    main()
