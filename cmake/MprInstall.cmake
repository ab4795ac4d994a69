# What `cmake --install` puts where, once the DLL is there:
#   bin/mprapi.dll  bin/rtm.dll  bin/rtutils.dll  bin/mprctl.exe  bin/mprsvc.exe  bin/mprnetlink (for Linux)  lib/libmprapi.dll.a  lib/mprapi.lib  lib/librtm.dll.a  lib/rtm.lib  (the same of rtutils)  include/*.h
#   lib/cmake/mprapi/  (find_package(mprapi))  lib/pkgconfig/mprapi.pc
# What concerns rtm and rtutils is in exports/Dll.cmake.
# src/api may set MPR_IMPORT_LIB (GNU) and MPR_MSVC_LIB in the cache when it makes them itself.
if(NOT TARGET mprapi)
    return()
endif()
include(CMakePackageConfigHelpers)

install(TARGETS mprapi RUNTIME DESTINATION bin)
foreach(program mprctl mprsvc)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME DESTINATION bin)
    endif()
endforeach()
if(MPR_HOST_CC)
    install(PROGRAMS ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/mprnetlink DESTINATION bin)
endif()
if(MPR_IMPORT_LIB)
    install(FILES ${MPR_IMPORT_LIB} DESTINATION lib RENAME libmprapi.dll.a)
else()
    install(FILES $<TARGET_LINKER_FILE:mprapi> DESTINATION lib RENAME libmprapi.dll.a)
endif()
if(MPR_MSVC_LIB)
    install(FILES ${MPR_MSVC_LIB} DESTINATION lib RENAME mprapi.lib)
endif()
file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/include/*.h)
install(FILES ${headers} DESTINATION include)

configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/mprapiConfig.cmake.in
    ${CMAKE_BINARY_DIR}/mprapiConfig.cmake INSTALL_DESTINATION lib/cmake/mprapi)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/mprapiConfigVersion.cmake
    COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_BINARY_DIR}/mprapiConfig.cmake ${CMAKE_BINARY_DIR}/mprapiConfigVersion.cmake
    DESTINATION lib/cmake/mprapi)
configure_file(${CMAKE_SOURCE_DIR}/cmake/mprapi.pc.in ${CMAKE_BINARY_DIR}/mprapi.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/mprapi.pc DESTINATION lib/pkgconfig)
