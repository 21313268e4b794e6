#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/io/dicom_data_set.h"
#include "core/jobs/job_context.h"
#include "core/volume/pixel_type.h"

namespace voxmark::dicom {

/// Colours of the indices that a PALETTE COLOR image stores (DICOM PS3.3 C.7.6.3.1.5 and 6), as 8 bits a colour.
struct Palette {
  std::int64_t first = 0;                           ///< the index of the first entry
  std::array<std::vector<std::uint8_t>, 3> colour;  ///< red, green, blue; equally long, not empty
};

/// Of entries longer than 8 bits the upper 8 are taken. Empty where one of the six elements is missing or does not fit,
/// or where the tables are segmented.
[[nodiscard]] std::optional<Palette> readPalette(const DataSet& header, bool isSigned);

/// RGBRGB… for indices of an integer type in native byte order; what lies outside the palette has its first or last
/// colour. Throws Cancelled.
[[nodiscard]] std::vector<std::byte> applyPalette(const Palette& palette, PixelType type,
                                                  const std::vector<std::byte>& indices, const JobContext& job);

}  // namespace voxmark::dicom
