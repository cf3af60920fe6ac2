/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/writing/program.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/system/file.h"
#include "base/system/system.h"
#include "record/format/sha256.h"

#if STG_ON_LINUX
#include <link.h>
#endif

void stg_program_add_path(stg_buf *out, const char *file, const char *called)
{
#if STG_ON_LINUX
    char target[4096];
    const ssize_t length = file != NULL ? -1 : readlink("/proc/self/exe", target, sizeof target);
    if (length > 0 && length < (ssize_t)sizeof target) {
        stg_buf_add(out, target, (size_t)length);
        return;
    }
#endif
    const char *name = file != NULL ? file : called;
    if (name == NULL)
        return;
    char *real = realpath(name, NULL);
    stg_buf_add_text(out, real == NULL ? name : real);
    free(real);
}

#if STG_ON_LINUX

/* The type of the note, and what it is rounded up to. */
enum { BUILD_ID = 3, ALIGNMENT = 4 };

static size_t rounded(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Finds the note of the linker among those of a segment. */
static bool add_build_id(const char *notes, size_t size, stg_buf *out)
{
    while (size >= sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) note;
        memcpy(&note, notes, sizeof note);
        const size_t name = sizeof note;
        const size_t id = name + rounded(note.n_namesz);
        const size_t end = id + rounded(note.n_descsz);
        if (end > size)
            return false;
        if (note.n_type == BUILD_ID && note.n_namesz == 4 && memcmp(notes + name, "GNU", 4) == 0) {
            stg_buf_add_text(out, "build-id:");
            for (size_t i = 0; i < note.n_descsz; i++)
                stg_buf_addf(out, "%02x", (unsigned char)notes[id + i]);
            return true;
        }
        notes += end;
        size -= end;
    }
    return false;
}

/* The first object is the program. */
static int look_at_program(struct dl_phdr_info *object, size_t size, void *context)
{
    (void)size;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        const uintptr_t place = (uintptr_t)object->dlpi_addr + (uintptr_t)segment->p_vaddr;
        if (segment->p_type == PT_NOTE && segment->p_align <= ALIGNMENT &&
            add_build_id((const char *)place, (size_t)segment->p_memsz, context))
            break;
    }
    return 1;
}

#endif

static void add_hash_of_file(stg_buf *out, const char *path)
{
    char bytes[16384];
    char hex[STG_SHA256_HEX_SIZE];
    stg_sha256 hash;
    ssize_t length = -1;
    const int descriptor = stg_file_open(path, O_RDONLY | O_NONBLOCK);
    if (descriptor < 0)
        return;
    stg_sha256_begin(&hash);
    while ((length = read(descriptor, bytes, sizeof bytes)) > 0)
        stg_sha256_add(&hash, bytes, (size_t)length);
    (void)close(descriptor);
    stg_sha256_end(&hash, hex);
    if (length == 0)
        stg_buf_addf(out, "sha256:%s", hex);
}

void stg_program_add_hash(stg_buf *out, const char *path, bool is_file)
{
#if STG_ON_LINUX
    if (!is_file)
        (void)dl_iterate_phdr(look_at_program, out);
#else
    (void)is_file;
#endif
    if (out->length == 0)
        add_hash_of_file(out, path);
}
