#include "cli/tls.h"

namespace cli {

namespace ssl = boost::asio::ssl;

namespace {

Tls new_context(ssl::context::method method, boost::system::error_code& error) {
  auto context = std::make_shared<ssl::context>(method);
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                           ssl::context::no_sslv3 | ssl::context::no_tlsv1 |
                           ssl::context::no_tlsv1_1 | ssl::context::no_compression,
                       error);
  return context;
}

}  // namespace

events::Result<Tls> read_tls(const std::string& certificate, const std::string& key) {
  boost::system::error_code error;
  auto context = new_context(ssl::context::tls_server, error);
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

events::Result<Tls> read_authorities(const std::string& file) {
  boost::system::error_code error;
  auto context = new_context(ssl::context::tls_client, error);
  if (!error) context->set_verify_mode(ssl::verify_peer, error);
  if (!error && file.empty()) context->set_default_verify_paths(error);
  if (!error && !file.empty()) context->load_verify_file(file, error);
  if (!error) return context;
  return events::fail(events::Code::invalid,
                      "证书颁发者文件不能使用：" + file + "：" + error.message(),
                      "the authorities cannot be used: " + file + ": " + error.message());
}

}  // namespace cli
