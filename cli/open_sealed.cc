#include "cli/open_sealed.h"

#include <capnp/message.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "events/message.h"
#include "events/seal.h"
#include "events/text_encoding.h"

namespace cli {
namespace {

namespace json = boost::json;

const events::Words closed{"（已封存）", "(sealed)"};
// Nobody who seals honestly makes such a box, so it must not look like one whose key was destroyed.
const events::Words unfitting{"（已封存，密钥不符）", "(sealed; the key does not fit)"};

struct Box {
  std::string person;
  std::vector<std::uint8_t> key_commitment;
  std::vector<std::uint8_t> bytes;
};

std::optional<std::string> text_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

// Exactly the shape that encode gives a sealed text, and nothing that only resembles it.
std::optional<Box> box_of(const json::value& value) {
  const auto* outer = value.if_object();
  if (outer == nullptr || outer->size() != 1) return std::nullopt;
  const auto* inside = outer->if_contains("sealed");
  const auto* sealed = inside == nullptr ? nullptr : inside->if_object();
  if (sealed == nullptr || sealed->size() != 3) return std::nullopt;
  auto person = text_at(*sealed, "person");
  auto key_commitment = text_at(*sealed, "keyCommitment");
  auto box = text_at(*sealed, "box");
  if (!person || !key_commitment || !box) return std::nullopt;
  auto commitment_bytes = events::parse_hex(*key_commitment);
  auto box_bytes = events::parse_hex(*box);
  if (!commitment_bytes || !box_bytes) return std::nullopt;
  return Box{*std::move(person), *std::move(commitment_bytes), *std::move(box_bytes)};
}

std::string opened(const Box& box, const events::Safe* safe, Language language) {
  if (safe == nullptr) return in_language(closed, language);
  auto key = safe->find_key(box.person);
  if (!key) return in_language(closed, language);
  capnp::MallocMessageBuilder message;
  auto sealed = message.initRoot<events::Sealed>();
  sealed.setPerson(box.person);
  sealed.setKeyCommitment(events::as_data(box.key_commitment));
  sealed.setBox(events::as_data(box.bytes));
  auto text = events::unseal(sealed.asReader(), *key);
  return text ? *text : in_language(unfitting, language);
}

}  // namespace

void open_sealed(json::value& value, const events::Safe* safe, Language language) {
  if (auto box = box_of(value)) {
    value = json::string(opened(*box, safe, language));
  } else if (auto* object = value.if_object()) {
    for (auto& member : *object) open_sealed(member.value(), safe, language);
  } else if (auto* array = value.if_array()) {
    for (auto& element : *array) open_sealed(element, safe, language);
  }
}

}  // namespace cli
