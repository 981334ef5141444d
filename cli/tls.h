// TLS 1.2 and later, by OpenSSL with its own choice of ciphers. Any thread.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "events/error.h"

namespace cli {

using Tls = std::shared_ptr<boost::asio::ssl::context>;

// What the server shows: a certificate chain and its key, in PEM files. Both are read now; a pair
// that does not fit together is refused.
events::Result<Tls> read_tls(const std::string& certificate, const std::string& key);

// Whose certificates a client believes: those that the file's authorities (PEM) have signed; of an
// empty one, those of the machine's.
events::Result<Tls> read_authorities(const std::string& file);

}  // namespace cli
