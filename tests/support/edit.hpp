// What a test does to a value: any callable, by reference, for the length of a call. Tests take
// some hundreds of lambdas for it, and a std::function of each is a quarter of what there is to
// compile.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>

namespace support {

template <class T>
class edit {
  public:
    template <std::invocable<T&> Callable>
        requires(!std::same_as<std::remove_cvref_t<Callable>, edit>)
    // NOLINTNEXTLINE(google-explicit-constructor,bugprone-forwarding-reference-overload)
    edit(Callable&& what)
        : what_(std::addressof(what)), call_([](const void* callable, T& value) {
              (*static_cast<const std::remove_reference_t<Callable>*>(callable))(value);
          }) {}

    void operator()(T& value) const { call_(what_, value); }

  private:
    const void* what_;
    void (*call_)(const void*, T&);
};

}  // namespace support
