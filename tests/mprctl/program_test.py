"""Every command of mprctl against a router, with its exit code and what it says, as text and as JSON.

Each run is a process of its own. What has to be seen by the next one is stored; what connects happens
within one script. So it holds whether or not programs share one router (MPRAPI_ROUTER=shared), which
is still connected where the script's own has ended.
"""
import os
import pwd
import re
import time

from support import Run, check, finish, script

OFFICE = "name=Head office"
SHARED = os.environ.get("MPRAPI_ROUTER") == "shared"


def says(what, run, code, *texts):
    check(what, run.code == code and all(t in run.out + run.err for t in texts), run)


def words():
    says("no words are wrong words", Run(), 2, "usage: mprctl")
    says("--help is none", Run("--help"), 0, "interfaces show", "service run")
    says("the version", Run("--version"), 0, "mprctl 0.")
    says("an unknown word", Run("interfaces", "shwo"), 2, 'did you mean "show"?')
    says("an unknown parameter", Run("update", "nmae=x"), 2, 'did you mean "name"?')
    says("a bad value", Run("static-routes", "add", "10.0.0.0/33", "x"), 2, "is no prefix")
    wrong = Run("interfaces", "shwo", "--json")
    check("as an object as well", wrong.json()["error"]["exit"] == 2 and "shwo" in wrong.err, wrong)
    listed = Run("--help", "--json").json()["commands"]
    check("every command is in the help", len(listed) > 60)
    run = script(*["help " + command["command"] for command in listed])
    check("help about each", run.code == 0 and run.err == "" and run.out.count("PowerShell: ") == len(listed) and
          all(command["summary"] + "\n\nmprctl " + command["command"] in run.out for command in listed), run)


def router():
    says("no router of that name", Run("--server", "elsewhere", "server", "show"), 3,
         "RPC_S_SERVER_UNAVAILABLE (1722)")
    server = Run("server", "show", "--json").json()["server"]
    check("server show", server["running"] is True and server["ports"] > 0)
    with open("/proc/sys/net/ipv4/ip_forward", encoding="ascii") as file:
        check("server show: forwarding", server["forwarding"] is (file.read() != "0\n"), server)
    says("server set", Run("server", "set", "pptpports=64", "pptpuse=routing"), 0)
    server = Run("server", "show", "--json").json()["server"]
    check("server set counts", server["pptpports"] == 64 and server["pptpuse"] == "routing")
    says("server set refuses", Run("server", "set", "sstpuse=both"), 1, "ERROR_INVALID_PARAMETER (87)")
    says("service status", Run("service", "status"), 0, "RemoteAccess")
    service = Run("service", "status", "--json").json()["service"]
    if service["state"] == "not installed":
        says("service start", Run("service", "start"), 3, "ERROR_SERVICE_DOES_NOT_EXIST (1060)")
        says("service stop", Run("service", "stop"), 3, "ERROR_SERVICE_DOES_NOT_EXIST (1060)")


def make_interfaces():
    says("dialers set", Run("dialers", "set", OFFICE, "kind=scripted", "address=10.9.0.1", "mask=255.255.255.0"), 0)
    dialer = Run("dialers", "show", "--json").json()["dialers"]
    check("dialers show", len(dialer) == 1 and dialer[0]["name"] == "Head office" and
          dialer[0]["address"] == "10.9.0.1" and dialer[0]["timeout"] is None)
    says("interfaces create", Run("interfaces", "create", OFFICE, "device=WAN Miniport (IKEv2)", "devicetype=vpn",
                                  "phone=vpn.example", "strategy=ikev2-only"), 0)
    says("there already", Run("interfaces", "create", OFFICE, "phone=x"), 1, "ERROR_INTERFACE_ALREADY_EXISTS (904)")
    says("without an entry", Run("interfaces", "create", "Nobody"), 1, "ERROR_CANNOT_FIND_PHONEBOOK_ENTRY (623)")
    says("a name beyond ASCII", Run("interfaces", "create", "name=Köln 中文", "device=d", "devicetype=vpn"), 0, "Köln 中文")
    interfaces = {i["name"]: i for i in Run("interfaces", "show", "--json").json()["interfaces"]}
    check("interfaces show", {"Head office", "Köln 中文", "Loopback", "Internal"} <= set(interfaces))
    check("its type and place", interfaces["Head office"]["type"] == "demand-dial" and
          interfaces["Head office"]["stored"] is True and interfaces["Internal"]["stored"] is False)
    says("one of them", Run("interfaces", "show", "head OFFICE"), 0, "demand-dial")
    says("none of that name", Run("interfaces", "show", "Nobody"), 1, "ERROR_NO_SUCH_INTERFACE (905)")
    narrow = Run("interfaces", "show", "--width", "72")
    check("it fits the terminal", all(len(line) <= 72 for line in narrow.out.splitlines()), narrow)


def change_interfaces():
    says("interfaces disable", Run("interfaces", "disable", "Köln 中文"), 0)
    check("disabled", Run("interfaces", "show", "Köln 中文", "--json").json()["interfaces"]["enabled"] is False)
    says("interfaces enable", Run("interfaces", "set", "Köln 中文", "admin=enabled"), 0)
    check("enabled", Run("interfaces", "show", "Köln 中文", "--json").json()["interfaces"]["enabled"] is True)
    hours = "1 08:00-12:00 13:00-17:00;6 10:00-12:00"
    says("interfaces set hours", Run("interfaces", "set", "Köln 中文", "hours=" + hours), 0)
    check("hours", Run("interfaces", "show", "Köln 中文", "--json").json()["interfaces"]["hours"] == hours)
    says("hours that can't be", Run("interfaces", "set", "Köln 中文", "hours=9 x"), 1, "ERROR_INVALID_PARAMETER")
    says("the loopback can't be disabled", Run("interfaces", "disable", "Loopback"), 1, "ERROR_INVALID_PARAMETER")
    says("interfaces delete", Run("interfaces", "delete", "Köln 中文"), 0)
    says("it is gone", Run("interfaces", "delete", "Köln 中文"), 1, "ERROR_NO_SUCH_INTERFACE")


def entries():
    says("entries set", Run("entries", "set", OFFICE, "alternates=a.example;b.example", "idle=600",
                            "options=RequireEAP,SpecificIpAddr", "address=10.0.0.7", "address6=2001:db8::7"), 0)
    entry = Run("entries", "show", OFFICE, "--json").json()["entries"]
    check("entries show", entry["alternates"] == "a.example;b.example" and entry["idle"] == 600 and
          entry["address"] == "10.0.0.7" and entry["address6"] == "2001:db8::7" and
          entry["strategy"] == "ikev2-only" and "RequireEAP" in entry["options"])
    says("an option that is none", Run("entries", "set", OFFICE, "options=RequireEPA"), 2, 'did you mean "RequireEAP"?')
    says("entries reload", Run("entries", "reload", OFFICE), 0)
    says("no entry", Run("entries", "show", "Loopback"), 1, "ERROR_INVALID_LEVEL")


def secrets():
    run = Run("interfaces", "credentials", "set", OFFICE, "user=ann", "domain=OFFICE", stdin="open sesame\n")
    says("credentials set", run, 0)
    check("the password is not repeated", "sesame" not in run.out + run.err, run)
    shown = Run("interfaces", "credentials", "show", OFFICE, "--json")
    check("credentials show", shown.json()["credentials"] == {"interface": "Head office", "user": "ann",
                                                              "domain": "OFFICE", "password": True}, shown)
    says("not as an argument", Run("interfaces", "credentials", "set", OFFICE, "user=a", "password=b"), 2,
         'no parameter "password"')
    says("no line, no password", Run("interfaces", "credentials", "set", OFFICE, "user=ann"), 2, "standard input")
    says("key set", Run("interfaces", "key", "set", OFFICE, stdin="secret\n"), 0)
    says("key delete", Run("interfaces", "key", "delete", OFFICE), 0)
    says("the server's key", Run("interfaces", "key", "set", stdin="secret\n"), 0)
    says("credentials delete", Run("interfaces", "credentials", "delete", OFFICE), 0)
    check("deleted", Run("interfaces", "credentials", "show", OFFICE, "--json").json()["credentials"]["user"] is None)
    says("of nobody", Run("interfaces", "credentials", "show", "Nobody"), 1, "ERROR_CANNOT_FIND_PHONEBOOK_ENTRY")


def static_routes():
    says("static-routes add", Run("static-routes", "add", "10.1.0.0/16", "Head office", "metric=3"), 0)
    says("as netsh", Run("routing", "ip", "add", "persistentroute", "dest=10.2.0.0", "mask=255.255.0.0",
                         OFFICE, "nhop=10.9.0.7", "proto=nonDOD"), 0)
    says("IPv6", Run("static-routes", "add", "2001:db8::/32", "Head office", "nhop=fe80::1"), 0)
    says("again, changed", Run("static-routes", "add", "10.1.0.0/16", "Head office", "metric=5"), 0)
    routes = {r["destination"]: r for r in Run("static-routes", "show", "--json").json()["static_routes"]}
    check("static-routes show", set(routes) == {"10.1.0.0/16", "10.2.0.0/16", "2001:db8::/32"} and
          routes["10.1.0.0/16"]["metric"] == 5 and routes["10.2.0.0/16"]["protocol"] == "nondod" and
          routes["2001:db8::/32"]["next_hop"] == "fe80::1")
    says("octets below the mask", Run("static-routes", "add", "10.1.0.1/16", "Head office"), 2, "is no route")
    says("delete another", Run("static-routes", "delete", "10.3.0.0/16", "Head office"), 1, "ERROR_NOT_FOUND (1168)")
    says("static-routes delete", Run("static-routes", "delete", "2001:db8::/32", "Head office"), 0)
    check("two are left", len(Run("static-routes", "show", "Head office", "--json").json()["static_routes"]) == 2)


def connected():
    run = script(f'interfaces connect "Head office"', "routes add 10.5.0.0/16 \"Head office\" 10.9.0.9",
                 "routes show", "connections show", "interfaces show \"Head office\"", "connections clear \"Head office\"",
                 "ports show", "watch count=1", "metrics", "routes delete 10.5.0.0/16 \"Head office\" 10.9.0.9",
                 "interfaces disconnect \"Head office\"", json_lines=True)
    check("a script of commands", run.code == 0, run)
    import json
    said = [json.loads(line) for line in run.out.splitlines()]
    routes = {r["destination"]: r for r in said[2]["routes"]}
    check("static routes are in force", routes.get("10.1.0.0/16", {}).get("protocol") == "static" and
          routes["10.1.0.0/16"]["interface"] == "Head office" and routes["10.5.0.0/16"]["protocol"] == "netmgmt", run)
    check("connections show", said[3]["connections"][0]["interface"] == "Head office" and
          said[3]["connections"][0]["address"] == "10.9.0.1", run)
    check("its state", said[4]["interfaces"]["state"] == "connected", run)
    check("its port", len([p for p in said[6]["ports"] if p["condition"] == "authenticated"]) == 1, run)
    check("watch", said[7]["interfaces"] and said[7]["connections"], run)
    check("metrics", {"metric": "mprapi_connections", "interface": None, "type": "demand-dial", "connection": None,
                      "protocol": None, "value": 1} in said[8]["metrics"], run)
    says("not connected", Run("interfaces", "disconnect", OFFICE), 1, "ERROR_INTERFACE_NOT_CONNECTED (906)")
    says("no such connection", Run("connections", "disconnect", OFFICE), 1, "ERROR_INTERFACE_NOT_CONNECTED")
    says("a route needs its interface", Run("routes", "add", "10.5.0.0/16", "Head office"), 1, "ERROR_INTERFACE_NOT_CONNECTED")
    says("the host's routes", Run("routes", "show", "table=host"), 0, "Destination")


def rip():
    says("not installed", Run("rip", "global", "show"), 1, "ERROR_NOT_FOUND")
    says("rip set", Run("rip", "set", OFFICE, "updatemode=demand", "announce=rip2", "accept=rip2", "unicast=only",
                        "neighbors=10.9.0.2,10.9.0.3", "acceptfilter=include", "acceptranges=10.0.0.0-10.255.255.255"), 0)
    shown = Run("rip", "show", OFFICE, "--json").json()["rip_interfaces"]
    check("rip show", shown["neighbors"] == "10.9.0.2,10.9.0.3" and shown["updatemode"] == "demand" and
          shown["metric"] == 1 and shown["acceptranges"] == "10.0.0.0-10.255.255.255" and shown["key"] is False)
    says("what is not named stays", Run("rip", "set", OFFICE, "metric=4", "neighbors="), 0)
    shown = Run("rip", "show", OFFICE, "--json").json()["rip_interfaces"]
    check("and an empty list goes", shown["neighbors"] is None and shown["metric"] == 4 and
          shown["acceptranges"] == "10.0.0.0-10.255.255.255")
    says("RIP refuses", Run("rip", "set", OFFICE, "metric=16"), 2, "it is 1-15")
    says("rip key", Run("rip", "key", OFFICE, stdin="geheim\n"), 0)
    check("there is one", Run("rip", "show", OFFICE, "--json").json()["rip_interfaces"]["key"] is True)
    says("rip global set", Run("rip", "global", "set", "logging=warnings", "peers=10.0.0.1", "peerfilter=include"), 0)
    shown = Run("rip", "global", "show", "--json").json()["rip"]
    check("rip global show", shown["logging"] == "warnings" and shown["peers"] == "10.0.0.1" and shown["interval"] == 5)
    says("update, not connected", Run("update", OFFICE, "--wait"), 1, "ERROR_INTERFACE_NOT_CONNECTED")
    run = script('interfaces connect "Head office"', 'update "Head office" --wait --timeout 1')
    says("an update that nobody answers", run, 1, "line 2", "ERROR_TIMEOUT (1460)")
    says("rip delete", Run("rip", "delete", OFFICE), 0)
    says("rip uninstall", Run("rip", "uninstall"), 0)
    says("rip install", Run("rip", "install"), 0)


def blocks():
    says("preferences set", Run("preferences", "set", "ospf", "110"), 0)
    levels = {p["protocol"]: p["preference"] for p in Run("preferences", "show", "--json").json()["preferences"]}
    check("preferences show", levels["ospf"] == 110 and levels["local"] == 1)
    says("preferences delete", Run("preferences", "delete", "ospf"), 0)
    says("not there", Run("preferences", "delete", "ospf"), 1, "ERROR_NOT_FOUND")
    says("blocks set", Run("blocks", "set", "77", "0011223344556677", OFFICE, "itemsize=4"), 0)
    shown = [b for b in Run("blocks", "show", OFFICE, "--json").json()["blocks"] if b["type"] == 77]
    check("blocks show", shown == [{"type": 77, "name": "0x4d", "item_size": 4, "count": 2, "data": "0011223344556677"}])
    says("blocks delete", Run("blocks", "delete", "77", OFFICE), 0)
    says("no whole items", Run("blocks", "set", "77", "001122", "itemsize=2"), 2, "whole number")
    says("transports show", Run("transports", "show", OFFICE), 0, "routes")
    script('interfaces disconnect "Head office"')  # a shared router has that of rip()
    says("transports delete", Run("transports", "delete", OFFICE, "transport=ipv6"), 0)
    says("transports add", Run("transports", "add", OFFICE, "transport=ipv6"), 0)


def keys():
    says("callers set", Run("callers", "set", "ann", "kind=scripted", "user=ann", "after=0", "port=IKEv2", "address=10.8.0.2"), 0)
    check("callers show", Run("callers", "show", "ann", "--json").json()["callers"][0]["user"] == "ann")
    run = script("parameters show", "clients show", "clients disconnect ann", json_lines=True)
    for _ in range(120):  # a router that runs already looks for callers now and then
        if run.code == 0 or not SHARED:
            break
        time.sleep(0.5)
        run = script("parameters show", "clients show", "clients disconnect ann", json_lines=True)
    check("clients show", '"clients":[{"interface":"ann","type":"client"' in run.out, run)
    says("clients disconnect", run, 0, "ann was disconnected")
    says("callers delete", Run("callers", "delete", "ann"), 0)
    says("dialers of nobody", Run("dialers", "show", "Nobody"), 1, "ERROR_NOT_FOUND")
    says("a kind that is none", Run("dialers", "set", "x", "kind=script"), 2, 'did you mean "scripted"?')
    says("parameters set", Run("parameters", "set", "ripport=5200"), 0)
    values = {p["name"]: p["value"] for p in Run("parameters", "show", "--json").json()["parameters"]}
    check("parameters show", values["ripport"] == "5200" and values["adapterpoll"] is None)
    says("and away", Run("parameters", "set", "ripport="), 0)
    check("it is", Run("parameters", "show", "--json").json()["parameters"][6]["value"] is None)


NAME = re.compile(r"[a-z_]+$")
SAMPLE = re.compile(r'([a-z_]+)(\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})? (\d+)$')


def metrics():
    run = Run("metrics")
    types, seen, family = {}, set(), None
    for line in run.out.splitlines():
        if line.startswith("# HELP "):
            family = line.split()[2]
            check(f"one HELP of {family}", family not in types and NAME.match(family), run)
        elif line.startswith("# TYPE "):
            types[family] = line.split()[3]
            check(f"TYPE of {family}", line.split()[2] == family and types[family] ==
                  ("counter" if family.endswith("_total") else "gauge"), run)
        else:
            sample = SAMPLE.match(line)
            check(f"sample {line}", sample and sample.group(1) == family and line.rsplit(" ", 1)[0] not in seen, run)
            seen.add(line.rsplit(" ", 1)[0])
    check("the router is up", "mprapi_up 1\n" in run.out and run.out.endswith("\n"), run)
    check("routes by protocol", 'mprapi_routes{protocol="local"}' in run.out, run)
    gone = Run("metrics", "--server", "elsewhere")
    check("one that is not there", gone.code == 3 and "mprapi_up 0\n" in gone.out, gone)


def scripts():
    says("a failure ends a script", script("interfaces connect Nobody", "server show"), 1, "line 1: Nobody")
    run = Run("exec", "-", "--continue", stdin="bogus\nserver show\n")
    check("unless it is to go on", run.code == 2 and "Running" in run.out, run)
    says("a quote that is not closed", script('server "show'), 2, "a quote is not closed")
    says("no exec in a script", script("exec -"), 2, "not for scripts")
    says("no such file", Run("exec", "nowhere.txt"), 1, "ERROR_FILE_NOT_FOUND (2)")
    says("a remark is nothing", script("# nothing"), 0)
    run = Run("watch", "--count", "2", "--interval", "1")
    check("watch draws twice", run.code == 0 and run.out.count("Interfaces\n") == 2, run)


def switched_off():
    """Start = 4: the stored configuration can be changed, the router is not there."""
    import subprocess
    from support import WORK
    environment = dict(os.environ, WINEPREFIX=os.path.join(WORK, "second"))
    key = r"HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess"
    subprocess.run([os.environ["MPR_WINE"], "reg", "add", key, "/v", "Start", "/t", "REG_DWORD", "/d", "4", "/f"],
                   env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    for words_ in (["server", "show"], ["interfaces", "show"], ["connections", "show"], ["routes", "show"],
                   ["watch", "--count", "1"], ["interfaces", "connect", "x"], ["metrics"]):
        run = Run(*words_, prefix="second")
        check(f"switched off: {' '.join(words_)}", run.code == 3, run)
    run = Run("service", "status", "--json", prefix="second")
    check("the service says so", run.json()["service"]["router_answers"] is False, run)


def users():
    name = pwd.getpwuid(os.getuid()).pw_name
    check("nobody has said anything of a user", Run("users", "show", name, "--json").json()["user"] ==
          {"user": name, "dialin": "policy", "cbpolicy": "none", "cbnumber": None})
    says("users set", Run("users", "set", name, "dialin=permit", "cbpolicy=admin", "cbnumber=555-1234"), 0)
    says("netsh's words", Run("ras", "set", "user", f"name={name}", "dialin=deny"), 0)
    check("what is not named stays", Run("ras", "show", "user", name, "--json").json()["user"] ==
          {"user": name, "dialin": "deny", "cbpolicy": "admin", "cbnumber": "555-1234"})
    says("back again", Run("users", "set", name, "dialin=policy", "cbpolicy=none", "cbnumber="), 0)
    check("as it was", Run("users", "show", name, "--json").json()["user"]["dialin"] == "policy")
    says("a word that is none", Run("users", "set", name, "dialin=permt"), 2, 'did you mean "permit"?')
    says("too long a number", Run("users", "set", name, "cbnumber=" + 200 * "5"), 2, "128 characters at most")
    says("no such account", Run("users", "show", "nobody-of-that-name"), 1, "ERROR_NO_SUCH_USER")


def backups():
    says("server backup", Run("server", "backup", r"C:\backup"), 0)
    says("interfaces delete", Run("interfaces", "delete", OFFICE, "running=no"), 0)
    check("it is not stored", not [i for i in Run("interfaces", "show", "--json").json()["interfaces"]
                                   if i["name"] == "Head office" and i["stored"]])
    says("server restore", Run("server", "restore", r"C:\backup"), 0)
    check("it is back", Run("interfaces", "show", OFFICE, "--json").json()["interfaces"]["stored"] is True)
    says("no backup there", Run("server", "restore", r"C:\nowhere"), 1, "ERROR_")


words()
router()
make_interfaces()
change_interfaces()
entries()
secrets()
static_routes()
connected()
rip()
blocks()
keys()
users()
metrics()
scripts()
backups()
switched_off()
finish()
