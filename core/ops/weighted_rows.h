#pragma once

#include <cstddef>
#include <cstdint>

namespace voxmark {

// The inner loops of filters, compiled for what processors have and chosen at run time. A product and the sum that it
// goes into are rounded one after the other: the same bits on every processor.

/// out[n] = Σ weights[n·taps + t] · in[first[n] + t]
void alongRow(const float* in, const std::int32_t* first, const float* weights, std::size_t taps, std::size_t count,
              float* out);
void alongRow(const double* in, const std::int32_t* first, const double* weights, std::size_t taps, std::size_t count,
              double* out);

/// out[2n] and out[2n + 1] lie between in[n] and in[n + 1]: weights[0..1] of the first, weights[2..3] of the second.
void alongDoubled(const float* in, const float* weights, std::size_t count, float* out);
void alongDoubled(const double* in, const double* weights, std::size_t count, double* out);

/// out[n] = Σ weights[t] · rows[t][n]
void addRows(const float* const* rows, const float* weights, std::size_t taps, std::size_t count, float* out);
void addRows(const double* const* rows, const double* weights, std::size_t taps, std::size_t count, double* out);

}  // namespace voxmark
