#pragma once

#include <QFile>
#include <QString>
#include <cstdint>
#include <functional>

namespace voxmark::testing {

/// Writes a cube of `size`³ voxels of 1 mm, `value(i, j, k)` each, as NRRD: u16 or, where asked for, f32.
template <typename T>
void writeCube(const QString& path, int size, const std::function<T(int i, int j, int k)>& value) {
  QByteArray bytes;
  const QByteArray type = sizeof(T) == 2 ? "uint16" : "float";
  const QByteArray length = QByteArray::number(size);
  bytes += "NRRD0004\ntype: " + type + "\ndimension: 3\nsizes: " + length + " " + length + " " + length +
           "\nspace: left-posterior-superior\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\n"
           "endian: little\nencoding: raw\n\n";
  for (int k = 0; k < size; ++k) {
    for (int j = 0; j < size; ++j) {
      for (int i = 0; i < size; ++i) {
        const T one = value(i, j, k);
        bytes.append(reinterpret_cast<const char*>(&one), sizeof(T));
      }
    }
  }
  QFile file(path);
  if (file.open(QIODevice::WriteOnly)) file.write(bytes);
}

}  // namespace voxmark::testing
