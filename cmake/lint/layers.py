#!/usr/bin/env python3
"""Who may include what. The compiler keeps most of this by include paths; this says it in words,
and also keeps the operating system out of the portable core and our insides out of API tests."""
import os
import re

import source

# A folder may include itself and these.
LAYERS = {
    "base": [],
    "infoblock": ["base"],
    "phonebook": ["base"],
    "rtm": ["base"],
    "rtmv2": ["base", "rtm"],
    "dimsvc": ["base"],
    "hostroutes": ["base"],
    "protocol": ["base", "infoblock", "rtm"],
    "router": ["base", "infoblock", "phonebook", "rtm", "protocol"],
    "engine": ["base", "infoblock", "phonebook", "rtm", "protocol", "router"],
    "rtmdll": [],
    "rtutils": ["base"],
    "win32": ["base", "infoblock", "phonebook", "rtm", "rtmv2", "protocol", "router", "engine", "hostroutes",
              "rtmdll"],
    "api": ["base", "infoblock", "phonebook", "rtm", "protocol", "router", "engine", "win32",
            "dimsvc"],
    # An administrator's program: what any program sees, and its own folder.
    "mprctl": [],
    "service": ["api"],
}
# The rooms of a large folder, and which others each may include; "" is what lies on top of them. A
# circle is one that the domain has: docs/ARCHITECTURE.md says which and why.
ROOMS = {
    "router": {
        "": ["dim", "ddm", "rm"],
        "dim": ["", "ddm", "rm"],
        "ddm": ["", "dim", "rm"],
        "rm": ["", "dim", "ddm", "mib"],
        "mib": ["", "dim", "rm"],
    },
    "win32": {
        "": ["admin", "carrier", "journal", "link", "net", "phonebook", "protocol", "rtm", "store", "sys"],
        "sys": [],
        "carrier": ["sys"],
        "net": ["sys"],
        "phonebook": ["sys"],
        "journal": ["phonebook", "sys"],
        "store": ["journal", "phonebook", "sys"],
        "link": ["net", "phonebook", "store", "sys"],
        "rtm": ["sys"],
        "protocol": ["net", "rtm", "sys"],
        "admin": ["link", "net", "store", "sys"],
    },
    "api": {
        "": ["exports"],
        "exports": [],
        "wire": ["", "tunnel"],
        "remote": ["", "serve", "tunnel", "wire"],
        "serve": ["", "tunnel", "wire"],
        "admin": ["", "remote", "tunnel"],
        "config": ["", "admin"],
        "nt4": ["", "admin"],
        "tunnel": ["", "config", "remote"],
    },
    "hostroutes": {
        "": [],
        "linux": [""],
    },
    "mprctl": {
        "": ["cli", "config"],
        "cli": [],
        "config": ["", "cli"],
    },
}
# Of src/protocol all see the contract. What is in its folders, the protocols and the table of those
# that are linked in, is seen by few: a protocol only by itself and the table, the table by who makes
# routers, and what protocols have in common by these.
CONTRACT = "protocol/protocol.h"
TABLE = "builtin"
COMMON = {"ripcore": ("rip", "ripng")}
ROUTER_MAKERS = {"win32"}
# Which keys and values there are is known in src/win32 alone.
NOT_FOR_API = ("win32/sys/registry",)
# The core has no I/O, clock or threads: of C's own headers it gets these.
CORE = {"base", "infoblock", "phonebook", "rtm", "rtmv2", "dimsvc", "hostroutes", "protocol",
        "router"}
CORE_HEADERS = {
    "assert.h", "errno.h", "float.h", "inttypes.h", "limits.h", "stdalign.h", "stdarg.h",
    "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "stdnoreturn.h",
    "string.h", "uchar.h", "uthash.h", "utlist.h", "utarray.h", "utstring.h",
}
# So does this part of a program, and this one is for one system.
PORTABLE = "src/mprctl/cli/"
LINUX = "src/hostroutes/linux/"
# These see what users see.
OUTSIDE = ("tests/api/", "tests/abi/", "examples/")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)


def room_of(folder, path):
    """The room of src/<folder> in which a path below src lies."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == folder else ""


def check_room(folder, name, header):
    rooms = ROOMS.get(folder)
    if not rooms:
        return None
    room, target = room_of(folder, name[len("src/"):]), room_of(folder, header)
    if room not in rooms:
        return f"src/{folder} has no room {room}"
    if target != room and target not in rooms[room]:
        return f"{folder}/{room} may not include {folder}/{target}"
    return None


def check_protocol(folder, name, header):
    own, target = room_of("protocol", name[len("src/"):]), room_of("protocol", header)
    allowed = (header == CONTRACT or folder == "protocol" and own and own == target or
               own in COMMON.get(target, ()) or
               target and target != TABLE and target not in COMMON and own == TABLE or
               target == TABLE and folder in ROUTER_MAKERS)
    return None if allowed else f"{folder} may not include \"{header}\""


def check_source(name, kind, header):
    folder = name.split("/")[1]
    if kind == "<":
        if (folder in CORE and not name.startswith(LINUX) or name.startswith(PORTABLE)) and \
                header not in CORE_HEADERS:
            return f"the core may not include <{header}>"
        return None
    if folder == "api" and header.startswith(NOT_FOR_API):
        return f"api may not include \"{header}\""
    target = header.split("/")[0]
    if "/" not in header:
        if os.path.exists(os.path.join(source.TOP, os.path.dirname(name), header)):
            return None
        return None if folder in ("win32", "api") else f"\"{header}\" is not in this folder"
    if target == "protocol" and (folder == "protocol" or target in LAYERS.get(folder, [])):
        return check_protocol(folder, name, header)
    if target == folder:
        return check_room(folder, name, header)
    if os.path.exists(os.path.join(source.TOP, os.path.dirname(name), header)):
        return None
    if target not in LAYERS:
        return f"\"{header}\" belongs to no layer"
    if target not in LAYERS.get(folder, []):
        return f"{folder} may not include {target}"
    return None


findings = []
for name in source.tracked("src/*.c", "src/*.h", "tests/*.c", "tests/*.h", "examples/*.c"):
    text = source.read(name)
    for match in INCLUDE.finditer(text):
        kind, header = match.groups()
        problem = None
        if ".." in header.split("/"):
            problem = f"\"{header}\" climbs out of its folder"
        elif name.startswith("src/"):
            problem = check_source(name, kind, header)
        elif name.startswith(OUTSIDE) and header.split("/")[0] in LAYERS and \
                not os.path.exists(os.path.join(source.TOP, "tests", header)):
            problem = f"only public headers here, not \"{header}\""
        if problem:
            line = text.count("\n", 0, match.start()) + 1
            findings.append(f"{name}:{line}: {problem}")
source.finish("layers", findings)
