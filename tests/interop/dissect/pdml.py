"""Packets of RIP and RIPng as tshark takes them apart (pdml), each field checked that has one right
value: by RFC 2453 and 2080, 2082 (MD5), or by the link's configuration."""
import hashlib
import ipaddress
import subprocess
import xml.etree.ElementTree as ElementTree

RIPNG_REQUEST = {"ripng.rte.ipv6_prefix": "::", "ripng.rte.route_tag": "0x0000",
                 "ripng.rte.prefix_length": "0", "ripng.rte.metric": "16"}
RIP_REQUEST = {"rip.family": "0", "rip.route_tag": "0", "rip.netmask": "0.0.0.0",
               "rip.next_hop": "0.0.0.0", "rip.metric": "16"}


def read(path, source):
    out = subprocess.run(["tshark", "-r", path, "-Y", "(rip or ripng) and eth.src == " + source, "-T", "pdml",
                          "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    return ElementTree.fromstring(out) if out else []


class Packet:
    """Fields by name, as tshark shows them; a field that is not right is a complaint."""

    def __init__(self, xml, name):
        self.layers = {proto.get("name"): proto for proto in xml}
        self.xml, self.name, self.complaints = xml, name, []

    def show(self, field, attribute="show"):
        for f in self.xml.iter("field"):
            if f.get("name") == field:
                return f.get(attribute)
        return None

    def must(self, field, *values):
        if self.show(field) not in values:
            self.complain("%s is %s, not %s" % (field, self.show(field), " or ".join(map(str, values))))

    def complain(self, what):
        self.complaints.append("%s, packet %s: %s" % (self.name, self.show("num"), what))

    def octets(self):
        return bytes.fromhex(self.show("udp.payload").replace(":", ""))


def fields_of(xml):
    return {f.get("name"): f.get("show") for f in xml.iter("field") if f.get("name")}


def check_frame(p, protocol, number):
    """Nothing that tshark warns of; who sends to whom."""
    for e in list(p.xml.iter("proto")) + list(p.xml.iter("field")):
        if e.get("name", "").startswith(("_ws.malformed", "_ws.expert", "_ws.short")):
            p.complain("tshark says: %s %s" % (e.get("name"), e.get("showname")))
    p.must("udp.checksum.status", "1")
    port = "520" if protocol == "rip" else "521"
    p.must("udp.srcport", port)
    p.must("udp.dstport", port)
    if protocol == "rip":
        p.must("ip.checksum.status", "1")
        p.must("ip.src", "10.77.%d.1" % number)
    else:
        p.must("ipv6.hlim", "255")
        if not ipaddress.ip_address(p.show("ipv6.src")).is_link_local:
            p.complain("comes from %s" % p.show("ipv6.src"))


def check_auth(p, link, entries):
    """Takes the entry with the authentication away."""
    auth, key = link[3:5]
    if auth == "none":
        if p.show("rip.auth.type"):
            p.complain("is authenticated")
        return entries
    p.must("rip.auth.type", "2" if auth == "password" else "3")
    if auth == "password":
        p.must("rip.auth.passwd", key)
        return [e for e in entries if "rip.auth.type" not in fields_of(e)]
    octets = p.octets()
    p.must("rip.digest_offset", str(len(octets) - 20))
    p.must("rip.key_id", "1")
    p.must("rip.auth_data_len", "20")
    if abs(int(p.show("rip.seq_num")) - float(p.show("timestamp", "value"))) > 60:
        p.complain("rip.seq_num %s is not the time" % p.show("rip.seq_num"))
    digest = hashlib.md5(octets[:-16] + key.encode().ljust(16, b"\0")).hexdigest()
    if (p.show("rip.authentication_data") or "").replace(":", "") != digest:
        p.complain("rip.authentication_data is %s, not %s" % (p.show("rip.authentication_data"), digest))
    return [e for e in entries if not {"rip.auth.type", "rip.authentication_data"} & set(fields_of(e))]


def rip(p, number, link):
    version = link[1]
    p.must("rip.version", str(version))
    p.must("rip.command", "1", "2")
    entries = [f for f in p.layers["rip"] if f.get("name") == "" and len(f)]
    entries = [fields_of(e) for e in check_auth(p, link, entries)]
    octets = p.octets()
    if octets[2:4] != bytes(2):
        p.complain("octets 2 and 3 are not zero")
    if p.show("rip.command") == "1":
        request = RIP_REQUEST if version == 2 else {"rip.family": "0", "rip.metric": "16"}
        if entries != [request]:
            p.complain("the request has %s" % entries)
        entries = []
    ret = []
    for e in entries:
        if e.get("rip.family") != "2":
            p.complain("family %s" % e.get("rip.family"))
        if version == 1:
            if set(e) != {"rip.family", "rip.ip", "rip.metric"}:
                p.complain("version 1 has %s" % e)
            length = 24  # of every network here, by its class or by the link's mask
        else:
            length = ipaddress.ip_network("0.0.0.0/" + e["rip.netmask"]).prefixlen
        ret.append({"network": "%s/%d" % (e["rip.ip"], length), "metric": int(e["rip.metric"]),
                    "tag": int(e["rip.route_tag"]) if version == 2 else None,
                    "hop": e.get("rip.next_hop") if version == 2 else None})
    group = "224.0.0.9" if version == 2 else "10.77.%d.255" % number
    p.must("ip.dst", group, "10.77.%d.2" % number)
    if p.show("ip.dst") == "224.0.0.9":
        p.must("ip.ttl", "1")
    return ret, p.show("ip.dst") != group


def ripng(p):
    p.must("ripng.version", "1")
    p.must("ripng.cmd", "1", "2")
    p.must("ripng.reserved", "00:00")
    entries = [fields_of(f) for f in p.layers["ripng"] if f.get("name") == "ripng.rte"]
    for e in entries:
        e.pop("ripng.rte")
    if p.show("ripng.cmd") == "1":
        if entries != [RIPNG_REQUEST]:
            p.complain("the request has %s" % entries)
        entries = []
    return [{"network": "%s/%s" % (e["ripng.rte.ipv6_prefix"], e["ripng.rte.prefix_length"]),
             "metric": int(e["ripng.rte.metric"]), "tag": int(e["ripng.rte.route_tag"], 16), "hop": None}
            for e in entries], p.show("ipv6.dst") != "ff02::9"


def packets(path, name, link):
    """What the router sent: dictionaries, and complaints."""
    number = link[0]
    found, complaints = [], []
    for xml in read(path, "02:00:00:00:77:%02x" % number):
        p = Packet(xml, name)
        protocol = "rip" if "rip" in p.layers else "ripng"
        check_frame(p, protocol, number)
        entries, unicast = rip(p, number, link) if protocol == "rip" else ripng(p)
        found.append({"protocol": protocol, "command": int(p.show("rip.command" if protocol == "rip" else "ripng.cmd")),
                      "unicast": unicast, "entries": entries})
        complaints += p.complaints
    return found, complaints
