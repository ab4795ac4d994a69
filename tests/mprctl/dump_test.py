"""dump, run by exec on an empty router, gives the same configuration: the two dumps are equal."""
from support import Run, check, check_same, finish, script

CONFIGURATION = r'''
parameters set updatetimeout=30000 ripport=5200
dialers set name="Head office" kind=command command="sh -c ""exec pppd nodetach""" adapter=ppp0 timeout=30
dialers set name=Tunnel kind=scripted delay=5
callers set name=ann kind=scripted user=ann domain=OFFICE after=600000
ikev2 set ports=12 use=routing idletimeout=20m nwoutagetime=2h saexpirytime=7200s sadatasizelimit=1GB mmsaexpirytime=1d encryption=strongest integritymethod=sha256 encryptionmethod=aes256 ciphertransform=gcmaes256 authtransform=gcmaes256 pfsgroup=ecp384 dhgroup=ecp256 certificate=300f certificatehash=00ff
l2tp set idletimeout=15m encryption=optional sadatasizelimit=1025KB
server set pptpports=16 pptpuse=routing l2tpports=8 sstpports=4
interfaces create name="Head office" device="WAN Miniport (IKEv2)" devicetype=vpn phone=vpn.example strategy=ikev2-only
entries set name="Head office" options=RequireEAP,SpecificNameServers dns=10.0.0.53 dns62=2001:db8::53 eap=13 eapdata=00ff10 alternates="a b;c" address6=2001:db8::1
interfaces set name="Head office" hours="1 08:00-12:00 13:00-17:00;6 10:00-12:00"
interfaces create name="Köln ""West""" device=Tunnel devicetype=vpn phone=192.0.2.9 options=RequirePAP
static-routes add 10.1.0.0/16 "Head office" metric=2
static-routes add dest=10.2.0.0/16 name="Head office" nhop=10.9.0.7 proto=nondod preference=3 view=unicast
static-routes add 0.0.0.0/0 "Head office"
static-routes add dest=2001:db8::/32 name="Head office" nhop=fe80::1
rip global set logging=information interval=7 peerfilter=exclude peers=10.0.0.1,10.0.0.2
rip set name="Head office" updatemode=demand announce=rip2 accept=rip2 neighbors=10.9.0.2,10.9.0.3 unicast=only acceptfilter=include acceptranges=10.0.0.0-10.255.255.255,192.168.0.0-192.168.255.255 announcefilter=exclude announceranges=10.7.0.0-10.7.255.255 authentication=password flags=splithorizon tag=9
rip key name="Head office"
key "with" #1
rip set name=Loopback metric=2
ripng global set logging=warnings interval=9 peerfilter=exclude peers=fe80::1,fe80::2
ripng set name="Head office" updatemode=demand accept=off flags=splithorizon tag=9 acceptfilter=include acceptranges=2001:db8::-2001:db8:ff::,2001:db9:: announcefilter=exclude announceranges=fd00::-fdff::
ripng set name=Loopback metric=2
interfaces ikev2 set name="Head office" saexpirytime=90m sadatasizelimit=2GB certificate=300f integritymethod=sha1 encryptionmethod=des3 ciphertransform=aes128 authtransform=sha196 pfsgroup=none dhgroup=group2
interfaces credentials set name="Head office" user=ann domain=OFFICE
open "sesame" #1
preferences set proto=ospf preflevel=110
preferences delete proto=netmgmt
blocks set type=77 data=00112233445566778899aabb itemsize=4 name="Head office"
blocks set type=78 data=cafe
blocks set type=0xffff0005 data=0a030000ffff00000000000000000000000000000300000016270000000000000000000001000000ffffffffffffffffffffffffffffffff name="Köln ""West"""
interfaces disable name="Köln ""West"""
'''

empty = Run("dump", prefix="second")
check("an empty router has a dump", empty.code == 0 and "transports add transport=ip\n" in empty.out, empty)
made = script(CONFIGURATION)
check("the configuration is made", made.code == 0, made)
first = Run("dump", "--secrets")
check("it is dumped", first.code == 0, first)
for words in ('static-routes add name="Head office" dest=10.2.0.0/16 nhop=10.9.0.7',
              "rip set name=Loopback", "ripng set name=Loopback", "peers=fe80::1,fe80::2",
              'open "sesame" #1', "itemsize=56", "preferences set proto=ospf",
              "ikev2 set idletimeout=20m nwoutagetime=2h saexpirytime=2h", "l2tp set idletimeout=15m",
              'interfaces ikev2 set name="Head office" saexpirytime=90m',
              'interfaces disable name="Köln ""West"""'):
    check(f"the dump has {words}", words in first.out, first)
bare = Run("dump")
check("secrets only when asked for", "sesame" not in bare.out and "\"with\"" not in bare.out, bare)

again = Run("exec", "-", stdin=first.out, prefix="second")
check("the dump runs on an empty router", again.code == 0, again)
second = Run("dump", "--secrets", prefix="second")
check_same("dump, exec, dump: equal", first.out, second)
more = Run("exec", "-", stdin=second.out.replace("interfaces create", "# interfaces create"), prefix="second")
check("what is there already may be set again", more.code == 0, more)
third = Run("dump", "--secrets", prefix="second")
check_same("and nothing has changed", first.out, third)
as_json = Run("dump", "--secrets", "--json").json()["commands"]
check("as JSON the same lines", [c["command"] for c in as_json] ==
      [line for line in first.out.splitlines() if not line.startswith("# ")])
finish()
