#pragma once
#include <stddef.h>

/// A file of a page that reports are written with: its name, and its bytes.
typedef struct {
    const char *_Nonnull name;
    const void *_Nonnull bytes;
    size_t size;
} openscan_page_file;

/// How many files the pages have.
size_t openscan_page_count(void);

/// One of them, by its number from 0.
openscan_page_file openscan_page(size_t number);
