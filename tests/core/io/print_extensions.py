"""Prints code and text of each header extension that nibabel finds in a NIfTI file."""
import sys

import nibabel

for extension in nibabel.load(sys.argv[1]).header.extensions:
    content = extension.get_content()
    print(extension.get_code(), content.decode() if isinstance(content, bytes) else content)
