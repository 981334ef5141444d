#include "tests/bench/load.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <memory>

#include "events/assert.h"
#include "tests/bench/bench.h"

namespace bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

tcp::endpoint at(std::uint16_t port) { return {asio::ip::make_address("127.0.0.1"), port}; }

// The bytes of a whole answer, or 0 while it is not whole.
std::size_t whole(const std::string& in) {
  auto end = in.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  constexpr std::string_view name = "Content-Length: ";
  auto length = in.find(name);
  ASSERT(length < end);
  std::size_t body = 0;
  std::from_chars(in.data() + length + name.size(), in.data() + end, body);
  std::size_t size = end + 4 + body;
  return in.size() >= size ? size : 0;
}

struct Shared {
  const std::function<std::string(std::size_t)>& request;
  std::size_t requests;
  std::size_t next = 0;
  Load load{};
};

class Asking : public std::enable_shared_from_this<Asking> {
 public:
  Asking(asio::io_context& context, Shared& shared) : socket_(context), shared_(shared) {}

  void connect(std::uint16_t port) {
    socket_.connect(at(port));
    socket_.set_option(tcp::no_delay(true));
  }

  void ask() {
    if (shared_.next == shared_.requests) return;
    out_ = shared_.request(shared_.next++);
    watch_ = Stopwatch();
    auto self = shared_from_this();
    asio::async_write(socket_, asio::buffer(out_), [self](error_code error, std::size_t) {
      if (error) return self->lose();
      self->read();
    });
  }

 private:
  // A connection that is cut asks nothing more; the others take over what is left.
  void lose() { ++shared_.load.failed; }

  void read() {
    auto self = shared_from_this();
    socket_.async_read_some(asio::buffer(piece_), [self](error_code error, std::size_t count) {
      if (error) return self->lose();
      self->in_.append(self->piece_.data(), count);
      self->take();
    });
  }

  void take() {
    std::size_t size = whole(in_);
    if (size == 0) return read();
    constexpr std::string_view good = "HTTP/1.1 2";
    shared_.load.failed += !in_.starts_with(good);
    shared_.load.latencies.push_back(watch_.seconds());
    in_.erase(0, size);
    ask();
  }

  tcp::socket socket_;
  Shared& shared_;
  Stopwatch watch_;
  std::string out_;
  std::string in_;
  std::array<char, 16'384> piece_{};
};

}  // namespace

Load ask_many(std::uint16_t port, std::size_t connections, std::size_t requests,
              const std::function<std::string(std::size_t)>& request) {
  asio::io_context context{1};
  Shared shared{request, requests};
  std::vector<std::shared_ptr<Asking>> all;
  for (std::size_t i = 0; i < connections; ++i) {
    all.push_back(std::make_shared<Asking>(context, shared));
    all.back()->connect(port);
  }
  Stopwatch watch;
  for (auto& one : all) one->ask();
  context.run();
  shared.load.seconds = watch.seconds();
  std::ranges::sort(shared.load.latencies);
  return shared.load;
}

struct Streams::Inner {
  struct One {
    explicit One(asio::io_context& context) : socket(context) {}
    tcp::socket socket;
    std::string seen;
    std::array<char, 4096> piece{};
    bool found = false;
  };

  void read(One& one) {
    one.socket.async_read_some(asio::buffer(one.piece), [&](error_code error, std::size_t count) {
      if (error) return;
      one.seen.append(one.piece.data(), count);
      if (!one.found && one.seen.find(wanted) != std::string::npos) {
        one.found = true;
        times.push_back(watch.seconds());
      }
      if (one.seen.size() > 2 * one.piece.size()) one.seen.erase(0, one.piece.size());
      read(one);
    });
  }

  // Until all have found it, or nobody does for a while.
  void run() {
    while (times.size() < all.size()) {
      if (context.run_one_for(std::chrono::seconds(10)) == 0) return;
    }
  }

  asio::io_context context{1};
  std::vector<std::unique_ptr<One>> all;
  std::string wanted;
  Stopwatch watch;
  std::vector<double> times;
};

Streams::Streams(std::uint16_t port, std::size_t count, const std::string& request)
    : inner_(std::make_unique<Inner>()) {
  inner_->wanted = "retry";
  for (std::size_t i = 0; i < count; ++i) {
    auto& one = *inner_->all.emplace_back(std::make_unique<Inner::One>(inner_->context));
    one.socket.connect(at(port));
    asio::write(one.socket, asio::buffer(request));
    inner_->read(one);
  }
  inner_->run();
}

Streams::~Streams() = default;

std::size_t Streams::open() const { return inner_->times.size(); }

std::vector<double> Streams::until(const std::string& text, const std::function<void()>& begin) {
  for (auto& one : inner_->all) {
    one->found = false;
    one->seen.clear();
  }
  inner_->wanted = text;
  inner_->times.clear();
  inner_->watch = Stopwatch();
  begin();
  inner_->run();
  std::ranges::sort(inner_->times);
  return inner_->times;
}

Idle::Idle(std::uint16_t port, std::size_t count) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (std::size_t i = 0; i < count; ++i) {
    int one = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (one < 0) return;
    if (::connect(one, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
      ::close(one);
      return;
    }
    sockets_.push_back(one);
  }
}

Idle::~Idle() {
  for (int one : sockets_) ::close(one);
}

}  // namespace bench
