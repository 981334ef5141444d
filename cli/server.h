// Takes connections and requests, hands each request to one function, and sends what that answers.
// HTTP/1.1 (RFC 9112) by Boost.Beast on one thread; only this file's source knows it. Everything
// has a limit in bytes and in time, and what is beyond it is cut.
// It outlives every answer that it waits for: whatever answers has to end before it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "cli/http.h"
#include "events/error.h"

namespace cli {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;     // 0: any that is free.
  std::string certificate{};  // PEM files; without them in the clear.
  std::string key{};
  std::string in_the_clear = "loopback";  // Or anywhere: behind a proxy in a closed network.
  std::size_t connections_max = 10'240;
  std::size_t header_bytes_max = 16 << 10;
  std::size_t body_bytes_max = 4 << 20;
  std::size_t bodies_bytes_max = std::size_t{256} << 20;  // Of all requests at hand.
  std::chrono::milliseconds idle{60'000};                 // Until a request begins.
  std::chrono::milliseconds receiving{30'000};            // From its first byte to its last.
  std::chrono::milliseconds sending{30'000};              // Of an answer, or of one piece of it.
  std::chrono::milliseconds stopping{3'000};     // What is at hand is finished by then, or cut.
  std::chrono::milliseconds keep_alive{15'000};  // Between pieces: a comment says that it goes on.
};

// As it is at the moment, and since the start.
struct Traffic {
  std::size_t connections = 0;
  std::uint64_t connections_refused = 0;  // There were too many.
  std::size_t streams = 0;                // Of events.
  std::uint64_t streams_cut = 0;          // Because nobody took what was sent.
};

class Server {
 public:
  // Listens, but takes nothing before run.
  static events::Result<std::unique_ptr<Server>> listen(const ServerOptions& options,
                                                        Handle handle);
  struct Inner;
  explicit Server(std::unique_ptr<Inner> inner);  // Only listen can have an Inner.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  bool secure() const;
  // For connections that begin from then on; any thread. The old one stays where it fails.
  events::Result<> read_certificate_again();
  // Until it is told to stop; then requests at hand are answered and streams are ended.
  void run();
  void stop();              // Any thread.
  void wake();              // Any thread: there may be something new for the streams.
  Traffic traffic() const;  // Any thread.
  void on_thread(std::function<void()> work);  // Any thread: done by the network's, in its turn.

 private:
  std::unique_ptr<Inner> inner_;
};

}  // namespace cli
