/* The commands of RIP and RIPng. */
#include "mprctl/config/rip.h"

static const struct parameter show_parameters[] = {
    {"name", NULL, false, "the interface; without it all that have RIP"}};
static const struct parameter name_parameter[] = {{"name", NULL, true, "the interface"}};
static const struct parameter set_parameters[] = {
    {"name", NULL, true, "the interface"},
    INTERFACE_ROWS(RIP_PARAMETER){"neighbors", NULL, false, "addresses, commas between"},
    {"acceptranges", NULL, false, "what acceptfilter is about: LOW-HIGH,..."},
    {"announceranges", NULL, false, "what announcefilter is about: LOW-HIGH,..."}};
static const struct parameter global_parameters[] = {
    GLOBAL_ROWS(RIP_PARAMETER){"peers", NULL, false, "what peerfilter is about: addresses"}};

static const struct parameter show6_parameters[] = {
    {"name", NULL, false, "the interface; without it all that have RIPng"}};
static const struct parameter set6_parameters[] = {
    {"name", NULL, true, "the interface"},
    INTERFACE6_ROWS(RIP_PARAMETER){"acceptranges", NULL, false,
                                   "what acceptfilter is about: LOW-HIGH,..."},
    {"announceranges", NULL, false, "what announcefilter is about: LOW-HIGH,..."}};
static const struct parameter global6_parameters[] = {GLOBAL_ROWS(RIP_PARAMETER){
    "peers", NULL, false, "what peerfilter is about: link-local addresses"}};

const struct command rip_commands[] = {
    {"rip show", "routing ip rip show interface|show ip rip", NULL, "Shows RIP on interfaces", NULL,
     show_parameters, COUNT_OF(show_parameters), rip_show},
    {"rip set", "routing ip rip set interface|routing ip rip add interface|rip add", NULL,
     "Puts RIP on an interface, or changes it there",
     "What is not named stays, or is Windows' default for such an interface. An empty list\n"
     "(neighbors=) takes the list away. updatemode=demand asks for routes by update alone.",
     set_parameters, COUNT_OF(set_parameters), rip_set},
    {"rip delete", "routing ip rip delete interface", NULL, "Takes RIP off an interface", NULL,
     name_parameter, COUNT_OF(name_parameter), rip_delete},
    {"rip key", NULL, NULL, "Sets the password or MD5 key of RIP on an interface",
     "The key is a line of standard input; an empty one takes it away.", name_parameter,
     COUNT_OF(name_parameter), rip_key},
    {"rip install", "routing ip rip install", NULL, "Makes RIP known to the router", NULL, NULL, 0,
     rip_install},
    {"rip uninstall", "routing ip rip uninstall", NULL, "Ends RIP on the whole router", NULL, NULL,
     0, rip_uninstall},
    {"rip global show", "routing ip rip show global", NULL, "Shows what holds for all of RIP", NULL,
     NULL, 0, rip_show_global},
    {"rip global set", "routing ip rip set global", NULL, "Changes what holds for all of RIP", NULL,
     global_parameters, COUNT_OF(global_parameters), rip_set_global},
    {"ripng show", "routing ipv6 ripng show interface", NULL, "Shows RIPng on interfaces", NULL,
     show6_parameters, COUNT_OF(show6_parameters), rip_show},
    {"ripng set", "routing ipv6 ripng set interface|routing ipv6 ripng add interface|ripng add",
     NULL, "Puts RIPng on an interface, or changes it there",
     "What is not named stays, or is as RIP's on such an interface. An empty list\n"
     "(acceptranges=) takes the list away. updatemode=demand asks for routes by update alone.",
     set6_parameters, COUNT_OF(set6_parameters), rip_set},
    {"ripng delete", "routing ipv6 ripng delete interface", NULL, "Takes RIPng off an interface",
     NULL, name_parameter, COUNT_OF(name_parameter), rip_delete},
    {"ripng install", "routing ipv6 ripng install", NULL, "Makes RIPng known to the router", NULL,
     NULL, 0, rip_install},
    {"ripng uninstall", "routing ipv6 ripng uninstall", NULL, "Ends RIPng on the whole router",
     NULL, NULL, 0, rip_uninstall},
    {"ripng global show", "routing ipv6 ripng show global", NULL,
     "Shows what holds for all of RIPng", NULL, NULL, 0, rip_show_global},
    {"ripng global set", "routing ipv6 ripng set global", NULL,
     "Changes what holds for all of RIPng", NULL, global6_parameters, COUNT_OF(global6_parameters),
     rip_set_global},
};
const size_t rip_command_count = COUNT_OF(rip_commands);
