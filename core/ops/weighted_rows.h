#pragma once

#include <cstddef>
#include <cstdint>

namespace voxmark {

// The inner loops of filters, compiled for what processors have and chosen at run time. A product and the sum that it
// goes into may be rounded once or twice, depending on the processor: results agree to a few units in the last place.

/// out[n] = Σ weights[n·taps + t] · in[first[n] + t]
void alongRow(const float* in, const std::int32_t* first, const float* weights, std::size_t taps, std::size_t count,
              float* out);
void alongRow(const double* in, const std::int32_t* first, const double* weights, std::size_t taps, std::size_t count,
              double* out);

/// out[n] = Σ weights[t] · rows[t][n]
void addRows(const float* const* rows, const float* weights, std::size_t taps, std::size_t count, float* out);
void addRows(const double* const* rows, const double* weights, std::size_t taps, std::size_t count, double* out);

}  // namespace voxmark
