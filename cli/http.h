// HTTP as the routes see it: what was asked, and what is answered. It knows no socket and no
// library, so that another server can take Beast's place. Values; one thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

using Fields = std::vector<std::pair<std::string, std::string>>;

// The first value under the name; empty if there is none.
std::string_view value_of(const Fields& fields, std::string_view name);

struct Request {
  std::string method;
  std::vector<std::string> path;  // The segments, decoded.
  Fields query;                   // Decoded, in the order in which they were written.
  Fields headers;                 // Names in lower case.
  std::string body;
  bool local = false;  // The connection comes from this machine.
};

struct Piece {
  std::string text;   // Empty while there is nothing new.
  bool more = false;  // Nothing yet, but there may be: whoever looks for it has to pause.
};

// The rest of an answer that has no known end. Never waits, and never works for long: it is asked
// on the thread that serves everybody.
class Pieces {
 public:
  virtual ~Pieces() = default;
  virtual std::optional<Piece> next() = 0;  // Nothing at the end.
};

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body{};
  Fields headers{};
  std::unique_ptr<Pieces> pieces{};  // Sent after the body, as they come.
};

using Answer =
    std::function<void(Response)>;  // Once, from any thread; must not outlive the server.
using Handle = std::function<void(Request, Answer)>;

}  // namespace cli
