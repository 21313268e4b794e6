#pragma once

namespace voxmark {

/// Several lambdas as one, for std::visit.
template <typename... F>
struct Overload : F... {
  using F::operator()...;
};
template <typename... F>
Overload(F...) -> Overload<F...>;

}  // namespace voxmark
