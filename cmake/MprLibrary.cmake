# mpr_library(<folder> SOURCES a.c b.c [DEPENDS base protocol/rip ...])
#
# A static library mpr_<folder> (slashes become underscores) from src/<folder>. What a folder may
# include is what it depends on: its headers are put, as links, below
# build/<preset>/visible/<folder>/, and only that directory is handed on to its users, so
# `#include "rtm/table.h"` compiles only where rtm is among the dependencies.

# A dependency or source file that is not there yet leaves its users out, so that the rest can be
# worked on; in CI that is an error.
function(mpr_missing what part)
    set(level WARNING)
    if(DEFINED ENV{CI})
        set(level FATAL_ERROR)
    endif()
    message(${level} "${what} is left out: there is no ${part}")
endfunction()

# The first of the source files that does not exist, or nothing.
function(mpr_absent_source out)
    set(${out} "" PARENT_SCOPE)
    foreach(file IN LISTS ARGN)
        get_filename_component(path ${file} ABSOLUTE)
        get_source_file_property(generated ${path} GENERATED)
        if(NOT EXISTS ${path} AND NOT generated AND NOT file MATCHES "[$]<")
            set(${out} ${file} PARENT_SCOPE)
            return()
        endif()
    endforeach()
endfunction()

# Lines that follow in a folder's list may name the target, so it is there, but never built.
function(mpr_leave_out target)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/left_out.c CONTENT "typedef int left_out;\n")
    add_library(${target} STATIC EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/left_out.c)
    set_target_properties(${target} PROPERTIES MPR_LEFT_OUT ON)
endfunction()

function(mpr_have target out)
    set(${out} OFF PARENT_SCOPE)
    if(TARGET ${target})
        get_target_property(left_out ${target} MPR_LEFT_OUT)
        if(NOT left_out)
            set(${out} ON PARENT_SCOPE)
        endif()
    endif()
endfunction()

function(mpr_target_of folder out)
    string(REPLACE "/" "_" name ${folder})
    set(${out} mpr_${name} PARENT_SCOPE)
endfunction()

# Links every header of src/<folder> below <dir>/<folder>; subfolders that are libraries of their
# own (with a CMakeLists.txt) are not part of it.
function(mpr_publish_headers folder dir)
    set(source ${CMAKE_SOURCE_DIR}/src/${folder})
    file(REMOVE_RECURSE ${dir})
    file(MAKE_DIRECTORY ${dir}/${folder})
    file(GLOB_RECURSE headers RELATIVE ${source} CONFIGURE_DEPENDS ${source}/*.h ${source}/*.inc)
    foreach(header IN LISTS headers)
        get_filename_component(sub ${header} DIRECTORY)
        if(sub)
            string(REGEX MATCH "^[^/]+" top ${sub})
            if(EXISTS ${source}/${top}/CMakeLists.txt)
                continue()
            endif()
            file(MAKE_DIRECTORY ${dir}/${folder}/${sub})
        endif()
        file(CREATE_LINK ${source}/${header} ${dir}/${folder}/${header} SYMBOLIC)
    endforeach()
endfunction()

# Reading the headers, and starting a compiler, cost more than most files do. So a cross build compiles the
# files of a folder (a room of it) together, a few at a time, and static names and macros are unique in
# a room. With MPR_UNITY=OFF each file is compiled alone, as all presets for this machine do, where instructions
# are counted and mutations made; `./dev lint` sees each file alone, too.
set(unity OFF)
if(WIN32)
    set(unity ON)
endif()
option(MPR_UNITY "compile several files of a folder of src at once" ${unity})
set(MPR_UNITY_FILES 9)

function(mpr_unite target)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    # What one file may call a local another one's static may be called.
    target_compile_options(${target} PRIVATE -Wno-shadow -Wredundant-decls)
    foreach(file IN LISTS ARGN)
        get_filename_component(path ${file} ABSOLUTE)
        file(RELATIVE_PATH path ${CMAKE_CURRENT_SOURCE_DIR} ${path})
        get_filename_component(room ${path} DIRECTORY)
        string(MAKE_C_IDENTIFIER "in_${room}" room)
        list(APPEND ${room} ${file})
        list(LENGTH ${room} count)
        math(EXPR unit "(${count} - 1) / ${MPR_UNITY_FILES}")
        set_source_files_properties(${file} PROPERTIES UNITY_GROUP ${room}_${unit})
    endforeach()
endfunction()

function(mpr_library folder)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
    mpr_target_of(${folder} target)

    set(dependencies)
    foreach(dependency IN LISTS ARG_DEPENDS)
        mpr_target_of(${dependency} name)
        mpr_have(${name} have)
        if(NOT have)
            mpr_missing("library ${target}" "target ${name}")
            mpr_leave_out(${target})
            return()
        endif()
        list(APPEND dependencies ${name})
    endforeach()
    mpr_absent_source(absent ${ARG_SOURCES})
    if(absent)
        mpr_missing("library ${target}" "file src/${folder}/${absent}")
        mpr_leave_out(${target})
        return()
    endif()

    set(visible ${CMAKE_BINARY_DIR}/visible/${target})
    mpr_publish_headers(${folder} ${visible})
    if(ARG_SOURCES)
        add_library(${target} ${ARG_SOURCES})
        if(MPR_UNITY)
            mpr_unite(${target} ${ARG_SOURCES})
        endif()
        target_include_directories(${target} PUBLIC ${visible})
        target_link_libraries(${target} PUBLIC ${dependencies})
    else()
        add_library(${target} INTERFACE)
        target_include_directories(${target} INTERFACE ${visible})
        target_link_libraries(${target} INTERFACE ${dependencies})
    endif()
endfunction()

# uthash is headers only: linked here one by one, so that a cross build does not see /usr/include.
set(MPR_UTHASH_VISIBLE ${CMAKE_BINARY_DIR}/visible/uthash)
file(MAKE_DIRECTORY ${MPR_UTHASH_VISIBLE})
foreach(header uthash.h utlist.h utarray.h utstring.h)
    if(NOT EXISTS /usr/include/${header})
        message(FATAL_ERROR "${header} is missing: run ./dev build, or install uthash-dev")
    endif()
    file(CREATE_LINK /usr/include/${header} ${MPR_UTHASH_VISIBLE}/${header} SYMBOLIC)
endforeach()
add_library(mpr_uthash INTERFACE)
target_include_directories(mpr_uthash SYSTEM INTERFACE ${MPR_UTHASH_VISIBLE})
