// Between C++ and the C tables: no exception leaves the plugin, and pointers with lengths become views.
#pragma once

#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <wharf/wharf.h>

namespace plugin {

// What a function throws to answer a status.
struct Refusal {
  wharf_status status;
};

// Runs the body of a call: OK, the status it threw, or a fault.
template <class Body> wharf_status guarded(Body body) noexcept {
  try {
    body();
    return WHARF_OK;
  } catch (const Refusal &refusal) {
    return refusal.status;
  } catch (...) {
    return WHARF_E_FAULT;
  }
}

inline std::string_view view(const char *text, std::uint64_t length) {
  return length == 0 ? std::string_view() : std::string_view(text, length);
}

// Lends a text to the fields of a struct.
inline void lend(std::string_view text, const char *&out, std::uint64_t &out_length) {
  out = text.data();
  out_length = text.size();
}

// A struct of the ABI, all zero but its size.
template <class Struct> Struct sized() {
  Struct made;
  std::memset(&made, 0, sizeof made);
  made.struct_size = sizeof made;
  return made;
}

// Calls with a sink for bytes and answers what it took, joined.
template <class Call> std::pair<wharf_status, std::string> collect(Call call) {
  std::string bytes;
  wharf_bytes_sink sink = {sizeof sink, 0, &bytes, [](void *context, const void *data, std::uint64_t length) {
                             static_cast<std::string *>(context)->append(static_cast<const char *>(data), length);
                           }};
  const wharf_status status = call(&sink);
  return {status, bytes};
}

// The host as an instance sees it; valid until destroy returns.
class Services {
public:
  explicit Services(const wharf_host *host)
      : host(host), config(table<wharf_config>("wharf.config/1")), log(table<wharf_log>("wharf.log/1")) {}

  const wharf_host *const host;

  // A table of the host; refuses without it.
  template <class Table> const Table *table(std::string_view id) const {
    const void *found = nullptr;
    if (host->table(host, id.data(), id.size(), &found) != WHARF_OK) throw Refusal{WHARF_E_UNSUPPORTED};
    return static_cast<const Table *>(found);
  }

  void write(std::int32_t level, std::string_view line) const { log->write(host, level, line.data(), line.size()); }

  // Logs what is wrong with the options; throw what it answers.
  Refusal refuse(std::string_view line) const {
    write(WHARF_LOG_ERROR, line);
    return Refusal{WHARF_E_CONFIGURATION};
  }

  std::optional<std::int64_t> integer(std::string_view name) const {
    std::int64_t value = 0;
    if (config->integer(host, name.data(), name.size(), &value) != WHARF_OK) return std::nullopt;
    return value;
  }

  // In billionths.
  std::optional<std::int64_t> decimal(std::string_view name) const {
    std::int64_t value = 0;
    if (config->decimal(host, name.data(), name.size(), &value) != WHARF_OK) return std::nullopt;
    return value;
  }

  std::optional<std::string> text(std::string_view name) const {
    auto [status, bytes] =
        collect([&](const wharf_bytes_sink *sink) { return config->text(host, name.data(), name.size(), sink); });
    if (status != WHARF_OK) return std::nullopt;
    return bytes;
  }

private:
  const wharf_config *const config;
  const wharf_log *const log;
};

} // namespace plugin
