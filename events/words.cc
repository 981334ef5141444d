#include "events/words.h"

#include "events/annotations.h"

namespace events {

namespace {

template <class Named>
std::string zh_or(const Named& named, kj::StringPtr identifier) {
  if (const auto zh = annotation::text_of(named, annotation::zh)) return *zh;
  return identifier.cStr();
}

bool is_upper(char letter) { return letter >= 'A' && letter <= 'Z'; }

// A word begins at a capital, but the capitals of URLPath are the two words "url path".
bool begins_word(std::string_view identifier, std::size_t at) {
  if (at == 0 || !is_upper(identifier[at])) return false;
  const bool last_of_capitals = at + 1 < identifier.size() && !is_upper(identifier[at + 1]);
  return !is_upper(identifier[at - 1]) || last_of_capitals;
}

}  // namespace

std::string zh_name(capnp::Schema type) { return zh_or(type, type.getUnqualifiedName()); }

std::string zh_name(capnp::StructSchema::Field field) {
  return zh_or(field, field.getProto().getName());
}

std::string zh_name(capnp::EnumSchema::Enumerant enumerant) {
  return zh_or(enumerant, enumerant.getProto().getName());
}

std::string en_name(capnp::Schema type) { return en_name(type.getUnqualifiedName().cStr()); }

std::string en_name(capnp::StructSchema::Field field) {
  return en_name(field.getProto().getName().cStr());
}

std::string en_name(capnp::EnumSchema::Enumerant enumerant) {
  return en_name(enumerant.getProto().getName().cStr());
}

std::string en_name(std::string_view identifier) {
  std::string words;
  for (std::size_t i = 0; i < identifier.size(); ++i) {
    if (begins_word(identifier, i)) words += ' ';
    words += is_upper(identifier[i]) ? static_cast<char>(identifier[i] - 'A' + 'a') : identifier[i];
  }
  return words;
}

}  // namespace events
