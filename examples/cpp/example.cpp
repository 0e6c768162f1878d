// Judges the request in a file, twice: as JSON, and as values. Prints both answers.
//
//   cargo rustc --release --lib --features capi --crate-type cdylib
//   c++ -std=c++17 -Iinclude examples/cpp/example.cpp -Ltarget/release -lsvar -Wl,-rpath,target/release -o example
//   ./example examples/case.json
#include <fstream>
#include <iostream>
#include <iterator>

#include "svar.hpp"

int main(int count, char **arguments) {
  if (count != 2) return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  std::string request{std::istreambuf_iterator<char>(file), {}};
  try {
    svar::Policy policy = svar::Policy::builtin();  // once
    svar::Scratch scratch;                          // once for each thread

    std::cout << policy.ask("validate", request, scratch) << '\n';

    svar::Case facts;
    facts.channel = "facebook";
    facts.language = "nb";
    facts.intent = "complaint";
    facts.agent_name = "Ida";
    facts.messages.push_back({"Ruteren har blinket rødt siden i går, og ingen svarer på chatten!!"});
    svar::Report report =
        policy.validate(facts, "Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida", scratch);
    for (std::size_t at = 0; at < report.size(); at++) {
      svar::Finding finding = report[at];
      std::cerr << finding.rule << ": " << finding.message << '\n';
    }
    std::cout << report.json() << '\n';
  } catch (const svar::Error &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
