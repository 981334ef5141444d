// A certificate of its own, made for the test; the client trusts it and nothing else.
#include "cli/tls.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <csignal>

#include "tests/built.h"
#include "tests/cli/serving.h"

namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;

constexpr int tries_max = 1000;  // Until a signal has been taken.

void make_certificate(const std::string& path, const std::string& key, const std::string& name) {
  auto made = tests::run(
      {{"/usr/bin/openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=" + name,
        "-addext", "subjectAltName=IP:127.0.0.1", "-days", "36500", "-keyout", key, "-out", path},
       {},
       0});
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
}

// One request over TLS, its whole answer; empty where the other side could not be trusted.
std::string ask_secretly(std::uint16_t port, const std::string& certificate,
                         const std::string& request) {
  asio::io_context context;
  ssl::context trust(ssl::context::tls_client);
  trust.load_verify_file(certificate);
  trust.set_verify_mode(ssl::verify_peer);
  ssl::stream<asio::ip::tcp::socket> stream(context, trust);
  stream.lowest_layer().connect({asio::ip::make_address("127.0.0.1"), port});
  boost::system::error_code error;
  stream.handshake(ssl::stream_base::client, error);
  if (error) return {};
  asio::write(stream, asio::buffer(request));
  std::string answer;
  asio::read(stream, asio::dynamic_buffer(answer), error);
  return answer;
}

}  // namespace

TEST_CASE("over TLS the same is asked and answered, and a new certificate is taken at once",
          "[cli]") {
  auto folder = tests::folder_with_roles();
  std::string certificate = folder->file("server.pem");
  std::string key = folder->file("server.key");
  std::string first = folder->file("first.pem");
  make_certificate(certificate, key, "first");
  std::filesystem::copy_file(certificate, first);
  tests::Process serving(
      tests::Program{{tests::built_program, "--data", folder->data(), "serve", "--port", "0",
                      "--certificate", certificate, "--key", key, "--log-level", "info"},
                     {},
                     0});
  REQUIRE(serving.wait_for_lines(1));
  const std::string& line = serving.out();
  CHECK(line.starts_with("https://127.0.0.1:"));
  auto port = static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
  std::string request = tests::request("GET /livez", "");

  CHECK(ask_secretly(port, certificate, request).starts_with("HTTP/1.1 200"));
  CHECK_FALSE(tests::ask(port, request).starts_with("HTTP/1.1"));  // In the clear: nothing.
  auto head = [&](const std::string& host, const std::string& authorities) {
    return tests::run(
        {{tests::built_program, "--server", "https://" + host + ":" + std::to_string(port),
          "--ca-file", authorities, "log", "head"},
         {},
         0});
  };
  CHECK(head("127.0.0.1", certificate).out.starts_with(tests::DataFolder::origin));
  CHECK(head("localhost", certificate).exit_code == 75);  // It is not in the certificate's name.
  make_certificate(certificate, key, "second");
  CHECK(ask_secretly(port, certificate, request).empty());
  serving.signal(SIGHUP);
  std::string answer;
  for (int i = 0; i < tries_max && answer.empty(); ++i) {
    answer = ask_secretly(port, certificate, request);
  }
  CHECK(answer.starts_with("HTTP/1.1 200"));
  CHECK(ask_secretly(port, first, request).empty());

  serving.signal(SIGTERM);
  CHECK(serving.finish().exit_code == 0);
}

TEST_CASE("a certificate that does not fit its key, or is none, is refused with its path",
          "[cli]") {
  tests::Folder folder;
  make_certificate(folder.file("a.pem"), folder.file("a.key"), "a");
  make_certificate(folder.file("b.pem"), folder.file("b.key"), "b");

  CHECK(cli::read_tls(folder.file("a.pem"), folder.file("a.key")));
  auto other = cli::read_tls(folder.file("a.pem"), folder.file("b.key"));
  auto missing = cli::read_tls(folder.file("c.pem"), folder.file("a.key"));

  REQUIRE_FALSE(other);
  CHECK(other.error().words.en.find("b.key") != std::string::npos);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().words.en.find("c.pem") != std::string::npos);
}
