#include "tests/scenarios/expectation.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "events/code.h"
#include "tests/scenarios/phrase.h"

namespace tests {

using events::Node;

namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
  if (const auto* text = value.if_string()) return {text->data(), text->size()};
  return json::serialize(value);
}

std::string text_of(const json::value& object, std::string_view name) {
  const auto* found = object.as_object().if_contains(name);
  return found ? text_of(*found) : std::string();
}

// A map says only some of the members; a list says all of its elements.
std::string mismatch(const Node& wanted, const json::value& found, const std::string& path) {
  auto differs = [&] { return path + " is " + json::serialize(found) + "; "; };
  if (wanted.kind == Node::Kind::list) {
    if (!found.is_array() || found.as_array().size() != wanted.list.size()) return differs();
    std::string all;
    for (std::size_t i = 0; i < wanted.list.size(); ++i) {
      all += mismatch(wanted.list[i], found.as_array()[i], path + "[" + std::to_string(i) + "]");
    }
    return all;
  }
  if (wanted.kind != Node::Kind::map) return text_of(found) == wanted.text ? "" : differs();
  if (!found.is_object()) return differs();
  std::string all;
  for (const Node::Member& one : wanted.map) {
    const auto* value = found.as_object().if_contains(one.name);
    std::string here = path + "." + one.name;
    if (one.value.kind == Node::Kind::null) {
      if (value) all += here + " is there; ";
    } else {
      all += value ? mismatch(one.value, *value, here) : here + " is not there; ";
    }
  }
  return all;
}

std::string type_of(const json::value& record) {
  return std::string(record.at("event").as_object().begin()->key());
}

// `wanted` is a type, or {type: {some of its fields}}.
std::string event_mismatch(const Node& wanted, const json::value& record) {
  std::string type = wanted.kind == Node::Kind::map ? wanted.map.front().name : wanted.text;
  if (type != type_of(record)) return "not " + type + " but " + type_of(record) + "; ";
  if (wanted.kind != Node::Kind::map) return {};
  return mismatch(wanted.map.front().value, record.at("event").at(type), type);
}

std::string check_events(const Node& wanted, const Outcome& outcome) {
  if (wanted.list.size() != outcome.records.size()) {
    return std::to_string(wanted.list.size()) + " events expected; ";
  }
  std::string all;
  for (std::size_t i = 0; i < wanted.list.size(); ++i) {
    all += event_mismatch(wanted.list[i], outcome.records[i]);
  }
  return all;
}

std::string check_faults(const Node& wanted, const events::Error& refusal) {
  std::string all;
  for (const Node& one : wanted.list) {
    bool there = std::ranges::any_of(refusal.faults, [&](const events::Fault& fault) {
      return fault.place.find(one.text) != std::string::npos;
    });
    if (!there) all += "no fault at " + one.text + "; ";
  }
  return all;
}

// Under a clause a refusal is a fact and is recorded; without one it leaves nothing behind.
std::string check_record(const events::Error& refusal, const Outcome& outcome) {
  if (refusal.clause.empty())
    return outcome.records.empty() ? "" : "a fault of form was recorded; ";
  if (outcome.records.size() != 1 || type_of(outcome.records[0]) != "commandRefused") {
    return "the refusal was not recorded; ";
  }
  const json::value& event = outcome.records[0].at("event").at("commandRefused");
  bool same = text_of(event, "clause") == refusal.clause &&
              text_of(event, "code") == events::code_name(refusal.code);
  return same ? "" : "the record says otherwise: " + json::serialize(event) + "; ";
}

std::string check_refusal(const Node& wanted, const Outcome& outcome) {
  if (!outcome.reply.refusal) return "not refused; ";
  const events::Error& refusal = *outcome.reply.refusal;
  std::string all;
  for (const Node::Member& one : wanted.map) {
    if (one.name == "says") {
      bool said = refusal.words.zh.find(one.value.text) != std::string::npos ||
                  refusal.words.en.find(one.value.text) != std::string::npos;
      if (!said) all += "it does not say “" + one.value.text + "”; ";
    } else if (one.name == "faults") {
      all += check_faults(one.value, refusal);
    } else if (one.name != "clause" && one.name != "code") {
      all += "`" + one.name + "` is nothing to be said of a refusal; ";
    }
  }
  const Node* clause = member(wanted, "clause");
  if (refusal.clause != (clause ? clause->text : "")) all += "another clause; ";
  const Node* code = member(wanted, "code");
  if (!code || events::code_name(refusal.code) != code->text) all += "another code; ";
  if (refusal.words.zh.empty() || refusal.words.en.empty()) all += "words are missing; ";
  return all;
}

// Of the first event: under each clause one rule with that result.
std::string check_grounds(const Node& wanted, const Outcome& outcome) {
  if (outcome.records.empty()) return "there are no grounds; ";
  const auto* grounds = outcome.records[0].as_object().if_contains("grounds");
  std::string all;
  for (const Node::Member& one : wanted.map) {
    bool there =
        grounds && std::ranges::any_of(grounds->as_array(), [&](const json::value& ground) {
          return text_of(ground, "clause") == one.name &&
                 text_of(ground, "result") == one.value.text;
        });
    if (!there) all += "nothing was found " + one.value.text + " under " + one.name + "; ";
  }
  return all;
}

}  // namespace

std::string difference(const Node* then, const Outcome& outcome) {
  if (!then) return outcome.reply.refusal ? "refused; " : "";
  const Node* refused = member(*then, "refused");
  const Node* events = member(*then, "events");
  const Node* grounds = member(*then, "grounds");
  const Node* repeated = member(*then, "repeated");
  std::string all;
  for (const Node::Member& one : then->map) {
    bool known = &one.value == refused || &one.value == events || &one.value == grounds ||
                 &one.value == repeated;
    if (!known) all += "`" + one.name + "` is nothing that can be expected; ";
  }
  if (refused) all += check_refusal(*refused, outcome);
  if (!refused && outcome.reply.refusal) all += "refused; ";
  if (refused && outcome.reply.refusal && !events && !repeated) {
    all += check_record(*outcome.reply.refusal, outcome);
  }
  if (events) all += check_events(*events, outcome);
  if (grounds) all += check_grounds(*grounds, outcome);
  if (outcome.reply.repeated != (repeated != nullptr)) {
    all += repeated ? "not an answer given before; " : "an answer given before; ";
  }
  if (repeated && !outcome.records.empty()) all += "something was recorded; ";
  return all;
}

std::string described(const Outcome& outcome) {
  std::string out;
  if (const auto& refusal = outcome.reply.refusal) {
    out += "refused: {clause: " + refusal->clause + ", code: ";
    out += std::string(events::code_name(refusal->code)) + "}\n  " + refusal->words.zh + "\n  " +
           refusal->words.en + "\n";
    for (const auto& fault : refusal->faults) {
      out += "  " + fault.place + " " + fault.words.zh + " / " + fault.words.en + "\n";
    }
  }
  for (const auto& record : outcome.records) {
    out += "  " + json::serialize(record.at("event")) + "\n";
  }
  if (!outcome.records.empty()) {
    if (const auto* grounds = outcome.records[0].as_object().if_contains("grounds")) {
      out += "  grounds: " + json::serialize(*grounds) + "\n";
    }
  }
  return out;
}

}  // namespace tests
