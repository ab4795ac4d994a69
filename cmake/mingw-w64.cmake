# Cross build for Windows with mingw-w64, run through Wine. MPR_TARGET_ARCH is set by the includer.
# The -win32 thread variant needs no winpthreads DLL beside ours.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR ${MPR_TARGET_ARCH})
set(MPR_TRIPLET ${MPR_TARGET_ARCH}-w64-mingw32)

set(CMAKE_C_COMPILER ${MPR_TRIPLET}-gcc-win32)
set(CMAKE_RC_COMPILER ${MPR_TRIPLET}-windres)
set(CMAKE_DLLTOOL ${MPR_TRIPLET}-dlltool)
set(CMAKE_AR ${MPR_TRIPLET}-ar)
set(CMAKE_RANLIB ${MPR_TRIPLET}-ranlib)
set(CMAKE_STRIP ${MPR_TRIPLET}-strip)
set(CMAKE_OBJDUMP ${MPR_TRIPLET}-objdump)

set(CMAKE_FIND_ROOT_PATH /usr/${MPR_TRIPLET})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)

set(CMAKE_EXE_LINKER_FLAGS_INIT "-static-libgcc -Wl,--no-insert-timestamp")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static-libgcc -Wl,--no-insert-timestamp")
set(CMAKE_MODULE_LINKER_FLAGS_INIT "-static-libgcc -Wl,--no-insert-timestamp")

set(CMAKE_CROSSCOMPILING_EMULATOR sh ${CMAKE_CURRENT_LIST_DIR}/run-wine.sh ${MPR_TARGET_ARCH})
