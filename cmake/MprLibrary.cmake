# mpr_library(<folder> SOURCES a.c b.c [DEPENDS base protocol/rip ...])
#
# A static library mpr_<folder> (slashes become underscores) from src/<folder>. What a folder may
# include is what it depends on: its headers are put, as links, below
# build/<preset>/visible/<folder>/, and only that directory is handed on to its users, so
# `#include "rtm/table.h"` compiles only where rtm is among the dependencies.

# A dependency that is not there yet leaves its users out; in CI that is an error.
function(mpr_missing what target)
    set(level WARNING)
    if(DEFINED ENV{CI})
        set(level FATAL_ERROR)
    endif()
    message(${level} "${what} is left out: there is no target ${target}")
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

function(mpr_library folder)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
    mpr_target_of(${folder} target)

    set(dependencies)
    foreach(dependency IN LISTS ARG_DEPENDS)
        mpr_target_of(${dependency} name)
        if(NOT TARGET ${name})
            mpr_missing("library ${target}" ${name})
            return()
        endif()
        list(APPEND dependencies ${name})
    endforeach()

    set(visible ${CMAKE_BINARY_DIR}/visible/${target})
    mpr_publish_headers(${folder} ${visible})
    if(ARG_SOURCES)
        add_library(${target} STATIC ${ARG_SOURCES})
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
