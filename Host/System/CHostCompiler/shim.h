/* The version text of the C compiler inside the Swift compiler that builds the host. */
static inline const char *host_compiler_version(void) { return __VERSION__; }
