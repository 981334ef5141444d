// What a step of a generated scheme asks for: forms, rules, times.
#include "tests/simulation/generated_scheme.h"

namespace tests {

namespace json = boost::json;

// Its id. Its fields are then the last ones made.
std::string GeneratedScheme::form(unsigned fields_max, bool applied) {
  const Ids kinds{"size", "size", "since", "lapse", "sound", "flaw", "choice", "text"};
  fields_.clear();
  json::object all;
  auto count = dice_.between(1, fields_max);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string kind = dice_.pick(kinds);
    json::object field{{"name", kind}, {"required", percent(60)}};
    Field made{id(kind), kind == "size" ? "number" : kind, {}};
    if (kind == "since" || kind == "lapse") made.type = "date";
    if (kind == "sound" || kind == "flaw") made.type = "flag";
    if (kind == "choice") field["choices"] = listed({"good", "bad"});
    field["type"] = made.type;
    bool personal = kind == "text" && percent(30);
    if (personal) field["personal"] = true;
    if (applied && percent(15)) {
      made.tracks = {dice_.pick(tracks_)};
      field["tracks"] = listed(made.tracks);
    }
    all[made.id] = std::move(field);
    if (!personal) fields_.push_back(std::move(made));
  }
  std::string form = id("form");
  forms_[form] = {{"fields", std::move(all)}};
  return form;
}

// A rule that whoever answers well meets.
json::object GeneratedScheme::rule(const Field& field) {
  json::object rule;
  if (field.type == "number") {
    bool least = percent(60);
    auto number = least ? dice_.between(1, 40) : dice_.between(60, 90);
    rule[least ? "atLeast" : "atMost"] = {{"field", field.id}, {"number", number}};
  } else if (field.type == "date") {
    json::object terms{{"field", field.id}, {"years", dice_.between(1, 8)}};
    const Ids anchors{"scheme", "applicationDeadline", "call", "yearEnd", "today"};
    if (percent(50)) terms["anchor"] = dice_.pick(anchors);
    rule[field.id.starts_with("lapse") ? "noneWithin" : "yearsSince"] = std::move(terms);
  } else if (field.type == "choice") {
    rule["equals"] = {{"field", field.id}, {"value", "good"}};
  } else if (field.id.starts_with("flaw")) {
    rule["none"] = json::array{json::object{{"given", field.id}}};
  } else if (field.type == "flag" && percent(40)) {
    rule["equals"] = {{"field", field.id}, {"value", "true"}};
  } else {
    rule["given"] = field.id;
  }
  return rule;
}

json::object GeneratedScheme::compound(const std::vector<Field>& known) {
  json::array some;
  auto count = dice_.between(1, 2);
  for (std::uint64_t i = 0; i < count; ++i) some.push_back(rule(dice_.pick(known)));
  if (percent(30)) {
    json::object condition;
    if (percent(50)) condition = rule(dice_.pick(known));
    if (condition.empty()) condition["heldAward"] = {{"award", "award1"}};
    return {{"when", {{"if", std::move(condition)}, {"then", rule(dice_.pick(known))}}}};
  }
  if (percent(50)) return {{"all", std::move(some)}};
  if (percent(30)) some.emplace_back(json::object{{"heldAward", {{"award", "award1"}}}});
  return {{"any", std::move(some)}};
}

json::array GeneratedScheme::rules(const std::vector<Field>& known, bool applied) {
  json::array all;
  auto add = [&](json::object rule) {
    rule["clause"] = clause();
    all.push_back(std::move(rule));
  };
  std::vector<Field> everywhere;
  for (const Field& field : known) {
    if (field.tracks.empty()) everywhere.push_back(field);
    if (!percent(40) || (!applied && !field.tracks.empty())) continue;
    json::object one = rule(field);
    if (!field.tracks.empty()) one["tracks"] = listed(field.tracks);
    add(std::move(one));
  }
  if (!everywhere.empty() && percent(40)) add(compound(everywhere));
  if (!applied) {
    if (in_call_ && percent(8)) add({{"before", "apply"}});
    return all;
  }
  if (percent(40)) {
    add({{"onceAYear", {{"scope", percent(50) ? "thisScheme" : "allSchemes"}}}});
  }
  if (percent(40)) {
    std::string scope = percent(50) ? "sameAward" : "anyAward";
    add({{"noAwardWithin", {{"years", dice_.between(1, 4)}, {"scope", scope}}}});
  }
  if (percent(6)) {
    add({{"heldAward", {{"award", "award1"}}}, {"tracks", listed({dice_.pick(tracks_)})}});
  }
  return all;
}

// Long enough that most of what is done comes in time.
json::object GeneratedScheme::period(std::uint64_t least) {
  json::object period;
  if (percent(45)) {
    period = {{"number", dice_.between(least, 8 * least)}, {"unit", "calendar"}};
  } else if (percent(90)) {
    period = {{"number", dice_.between(least, 5 * least)}, {"unit", "working"}};
  } else {
    period = {{"number", 1}, {"unit", "months"}};
  }
  if (percent(30)) period["countStartDay"] = true;
  if (percent(30)) period["rollForward"] = true;
  return period;
}

json::object GeneratedScheme::closing() {
  if (passed_.empty() || percent(15)) return {{"inCall", json::object{}}};
  json::object within{{"from", dice_.pick(passed_)}, {"period", period(5)}};
  if (percent(40)) within["limit"] = "soft";
  if (percent(30)) within["extendedBy"] = staff();
  return {{"within", std::move(within)}};
}

// Where its numbers come from.
void GeneratedScheme::ground(json::object& terms) {
  if (percent(70)) {
    terms["clause"] = clause();
  } else {
    terms["source"] = percent(50) ? "notInSource" : "inferred";
  }
}

}  // namespace tests
