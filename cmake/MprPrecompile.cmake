# mpr_precompile(<target> <set>): the target's files compile over cmake/pch/<set>.h, precompiled once
# for all targets of that set. Windows' headers cost a file more than all the rest of it.
#
# Such a header holds headers of the system only, so what a target may include of this project is as
# without it. That each file still includes all it needs is seen with -DMPR_PCH=OFF, and by
# `./dev lint`, which looks at every file without it. The targets of a set must agree in the
# definitions that the headers look at (UNICODE, WIN32_LEAN_AND_MEAN, _WIN32_WINNT); the compiler
# says where they don't.
option(MPR_PCH "precompile the headers of Windows" ON)
if(NOT WIN32 OR NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
    set(MPR_PCH OFF)
endif()

# mpr_precompiled_set(<set> [definition...])
function(mpr_precompiled_set set)
    add_library(mpr_pch_${set} OBJECT ${CMAKE_BINARY_DIR}/pch.c)
    target_compile_definitions(mpr_pch_${set} PRIVATE ${ARGN})
    target_precompile_headers(mpr_pch_${set} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch/${set}.h)
endfunction()

if(MPR_PCH)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch.c CONTENT "typedef int pch;\n")
    mpr_precompiled_set(lean WIN32_LEAN_AND_MEAN)
    mpr_precompiled_set(api UNICODE _UNICODE)
    mpr_precompiled_set(sdk)
    # Without it ccache leaves files over a precompiled header alone.
    add_compile_options(-fpch-preprocess)
endif()

function(mpr_precompile target set)
    if(MPR_PCH)
        target_precompile_headers(${target} REUSE_FROM mpr_pch_${set})
    endif()
endfunction()
