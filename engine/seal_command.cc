#include "engine/seal_command.h"

#include "events/seal.h"

namespace engine {
namespace {

using events::Result;
using events::string;
using events::view;

class Sealer {
 public:
  Sealer(Command::Reader command, events::Safe& safe) : command_(command), safe_(safe) {}

  Result<> seal(std::string_view text, std::string_view person, std::string_view field,
                events::Sealed::Builder out) {
    auto key = TRY(safe_.find_or_make_key(person));
    std::string context = string(command_.getActor());
    context.append("/").append(view(command_.getId())).append("/").append(field);
    events::seal(text, person, key, context, out);
    return {};
  }

  Result<> seal(events::Personal::Builder personal, std::string_view person,
                std::string_view field) {
    if (personal.isSealed()) {
      return events::fail(events::Code::invalid, "个人信息须以明文提交，由系统封存",
                          "personal data is sent open; sealing it is the system's part");
    }
    std::string text = string(personal.getOpen().asReader());
    return seal(text, person, field, personal.initSealed());
  }

 private:
  Command::Reader command_;
  events::Safe& safe_;
};

// The form of a step, if all that leads to it exists; decide says what is missing.
std::optional<events::Form::Reader> form_of(const Memory& memory, std::string_view round_id,
                                            std::string_view step_id) {
  if (round_id.empty()) return std::nullopt;
  const auto& round = memory.get<Round>(round_id);
  if (round.scheme.empty()) return std::nullopt;
  const auto& versions = memory.get<SchemeVersions>(round.scheme).versions;
  auto scheme = versions.find(round.scheme_position);
  if (scheme == versions.end()) return std::nullopt;
  auto step = scheme->second->step(step_id);
  if (!step) return std::nullopt;
  return scheme->second->form(view(step->getForm()));
}

bool is_personal(events::Form::Reader form, std::string_view id) {
  for (auto field : form.getFields()) {
    if (view(field.getField()) == id) return field.getPersonal();
  }
  return false;
}

// What is left empty stays empty, so that decide can see that it is.
Result<> seal_form(capnp::List<events::Entry>::Builder entries,
                   std::optional<events::Form::Reader> form, const std::string& applicant,
                   Sealer& sealer) {
  if (!form) return {};
  for (auto entry : entries) {
    std::string field = string(entry.getField().asReader());
    if (!entry.isValue() || !is_personal(*form, field)) continue;
    std::string text = string(entry.getValue().asReader());
    if (text.empty()) continue;
    TRY(sealer.seal(text, applicant, "form." + field, entry.initSealed()));
  }
  return {};
}

// The same for a command about an application that is there already.
template <class C>
Result<> seal_form_of(C command, const Memory& memory, Sealer& sealer) {
  if (!command.hasForm()) return {};
  auto id = string(command.getApplication().asReader());
  const auto& application = memory.get<Application>(id);
  std::string step = application.step;
  if constexpr (requires { command.getOutcome(); }) step = string(command.getStep().asReader());
  auto form = form_of(memory, application.round, step);
  return seal_form(command.getForm(), form, application.applicant, sealer);
}

}  // namespace

Result<events::Message<Command>> seal_command(Command::Reader command, const Memory& memory,
                                              events::Safe& safe) {
  capnp::MallocMessageBuilder builder;
  builder.setRoot(command);
  auto sealed = builder.getRoot<Command>();
  Sealer sealer(command, safe);
  if (sealed.isRegisterPerson()) {
    auto person = sealed.getRegisterPerson();
    std::string id = string(person.getPerson().asReader());
    TRY(sealer.seal(person.getName(), id, "name"));
  } else if (sealed.isRegisterApplicant() && sealed.getRegisterApplicant().isIndividual()) {
    auto applicant = sealed.getRegisterApplicant();
    std::string id = string(applicant.getApplicant().asReader());
    TRY(sealer.seal(applicant.getIndividual().getName(), id, "name"));
  } else if (sealed.isSubmitApplication()) {
    auto submission = sealed.getSubmitApplication();
    auto asked = command.getSubmitApplication();
    auto form = form_of(memory, view(asked.getRound()), view(asked.getStep()));
    TRY(seal_form(submission.getForm(), form, string(asked.getApplicant()), sealer));
  } else if (sealed.isAct()) {
    TRY(seal_form_of(sealed.getAct(), memory, sealer));
  } else if (sealed.isFileSupplement()) {
    TRY(seal_form_of(sealed.getFileSupplement(), memory, sealer));
  } else if (sealed.isTransferTrack()) {
    TRY(seal_form_of(sealed.getTransferTrack(), memory, sealer));
  }
  return events::Message<Command>(builder);
}

}  // namespace engine
