# mpr_unit_test(<name> SOURCES ... [LIBS mpr_base ...] [LABELS ...] [TIMEOUT seconds] [ARGS ...]
#               [INCLUDES ...] [DEFINITIONS ...] [ENVIRONMENT A=b ...]
#               [FRESH_PREFIX] [NATIVE_ONLY] [CROSS_ONLY] [SERIAL])
#
# A cmocka program and its ctest entry <name>: run directly in native builds, through Wine in cross
# builds. FRESH_PREFIX gives it a Wine prefix of its own (half a second), for tests that change the
# registry or files. The first label is the subfolder of tests/ it comes from.
# Exit code 77, or cmocka's skip(), is a skip; print "SKIP: reason" first.
#
# mpr_test_support(<name> SOURCES ... [LIBS ...] [INCLUDES ...]): what several tests share, once
# as a static library <name>, to be named among their LIBS.
# mpr_program_test(...) is the same without cmocka, for programs with a main() of their own.
# mpr_fuzz_target(<name> SOURCES ... [LIBS ...] [ABOUT ...] [CORPUS dir] [FRESH_PREFIX]): LLVMFuzzerTestOneInput;
# with libFuzzer in the preset `fuzz`, else a test that replays the corpus. ABOUT are the folders of src/
# whose functions `./dev fuzz --coverage` counts; those that are libraries are linked as a whole.

# Without cmocka for the target, which the library and the demo don't need, there are no tests.
set(MPR_TESTS ON)
add_library(mpr_cmocka INTERFACE)
if(CMAKE_CROSSCOMPILING)
    set(MPR_DEPS_DIR ${CMAKE_SOURCE_DIR}/build/deps CACHE PATH "libraries built for the target")
    set(cmocka ${MPR_DEPS_DIR}/cmocka-${CMAKE_SYSTEM_PROCESSOR})
    if(EXISTS ${cmocka}/lib/libcmocka-static.a)
        target_include_directories(mpr_cmocka SYSTEM INTERFACE ${cmocka}/include)
        target_link_libraries(mpr_cmocka INTERFACE ${cmocka}/lib/libcmocka-static.a)
    else()
        message(STATUS "SKIP: all tests; cmocka for the target comes with ./dev build")
        set(MPR_TESTS OFF)
    endif()
else()
    target_link_libraries(mpr_cmocka INTERFACE cmocka)
endif()

if(WIN32)
    add_library(mpr_arch_proof OBJECT ${CMAKE_SOURCE_DIR}/cmake/support/arch_proof.c)
endif()

# The launcher of native tests; TSan can't cope with much address-space randomisation.
set(MPR_NATIVE_LAUNCHER)
if(MPR_SANITIZE MATCHES "thread")
    execute_process(COMMAND setarch -R true RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
    if(result EQUAL 0)
        set(MPR_NATIVE_LAUNCHER setarch -R)
    endif()
endif()

# Builds without sanitizers look for leaks all the same: it costs nothing but a look at the end.
include(CheckLinkerFlag)
if(NOT WIN32 AND NOT MPR_SANITIZE)
    check_linker_flag(C -fsanitize=leak MPR_HAVE_LEAK_SANITIZER)
endif()

function(mpr_add_test name target)
    cmake_parse_arguments(ARG "FRESH_PREFIX;SERIAL;PROOF" "TIMEOUT" "ARGS;LABELS;ENVIRONMENT" ${ARGN})
    # Against hanging only: a busy machine takes several times as long as a quiet one.
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
        if(CMAKE_CROSSCOMPILING)
            set(ARG_TIMEOUT 300)
        endif()
    endif()
    if(CMAKE_CROSSCOMPILING)
        set(launcher ${CMAKE_CROSSCOMPILING_EMULATOR})
        # The wrapper stops the program first, so that its output is seen; later when emulated.
        math(EXPR limit "${ARG_TIMEOUT} * 4 + 20")
        list(APPEND ARG_ENVIRONMENT MPR_TEST=${name})
    else()
        set(launcher ${MPR_NATIVE_LAUNCHER})
        set(limit ${ARG_TIMEOUT})
    endif()
    add_test(NAME ${name} COMMAND ${launcher} $<TARGET_FILE:${target}> ${ARG_ARGS})

    set(environment MPR_TIMEOUT=${ARG_TIMEOUT} ${ARG_ENVIRONMENT})
    if(ARG_PROOF)
        list(APPEND environment MPR_ARCH_PROOF=1)
    endif()
    if(ARG_FRESH_PREFIX)
        list(APPEND environment MPR_WINE_FRESH=1)
    endif()
    if(MPR_SANITIZE)
        list(APPEND environment
            "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1"
            "UBSAN_OPTIONS=print_stacktrace=1" "TSAN_OPTIONS=second_deadlock_stack=1")
    endif()
    file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR})
    string(REGEX MATCH "^[^/.]*" kind "${folder}")
    # Where time may run out, these come first (MPR_EMULATE_UNTIL in i686.sh).
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "i686" AND kind MATCHES "^(abi|unit|api)$")
        set_tests_properties(${name} PROPERTIES COST 1000)
    endif()
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${limit}
        SKIP_RETURN_CODE 77
        RUN_SERIAL "${ARG_SERIAL}"
        LABELS "${kind};${ARG_LABELS}"
        ENVIRONMENT "${environment}")
endfunction()

# What a test and a support library have in common. Tests of the cross builds are hardly optimised,
# which compiles them faster; the library that they test is.
function(mpr_set_up_test target)
    cmake_parse_arguments(ARG "" "" "LIBS;INCLUDES" ${ARGN})
    target_link_libraries(${target} PUBLIC ${ARG_LIBS})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests ${ARG_INCLUDES})
    if(WIN32)
        target_compile_options(${target} PRIVATE -O1)
    endif()
endfunction()

function(mpr_test_support name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LIBS;INCLUDES" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    mpr_set_up_test(${name} LIBS ${ARG_LIBS} INCLUDES ${ARG_INCLUDES})
endfunction()

function(mpr_program_test name)
    cmake_parse_arguments(ARG "FRESH_PREFIX;NATIVE_ONLY;CROSS_ONLY;SERIAL" "TIMEOUT"
        "SOURCES;LIBS;LABELS;ARGS;INCLUDES;DEFINITIONS;ENVIRONMENT" ${ARGN})
    if(MPR_FUZZ OR (ARG_NATIVE_ONLY AND CMAKE_CROSSCOMPILING)
            OR (ARG_CROSS_ONLY AND NOT CMAKE_CROSSCOMPILING))
        return()
    endif()
    foreach(library IN LISTS ARG_LIBS)
        mpr_have(${library} have)
        if(library MATCHES "^mpr(_|api)" AND NOT have)
            mpr_missing("test ${name}" "target ${library}")
            return()
        endif()
    endforeach()
    mpr_absent_source(absent ${ARG_SOURCES})
    if(absent)
        mpr_missing("test ${name}" "file ${absent}")
        return()
    endif()

    set(target test_${name})
    add_executable(${target} ${ARG_SOURCES})
    mpr_set_up_test(${target} LIBS ${ARG_LIBS} INCLUDES ${ARG_INCLUDES})
    target_compile_definitions(${target} PRIVATE ${ARG_DEFINITIONS})
    set(options)
    if(WIN32)
        target_sources(${target} PRIVATE $<TARGET_OBJECTS:mpr_arch_proof>)
        list(APPEND options PROOF)
    else()
        target_link_libraries(${target} PUBLIC Threads::Threads)
        if(MPR_HAVE_LEAK_SANITIZER)
            target_link_options(${target} PRIVATE -fsanitize=leak)
        endif()
    endif()
    foreach(flag FRESH_PREFIX SERIAL)
        if(ARG_${flag})
            list(APPEND options ${flag})
        endif()
    endforeach()
    mpr_add_test(${name} ${target} ${options} TIMEOUT ${ARG_TIMEOUT} ARGS ${ARG_ARGS}
        LABELS ${ARG_LABELS} ENVIRONMENT ${ARG_ENVIRONMENT})
endfunction()

function(mpr_unit_test name)
    mpr_program_test(${name} ${ARGN})
    if(TARGET test_${name})
        target_link_libraries(test_${name} PUBLIC mpr_cmocka)
    endif()
endfunction()

# A simulation is a unit test of many parts on the virtual clock; it may take longer.
function(mpr_sim_test name)
    mpr_unit_test(${name} TIMEOUT 300 ${ARGN})
endfunction()

function(mpr_fuzz_target name)
    cmake_parse_arguments(ARG "FRESH_PREFIX" "CORPUS;TIMEOUT" "SOURCES;LIBS;ABOUT" ${ARGN})
    set(fresh)
    if(ARG_FRESH_PREFIX)
        set(fresh FRESH_PREFIX)
    endif()
    if(NOT ARG_CORPUS)
        set(ARG_CORPUS ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
    endif()
    if(NOT MPR_FUZZ)
        mpr_program_test(fuzz_${name} SOURCES ${ARG_SOURCES}
            ${CMAKE_SOURCE_DIR}/cmake/support/fuzz_replay.c LIBS ${ARG_LIBS}
            ARGS ${ARG_CORPUS} LABELS fuzz TIMEOUT ${ARG_TIMEOUT} ${fresh})
        return()
    endif()
    foreach(library IN LISTS ARG_LIBS)
        mpr_have(${library} have)
        if(library MATCHES "^mpr_" AND NOT have)
            mpr_missing("fuzz target ${name}" "target ${library}")
            return()
        endif()
    endforeach()
    add_executable(fuzz_${name} ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/cmake/support/fuzz_options.c)
    target_link_libraries(fuzz_${name} PRIVATE ${ARG_LIBS} Threads::Threads)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    foreach(folder IN LISTS ARG_ABOUT)
        mpr_target_of(${folder} library)
        if(TARGET ${library})
            target_sources(fuzz_${name} PRIVATE $<TARGET_OBJECTS:${library}>)
        endif()
    endforeach()
    # One line a target for `./dev fuzz`: program, corpus, and what it is about.
    string(REPLACE ";" "," about "${ARG_ABOUT}")
    file(APPEND ${CMAKE_BINARY_DIR}/fuzz-targets.txt "fuzz_${name} ${ARG_CORPUS} ${about}\n")
endfunction()

# Fails the build unless the tables of tests in those files have a row for each built export; kind as
# in check_tables.py.
function(mpr_check_tables kind)
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${kind}-checked)
    set(exports ${CMAKE_SOURCE_DIR}/cmake/exports)
    set(lists ${CMAKE_SOURCE_DIR}/mprapi.def ${CMAKE_SOURCE_DIR}/src/api/exports/unbuilt_list.h)
    add_custom_command(OUTPUT ${stamp}
        COMMAND ${Python3_EXECUTABLE} ${exports}/check_tables.py ${kind} ${lists} ${stamp} ${ARGN}
        DEPENDS ${exports}/check_tables.py ${exports}/export_tables.py ${lists} ${ARGN}
        COMMENT "Checking that all built exports are in the tables: ${kind}" VERBATIM)
    add_custom_target(check_${kind} ALL DEPENDS ${stamp})
endfunction()
