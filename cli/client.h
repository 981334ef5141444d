// Asks the server, from another process: HTTP/1.1 (RFC 9112) by Boost.Beast, one request after the
// other on one connection that is kept open. Every step has a limit of time, every answer one of
// bytes. A refusal (RFC 9457) comes back as the Error that it was. One thread; only this file's
// source knows the library.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "cli/app.h"
#include "cli/http.h"
#include "cli/terminal.h"
#include "events/error.h"
#include "events/log.h"

namespace cli {

struct ClientOptions {
  std::string base;                  // https://host:port, with a path before ours if need be.
  std::filesystem::path token_file;  // Empty: nobody in particular asks.
  std::filesystem::path ca_file;     // Of https; empty: the machine's own authorities.
  Language language = Language::zh;
  std::chrono::milliseconds step{30'000};  // To connect, to send, or to receive an answer.
  std::size_t body_bytes_max = std::size_t{32} << 20;
};

struct Reply {
  int status = 0;
  Fields headers;  // Names in lower case.
  std::string body;
};

class Client {
 public:
  // Connects to nothing yet. A token goes over plain HTTP to this machine only.
  static events::Result<std::unique_ptr<Client>> open(const ClientOptions& options);
  struct Inner;
  explicit Client(std::unique_ptr<Inner> inner);  // Only open can have an Inner.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // The target begins with "/". overloaded where the server cannot be reached or does not answer.
  events::Result<Reply> get(const std::string& target);
  // `key` is its Idempotency-Key; without one nothing is sent twice.
  events::Result<Reply> post(const std::string& target, const std::string& body,
                             const std::string& key = "");
  // A stream's lines as they come, without their ends, until `take` says false or the server ends
  // it. Between two of them as long as the server's comments keep it open.
  events::Result<> follow(const std::string& target,
                          const std::function<bool(std::string_view line)>& take);

 private:
  std::unique_ptr<Inner> inner_;
};

// Where an answer is none of ours, and what stands in one that is.
std::unexpected<events::Error> not_ours();
events::Result<boost::json::object> read_object(const Reply& reply);
events::Result<events::Position> position_in(const boost::json::object& object,
                                             std::string_view member);

// The one of --server, --token-file and --ca-file.
events::Result<std::unique_ptr<Client>> open_client(const App& app);

}  // namespace cli
