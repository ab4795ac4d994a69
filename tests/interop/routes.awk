# Prints a table of `count` different routes as "address/length", with prefixes of many lengths.
# first: number of the first one, so that two peers can have tables that do not meet.
BEGIN {
    for (i = first; i < first + count; i++) {
        net = 20 + int(i / 65536) "." int(i / 256) % 256 "." i % 256
        if (i % 11 == 3) print net ".64/26"
        else if (i % 13 == 5) print net ".128/25"
        else if (i % 17 == 7) print net ".248/30"
        else if (i % 19 == 9) print net ".7/32"
        else if (i % 23 == 0) print 100 + int(i / 23 / 65536) "." int(i / 23 / 256) % 27 + 128 "." i / 23 % 256 ".0/24"
        else print net ".0/24"
    }
}
