"""IKEv2 and L2TP settings: of the server, of a demand-dial interface; in words with units, as numbers in JSON."""
import json
import os

from support import Run, check, finish, script

POLICY = ("integritymethod=sha256 encryptionmethod=aes256 ciphertransform=gcmaes256 authtransform=gcmaes256 "
          "pfsgroup=ecp384 dhgroup=ecp256")
BRANCH = 'interfaces create name=Branch "device=WAN Miniport (IKEv2)" devicetype=vpn phone=branch.example'
CUSTOM = "interfaces ikev2 set Branch saexpirytime=90m sadatasizelimit=2GB"


def shown(*words):
    """The one record that a command shows."""
    run = Run(*words, "--json")
    check(" ".join(words), run.code == 0, run)
    return next(iter(run.json().values()))


def refused(line, *expected):
    run = script("# a remark", line)
    check(f"refused: {line}", run.code == 2 and "line 2" in run.err and all(e in run.err for e in expected), run)


def server():
    before = shown("ikev2", "show")
    run = script("ikev2 set idletimeout=10m nwoutagetime=40m saexpirytime=2d sadatasizelimit=1GB mmsaexpirytime=90s "
                 "encryption=strongest")
    check("a life of main mode that is too short", run.code == 2 and "default|5m" in run.err, run)
    check("nothing of it was set", shown("ikev2", "show") == before)
    run = script(f"ikev2 set idletimeout=10m nwoutagetime=2400s saexpirytime=2d sadatasizelimit=1GB mmsaexpirytime=1h "
                 f"encryption=strongest certificate=300f certificatehash=00ff {POLICY}")
    check("ikev2 set", run.code == 0, run)
    after = shown("ikev2", "show")
    check("what was set, in seconds and kilobytes", after == dict(
        before, idletimeout=600, nwoutagetime=2400, saexpirytime=172800, sadatasizelimit=1 << 20, mmsaexpirytime=3600,
        encryption="strongest", certificate="300f", certificatehash="00ff", **dict(w.split("=") for w in POLICY.split())))
    run = Run("ras", "show", "ikev2saexpiry")
    check("in words", run.code == 0 and "40m" in run.out and "2d" in run.out and "1GB" in run.out, run)
    run = script("ikev2 set dhgroup=group14", "ras set ikev2connection idletimeout=20m", "ikev2 set mmsaexpirytime=default")
    check("one algorithm, and netsh's words", run.code == 0, run)
    last = shown("ikev2", "show")
    check("what is not named stays", last == dict(after, dhgroup="group14", idletimeout=1200, mmsaexpirytime=0))
    run = script("ikev2 set policy=none certificate= certificatehash=")
    check("what can be taken away", run.code == 0, run)
    last = shown("ikev2", "show")
    check("is gone", last["dhgroup"] is None and last["certificate"] is None and last["certificatehash"] is None)


def l2tp():
    ikev2 = shown("ikev2", "show")
    run = script(f"l2tp set idletimeout=15m encryption=optional {POLICY}")
    check("l2tp set", run.code == 0, run)
    l2tp_now = shown("l2tp", "show")
    check("l2tp", l2tp_now["idletimeout"] == 900 and l2tp_now["encryption"] == "optional" and
          l2tp_now["pfsgroup"] == "ecp384")
    check("IKEv2 is another", shown("ikev2", "show") == ikev2)


def words():
    refused("ikev2 set idletimeout=300", "it is 5m-17279999s")
    refused("ikev2 set idletimeout=4m", "it is 5m-17279999s")
    refused("ikev2 set nwoutagetime=119s", "it is 2m-")
    refused("ikev2 set sadatasizelimit=1023KB", "it is 1MB-")
    refused("ikev2 set encryption=strong", "strongest")
    refused("ikev2 set idletimeot=5m", 'did you mean "idletimeout"?')
    refused("ikev2 set policy=none dhgroup=group2", "stands alone")
    refused("ikev2 set dhgroup=group2 pfsgroup=none", "integritymethod", "authtransform")
    refused("ikev2 set dhgroup=grup2", 'did you mean "group2"?')
    refused("ikev2 sht", "unknown word")
    refused("ikev2 set certificate=xyz", "hex")


def interface():
    check("an interface", script(BRANCH).code == 0)
    run = Run("interfaces", "ikev2", "show", "Branch")
    check("no settings of its own", run.code == 1 and "ERROR_NOT_FOUND" in run.err, run)
    refused("interfaces ikev2 set Branch saexpirytime=8h", "sadatasizelimit")
    check("interfaces ikev2 set", script(f"{CUSTOM} {POLICY}").code == 0)
    one = shown("interfaces", "ikev2", "show", "Branch")
    check("what was set", one["saexpirytime"] == 5400 and one["sadatasizelimit"] == 2 << 20 and
          one["mmsaexpirytime"] == 0 and one["pfsgroup"] == "ecp384" and one["certificate"] is None)
    check("all that have some", shown("interfaces", "ikev2", "show") == [one])
    run = script("interfaces ikev2 set Branch mmsaexpirytime=1d certificatehash=0a0b")
    check("a change", run.code == 0, run)
    check("what is not named stays", shown("interfaces", "ikev2", "show", "Branch") ==
          dict(one, mmsaexpirytime=86400, certificatehash="0a0b"))
    run = script("interfaces ikev2 delete Branch", "interfaces ikev2 show Branch")
    check("they are gone", run.code == 1 and "line 2" in run.err, run)
    run = script("interfaces ikev2 set Loopback saexpirytime=8h sadatasizelimit=1GB")
    check("no demand-dial interface", run.code == 1 and "ERROR_INVALID_PARAMETER" in run.err, run)
    run = Run("--server", "elsewhere", "ikev2", "show")
    check("no router of that name", run.code == 3, run)
    run = Run("--server", "elsewhere", "interfaces", "ikev2", "set", "Branch", "saexpirytime=1h", "sadatasizelimit=1GB")
    check("nor an interface there", run.code == 3, run)
    check("nothing was done here instead", Run("interfaces", "ikev2", "show", "Branch").code == 1)
    run = Run("ikev2", "set", "saexpirytime=1", "--json")
    check("a failure as an object", run.code == 2 and json.loads(run.out)["error"]["exit"] == 2, run)


def remote():
    """The same by RPC, as another machine's router is asked; only one that programs share answers there."""
    other = ("-r", r"ncacn_np:[\PIPE\ROUTER]")
    local = shown("ikev2", "show")
    check("by RPC", shown(*other, "ikev2", "show") == local)
    run = Run(*other, "ikev2", "set", "saexpirytime=3h")
    check("ikev2 set by RPC", run.code == 0, run)
    check("is stored there", shown("ikev2", "show") == dict(local, saexpirytime=10800))
    run = Run(*other, "interfaces", "ikev2", "set", "Branch", "saexpirytime=6h", "sadatasizelimit=1GB", *POLICY.split())
    check("interfaces ikev2 set by RPC", run.code == 0, run)
    one = shown("interfaces", "ikev2", "show", "Branch")
    check("of its interface", one["saexpirytime"] == 21600 and one["dhgroup"] == "ecp256")
    check("shown by RPC", shown(*other, "interfaces", "ikev2", "show", "Branch") == one)


shared = os.environ.get("MPRAPI_ROUTER") == "shared"
if shared:
    # Who asks by RPC starts no router, so the one of the runs before has to stay.
    key = r"HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess\Parameters"
    run = Run("add", key, "/v", "RouterIdle", "/t", "REG_DWORD", "/d", "600", "/f", program=[os.environ["MPR_WINE"], "reg"])
    check("a router that stays", run.code == 0, run)
server()
l2tp()
words()
interface()
if shared:
    remote()
finish()
