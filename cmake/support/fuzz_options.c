/* How AddressSanitizer runs under libFuzzer; ASAN_OPTIONS, where set, comes on top. Most of its
 * time goes into fresh pages for freed memory that it keeps, and into the stacks of allocations: an
 * input is small, so a short quarantine still holds what it freed, and eight frames say where it
 * was. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
    return "quarantine_size_mb=4:thread_local_quarantine_size_kb=256:malloc_context_size=8:"
           "detect_stack_use_after_return=0:allocator_release_to_os_interval_ms=-1";
}
