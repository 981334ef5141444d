// Everybody in the sample round, all of them invented: who applies in which class and how well they
// do, who works in which organ, who is in the pool of experts. Values, any thread.
#pragma once

#include <string>
#include <vector>

namespace sample {

inline constexpr const char* scheme = "shanghai-2016";
inline constexpr const char* round_id = "sh-2017";

inline constexpr const char* manufacturing = "gold-manufacturing";
inline constexpr const char* services = "gold-services";
inline constexpr const char* small = "gold-small";
inline constexpr const char* other = "gold-other";
inline constexpr const char* innovation = "gold-innovation";
inline constexpr const char* mayor = "mayor-organisation";
inline constexpr const char* gold_person = "gold-individual";
inline constexpr const char* mayor_person = "mayor-individual";

struct Entrant {
  std::string application;  // A-01, P-01
  std::string applicant;    // org-1, person-1
  std::string representative;
  std::string name;
  std::string track;
  std::string channel;
  int number = 0;
  int percent = 0;  // About what reviewers give: the better, the higher.
  bool person = false;
};

// In the order in which they apply.
const std::vector<Entrant>& entrants();
const std::vector<std::string>& tracks();

// An invented code with its right check character.
std::string credit_code(int number);

inline constexpr int experts = 42;
std::string expert(int number);  // expert-01
const char* specialty(int number);

inline constexpr int committee_members = 9;
const std::vector<std::string>& channels();

}  // namespace sample
