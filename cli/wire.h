// Requests and responses between Beast and cli/http.h. Only cli/server.cc needs it. Any thread.
#pragma once

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <optional>
#include <string>

#include "cli/http.h"

namespace cli {

// Nothing where the target is no path on this server.
std::optional<Request> read_request(const boost::beast::http::request_header<>& message,
                                    std::string body);
void set_headers(boost::beast::http::fields& out, const Response& response);
bool from_this_machine(const boost::beast::tcp_stream& stream);

}  // namespace cli
