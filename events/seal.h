// Sealing of personal texts under a person's key, and opening them again. Pure, any thread.
//
//   nonce   = HMAC-SHA-256(key, "probity/nonce/v1" 0x00 context), its first 24 bytes
//   box     = nonce || XChaCha20-Poly1305(key, nonce, text; additional data = person)
//   commitment = SHA-256("probity/key/v1" || key)
//
// The context is the command's actor, id and field: the same command seals to the same bytes, so
// that sending it again is recognised, and no two texts that are kept ever share a nonce.
#pragma once

#include <string>
#include <string_view>

#include "events/error.h"
#include "events/personal.capnp.h"
#include "events/safe.h"

namespace events {

void seal(std::string_view text, std::string_view person, const PersonKey& key,
          std::string_view context, Sealed::Builder out);
// corrupt if the key is not the one committed to, or the box was altered.
Result<std::string> unseal(Sealed::Reader sealed, const PersonKey& key);

}  // namespace events
