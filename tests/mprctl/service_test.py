"""The service RemoteAccess from the command line: started, paused, continued, stopped, as the system says
and as the router does."""
import os

from support import PROGRAM, Run, check, finish, script

ROUTER = [os.environ["MPR_WINE"], os.path.join(os.path.dirname(PROGRAM), "mprsvc.exe")]


def says(what, run, code, *texts):
    check(what, run.code == code and all(t in run.out + run.err for t in texts), run)


def state():
    return Run("service", "status", "--json").json()["service"]["state"]


def pauses():
    says("pause", Run("service", "pause"), 0, "paused")
    check("it says so", state() == "paused")
    says("nothing dials", Run("interfaces", "connect", "Branch"), 1, "ERROR_SERVICE_IS_PAUSED (928)")
    check("but it answers", Run("service", "status", "--json").json()["service"]["router_answers"] is True)
    says("continue", Run("service", "continue"), 0, "running")
    check("it does", state() == "running")
    says("it dials", Run("interfaces", "connect", "Branch"), 0)
    says("pause again", Run("service", "pause"), 0)
    check("what is up stays", Run("interfaces", "show", "Branch", "--json").json()["interfaces"]["state"] == "connected")
    says("another word for it", Run("service", "resume"), 0, "running")


says("there is none", Run("service", "pause"), 3, "ERROR_SERVICE_DOES_NOT_EXIST (1060)")
says("registered", Run("--register", program=ROUTER), 0)
says("not started", Run("service", "pause"), 3, "ERROR_SERVICE_NOT_ACTIVE (1062)")
says("start", Run("service", "start"), 0, "running")
check("it runs", state() == "running")
says("an interface", script("dialers set Branch kind=scripted",
                            'interfaces create Branch "device=WAN Miniport (IKEv2)" devicetype=vpn'), 0)
pauses()
says("stop", Run("service", "stop"), 0, "stopped")
check("it is", state() == "stopped")
says("stop again", Run("service", "stop"), 0)
says("no call starts it", Run("server", "show"), 3)
says("unregistered", Run("--unregister", program=ROUTER), 0)
finish()
