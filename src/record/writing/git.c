/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/writing/git.h"

#include <string.h>
#include <sys/stat.h>

#include "base/system/file.h"

/* More than any line of these files, and enough of the list of packed references. */
enum { LINE = 4096, LIST = 1 << 20 };

static void trim_end(stg_buf *text)
{
    size_t length = text->length;
    while (length > 0 && strchr("\r\n ", text->data[length - 1]) != NULL)
        length--;
    stg_buf_truncate(text, length);
}

/* Reads a file that has one line, what it begins with left out.  Returns whether it does. */
static bool read_line(const char *directory, const char *name, const char *beginning, stg_buf *line)
{
    stg_buf path = {0};
    stg_buf text = {0};
    stg_buf_addf(&path, "%s/%s", directory, name);
    bool found = stg_buf_status(&path) == STAGED_OK && stg_file_read(path.data, LINE, &text) == 0;
    trim_end(&text);
    const size_t length = strlen(beginning);
    found = found && text.length > length && strncmp(text.data, beginning, length) == 0;
    if (found)
        stg_buf_add_text(line, text.data + length);
    stg_buf_free(&path);
    stg_buf_free(&text);
    return found;
}

/* Goes from `directory`, or from there where `path` is relative to it. */
static void join(stg_buf *out, const char *directory, const char *path)
{
    if (*path != '/')
        stg_buf_addf(out, "%s/", directory);
    stg_buf_add_text(out, path);
}

/* Finds what git keeps of the tree that `tree` is at or in, which is cut to the tree's top. */
static bool find_folder(stg_buf *tree, stg_buf *folder)
{
    while (tree->length > 0) {
        struct stat facts;
        const size_t length = tree->length;
        stg_buf_add_text(tree, "/.git");
        const bool is_there = stat(stg_buf_text(tree), &facts) == 0;
        if (is_there && S_ISDIR(facts.st_mode))
            stg_buf_add_text(folder, tree->data);
        stg_buf_truncate(tree, length);
        if (is_there && S_ISREG(facts.st_mode)) {
            stg_buf path = {0};
            if (read_line(tree->data, ".git", "gitdir: ", &path))
                join(folder, tree->data, stg_buf_text(&path));
            stg_buf_free(&path);
        }
        if (is_there)
            return folder->length > 0;
        const char *slash = strrchr(tree->data, '/');
        stg_buf_truncate(tree, slash == NULL ? 0 : (size_t)(slash - tree->data));
    }
    return false;
}

static bool is_commit(const char *text)
{
    const size_t digits = strspn(text, "0123456789abcdef");
    return (digits == 40 || digits == 64) && (text[digits] == '\0' || text[digits] == '\n');
}

/* Lines of "COMMIT REFERENCE". */
static void find_packed(const char *folder, const char *reference, stg_buf *commit)
{
    stg_buf path = {0};
    stg_buf list = {0};
    stg_buf_addf(&path, "%s/packed-refs", folder);
    if (stg_buf_status(&path) == STAGED_OK && stg_file_read(path.data, LIST, &list) == 0) {
        const size_t length = strlen(reference);
        for (const char *at = stg_buf_text(&list); *at != '\0' && commit->length == 0;) {
            const size_t line = strcspn(at, "\n");
            const char *space = memchr(at, ' ', line);
            if (space != NULL && (size_t)(at + line - space - 1) == length &&
                memcmp(space + 1, reference, length) == 0)
                stg_buf_add(commit, at, (size_t)(space - at));
            at += line + (at[line] == '\n');
        }
    }
    stg_buf_free(&path);
    stg_buf_free(&list);
}

/* A linked work tree shares the references of the first one. */
static void find_reference(const char *folder, const char *reference, stg_buf *commit)
{
    stg_buf shared = {0};
    stg_buf path = {0};
    if (read_line(folder, "commondir", "", &path))
        join(&shared, folder, stg_buf_text(&path));
    else
        stg_buf_add_text(&shared, folder);
    const char *common = stg_buf_text(&shared);
    if (!read_line(folder, reference, "", commit) && !read_line(common, reference, "", commit))
        find_packed(common, reference, commit);
    stg_buf_free(&shared);
    stg_buf_free(&path);
}

bool stg_git_find(const char *path, stg_buf *commit, stg_buf *tree)
{
    stg_buf folder = {0};
    stg_buf reference = {0};
    stg_buf_add_text(tree, path);
    if (find_folder(tree, &folder)) {
        if (read_line(folder.data, "HEAD", "ref: ", &reference))
            find_reference(folder.data, reference.data, commit);
        else
            (void)read_line(folder.data, "HEAD", "", commit);
    }
    stg_buf_free(&folder);
    stg_buf_free(&reference);
    return stg_buf_status(commit) == STAGED_OK && stg_buf_status(tree) == STAGED_OK &&
           is_commit(stg_buf_text(commit));
}
