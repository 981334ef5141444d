#include "events/decode.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "events/faults.h"
#include "events/nearest.h"
#include "events/scalar.h"
#include "events/shape.h"
#include "events/words.h"

namespace events {

namespace {

using capnp::DynamicList;
using capnp::DynamicStruct;

constexpr std::size_t named_members_max = 12;

// The way from the root to a node; each step lies on the stack of the call that took it.
struct Path {
  const Path* up = nullptr;
  std::string_view name;  // Empty: a list, and the index counts.
  std::size_t index = 0;

  std::string text() const {
    std::string before = up == nullptr ? "" : up->text();
    if (up == nullptr) return before;
    if (name.empty()) return before + fmt::format("[{}]", index);
    return before.empty() ? shown(name) : before + "." + shown(name);
  }
};

// The name under which an element of a keyed list stands, and the field that it fills.
struct Key {
  std::string_view field;
  const Node& value;
};

bool is_scalar(const Node& node) {
  using enum Node::Kind;
  return node.kind == flag || node.kind == number || node.kind == text;
}

// "score（得分）", where the schema has a Chinese name.
std::string named(const FieldShape& field) {
  const std::string zh = zh_name(field.field);
  return zh == field.name ? fmt::format("“{}”", zh) : fmt::format("“{}”（{}）", field.name, zh);
}

class Walker {
 public:
  explicit Walker(Faults& faults) : faults_(faults) {}

  void read_struct(const Node& node, DynamicStruct::Builder out, const Path& path,
                   const Key* key = nullptr);

 private:
  using Given = std::vector<const Node*>;  // Per field of the shape what was written for it.

  void read_members(const Node& node, DynamicStruct::Builder out, const Path& path, Given& given);
  void read_field(const FieldShape& field, const Node& node, DynamicStruct::Builder out,
                  const Path& path);
  void read_list(const FieldShape& field, capnp::Type element, const Node& node,
                 DynamicList::Builder out, const Path& path);
  void read_keyed(const FieldShape& field, const Node& node, DynamicStruct::Builder out,
                  const Path& path);

  void check_complete(const Shape& shape, const Node& node, const Given& given, const Path& path);
  void check_union(const Shape& shape, const Node& node, const Given& given, const Path& path);
  bool check_entries(std::size_t entries, const Node& node, const Path& path);
  void refuse_unknown(const Shape& shape, const Node::Member& member, const Given& given,
                      const Path& path);
  void refuse(Place place, const Path& path, Words words) {
    if (faults_.full()) {
      faults_.add(place, "", {});  // Only counted.
    } else {
      faults_.add(place, path.text(), std::move(words));
    }
  }

  Faults& faults_;
  ScalarReader scalars_;
};

void Walker::read_struct(const Node& node, DynamicStruct::Builder out, const Path& path,
                         const Key* key) {
  const Shape& shape = shape_of(out.getSchema());
  Given given(shape.fields.size(), nullptr);
  const auto give = [&](const FieldShape& field, const Node& value, const Path& where) {
    given[field.index] = &value;
    read_field(field, value, out, where);
  };

  if (key != nullptr) give(*shape.find(key->field), key->value, path);
  if (node.kind == Node::Kind::map) {
    read_members(node, out, path, given);
  } else if (is_scalar(node) && !shape.shorthand.empty()) {
    give(*shape.find(shape.shorthand), node, path);
  } else {
    refuse(node.place, path, wrong_kind("对象", "an object", node));
    return;
  }
  check_complete(shape, node, given, path);
  if (shape.has_union) check_union(shape, node, given, path);
}

void Walker::read_members(const Node& node, DynamicStruct::Builder out, const Path& path,
                          Given& given) {
  const Shape& shape = shape_of(out.getSchema());
  for (const Node::Member& member : node.map) {
    const FieldShape* field = shape.find(member.name);
    const Path here{&path, member.name};
    if (field == nullptr) {
      refuse_unknown(shape, member, given, here);
      continue;
    }
    if (field->unset) {
      refuse(member.place, here, {"“unset”不能写出", "“unset” cannot be written"});
      continue;
    }
    const Node*& before = given[field->index];
    if (before != nullptr) {
      refuse(member.place, here,
             {fmt::format("“{}”已写过，不能再写", field->name),
              fmt::format("“{}” is already given, it cannot be written again", field->name)});
      continue;
    }
    before = &member.value;
    read_field(*field, member.value, out, here);
  }
}

void Walker::read_field(const FieldShape& field, const Node& node, DynamicStruct::Builder out,
                        const Path& path) {
  if (field.type.isStruct()) {
    read_struct(node, out.init(field.field).as<DynamicStruct>(), path);
  } else if (!field.keyed.empty()) {
    read_keyed(field, node, out, path);
  } else if (field.type.isList()) {
    if (node.kind != Node::Kind::list) {
      refuse(node.place, path, wrong_kind("列表", "a list", node));
    } else if (check_entries(node.list.size(), node, path)) {
      const auto size = static_cast<unsigned>(node.list.size());
      read_list(field, field.type.asList().getElementType(), node,
                out.init(field.field, size).as<DynamicList>(), path);
    }
  } else if (auto value = scalars_.read(field, field.type, node)) {
    out.set(field.field, *value);
  } else {
    refuse(node.place, path, std::move(value).error());
  }
}

void Walker::read_list(const FieldShape& field, capnp::Type element, const Node& node,
                       DynamicList::Builder out, const Path& path) {
  for (unsigned i = 0; i < node.list.size(); ++i) {
    const Node& entry = node.list[i];
    const Path here{&path, "", i};
    if (element.isStruct()) {
      read_struct(entry, out[i].as<DynamicStruct>(), here);
    } else if (element.isList()) {
      if (entry.kind != Node::Kind::list) {
        refuse(entry.place, here, wrong_kind("列表", "a list", entry));
      } else if (check_entries(entry.list.size(), entry, here)) {
        const auto size = static_cast<unsigned>(entry.list.size());
        read_list(field, element.asList().getElementType(), entry,
                  out.init(i, size).as<DynamicList>(), here);
      }
    } else if (auto value = scalars_.read(field, element, entry)) {
      out.set(i, *value);
    } else {
      refuse(entry.place, here, std::move(value).error());
    }
  }
}

void Walker::read_keyed(const FieldShape& field, const Node& node, DynamicStruct::Builder out,
                        const Path& path) {
  if (node.kind != Node::Kind::map) {
    refuse(node.place, path,
           wrong_kind(fmt::format("以“{}”为名称的对象", field.keyed),
                      fmt::format("an object with each “{}” as a name", field.keyed), node));
    return;
  }
  if (!check_entries(node.map.size(), node, path)) return;
  auto list = out.init(field.field, static_cast<unsigned>(node.map.size())).as<DynamicList>();
  for (unsigned i = 0; i < node.map.size(); ++i) {
    const Node::Member& member = node.map[i];
    Node name;
    name.kind = Node::Kind::text;
    name.plain = true;  // A name never has quotes of its own, so it may also be a number.
    name.text = member.name;
    name.place = member.place;
    const Key key{field.keyed, name};
    read_struct(member.value, list[i].as<DynamicStruct>(), Path{&path, member.name}, &key);
  }
}

void Walker::check_complete(const Shape& shape, const Node& node, const Given& given,
                            const Path& path) {
  for (std::size_t i = 0; i < shape.fields.size(); ++i) {
    const FieldShape& field = shape.fields[i];
    if (given[i] != nullptr || field.optional || field.in_union) continue;
    refuse(node.place, Path{&path, field.name},
           {fmt::format("缺少必填项{}", named(field)),
            fmt::format("the required “{}” is missing", field.name)});
  }
}

void Walker::check_union(const Shape& shape, const Node& node, const Given& given,
                         const Path& path) {
  std::vector<std::string_view> members;
  std::vector<std::string_view> written;
  for (std::size_t i = 0; i < shape.fields.size(); ++i) {
    const FieldShape& field = shape.fields[i];
    if (!field.in_union || field.unset) continue;
    if (members.size() <= named_members_max) members.push_back(field.name);
    if (given[i] != nullptr) written.push_back(field.name);
  }
  if (written.size() == 1) return;
  if (members.size() > named_members_max) members.back() = "…";

  const std::string one_of = fmt::format("{}", fmt::join(members, ", "));
  if (written.empty()) {
    refuse(node.place, path,
           {fmt::format("须写出其中一项：{}", one_of), fmt::format("needs one of: {}", one_of)});
  } else {
    const std::string all = fmt::format("{}", fmt::join(written, ", "));
    refuse(node.place, path,
           {fmt::format("只能写出一项，不能同时写：{}", all),
            fmt::format("may have only one of: {}", all)});
  }
}

bool Walker::check_entries(std::size_t entries, const Node& node, const Path& path) {
  if (entries <= list_entries_max) return true;
  refuse(node.place, path,
         {fmt::format("超过 {} 项", list_entries_max),
          fmt::format("has more than {} entries", list_entries_max)});
  return false;
}

// A field that was given already, be it as the name of a keyed element, is not what was meant.
void Walker::refuse_unknown(const Shape& shape, const Node::Member& member, const Given& given,
                            const Path& path) {
  if (faults_.full()) return refuse(member.place, path, {});
  std::vector<std::string_view> names;
  for (const FieldShape& field : shape.fields) {
    if (!field.unset && given[field.index] == nullptr) names.push_back(field.name);
  }
  const std::string written = shown(member.name);
  const std::string_view near = nearest(member.name, names);
  Words words{fmt::format("没有名为“{}”的项", written),
              fmt::format("there is no field “{}”", written)};
  if (!near.empty()) {
    words.zh += fmt::format("，最接近的是“{}”", near);
    words.en += fmt::format("; the nearest is “{}”", near);
  }
  refuse(member.place, path, std::move(words));
}

}  // namespace

Result<> decode(const Node& node, DynamicStruct::Builder out, std::string_view source) {
  Faults faults(source);
  Walker(faults).read_struct(node, out, Path{});
  if (!faults.empty()) return faults.refuse();
  return {};
}

bool valid_id(std::string_view id) { return check_id(id).has_value(); }

}  // namespace events
