#include "engine/scheme_report.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "events/faults.h"
#include "events/nearest.h"

namespace engine {
namespace {

using events::Node;

constexpr std::size_t listed_names_max = 12;

bool is_index(std::string_view part) { return part.starts_with('['); }

const Node* entry_of(const Node& list, std::string_view part) {
  for (std::size_t i = 0; i < list.list.size(); ++i) {
    if (part == "[" + std::to_string(i) + "]") return &list.list[i];
  }
  return nullptr;
}

}  // namespace

SchemePath SchemePath::operator/(std::string_view name) const {
  SchemePath longer = *this;
  longer.parts.emplace_back(name);
  return longer;
}

SchemePath SchemePath::operator/(std::size_t index) const {
  return *this / ("[" + std::to_string(index) + "]");
}

std::string SchemePath::text() const {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty() && !is_index(part)) text += '.';
    text += events::shown(part);
  }
  return text;
}

void SchemeReport::add(const SchemePath& path, std::string zh, std::string en) {
  found_.push_back({place_of(path), path.text(), {std::move(zh), std::move(en)}});
}

void SchemeReport::unknown(const SchemePath& path, std::string_view written,
                           std::string_view list_zh, std::string_view list_en,
                           std::span<const std::string_view> names) {
  std::string name = events::shown(written);
  std::string zh = std::string(list_zh) + "中没有“" + name + "”";
  std::string en = "there is no “" + name + "” among the " + std::string(list_en);
  if (std::string_view near = events::nearest(written, names); !near.empty()) {
    zh += "，最接近的是“" + std::string(near) + "”";
    en += "; the nearest is “" + std::string(near) + "”";
  } else if (!names.empty() && names.size() <= listed_names_max) {
    zh += "；有：" + joined(names);
    en += "; there are: " + joined(names);
  }
  add(path, std::move(zh), std::move(en));
}

events::Result<> SchemeReport::result() const {
  if (found_.empty()) return {};
  auto sorted = found_;
  std::ranges::stable_sort(sorted, {}, [](const Found& found) {
    return std::tuple(found.place.line, found.place.column);
  });
  events::Faults faults(source_);
  for (Found& found : sorted) faults.add(found.place, found.path, std::move(found.words));
  return faults.refuse();
}

// A scalar is pointed at itself, anything else at its name: there people look for it.
events::Place SchemeReport::place_of(const SchemePath& path) const {
  const Node* node = &root_;
  events::Place place = root_.place;
  for (const std::string& part : path.parts) {
    if (node->kind == Node::Kind::list) {
      const Node* entry = entry_of(*node, part);
      if (!entry) break;
      node = entry;
      place = entry->place;
      continue;
    }
    auto member = std::ranges::find(node->map, part, &Node::Member::name);
    if (member == node->map.end()) break;
    node = &member->value;
    bool scalar = node->kind != Node::Kind::map && node->kind != Node::Kind::list;
    place = scalar ? node->place : member->place;
  }
  return place;
}

std::string joined(std::span<const std::string_view> names) {
  std::string all;
  for (std::string_view name : names) {
    if (!all.empty()) all += ", ";
    all += name;
  }
  return all;
}

}  // namespace engine
