#include "engine/form.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "events/moment.h"
#include "events/record.h"

namespace engine {
namespace {

using events::Fault;
using events::Field;
using events::FieldType;
using events::string;
using events::view;

bool has(capnp::List<capnp::Text>::Reader list, std::string_view text) {
  for (auto one : list) {
    if (view(one) == text) return true;
  }
  return false;
}

bool asked(Field::Reader field, std::string_view track) {
  return !field.hasTracks() || has(field.getTracks(), track);
}

std::optional<Field::Reader> find_field(events::Form::Reader form, std::string_view track,
                                        std::string_view id) {
  for (auto field : form.getFields()) {
    if (view(field.getField()) == id && asked(field, track)) return field;
  }
  return std::nullopt;
}

bool is_number(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::string joined(capnp::List<capnp::Text>::Reader list) {
  std::string all;
  for (auto one : list) all += (all.empty() ? "" : ", ") + string(one);
  return all;
}

// What the value should have been; nothing where it is right.
events::Words wrong_value(Field::Reader field, std::string_view value) {
  switch (field.getType()) {
    case FieldType::TEXT:
      return {};
    case FieldType::NUMBER:
      if (is_number(value)) return {};
      return {"应为整数", "must be a whole number"};
    case FieldType::DATE:
      if (events::parse_date(value)) return {};
      return {"应为日期，如 2016-10-01", "must be a date such as 2016-10-01"};
    case FieldType::FLAG:
      if (value == "true" || value == "false") return {};
      return {"应为 true 或 false", "must be true or false"};
    case FieldType::CHOICE:
      if (has(field.getChoices(), value)) return {};
      return {"应为以下之一：" + joined(field.getChoices()),
              "must be one of: " + joined(field.getChoices())};
  }
  return {"不认识的字段类型", "a field type that this program does not know"};
}

Fault fault(std::string_view field, std::string zh, std::string en) {
  return {"form." + std::string(field), {std::move(zh), std::move(en)}};
}

// What is wrong with the entries one by one; `filled` and `emptied` get the fields that are there.
std::vector<Fault> wrong_entries(events::Form::Reader form, std::string_view track,
                                 capnp::List<events::Entry>::Reader entries,
                                 std::vector<std::string_view>& filled,
                                 std::vector<std::string_view>& emptied) {
  std::vector<Fault> faults;
  for (auto entry : entries) {
    std::string_view id = view(entry.getField());
    auto found = find_field(form, track, id);
    if (!found) {
      faults.push_back(fault(id, "表单没有这一项", "the form has no such field"));
      continue;
    }
    // What is left empty is not filled in, whatever its type.
    if (entry.isValue() && entry.getValue().size() == 0) {
      emptied.push_back(id);
      continue;
    }
    filled.push_back(id);
    if (!entry.isValue()) continue;  // Sealed: nobody reads it here.
    auto wrong = wrong_value(*found, view(entry.getValue()));
    if (!wrong.zh.empty()) faults.push_back(fault(id, wrong.zh, wrong.en));
  }
  return faults;
}

Fault not_filled(Field::Reader field) {
  return fault(view(field.getField()), "必填项未填：" + string(field.getName().getZh()),
               "this field must be filled");
}

bool among(const std::vector<std::string_view>& ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

events::Result<> answer(std::vector<Fault> faults) {
  if (faults.empty()) return {};
  return std::unexpected(
      events::Error{events::Code::invalid,
                    {"表单有 " + std::to_string(faults.size()) + " 处错误",
                     "the form has " + std::to_string(faults.size()) + " fault(s)"},
                    {},
                    std::move(faults)});
}

}  // namespace

events::Result<> check_form(events::Form::Reader form, std::string_view track,
                            capnp::List<events::Entry>::Reader entries) {
  std::vector<std::string_view> filled;
  std::vector<std::string_view> emptied;
  auto faults = wrong_entries(form, track, entries, filled, emptied);
  for (auto field : form.getFields()) {
    if (!field.getRequired() || !asked(field, track)) continue;
    if (!among(filled, view(field.getField()))) faults.push_back(not_filled(field));
  }
  return answer(std::move(faults));
}

events::Result<> check_changes(events::Form::Reader form, std::string_view track,
                               capnp::List<events::Entry>::Reader entries,
                               const FormValues& before) {
  std::vector<std::string_view> filled;
  std::vector<std::string_view> emptied;
  auto faults = wrong_entries(form, track, entries, filled, emptied);
  for (auto field : form.getFields()) {
    std::string_view id = view(field.getField());
    if (!field.getRequired() || !asked(field, track) || among(filled, id)) continue;
    if (among(emptied, id) || !before.contains(id)) faults.push_back(not_filled(field));
  }
  return answer(std::move(faults));
}

events::Result<> check_step_form(const RoundStep& at, std::string_view track,
                                 capnp::List<events::Entry>::Reader entries) {
  if (!at.step.hasForm()) {
    if (entries.size() == 0) return {};
    return events::fail(events::Code::invalid, "“" + name_zh(at) + "”没有表单",
                        "this step has no form");
  }
  auto form = at.scheme->form(view(at.step.getForm()));
  if (!form)
    return events::fail(events::Code::corrupt, "办法缺少表单", "the scheme lacks the form");
  return check_form(*form, track, entries);
}

}  // namespace engine
