/* Without a guard: COM headers define the macro again and again. */
#undef interface
