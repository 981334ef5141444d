// Asks a server on this machine over many connections at once; each asks again as soon as it was
// answered. One thread, which shares the cores with the server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/bench.h"

namespace bench {

struct Load {
  double seconds = 0;
  std::vector<double> latencies;  // In seconds, sorted.
  std::size_t failed = 0;         // Not answered, or not with 2xx.

  double rate() const { return static_cast<double>(latencies.size()) / seconds; }
  double percentile(double part) const { return bench::percentile(latencies, part); }
};

Load ask_many(std::uint16_t port, std::size_t connections, std::size_t requests,
              const std::function<std::string(std::size_t)>& request);

// So many connections with one stream of events each.
class Streams {
 public:
  Streams(std::uint16_t port, std::size_t count, const std::string& request);
  ~Streams();
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  // Those that a stream was begun for; ask before `until`.
  std::size_t open() const;
  // Seconds from calling `begin` until each has got that text, sorted. A stream that has not got it
  // ten seconds later is left out.
  std::vector<double> until(const std::string& text, const std::function<void()>& begin);

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

// Open, and silent; they close with the object.
class Idle {
 public:
  Idle(std::uint16_t port, std::size_t count);
  ~Idle();
  Idle(const Idle&) = delete;
  Idle& operator=(const Idle&) = delete;
  std::size_t open() const { return sockets_.size(); }

 private:
  std::vector<int> sockets_;
};

}  // namespace bench
