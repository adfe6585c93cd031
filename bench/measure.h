// Medians of several runs.
#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace lawbound::bench {

// In seconds.  Processor time is user and system time of all threads: what a busy machine changes least.
struct Times {
  double wall = 0, processor = 0;
};

// What runs with nothing else that is measured: seconds of one call.
template <typename Run>
Times Measure(const Run& run) {
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t processor_begin = std::clock();
  run();
  const double processor = static_cast<double>(std::clock() - processor_begin) / CLOCKS_PER_SEC;
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), processor};
}

// Each median by itself.  REQUIRES: not empty.
inline Times MedianOf(const std::vector<Times>& runs) {
  std::vector<double> wall, processor;
  for (const Times& times : runs) {
    wall.push_back(times.wall);
    processor.push_back(times.processor);
  }
  std::sort(wall.begin(), wall.end());
  std::sort(processor.begin(), processor.end());
  return {wall[wall.size() / 2], processor[processor.size() / 2]};
}

template <typename Run>
Times Median(int runs, const Run& run) {
  std::vector<Times> times;
  for (int i = 0; i < runs; ++i) times.push_back(Measure(run));
  return MedianOf(times);
}

}  // namespace lawbound::bench
