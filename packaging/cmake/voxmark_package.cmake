# What `cmake --install` puts where, and the .deb that packaging/package.sh makes of it.
include(GNUInstallDirs)
if(TARGET voxmark)
  install(TARGETS voxmark RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(FILES ${CMAKE_SOURCE_DIR}/resources/voxmark.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES ${CMAKE_SOURCE_DIR}/resources/mime/voxmark.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
  install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/voxmark.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/sample DESTINATION ${CMAKE_INSTALL_DATADIR}/voxmark)
  install(FILES ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
  install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME voxmark)
set(CPACK_PACKAGE_VENDOR "The Voxmark authors")
set(CPACK_PACKAGE_CONTACT "The Voxmark authors <voxmark@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "viewer, converter and benchmark for medical volumes")
set(CPACK_PACKAGE_DESCRIPTION "Voxmark opens NIfTI, NRRD, MetaImage, MGH and DICOM volumes, shows them in linked slice and
volume views, processes and converts them, and measures itself while it does.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded at run time, so that no library names them.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6svg6")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libgl1-mesa-dri, fonts-dejavu-core")
include(CPack)
