# Compiler settings of the whole tree: warnings are errors, and the same source gives the same bytes.
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

set(MPR_SANITIZE "" CACHE STRING "sanitizers to build with, as for -fsanitize=")
option(MPR_COVERAGE "measure line coverage" OFF)
option(MPR_FUZZ "build the fuzz targets with libFuzzer (clang)" OFF)
option(MPR_TRAP_UNDEFINED "cross builds: trap on undefined behaviour" OFF)

add_compile_options(
    -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wold-style-definition -Wundef -Wvla -Wformat=2 -Wpointer-arith -Wwrite-strings -Werror
    -gdwarf-4 -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -fno-common)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # Not -Wlogical-op: limits that differ on one target are equal on another.
    add_compile_options(-Wduplicated-cond -Wduplicated-branches)
endif()

if(WIN32)
    # Most of what the Windows headers drag in nobody here needs, and reading it costs a file more than all
    # the rest of it: what WIN32_LEAN_AND_MEAN leaves out, the intrinsics of each processor up to AVX-512
    # (winnt.h includes them), and COM (mprapi.h does, by ras.h and naptypes.h). Left out by their guards; a
    # header whose guard has another name only costs time. tests/abi sees them whole.
    set(MPR_SHORT_HEADERS WIN32_LEAN_AND_MEAN _X86INTRIN_H_INCLUDED COM_NO_WINDOWS_H __oaidl_h__ __ocidl_h__)
    add_compile_definitions(${MPR_SHORT_HEADERS})
    list(TRANSFORM MPR_SHORT_HEADERS PREPEND -D)
    if(MPR_TRAP_UNDEFINED)
        add_compile_options(-fsanitize=undefined -fsanitize-undefined-trap-on-error)
    endif()
else()
    set(THREADS_PREFER_PTHREAD_FLAG ON)
    find_package(Threads REQUIRED)
    if(MPR_SANITIZE)
        add_compile_options(-fsanitize=${MPR_SANITIZE} -fno-sanitize-recover=all
            -fno-omit-frame-pointer)
        add_link_options(-fsanitize=${MPR_SANITIZE})
    endif()
    if(MPR_COVERAGE)
        add_compile_options(--coverage)
        add_link_options(--coverage)
    endif()
    if(MPR_FUZZ)
        # Without tracing of comparisons, which takes half the time: what they look for (names, types,
        # sizes) is in the seeds and dictionaries.
        add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp)
        add_link_options(-fsanitize=fuzzer-no-link)
    endif()
endif()

# No time stamps, user or group ids in archives.
set(CMAKE_C_ARCHIVE_CREATE "<CMAKE_AR> qcD <TARGET> <OBJECTS>")
set(CMAKE_C_ARCHIVE_APPEND "<CMAKE_AR> qD <TARGET> <OBJECTS>")
set(CMAKE_C_ARCHIVE_FINISH "<CMAKE_RANLIB> -D <TARGET>")
