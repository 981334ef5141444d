#include "cli/tls.h"

namespace cli {

namespace ssl = boost::asio::ssl;

events::Result<Tls> read_tls(const std::string& certificate, const std::string& key) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  boost::system::error_code error;
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                           ssl::context::no_sslv3 | ssl::context::no_tlsv1 |
                           ssl::context::no_tlsv1_1 | ssl::context::no_compression,
                       error);
  std::string path = certificate;
  if (!error) context->use_certificate_chain_file(certificate, error);
  if (!error) {
    path = key;
    context->use_private_key_file(key, ssl::context::pem, error);  // Refuses one that fits not.
  }
  if (!error) return context;
  return events::fail(
      events::Code::invalid, "证书或私钥不能使用：" + path + "：" + error.message(),
      "the certificate or its key cannot be used: " + path + ": " + error.message());
}

}  // namespace cli
