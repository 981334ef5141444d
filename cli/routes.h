// The routes: what each path answers to whom. A new event, scheme or view touches none of them.
// Requests come on the network's thread; what reads the disk is done on a few others.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/http.h"
#include "cli/office.h"
#include "cli/operation.h"

namespace cli {

struct Route;

struct RouteTemplate {
  std::string method;
  std::string path;                     // "/api/v1/views/{}/{...}"
  std::vector<std::string_view> query;  // Its parameters. What is for operators takes any.
};

// A test holds docs/openapi.yaml to them.
std::vector<RouteTemplate> route_templates();

class Routes {
 public:
  Routes(Office& office, const Operation& operation)
      : office_(office), operation_(operation), readers_(2), senders_(1), logins_(1) {}
  ~Routes() {
    for (auto* room : {&readers_, &senders_, &logins_}) room->join();
  }
  Routes(const Routes&) = delete;
  Routes& operator=(const Routes&) = delete;

  void handle(Request request, Answer answer);

 private:
  void begin(const Route& route, Request request, Answer answer);

  Office& office_;
  const Operation& operation_;
  boost::asio::thread_pool readers_;
  boost::asio::thread_pool senders_;  // Of their own: no reader holds a command up.
  boost::asio::thread_pool logins_;   // One after the other: a passphrase takes long to verify.
  std::atomic<int> logins_waiting_ = 0;
};

}  // namespace cli
