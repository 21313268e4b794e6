// In sanitized builds alone: graphics drivers stay loaded, so that the leak checker can name them (lsan.supp).
extern "C" int dlclose(void*) {
  return 0;
}
