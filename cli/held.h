// What a connection holds of its server for a while, given back when it ends, however it ends. The
// network's thread.
#pragma once

#include <boost/beast/core/tcp_stream.hpp>
#include <cstddef>
#include <set>

namespace cli {

// Among those that can be ended, for as long as it is spoken over.
class Opened {
 public:
  Opened(std::set<boost::beast::tcp_stream*>& among, boost::beast::tcp_stream* stream)
      : among_(among), stream_(stream) {
    among_.insert(stream_);
  }
  ~Opened() { among_.erase(stream_); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

 private:
  std::set<boost::beast::tcp_stream*>& among_;
  boost::beast::tcp_stream* stream_;
};

// So many bytes of the request at hand, for as long as it is.
class Reserved {
 public:
  Reserved(std::size_t& among, std::size_t bytes) : among_(among), bytes_(bytes) {
    among_ += bytes_;
  }
  ~Reserved() { among_ -= bytes_; }
  Reserved(const Reserved&) = delete;
  Reserved& operator=(const Reserved&) = delete;

 private:
  std::size_t& among_;
  std::size_t bytes_;
};

}  // namespace cli
