#include <algorithm>
#include <iterator>

#include "core/io/nifti_fields.h"

// The codes of NIfTI (nifti1.h of 2007, nifti2.h of 2011, CIFTI-2 and FSL's additions) in words.
namespace voxmark {
namespace {

struct Code {
  int code;
  const char* name;
};

constexpr Code kDatatypes[] = {{0, "unknown"},
                               {1, "binary, 1 bit"},
                               {2, "uint8"},
                               {4, "int16"},
                               {8, "int32"},
                               {16, "float32"},
                               {32, "complex64"},
                               {64, "float64"},
                               {128, "RGB, 3 × uint8"},
                               {255, "any"},
                               {256, "int8"},
                               {512, "uint16"},
                               {768, "uint32"},
                               {1024, "int64"},
                               {1280, "uint64"},
                               {1536, "float128"},
                               {1792, "complex128"},
                               {2048, "complex256"},
                               {2304, "RGBA, 4 × uint8"},
                               {16384, "float16 (not of the standard)"},
                               {16385, "bfloat16 (not of the standard)"}};

constexpr Code kIntents[] = {{0, "none"},
                             {2, "correlation coefficient"},
                             {3, "t statistic"},
                             {4, "F statistic"},
                             {5, "z score"},
                             {6, "chi-squared"},
                             {7, "beta distribution"},
                             {8, "binomial distribution"},
                             {9, "gamma distribution"},
                             {10, "Poisson distribution"},
                             {11, "normal distribution"},
                             {12, "noncentral F statistic"},
                             {13, "noncentral chi-squared"},
                             {14, "logistic distribution"},
                             {15, "Laplace distribution"},
                             {16, "uniform distribution"},
                             {17, "noncentral t statistic"},
                             {18, "Weibull distribution"},
                             {19, "chi distribution"},
                             {20, "inverse Gaussian distribution"},
                             {21, "extreme value distribution"},
                             {22, "p value"},
                             {23, "ln(p)"},
                             {24, "log10(p)"},
                             {1001, "estimate of a parameter"},
                             {1002, "labels"},
                             {1003, "NeuroNames labels"},
                             {1004, "matrix at each voxel"},
                             {1005, "symmetric matrix at each voxel"},
                             {1006, "displacement vector"},
                             {1007, "vector"},
                             {1008, "points in space"},
                             {1009, "triangles"},
                             {1010, "quaternion"},
                             {1011, "dimensionless value"},
                             {2001, "time series"},
                             {2002, "node indices"},
                             {2003, "RGB vector"},
                             {2004, "RGBA vector"},
                             {2005, "shape of a surface"},
                             {2006, "FSL FNIRT displacement field"},
                             {2007, "FSL cubic spline coefficients"},
                             {2008, "FSL DCT coefficients"},
                             {2009, "FSL quadratic spline coefficients"},
                             {2016, "FSL topup cubic spline coefficients"},
                             {2017, "FSL topup quadratic spline coefficients"},
                             {2018, "FSL topup field"},
                             {3001, "CIFTI dense connectivity"},
                             {3002, "CIFTI dense series"},
                             {3003, "CIFTI parcellated connectivity"},
                             {3004, "CIFTI parcellated series"},
                             {3006, "CIFTI dense scalars"},
                             {3007, "CIFTI dense labels"},
                             {3008, "CIFTI parcellated scalars"}};

constexpr Code kSpaces[] = {{0, "none: this transform is not used"},
                            {1, "scanner"},
                            {2, "aligned to another image"},
                            {3, "Talairach"},
                            {4, "MNI 152"},
                            {5, "another template"}};

constexpr Code kSliceOrders[] = {{0, "unknown"},
                                 {1, "sequential, increasing"},
                                 {2, "sequential, decreasing"},
                                 {3, "interleaved, increasing, from the first"},
                                 {4, "interleaved, decreasing, from the last"},
                                 {5, "interleaved, increasing, from the second"},
                                 {6, "interleaved, decreasing, from the last but one"}};

constexpr Code kSpaceUnits[] = {{0, "unknown"}, {1, "m"}, {2, "mm"}, {3, "µm"}};
constexpr Code kTimeUnits[] = {{0, "unknown"}, {8, "s"},    {16, "ms"},   {24, "µs"},
                               {32, "Hz"},     {40, "ppm"}, {48, "rad/s"}};

template <std::size_t N>
std::string nameIn(const Code (&table)[N], int code) {
  const auto found =
      std::find_if(std::begin(table), std::end(table), [code](const Code& entry) { return entry.code == code; });
  return found != std::end(table) ? found->name : "not a code of the standard";
}

}  // namespace

std::string niftiDatatypeName(int code) {
  return nameIn(kDatatypes, code);
}
std::string niftiIntentName(int code) {
  return nameIn(kIntents, code);
}
std::string niftiSpaceName(int code) {
  return nameIn(kSpaces, code);
}
std::string niftiSliceOrderName(int code) {
  return nameIn(kSliceOrders, code);
}
std::string niftiUnitNames(int units) {
  return nameIn(kSpaceUnits, units & 7) + ", " + nameIn(kTimeUnits, units & 0x38);
}

}  // namespace voxmark
