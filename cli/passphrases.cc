#include "cli/passphrases.h"

#include <sodium.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "events/file.h"
#include "events/sha256.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

using events::Code;
using events::fail;
using events::Result;

constexpr int letters_min = 12;
constexpr int letters_max = 256;
constexpr std::size_t file_bytes_max = 1024;

// Two keyboards may write one letter in two ways.
Result<std::string> normal(const std::string& passphrase) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFCInstance(error);
  icu::UnicodeString text = form->normalize(icu::UnicodeString::fromUTF8(passphrase), error);
  int letters = text.countChar32();
  if (U_FAILURE(error) || letters < letters_min || letters > letters_max) {
    return fail(Code::invalid, "口令须有 12 到 256 个字符",
                "a passphrase has 12 to 256 characters");
  }
  std::string out;
  text.toUTF8String(out);
  return out;
}

Result<std::string> hash(const std::string& text) {
  std::string out(crypto_pwhash_STRBYTES, '\0');
  int failed = crypto_pwhash_str_alg(
      out.data(), text.data(), text.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
      crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) {
    return fail(Code::overloaded, "内存不足，请稍后重试", "out of memory: try again shortly");
  }
  out.resize(out.find('\0'));
  return out;
}

std::string digest(const std::string& text) {
  return events::hex(events::sha256(events::bytes_of(text)));
}

}  // namespace

Result<std::string> Passphrases::keep(const std::string& passphrase) const {
  std::string verifier = TRY(hash(TRY(normal(passphrase))));
  TRY(events::make_folder(folder_, events::Secrecy::secret));
  std::string name = digest(verifier);
  TRY(events::write_synced(folder_ / (name + ".txt"), verifier, events::Secrecy::secret));
  return name;
}

Result<bool> Passphrases::fits(const std::string& verifier, const std::string& passphrase) const {
  auto text = normal(passphrase).value_or("too short for anybody");
  auto kept = verifier.empty() ? fail(Code::not_found, "", "")
                               : events::read_file(folder_ / (verifier + ".txt"), file_bytes_max);
  if (!kept || digest(*kept) != verifier) {
    TRY(hash(text));
    return false;
  }
  return crypto_pwhash_str_verify(kept->c_str(), text.data(), text.size()) == 0;
}

}  // namespace cli
