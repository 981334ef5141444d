// A plain connection to this machine, for saying to a server exactly what a test wants to say, and
// waiting for what comes back. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tests {

class Tcp {
 public:
  explicit Tcp(std::uint16_t port);
  ~Tcp();
  Tcp(const Tcp&) = delete;
  Tcp& operator=(const Tcp&) = delete;

  void send(std::string_view bytes);  // What the other side no longer takes is dropped.
  void end_sending();                 // Nothing more comes; answers may.
  // All that came, once the words are among it, or else up to the end of the connection.
  const std::string& read_until(std::string_view words);
  const std::string& read_all();

 private:
  bool read_more();

  int socket_ = -1;
  std::string in_;
};

// One request on a connection of its own, and the whole answer.
std::string ask(std::uint16_t port, std::string_view request);
std::string body_of(const std::string& answer);

}  // namespace tests
