# mprapi_exports(<target>)
#
# Gives the shared library <target> exactly the exports of mprapi.def:
#   - the linker's list for this architecture is made from mprapi.def and x86-args.tsv,
#   - src/api/exports/unbuilt.c is added, which answers for the functions that are not built yet
#     (it calls api_note_unbuilt of src/api/exports/unbuilt.h),
#   - its import library is made by dlltool -k, since what ld writes with --kill-at does not link,
#     and an MSVC-style mprapi.lib is put beside it,
#   - check_exports.py compares everything after each link and fails the build at a difference.
# <target> becomes mprapi.dll with import library libmprapi.dll.a. MPR_MSVC_LIB in the cache is the
# path of mprapi.lib, for the install rules.
#
# mprapi_export_header(<target>) gives a test the list as <mprapi_exports.h>: EXPORT(name,
# bytes, known) for what this architecture's DLL exports, NOT_EXPORTED(name) for the rest of
# mprapi.def; bytes is -1 where unknown, known is 1 for the names of mingw-w64's libmprapi.a.

find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_program(MPR_LLVM_DLLTOOL NAMES llvm-dlltool llvm-dlltool-14 llvm-dlltool-15 llvm-dlltool-16
    llvm-dlltool-19 NO_CMAKE_FIND_ROOT_PATH)
if(NOT MPR_LLVM_DLLTOOL)
    message(FATAL_ERROR "llvm-dlltool, which makes mprapi.lib, is missing: install llvm")
endif()

set(MPR_EXPORTS_DIR ${CMAKE_CURRENT_LIST_DIR})
set(MPR_EXPORTS_DEF ${CMAKE_SOURCE_DIR}/mprapi.def)
set(MPR_EXPORTS_ARGS ${MPR_EXPORTS_DIR}/x86-args.tsv)
set(MPR_EXPORTS_GENERATOR ${MPR_EXPORTS_DIR}/gen_exports.py)
set(MPR_EXPORTS_UNBUILT ${CMAKE_SOURCE_DIR}/src/api/exports/unbuilt_list.h)
set(MPR_EXPORTS_COMPATIBILITY ${CMAKE_SOURCE_DIR}/docs/COMPATIBILITY.md)
set(MPR_EXPORTS_README ${CMAKE_SOURCE_DIR}/README.md)

if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    set(MPR_EXPORTS_ARCH i686)
    set(MPR_EXPORTS_MACHINE i386)
else()
    set(MPR_EXPORTS_ARCH x86_64)
    set(MPR_EXPORTS_MACHINE i386:x86-64)
endif()

# One rule for one of the generator's outputs (--out-def, --out-link-def or --out-header).
function(mpr_generate_exports option file)
    add_custom_command(OUTPUT ${file}
        COMMAND ${Python3_EXECUTABLE} ${MPR_EXPORTS_GENERATOR} --def ${MPR_EXPORTS_DEF}
            --args ${MPR_EXPORTS_ARGS} --arch ${MPR_EXPORTS_ARCH} ${option} ${file}
        DEPENDS ${MPR_EXPORTS_DEF} ${MPR_EXPORTS_ARGS} ${MPR_EXPORTS_GENERATOR}
            ${MPR_EXPORTS_DIR}/export_tables.py
        COMMENT "Listing the exports for ${MPR_EXPORTS_ARCH}" VERBATIM)
endfunction()

function(mprapi_exports target)
    # One for the import libraries; the linker's has what is private, too.
    set(definition ${CMAKE_CURRENT_BINARY_DIR}/mprapi-${MPR_EXPORTS_ARCH}.def)
    set(link_definition ${CMAKE_CURRENT_BINARY_DIR}/mprapi-${MPR_EXPORTS_ARCH}-link.def)
    mpr_generate_exports(--out-def ${definition})
    mpr_generate_exports(--out-link-def ${link_definition})
    add_custom_target(${target}_definition DEPENDS ${definition})
    add_dependencies(${target} ${target}_definition)

    # A .def among the sources goes to the linker as it is.
    target_sources(${target} PRIVATE ${link_definition}
        ${CMAKE_SOURCE_DIR}/src/api/exports/unbuilt.c ${MPR_EXPORTS_UNBUILT})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME mprapi PREFIX "" SUFFIX .dll
        IMPORT_PREFIX lib IMPORT_SUFFIX .dll.a)
    if(MPR_EXPORTS_ARCH STREQUAL i686)
        target_link_options(${target} PRIVATE -Wl,--kill-at)
    endif()

    set(implib $<TARGET_LINKER_FILE:${target}>)
    set(msvc_lib ${CMAKE_CURRENT_BINARY_DIR}/mprapi.lib)
    set(MPR_MSVC_LIB ${msvc_lib} CACHE INTERNAL "MSVC-style import library")
    execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=libmprapi.a
        OUTPUT_VARIABLE sdk_library OUTPUT_STRIP_TRAILING_WHITESPACE)
    set(target_flags)
    if(CMAKE_C_COMPILER_TARGET)
        set(target_flags --target=${CMAKE_C_COMPILER_TARGET})
    endif()
    file(GLOB lists ${MPR_EXPORTS_DIR}/*.py ${CMAKE_SOURCE_DIR}/include/*.h)
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${lists} ${MPR_EXPORTS_DEF}
        ${MPR_EXPORTS_ARGS} ${MPR_EXPORTS_UNBUILT} ${MPR_EXPORTS_COMPATIBILITY}
        ${MPR_EXPORTS_README})
    # Part of the link step: what uses the library sees only checked results. dlltool makes symbols of
    # the import library's path as it is given, so a name alone is.
    add_custom_command(TARGET ${target} POST_BUILD
        COMMAND ${CMAKE_COMMAND} -E rm -f ${implib} ${msvc_lib}
        COMMAND ${CMAKE_DLLTOOL} -k --deterministic-libraries -t mprapi -d ${definition}
            -l $<TARGET_LINKER_FILE_NAME:${target}>
        COMMAND ${MPR_LLVM_DLLTOOL} -k -m ${MPR_EXPORTS_MACHINE} -d ${definition} -l ${msvc_lib}
        COMMAND ${Python3_EXECUTABLE} ${MPR_EXPORTS_DIR}/check_exports.py
            --arch ${MPR_EXPORTS_ARCH} --def ${MPR_EXPORTS_DEF} --args ${MPR_EXPORTS_ARGS}
            --unbuilt ${MPR_EXPORTS_UNBUILT} --compatibility ${MPR_EXPORTS_COMPATIBILITY}
            --readme ${MPR_EXPORTS_README} --tests ${CMAKE_SOURCE_DIR}/tests
            --dll $<TARGET_FILE:${target}> --objdump ${CMAKE_OBJDUMP} --nm ${CMAKE_NM}
            --import-library ${implib} --import-library ${msvc_lib} --sdk-library ${sdk_library}
            --include ${CMAKE_SOURCE_DIR}/include -- ${CMAKE_C_COMPILER} ${target_flags} ${MPR_SHORT_HEADERS}
        BYPRODUCTS ${msvc_lib}
        WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}
        COMMENT "Checking the exports of ${target}" VERBATIM)
endfunction()

function(mprapi_export_header target)
    set(header ${CMAKE_CURRENT_BINARY_DIR}/generated/mprapi_exports.h)
    get_source_file_property(known ${header} MPR_EXPORT_RULE)
    if(NOT known)
        file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/generated)
        mpr_generate_exports(--out-header ${header})
        set_source_files_properties(${header} PROPERTIES MPR_EXPORT_RULE ON)
    endif()
    target_sources(${target} PRIVATE ${header})
    target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated)
endfunction()
