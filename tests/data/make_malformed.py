"""Files that must be refused: each is a good one with one thing wrong."""
import struct

from made import HERE, bad


def make_malformed():
    good = (HERE / "nifti/le_v1_u1.nii").read_bytes()
    packed = (HERE / "nifti/oblique.nii.gz").read_bytes()

    def patched(content, offset, form, *values):
        content = bytearray(content)
        struct.pack_into(form, content, offset, *values)
        return bytes(content)

    bad("malformed/nifti_truncated.nii", good[:600], "the file ends within the voxels")
    bad("malformed/nifti_header_only.nii", good[:348], "no voxels at all")
    bad("malformed/nifti_short_header.nii", good[:200], "the file ends within the header")
    bad("malformed/nifti_lying_size.nii", patched(good, 42, "<3h", 32767, 32767, 32767), "claims 32 TiB")
    bad("malformed/nifti_negative_size.nii", patched(good, 42, "<h", -11), "a size below zero")
    bad("malformed/nifti_unknown_type.nii", patched(good, 70, "<h", 77), "a data type that does not exist")
    bad("malformed/nifti_bad_magic.nii", patched(patched(good, 344, "4s", b"xyz\0"), 0, "<i", 349),
        "neither the header size nor the magic is NIfTI's")
    bad("malformed/nifti_offset_beyond.nii", patched(good, 108, "<f", 1e9), "voxels start behind the end")
    bad("malformed/gzip_cut.nii.gz", packed[:len(packed) // 2], "the gzip stream ends early")
    bad("malformed/gzip_checksum.nii.gz", patched(packed, len(packed) - 8, "<I", 0x12345678), "wrong CRC-32")
    bad("malformed/gzip_garbage.nii.gz", packed[:10] + bytes(range(256)) * 4, "no deflate stream")
    bad("malformed/empty.nii", b"", "nothing")
    nrrd_file = (HERE / "nrrd/raw_le.nrrd").read_bytes()
    bad("malformed/nrrd_truncated.nrrd", nrrd_file[:-100], "the file ends within the voxels")
    bad("malformed/nrrd_lying_sizes.nrrd", nrrd_file.replace(b"sizes: 10 8 6", b"sizes: 99999 99999 99999"),
        "claims 2 PB")
    bad("malformed/nrrd_no_sizes.nrrd", nrrd_file.replace(b"sizes: 10 8 6\n", b""), "a required field is missing")
    bad("malformed/nrrd_bad_encoding.nrrd", nrrd_file.replace(b"encoding: raw", b"encoding: zip7"),
        "an encoding that does not exist")
    bad("malformed/nrrd_no_data_file.nhdr", (HERE / "nrrd/detached.nhdr").read_bytes().replace(
        b"detached.raw", b"nowhere.raw"), "names a file that is not there")
    mha = (HERE / "metaimage/local.mha").read_bytes()
    bad("malformed/mha_truncated.mha", mha[:-50], "the file ends within the voxels")
    bad("malformed/mha_lying_size.mha", mha.replace(b"DimSize = 9 10 5", b"DimSize = 90000 100000 50000"),
        "claims 900 TB")
    bad("malformed/mha_bad_type.mha", mha.replace(b"MET_SHORT", b"MET_TALL"), "a type that does not exist")
    array = (HERE / "arrays/ijk_be.npy").read_bytes()
    bad("malformed/npy_truncated.npy", array[:-10], "the file ends within the voxels")
    bad("malformed/npy_lying_shape.npy", array.replace(b"(9, 7, 5)", b"(9, 7e5)"), "a size that is no whole number")
    archive = (HERE / "arrays/deflated.npz").read_bytes()
    bad("malformed/npz_cut.npz", archive[:-40], "the directory at the end is cut off")
    entry = archive.rindex(b"voxels.npy") - 46
    bad("malformed/npz_checksum.npz", patched(archive, entry + 16, "<I", 0x12345678), "wrong CRC-32")
    tensors = (HERE / "arrays/f64.safetensors").read_bytes()
    bad("malformed/safetensors_lying_length.safetensors", patched(tensors, 0, "<Q", 1 << 63),
        "a header longer than the file")
    bad("malformed/safetensors_nested.safetensors", struct.pack("<Q", 20000) + b"[" * 10000 + b"]" * 10000,
        "ten thousand lists in one another")
    slice_bytes = (HERE / "dicom/ct_4/a.dcm").read_bytes()
    bad("malformed/dicom_truncated.dcm", slice_bytes[:-120], "the file ends within the pixels")
