#include "tests/cli/tcp.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "events/assert.h"

namespace tests {

Tcp::Tcp(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  timeval limit{20, 0};  // So that a server that hangs fails the test instead of hanging it.
  ASSERT(::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0);
  ASSERT(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
}

Tcp::~Tcp() { ::close(socket_); }

void Tcp::send(std::string_view bytes) {
  while (!bytes.empty()) {
    auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Tcp::end_sending() { ::shutdown(socket_, SHUT_WR); }

bool Tcp::read_more() {
  char buffer[16 << 10];
  auto count = ::recv(socket_, buffer, sizeof buffer, 0);
  if (count > 0) in_.append(buffer, static_cast<std::size_t>(count));
  return count > 0;
}

const std::string& Tcp::read_until(std::string_view words) {
  while (in_.find(words) == std::string::npos && read_more()) {
  }
  return in_;
}

const std::string& Tcp::read_all() {
  while (read_more()) {
  }
  return in_;
}

std::string ask(std::uint16_t port, std::string_view request) {
  Tcp tcp(port);
  tcp.send(request);
  return tcp.read_all();
}

std::string body_of(const std::string& answer) {
  auto end = answer.find("\r\n\r\n");
  return end == std::string::npos ? std::string() : answer.substr(end + 4);
}

}  // namespace tests
