// What the server shows over TLS: a certificate chain and its key, in PEM files. TLS 1.2 and later,
// by OpenSSL with its own choice of ciphers. Any thread.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "events/error.h"

namespace cli {

using Tls = std::shared_ptr<boost::asio::ssl::context>;

// Both files are read now; a pair that does not fit together is refused.
events::Result<Tls> read_tls(const std::string& certificate, const std::string& key);

}  // namespace cli
