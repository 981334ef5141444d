// The routes: what each path answers to whom. A new event, scheme or view touches none of them.
// Requests come on the network's thread; what reads the disk is done on a few others.
#pragma once

#include <boost/asio/thread_pool.hpp>

#include "cli/http.h"
#include "cli/office.h"
#include "cli/operation.h"

namespace cli {

class Routes {
 public:
  Routes(Office& office, const Operation& operation)
      : office_(office), operation_(operation), readers_(2), senders_(1) {}
  ~Routes() {
    readers_.join();
    senders_.join();
  }
  Routes(const Routes&) = delete;
  Routes& operator=(const Routes&) = delete;

  void handle(Request request, Answer answer);

 private:
  Office& office_;
  const Operation& operation_;
  boost::asio::thread_pool readers_;
  boost::asio::thread_pool senders_;  // Of their own: no reader holds a command up.
};

}  // namespace cli
