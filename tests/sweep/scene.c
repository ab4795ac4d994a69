#include "sweep/scene.h"

#include "sweep/snapshot.h"

MPR_SERVER_HANDLE scene_server;
HANDLE scene_interface, scene_event;
LPVOID scene_rip;
const struct fixture_dialer scene_dialer = {.address = L"127.77.0.1"};

void scene_begin(DWORD rip_port)
{
    sweep_begin();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"UpdateTimeout", 60);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", rip_port);
    scene_server = fixture_connect();
    snapshot_server(scene_server);
    scene_rip = fixture_install_rip(scene_server);
    scene_event = CreateEventW(NULL, FALSE, FALSE, NULL);
}

void scene_with_interface(void)
{
    WCHAR name[] = L"Swept";

    if (MprAdminInterfaceGetHandle(scene_server, name, &scene_interface, FALSE) != NO_ERROR)
        scene_interface = fixture_dial_interface(scene_server, "Swept", &scene_dialer);
}

void scene_with_transport(void)
{
    scene_with_interface();
    MprAdminInterfaceTransportAdd(scene_server, scene_interface, PID_IP, scene_rip,
                                  MprInfoBlockQuerySize(scene_rip));
}

void scene_without_transport(void)
{
    scene_with_interface();
    MprAdminInterfaceDisconnect(scene_server, scene_interface);
    MprAdminInterfaceTransportRemove(scene_server, scene_interface, PID_IP);
}

void scene_disconnected(void)
{
    scene_with_transport();
    MprAdminInterfaceDisconnect(scene_server, scene_interface);
}

void scene_connected_anew(void)
{
    scene_disconnected();
    scene_connected();
}

void scene_connected(void)
{
    scene_with_transport();
    assert_int_equal(MprAdminInterfaceConnect(scene_server, scene_interface, NULL, TRUE), NO_ERROR);
}
