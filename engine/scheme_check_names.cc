#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/scheme_checks.h"
#include "engine/scheme_language.h"
#include "events/decode.h"
#include "events/record.h"
#include "events/shape.h"
#include "events/words.h"

namespace engine {
namespace {

using events::FieldShape;
using events::view;

class NameCheck {
 public:
  explicit NameCheck(const SchemeCheck& check)
      : report_(check.report), scheme_(capnp::toDynamic(check.scheme.reader())) {}

  void run() { look(scheme_, {}); }

 private:
  void look(capnp::DynamicStruct::Reader at, const SchemePath& path) {
    for (const FieldShape& field : events::shape_of(at.getSchema()).fields) {
      // Of a union this is so for the written member at most.
      if (!at.has(field.field, capnp::HasMode::NON_DEFAULT)) continue;
      SchemePath here = path / field.name;
      if (auto list = events::annotation::text_of(field.field, language::names)) {
        check_field(field, at, here, *list);
      } else if (field.type.isList() && field.type.asList().getElementType().isText()) {
        check_once(at.get(field.field).as<capnp::DynamicList>(), here);
      } else if (field.type.isStruct()) {
        look(at.get(field.field).as<capnp::DynamicStruct>(), here);
      } else if (field.type.isList() && field.type.asList().getElementType().isStruct()) {
        look_at_list(field, at, here);
      }
    }
  }

  void look_at_list(const FieldShape& field, capnp::DynamicStruct::Reader at,
                    const SchemePath& path) {
    auto list = at.get(field.field).as<capnp::DynamicList>();
    for (unsigned i = 0; i < list.size(); ++i) {
      auto element = list[i].as<capnp::DynamicStruct>();
      if (field.keyed.empty()) {
        look(element, path / std::size_t(i));
      } else {
        auto id = view(element.get(field.keyed).as<capnp::Text>());
        check_id(field.keyed, id, path / id);
        look(element, path / id);
      }
    }
  }

  void check_field(const FieldShape& field, capnp::DynamicStruct::Reader at, const SchemePath& path,
                   const std::string& list) {
    if (!field.type.isList()) {
      check_name(view(at.get(field.field).as<capnp::Text>()), path, list);
      return;
    }
    auto written = at.get(field.field).as<capnp::DynamicList>();
    for (unsigned i = 0; i < written.size(); ++i) {
      check_name(view(written[i].as<capnp::Text>()), path / std::size_t(i), list);
    }
    check_once(written, path);
  }

  void check_once(capnp::DynamicList::Reader written, const SchemePath& path) {
    std::set<std::string_view> seen;
    for (unsigned i = 0; i < written.size(); ++i) {
      std::string_view name = view(written[i].as<capnp::Text>());
      if (seen.insert(name).second) continue;
      report_.add(path / std::size_t(i), "重复列出“" + std::string(name) + "”",
                  "“" + std::string(name) + "” is listed twice");
    }
  }

  void check_name(std::string_view name, const SchemePath& path, const std::string& list) {
    const auto& names = names_of(list);
    if (std::ranges::find(names, name) != names.end()) return;
    auto field = scheme_.getSchema().getFieldByName(list);
    report_.unknown(path, name, events::zh_name(field), list, names);
  }

  // Ids go into keys, addresses and commands. People cite clauses, items and questions as they
  // like.
  void check_id(const std::string& key, std::string_view id, const SchemePath& path) {
    static const std::set<std::string, std::less<>> free = {"cite", "item", "question", "ground"};
    if (free.contains(key) || events::valid_id(id)) return;
    report_.add(path, "标识不能含空格、斜杠或控制字符，最长 128 字节",
                "an id has no blank, slash or control character, and at most 128 bytes");
  }

  const std::vector<std::string_view>& names_of(const std::string& list) {
    auto [place, first_time] = names_.try_emplace(list);
    if (!first_time) return place->second;
    auto field = scheme_.getSchema().getFieldByName(list);
    std::string key = events::shape_of(scheme_.getSchema()).find(list)->keyed;
    auto elements = scheme_.get(field).as<capnp::DynamicList>();
    for (unsigned i = 0; i < elements.size(); ++i) {
      auto element = elements[i].as<capnp::DynamicStruct>();
      place->second.push_back(view(element.get(key).as<capnp::Text>()));
    }
    return place->second;
  }

  SchemeReport& report_;
  capnp::DynamicStruct::Reader scheme_;
  std::map<std::string, std::vector<std::string_view>> names_;
};

}  // namespace

void check_names(const SchemeCheck& check) { NameCheck(check).run(); }

}  // namespace engine
