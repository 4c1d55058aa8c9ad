/* The one symbol a plugin exports, and the manifest the host reads without loading the file. */
#ifndef WHARF_PLUGIN_H
#define WHARF_PLUGIN_H

#include "base.h"

/* What the entry function returns. */
typedef struct wharf_plugin_v1 {
  uint32_t struct_size;
  uint16_t abi_major; /* WHARF_ABI_MAJOR of the headers the plugin was compiled with */
  uint16_t abi_minor;

  /* Finds one of the plugin's tables by id: "wharf.strategy/1", "wharf.scanner/1", "wharf.broker/1", ...
   *
   * id         in; UTF-8, id_length bytes.
   * out_table  out; a table with static lifetime; untouched on failure.
   * Returns WHARF_OK, or WHARF_E_UNSUPPORTED for a table the plugin does not have. The host asks for the tables of the
   * roles in the manifest, and for the trading tables a scanner must not have. Pure: no I/O, no threads.
   * Since 1.0. [any-thread] */
  wharf_status (*table)(const char *id, uint64_t id_length, const void **out_table);
} wharf_plugin;

#ifdef __cplusplus
extern "C" {
#endif
/* The plugin's entry point, the only symbol it exports. Pure and quick: it returns the address of a descriptor with
 * static lifetime and starts no threads, does no I/O and calls no host. Since 1.0. [entry] */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const wharf_plugin *
wharf_plugin_entry(void);
#ifdef __cplusplus
}
#endif

/* The manifest is a JSON object (UTF-8) in the ELF section "wharf_manifest":
 *   {"id":"my-strategy","name":"My Strategy","version":"1.0.0","roles":["strategy"],"abi":"1.0","language":"c",
 *    "summary":"...","permissions":[],
 *    "options":[{"name":"fast","type":"integer","default":"20","minimum":"1","maximum":"500","help":"..."}]}
 * id: lower-case letters, digits and single hyphens. roles: strategy, scanner, broker, market_data, notifier.
 * abi: the version that the plugin needs at least; not above that of the headers it is compiled with.
 * permissions: texts "http:HOST", "websocket:HOST", "process:NAME", "secret:NAME"; HOST may end in ":PORT".
 * on_failure: what becomes of a strategy's positions when the host has quarantined it because it crashed, hung or broke
 * its contract again and again: "hold" changes nothing, "protect" (the default) keeps their stops and alarms where there
 * is none, "flatten" leaves them at the market.
 * type: text, integer, decimal, boolean, duration, choice, list, secret; default, minimum and maximum are strings.
 * choices: an array of texts, the values a choice may have; required by that type and refused with any other.
 * required: true refuses a configuration without the option. unlimited: true lets a number also be "unlimited".
 *
 * WHARF_MANIFEST_FILE("manifest.json") embeds a file with .incbin, once in a plugin, at file scope, in C compiled by any
 * gcc or clang for ELF (the path is looked up in the assembler's include folders, -I, and the working directory).
 * WHARF_MANIFEST_SECTION places an array there instead, for compilers that have #embed:
 *   WHARF_MANIFEST_SECTION const unsigned char manifest[] = {
 *   #embed "manifest.json"
 *   };
 * WHARF_BUILD_IDENTITY records which compiler built the plugin, beside the manifest; a Swift plugin needs it, because
 * Swift on Linux has no stable ABI and the host compares compilers before it loads the file.
 * Nothing refers to either section, so both are marked to be kept by a linker that drops what is unused. */
#define WHARF_MANIFEST_SECTION __attribute__((section("wharf_manifest"), used, retain))
#define WHARF_BUILD_IDENTITY                                                                                           \
  __attribute__((section("wharf_build"), used, retain)) static const char wharf_build_identity[] = __VERSION__
#define WHARF_MANIFEST_FILE(path)                                                                                      \
  __asm__(".pushsection wharf_manifest,\"aR\",%progbits\n"                                                              \
          ".incbin \"" path "\"\n"                                                                                     \
          ".popsection\n")

#endif
