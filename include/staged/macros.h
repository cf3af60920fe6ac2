/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Compiler support for the public headers: C11, C++, and compilers without attributes. */
#ifndef STAGED_MACROS_H
#define STAGED_MACROS_H

#ifdef __cplusplus
#define STAGED_BEGIN_DECLS extern "C" {
#define STAGED_END_DECLS }
#else
#define STAGED_BEGIN_DECLS
#define STAGED_END_DECLS
#endif

/* Members that options and rows do not name are zero on purpose; C compilers know that. */
#if defined(__cplusplus) && defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif

/* What the macros of the other headers make their values with.  A value lives at least until the
 * end of the enclosing statement; constant rows live as long as the program. */
#ifdef __cplusplus
#include <initializer_list>
#define STAGED_LIST_(type, ...) (std::initializer_list<const type>{__VA_ARGS__}.begin())
#define STAGED_COUNT_(type, ...) (std::initializer_list<type>{__VA_ARGS__}.size())
#define STAGED_LITERAL_(type, ...) (&static_cast<const type &>(type{__VA_ARGS__}))
#define STAGED_ROWS_(type, ...)                                                                    \
    ([]() -> const type * {                                                                        \
        [[maybe_unused]] constexpr auto staged_texts_ = staged_row_texts_;                         \
        static const type rows[] = {__VA_ARGS__};                                                  \
        return rows;                                                                               \
    }())
#define STAGED_TEXTS_(...) (staged_texts_({__VA_ARGS__, nullptr}))
/* Texts that live until the statement is over. */
static inline const char *const *staged_texts_(std::initializer_list<const char *const> texts)
{
    return texts.begin();
}
/* Texts in constant rows, which are made once: they live as long as the program. */
static inline const char *const *staged_row_texts_(std::initializer_list<const char *const> texts)
{
    const char **kept = new const char *[texts.size()];
    const char **next = kept;
    for (const char *text : texts)
        *next++ = text;
    return kept;
}
#else
#define STAGED_TEXTS_(...) ((const char *const[]){__VA_ARGS__, NULL})
#define STAGED_LIST_(type, ...) ((const type[]){__VA_ARGS__})
#define STAGED_COUNT_(type, ...) (sizeof((type[]){__VA_ARGS__}) / sizeof(type))
#define STAGED_LITERAL_(type, ...) (&(const type){__VA_ARGS__})
#define STAGED_ROWS_(type, ...) ((const type[]){__VA_ARGS__})
#endif

/* Options for a function that takes them, as a pointer that lives as long as the block it stands in
 * (C++: as the statement):
 *     staged_panel_new(STAGED_OPTIONS(staged_panel_options, .title = "Result"), child)
 * It says how large the struct is for this program, so that a later library, which has more members
 * at its end, takes those for zero.  A struct that is made in another way says so itself:
 *     staged_panel_options options = {.size = sizeof options, .title = "Result"};
 * Without its size no function takes it (STAGED_BAD_USE). */
#define STAGED_OPTIONS(type, ...) STAGED_LITERAL_(type, .size = sizeof(type), __VA_ARGS__)

#if (defined(__GNUC__) || defined(__clang__)) && !defined(__TINYC__)
#define STAGED_API __attribute__((__visibility__("default")))
/* printf-like: the numbers of the format and of the first value, from 1; 0: a va_list. */
#define STAGED_PRINTF(number, first) __attribute__((__format__(__printf__, number, first)))
/* The compiler warns if the returned status is ignored. */
#define STAGED_MUST_CHECK __attribute__((__warn_unused_result__))
#else
#define STAGED_API
#define STAGED_PRINTF(number, first)
#define STAGED_MUST_CHECK
#endif

#endif
