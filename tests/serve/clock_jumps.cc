// Loaded before a program: its clock of the day is off by the seconds that stand in the file LAWBOUND_CLOCK
// names.
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fstream>

// NOLINTBEGIN(readability-identifier-naming): the C library's names
extern "C" int clock_gettime(clockid_t clock, timespec* out) noexcept {
  using Real = int (*)(clockid_t, timespec*);
  static const Real real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "clock_gettime"));
  const int result = real(clock, out);
  const char* file = std::getenv("LAWBOUND_CLOCK");
  if (result != 0 || clock != CLOCK_REALTIME || file == nullptr) return result;
  std::time_t off = 0;
  std::ifstream(file) >> off;
  out->tv_sec += off;
  return result;
}

extern "C" std::time_t time(std::time_t* out) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}
// NOLINTEND(readability-identifier-naming)
