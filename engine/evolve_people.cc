#include <algorithm>

#include "engine/evolve.h"
#include "events/text_encoding.h"

namespace engine {
namespace {

using events::string;
using events::to_date;

void admit(Pool& pool, const Recorded& recorded) {
  auto event = recorded.event().getExpertAdmitted();
  Expert expert;
  for (auto one : event.getSpecialties()) expert.specialties.push_back(string(one));
  expert.from = to_date(event.getFrom());
  if (event.getUntil() != 0) expert.until = to_date(event.getUntil());
  expert.admitted = recorded.position;
  pool.experts[string(event.getExpert())] = std::move(expert);
}

void commit(Draw& draw, const Recorded& recorded) {
  auto event = recorded.event().getDrawCommitted();
  draw.round = string(event.getRound());
  draw.step = string(event.getStep());
  draw.track = string(event.getTrack());
  draw.committed_by = string(recorded.record.getActor());
  draw.committed = recorded.position;
  auto digest = event.getDigest();
  if (digest.size() == draw.digest.size()) std::ranges::copy(digest, draw.digest.begin());
  for (auto one : event.getDemands()) {
    draw.demands.push_back({string(one.getSpecialty()), one.getNumber()});
  }
  for (auto one : event.getCandidates()) {
    Candidate candidate{string(one.getPerson()), {}};
    for (auto specialty : one.getSpecialties()) candidate.specialties.push_back(string(specialty));
    draw.candidates.push_back(std::move(candidate));
  }
}

}  // namespace

void evolve(Pool& pool, const Recorded& recorded) {
  pool.position = recorded.position;
  auto event = recorded.event();
  if (event.isExpertAdmitted()) {
    admit(pool, recorded);
  } else if (event.isExpertRemoved()) {
    pool.experts[string(event.getExpertRemoved().getExpert())].removed = recorded.position;
  }
}

void evolve(Draw& draw, const Recorded& recorded) {
  draw.position = recorded.position;
  auto event = recorded.event();
  if (event.isDrawCommitted()) {
    commit(draw, recorded);
  } else if (event.isDrawWitnessed()) {
    draw.witness_seed = events::hex(event.getDrawWitnessed().getSeed());
  } else if (event.isDrawOpened()) {
    draw.opened = recorded.position;
    for (auto one : event.getDrawOpened().getReserves()) draw.reserves.push_back(string(one));
  }
}

void evolve(Credential& credential, const Recorded& recorded) {
  credential.position = recorded.position;
  auto event = recorded.event();
  if (event.isCredentialIssued()) {
    auto issued = event.getCredentialIssued();
    credential.person = string(issued.getPerson());
    credential.type = issued.getKind();
    credential.label = string(issued.getLabel());
    credential.issued_by = string(recorded.record.getActor());
    credential.issued = recorded.position;
    credential.issued_at = recorded.at();
    credential.expires = events::to_moment(issued.getExpires());
    credential.confirmed = issued.getKind() == events::CredentialKind::SESSION;
  } else if (event.isCredentialConfirmed()) {
    credential.confirmed = true;
  } else if (event.isCredentialEnded() || event.isPassphraseSet()) {
    credential.ended = true;
  }
}

void evolve(Login& login, const Recorded& recorded) {
  login.position = recorded.position;
  login.verifier = string(recorded.event().getPassphraseSet().getVerifier());
}

void evolve(RecusalRequest& request, const Recorded& recorded) {
  request.position = recorded.position;
  auto event = recorded.event();
  if (event.isRecusalRequested()) {
    auto asked = event.getRecusalRequested();
    request.application = string(asked.getApplication());
    request.person = string(asked.getPerson());
    request.asked_by = string(recorded.record.getActor());
    request.ground = asked.getTie().getGround();
    request.explanation = string(asked.getTie().getExplanation());
  } else if (event.isRecusalDecided()) {
    request.decided = recorded.position;
  }
}

}  // namespace engine
