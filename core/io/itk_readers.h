#pragma once

#include "core/io/source_registry.h"

namespace voxmark {

/// DICOM files and folders of them (GDCM decodes their compressed pixels), and MGH.
void addItkReaders(SourceRegistry& registry);

}  // namespace voxmark
