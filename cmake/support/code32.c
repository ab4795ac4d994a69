/*
 * Does this machine's kernel run 32-bit code in a 64-bit process, as Wine's WoW64 does? Prints
 * "yes" and ends with 0, or "no: " with the reason and 1; with 2 if that can't be told. Takes no
 * time worth speaking of. Virtual machines whose host runs 64-bit user code only, kernels started
 * with ia32_emulation=off and gVisor say no.
 *
 * Two things are tried that Wine needs: int 0x80, with which it sets the 32-bit FS, and a far call
 * to the 32-bit code segment that Linux has in each processor's GDT.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { YES = 0, NO = 1, UNKNOWN = 2 };

/* __USER32_CS in the kernel's arch/x86/include/asm/segment.h is the same on all 64-bit kernels. */
#define CODE_SEGMENT_32       0x23
#define SYSTEM_CALL_GETPID_32 20

/*
 * Runs from a page below 4 GB, its stack too, because 32-bit code sees no more of the stack pointer
 * and returns to no more of an address: 64-bit code, at far_call, that calls the 32-bit code. Its
 * two octets 48 cb are "decrement, return" in 32-bit code, but one far return of 64 bits in 64-bit
 * code: a segment that has the wrong size does not give 41.
 */
__asm__(".pushsection .rodata\n"
        "page_begin:\n"
        "    mov %rsp, saved_stack(%rip)\n"
        "    lea stack_top(%rip), %rsp\n"
        "    lcall *far_address(%rip)\n"
        "    mov saved_stack(%rip), %rsp\n"
        "    ret\n"
        ".code32\n"
        "page_32:\n"
        "    mov $42, %eax\n"
        "    dec %eax\n"
        "    lret\n"
        ".code64\n"
        "    .balign 8\n"
        "saved_stack: .quad 0\n"
        "far_address: .long 0\n"
        "    .word 0x23\n"
        "    .balign 16\n"
        "    .skip 256\n"
        "stack_top:\n"
        "    .skip 16\n"
        "page_end:\n"
        ".popsection\n");
extern const char page_begin[], page_32[], far_address[], page_end[];

static const char *volatile attempt = "nothing";

static void refused(int number)
{
    (void)number;
    printf("no: %s faults\n", attempt);
    fflush(stdout);
    _exit(NO);
}

/* On a stack of its own: a fault may come while the small one is in use. */
static int catch_faults(void)
{
    static const int faults[] = {SIGSEGV, SIGILL, SIGBUS, SIGTRAP, SIGSYS};
    static char stack[1 << 16];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof(stack)};
    struct sigaction action = {.sa_handler = refused, .sa_flags = SA_ONSTACK};
    size_t i;

    if (sigaltstack(&alternate, NULL) != 0) return 0;
    for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if (sigaction(faults[i], &action, NULL) != 0) return 0;
    }
    return 1;
}

static int have_segment(void)
{
    uint32_t rights = 0;
    uint8_t valid;

    __asm__ volatile("lar %2, %0; setz %1"
                     : "+r"(rights), "=q"(valid)
                     : "r"(CODE_SEGMENT_32)
                     : "cc");
    return valid;
}

static uint32_t system_call_32(void)
{
    uint32_t result;

    attempt = "int 0x80";
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(SYSTEM_CALL_GETPID_32)
                     : "memory", "cc", "r8", "r9", "r10", "r11");
    return result;
}

static uint32_t call_32(char *page)
{
    uint32_t address = (uint32_t)(uintptr_t)(page + (page_32 - page_begin)), result;

    memcpy(page, page_begin, (size_t)(page_end - page_begin));
    memcpy(page + (far_address - page_begin), &address, sizeof(address));
    attempt = "a far call to 32-bit code";
    /* Past the red zone; no more than halves of registers is sure to survive 32-bit code. */
    __asm__ volatile("sub $128, %%rsp; push %%rbp; call *%1; pop %%rbp; add $128, %%rsp"
                     : "=&a"(result)
                     : "d"(page)
                     : "memory", "cc", "rbx", "rcx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
                       "r13", "r14", "r15");
    return result;
}

static int say(int answer, const char *text)
{
    puts(text);
    return answer;
}

int main(void)
{
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

    if (page == MAP_FAILED || !catch_faults())
        return say(UNKNOWN, "unknown: no memory to try it in");
    if (!have_segment()) return say(NO, "no: there is no 32-bit code segment");
    if (system_call_32() != (uint32_t)getpid()) return say(NO, "no: int 0x80 is no system call");
    if (call_32(page) != 41) return say(NO, "no: the 32-bit code segment runs as 64-bit code");
    return say(YES, "yes");
}
