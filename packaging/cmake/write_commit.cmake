# cmake -DROOT=… -DIN=… -DOUT=… -P write_commit.cmake: the commit that is built, "+" behind it where files differ.
set(VOXMARK_COMMIT "")
execute_process(COMMAND git -C ${ROOT} describe --always --abbrev=12 --dirty=+ --match= --exclude=*
  OUTPUT_VARIABLE VOXMARK_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(VOXMARK_COMMIT "")
endif()
configure_file(${IN} ${OUT} @ONLY)
