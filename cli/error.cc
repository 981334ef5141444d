#include "cli/error.h"

#include "events/code.h"

namespace cli {

using events::Code;

int http_status(Code code) {
  switch (code) {
    case Code::invalid:
    case Code::reused:
    case Code::too_early:
    case Code::too_late:
      return 422;
    case Code::not_found:
      return 404;
    case Code::unauthenticated:
      return 401;
    case Code::forbidden:
      return 403;
    case Code::conflict:
      return 409;
    case Code::stale:
      return 412;
    case Code::too_many:
      return 429;
    case Code::overloaded:
      return 503;
    case Code::corrupt:
      return 500;
  }
  return 500;
}

int exit_code(Code code) {
  switch (code) {
    case Code::invalid:
      return 1;
    case Code::not_found:
      return 3;
    case Code::unauthenticated:
    case Code::forbidden:
      return 4;
    case Code::conflict:
    case Code::stale:
    case Code::reused:
    case Code::too_early:
    case Code::too_late:
      return 5;
    case Code::too_many:
    case Code::overloaded:
      return 75;
    case Code::corrupt:
      return exit_unverified;
  }
  return 1;
}

std::string cited(std::string_view clause, std::string_view separator, std::string_view words) {
  if (clause.empty() || words.starts_with(clause)) return std::string(words);
  return std::string(clause).append(separator).append(words);
}

void print_error(std::ostream& out, const Terminal& terminal, const events::Error& error) {
  bool zh = terminal.language == Language::zh;
  out << (zh ? "错误：" : "error: ");
  out << printable(
             cited(error.clause, zh ? "：" : ": ", in_language(error.words, terminal.language)),
             terminal.utf8)
      << '\n';
  for (const auto& fault : error.faults) {
    out << "  " << printable(fault.place, terminal.utf8) << "  "
        << printable(in_language(fault.words, terminal.language), terminal.utf8) << '\n';
  }
}

}  // namespace cli
