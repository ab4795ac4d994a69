/* dialers, callers and parameters: show, set, delete. */
#include "mprctl/config/key_section.h"

#include <stdlib.h>
#include <string.h>

static const struct key_value dialer_values[] = {
    {"kind", "Kind", false},          {"adapter", "Adapter", false},
    {"command", "Command", false},    {"timeout", "Timeout", true},
    {"remote", "Remote", false},      {"outcome", "Outcome", true},
    {"failfirst", "FailFirst", true}, {"outcomefailed", "OutcomeFailed", true},
    {"delay", "Delay", true},         {"dropafter", "DropAfter", true},
    {"address", "Address", false},    {"mask", "Mask", false}};
static const struct key_value caller_values[] = {{"kind", "Kind", false},
                                                 {"port", "Port", false},
                                                 {"user", "User", false},
                                                 {"domain", "Domain", false},
                                                 {"computer", "Computer", false},
                                                 {"address", "Address", false},
                                                 {"identifier", "InterfaceIdentifier", false},
                                                 {"quarantined", "Quarantined", true},
                                                 {"adapter", "Adapter", false},
                                                 {"after", "After", true},
                                                 {"dropafter", "DropAfter", true}};
static const struct key_section dialers = {"Dialers", "dialers", dialer_values,
                                           COUNT_OF(dialer_values)};
static const struct key_section callers = {"Clients", "callers", caller_values,
                                           COUNT_OF(caller_values)};

/* Values of Parameters itself, and of keys below it. */
static const struct key_value parameter_values[] = {
    {"routertype", "RouterType", true},
    {"phonebook", "PhonebookPath", false},
    {"updatetimeout", "UpdateTimeout", true},
    {"calltimeout", "CallTimeout", true},
    {"reachableagain", "ReachableAgain", true},
    {"adapterpoll", "AdapterPoll", true},
    {"adapterevents", "AdapterEvents", true},
    {"hostfilters", "HostFilters", true},
    {"hostroutes", "HostRoutes", true},
    {"hostroutesstay", "HostRoutesStay", true},
    {"hostforwarding", "HostForwarding", true},
    {"hostdemanddial", "HostDemandDial", true},
    {"ripport", "Ip\\RipPort", true},
    {"riproutelimit", "Ip\\RipRouteLimit", true},
    {"ripneighborlimit", "Ip\\RipNeighborRouteLimit", true}};

DWORD key_commands(struct session *s, key_visitor *visit, void *context)
{
    struct text words = {0};
    HKEY root = NULL;
    DWORD status = key_machine(s, &root);

    if (status != NO_ERROR) return status;
    if (root != HKEY_LOCAL_MACHINE) RegCloseKey(root);
    text_add(&words, "parameters set");
    for (size_t i = 0; i < COUNT_OF(parameter_values); i++)
        key_add_value(&words, parameter_values[i].name,
                      key_read_parameter(s, &parameter_values[i]));
    if (words.length > strlen("parameters set")) visit(context, text_of(&words));
    text_free(&words);
    key_visit_section(s, &dialers, visit, context);
    key_visit_section(s, &callers, visit, context);
    return NO_ERROR;
}

/* ---- commands -------------------------------------------------------------------------------- */

static const struct column dialer_columns[] = {
    {"name", "Name", CELL_TEXT, false},
    {"kind", "Kind", CELL_TEXT, false},
    {"adapter", "Adapter", CELL_TEXT, false},
    {"command", "Command", CELL_TEXT, false},
    {"timeout", "Timeout", CELL_NUMBER, false},
    {"remote", "Remote", CELL_TEXT, false},
    {"outcome", "Outcome", CELL_NUMBER, true},
    {"failfirst", "FailFirst", CELL_NUMBER, true},
    {"outcomefailed", "OutcomeFailed", CELL_NUMBER, true},
    {"delay", "Delay", CELL_NUMBER, true},
    {"dropafter", "DropAfter", CELL_NUMBER, true},
    {"address", "Address", CELL_TEXT, true},
    {"mask", "Mask", CELL_TEXT, true}};
static const struct column caller_columns[] = {{"name", "Name", CELL_TEXT, false},
                                               {"kind", "Kind", CELL_TEXT, false},
                                               {"port", "Port", CELL_TEXT, false},
                                               {"user", "User", CELL_TEXT, false},
                                               {"domain", "Domain", CELL_TEXT, false},
                                               {"computer", "Computer", CELL_TEXT, true},
                                               {"address", "Address", CELL_TEXT, false},
                                               {"identifier", "Identifier", CELL_TEXT, true},
                                               {"quarantined", "Quarantined", CELL_NUMBER, true},
                                               {"adapter", "Adapter", CELL_TEXT, false},
                                               {"after", "After", CELL_NUMBER, true},
                                               {"dropafter", "DropAfter", CELL_NUMBER, true}};
static const struct column parameter_columns[] = {{"name", "Name", CELL_TEXT, false},
                                                  {"value", "Value", CELL_TEXT, false},
                                                  {"registry", "Registry", CELL_TEXT, false}};

C_ASSERT(COUNT_OF(dialer_columns) == COUNT_OF(dialer_values) + 1);
C_ASSERT(COUNT_OF(caller_columns) == COUNT_OF(caller_values) + 1);

static int show_dialers(struct call *call)
{
    return key_show_section(call, &dialers, "Dialers", dialer_columns);
}

static int set_dialer(struct call *call)
{
    return key_set_section(call, &dialers);
}

static int delete_dialer(struct call *call)
{
    return key_delete_section(call, &dialers);
}

static int show_callers(struct call *call)
{
    return key_show_section(call, &callers, "Callers", caller_columns);
}

static int set_caller(struct call *call)
{
    return key_set_section(call, &callers);
}

static int delete_caller(struct call *call)
{
    return key_delete_section(call, &callers);
}

static int show_parameters(struct call *call)
{
    struct session *s = session_of(call);
    HKEY root = NULL;
    DWORD status = key_machine(s, &root);

    if (status != NO_ERROR) return failed(call, status, "the registry");
    if (root != HKEY_LOCAL_MACHINE) RegCloseKey(root);
    report_table(&s->report, "parameters", "Parameters", parameter_columns,
                 COUNT_OF(parameter_columns));
    for (size_t i = 0; i < COUNT_OF(parameter_values); i++) {
        char *text = key_read_parameter(s, &parameter_values[i]);

        report_text(&s->report, parameter_values[i].name);
        report_text(&s->report, text);
        report_text(&s->report, parameter_values[i].value);
        free(text);
    }
    return EXIT_DONE;
}

static int set_parameters(struct call *call)
{
    struct session *s = session_of(call);
    DWORD status = NO_ERROR;

    for (size_t i = 0; status == NO_ERROR && i < COUNT_OF(parameter_values); i++) {
        const char *value = call_value(call, parameter_values[i].name);

        if (value) status = key_write_parameter(s, &parameter_values[i], value);
    }
    if (status != NO_ERROR) return failed(call, status, "the registry");
    report_say(&s->report, "It counts from the router's next start on.");
    return EXIT_DONE;
}

#define NAME_OF(what)            \
    {                            \
        "name", NULL, true, what \
    }
static const struct parameter dialer_name[] = {
    NAME_OF("the interface, its device, or the type of that")};
static const struct parameter caller_name[] = {NAME_OF("any name")};
static const struct parameter any_name[] = {{"name", NULL, false, "one of them; without it all"}};
static const struct parameter dialer_parameters[] = {
    NAME_OF("the interface, its device, or the type of that"),
    {"kind", "existing|command|scripted", false, "how the link is made"},
    {"adapter", NULL, false, "the host's adapter that is the link"},
    {"command", NULL, false, "the program that makes it"},
    {"timeout", VALUE_NUMBER, false, "seconds until it must be up"},
    {"remote", NULL, false, "address of the other end"},
    {"outcome", VALUE_NUMBER, false, "scripted: error of an attempt, 0: none"},
    {"failfirst", VALUE_NUMBER, false, "scripted: so many attempts fail first"},
    {"outcomefailed", VALUE_NUMBER, false, "scripted: with this error"},
    {"delay", VALUE_NUMBER, false, "scripted: milliseconds to the outcome"},
    {"dropafter", VALUE_NUMBER, false, "scripted: milliseconds until it drops"},
    {"address", NULL, false, "scripted: our address"},
    {"mask", NULL, false, "scripted: its mask"}};
static const struct parameter caller_parameters[] = {
    NAME_OF("any name"),
    {"kind", "existing|scripted", false, "who makes the link"},
    {"port", "PPTP|L2TP|SSTP|IKEv2|PPPoE", false, "which port it occupies"},
    {"user", NULL, false, "who calls"},
    {"domain", NULL, false, "his domain"},
    {"computer", NULL, false, "his computer"},
    {"address", NULL, false, "the address that he is to have, or has"},
    {"identifier", NULL, false, "16 hexadecimal digits: he wants IPv6"},
    {"quarantined", VALUE_NUMBER, false, "1: in quarantine"},
    {"adapter", NULL, false, "existing: the host's adapter, ppp* for all that begin so"},
    {"after", VALUE_NUMBER, false, "scripted: milliseconds from the start to the call"},
    {"dropafter", VALUE_NUMBER, false, "scripted: milliseconds until it drops"}};
static const struct parameter parameter_parameters[] = {
    {"routertype", VALUE_NUMBER, false, "Windows' own: 1 RAS, 2 LAN, 4 demand dial, ..."},
    {"phonebook", NULL, false, "another phone book"},
    {"updatetimeout", VALUE_NUMBER, false, "milliseconds of an update"},
    {"calltimeout", VALUE_NUMBER, false, "milliseconds of a call into a protocol DLL"},
    {"reachableagain", VALUE_NUMBER, false, "milliseconds after a failed connection"},
    {"adapterpoll", VALUE_NUMBER, false, "milliseconds between looks at adapters, without events"},
    {"adapterevents", VALUE_NUMBER, false, "1: changes of adapters come as events; 0: they don't"},
    {"hostfilters", VALUE_NUMBER, false, "1: the host applies packet filters; 0: it does not"},
    {"hostroutes", VALUE_NUMBER, false, "1: routes go to the host's table; 0: they don't"},
    {"hostroutesstay", VALUE_NUMBER, false, "1: they stay there when the router ends"},
    {"hostforwarding", VALUE_NUMBER, false,
     "1: the host forwards IPv4 meanwhile; 2: IPv6; 3: both"},
    {"ripport", VALUE_NUMBER, false, "UDP port of RIP"},
    {"riproutelimit", VALUE_NUMBER, false, "routes that RIP learns at most"},
    {"ripneighborlimit", VALUE_NUMBER, false, "... and of one neighbor; 0: any number"}};

const struct command registry_commands[] = {
    {"dialers show", NULL, NULL, "Shows what makes the links of demand-dial interfaces", NULL,
     any_name, COUNT_OF(any_name), show_dialers},
    {"dialers set", NULL, NULL, "Says what makes an interface's link",
     "What is not named stays; an empty value takes one away. docs/DIALERS.md tells what they "
     "mean.\n"
     "It is read when the interface is made, and by entries reload.",
     dialer_parameters, COUNT_OF(dialer_parameters), set_dialer},
    {"dialers delete", NULL, NULL, "Forgets what makes an interface's link", NULL, dialer_name,
     COUNT_OF(dialer_name), delete_dialer},
    {"callers show", NULL, NULL, "Shows who may dial in", NULL, any_name, COUNT_OF(any_name),
     show_callers},
    {"callers set", NULL, NULL, "Says who dials in: a key below Clients",
     "What is not named stays; an empty value takes one away. docs/DIALERS.md tells what they "
     "mean.\n"
     "It is read when the router starts.",
     caller_parameters, COUNT_OF(caller_parameters), set_caller},
    {"callers delete", NULL, NULL, "Forgets one who dials in", NULL, caller_name,
     COUNT_OF(caller_name), delete_caller},
    {"parameters show", NULL, NULL, "Shows the router's values in the registry", NULL, NULL, 0,
     show_parameters},
    {"parameters set", NULL, NULL, "Sets the router's values in the registry",
     "An empty value takes one away: the default counts.", parameter_parameters,
     COUNT_OF(parameter_parameters), set_parameters},
};
const size_t registry_command_count = COUNT_OF(registry_commands);
