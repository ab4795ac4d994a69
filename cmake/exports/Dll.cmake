# mpr_dll(<target> <name> DESCRIPTION "what it is" [SOURCES ...])
#
# <name>.dll from the current folder's <name>.def and <name>-x86-args.tsv, as Exports.cmake makes mprapi.dll from its lists: the
# linker's list for this architecture, import libraries by dlltool -k, for MSVC too, and the project's version.
# Installed as bin/<name>.dll, lib/lib<name>.dll.a and lib/<name>.lib.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_program(MPR_LLVM_DLLTOOL NAMES llvm-dlltool llvm-dlltool-14 llvm-dlltool-15 llvm-dlltool-16
    llvm-dlltool-19 NO_CMAKE_FIND_ROOT_PATH)

function(mpr_dll target name)
    cmake_parse_arguments(ARG "" "DESCRIPTION" "SOURCES" ${ARGN})
    set(exports ${CMAKE_SOURCE_DIR}/cmake/exports)
    if(CMAKE_SIZEOF_VOID_P EQUAL 4)
        set(arch i686)
        set(machine i386)
    else()
        set(arch x86_64)
        set(machine i386:x86-64)
    endif()
    set(definition ${CMAKE_CURRENT_BINARY_DIR}/${name}-${arch}.def)
    set(link_definition ${CMAKE_CURRENT_BINARY_DIR}/${name}-${arch}-link.def)
    add_custom_command(OUTPUT ${definition} ${link_definition}
        COMMAND ${Python3_EXECUTABLE} ${exports}/gen_exports.py --def ${CMAKE_CURRENT_SOURCE_DIR}/${name}.def
            --args ${CMAKE_CURRENT_SOURCE_DIR}/${name}-x86-args.tsv --arch ${arch}
            --out-def ${definition} --out-link-def ${link_definition}
        DEPENDS ${name}.def ${name}-x86-args.tsv ${exports}/gen_exports.py ${exports}/export_tables.py
        COMMENT "Listing the exports of ${name}.dll for ${arch}" VERBATIM)

    set(resource ${CMAKE_CURRENT_BINARY_DIR}/${name}.rc)
    string(REPLACE "." "," version_commas "${PROJECT_VERSION}.0")
    configure_file(${exports}/dll.rc.in ${resource} @ONLY)
    add_library(${target} SHARED ${ARG_SOURCES} ${link_definition} ${resource})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} PREFIX "" SUFFIX .dll LINKER_LANGUAGE C
        IMPORT_PREFIX lib IMPORT_SUFFIX .dll.a)
    if(arch STREQUAL i686)
        target_link_options(${target} PRIVATE -Wl,--kill-at)
    endif()
    set(implib $<TARGET_LINKER_FILE:${target}>)
    set(msvc_lib ${CMAKE_CURRENT_BINARY_DIR}/${name}.lib)
    add_custom_command(TARGET ${target} POST_BUILD
        COMMAND ${CMAKE_COMMAND} -E rm -f ${implib} ${msvc_lib}
        COMMAND ${CMAKE_DLLTOOL} -k --deterministic-libraries -t ${name} -d ${definition} -l $<TARGET_LINKER_FILE_NAME:${target}>
        COMMAND ${MPR_LLVM_DLLTOOL} -k -m ${machine} -d ${definition} -l ${msvc_lib}
        BYPRODUCTS ${msvc_lib}
        WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR} VERBATIM)
    install(TARGETS ${target} RUNTIME DESTINATION bin)
    install(FILES ${implib} DESTINATION lib RENAME lib${name}.dll.a)
    install(FILES ${msvc_lib} DESTINATION lib)
endfunction()
