# SPDX-License-Identifier: BSD-3-Clause
"""The rules of docs/conventions.md that can be read off the declarations of the public headers."""
import re
import unittest

from support import public_api, tap

OPTIONS = re.compile(r'^const staged_\w+_options \*')
OBJECT = re.compile(r'^(?:const )?staged_\w+ \*')
PLACE = 'const staged_location *where'
FORMAT = re.compile(r'^const char \*\w*format$')
VALUES = ('...', 'va_list values', 'const char *const *texts')  # the last one after a format
# What a function fills in.
RESULT = re.compile(r'^(?:const )?(?:char|staged_\w+) \*\*(?!argv)\w+$|^size_t \*\w+$|'
                    r'^staged_ended_process \*const \*\*\w+$')
RENDERABLE = re.compile(r'^staged_renderable \*(?!const)')
TAKES_OVER = re.compile(r'_new(_|$)|_add(_|$)|_take$')


def order_of(parameters):
    """What is wrong with the order of some parameters; None: nothing."""
    first = 1 if len(parameters) > 1 and OBJECT.match(parameters[0]) and not OPTIONS.match(
        parameters[0]) else 0
    if PLACE in parameters:
        if parameters[first] != PLACE:
            return 'the place does not follow the object'
        first += 1
    for index, parameter in enumerate(parameters):
        if OPTIONS.match(parameter) and index != first:
            return 'the options do not follow the object'
    formats = [index for index, parameter in enumerate(parameters) if FORMAT.match(parameter)]
    if formats:
        values = parameters[formats[-1] + 1:]
        if values[:1] not in [[value] for value in VALUES] or values[1:] not in ([], ['size_t count']):
            return 'the format and its values are not last'
        parameters = parameters[:formats[-1]]
    results = [bool(RESULT.match(parameter)) for parameter in parameters]
    if results != sorted(results):
        return 'the results are not last'
    return None


def takes_over_unsaid(name, parameters):
    """Whether a function is handed a renderable, as no other is, to keep it, and its name does not
    say so."""
    return (any(RENDERABLE.match(parameter) for parameter in parameters) and
            not name.endswith('_free') and not TAKES_OVER.search(name))


# What a text that is ready goes to, where that has another name.
READY = {'staged_markup_new': 'staged_text_new', 'staged_runf': 'staged_run_with'}


def forms_missing(names, name, parameters):
    """The forms that a printf-like function lacks among the names of all functions."""
    if '...' not in parameters:
        return []
    short = re.sub(r'_(at|with)$', '', name)
    return [form for form in (f'{short}_v', READY.get(short, f'{short}_text')) if form not in names]


# A function of the author's, as a member, a parameter or a type, with its parameters.
CALLBACK = re.compile(r'(?:\(\*\w+\)|\bstaged_\w+_function)\(([^()]*\bvoid \*context[^()]*)\)')
# What has a type of its own is an object.
OBJECT_TYPE = re.compile(r'typedef struct (staged_\w+) \1;')


def callbacks():
    """The functions of the author's that the headers name: [(text, parameters)]."""
    found = []
    for header in public_api.headers():
        text = ' '.join(public_api.text_without_comments(header).split())
        found += [(match.group(0), public_api.parameters(match.group(1)))
                  for match in CALLBACK.finditer(text)]
    return found


def objects():
    """The types of the objects that functions take."""
    return {name for header in public_api.headers()
            for name in OBJECT_TYPE.findall(public_api.text_without_comments(header))}


class Conventions(unittest.TestCase):
    def assert_none(self, problem_of):
        problems = [f'{name}: {problem}' for name, parameters in public_api.functions()
                    if (problem := problem_of(name, parameters))]
        self.assertFalse(problems, '\n'.join(problems))

    def test_order(self):
        """arguments are in one order: object, place, options, thing, results, format and values"""
        def problem_of(name, parameters):
            # A text that is ready stands where the format does.
            return order_of(parameters[:-1] if name.endswith('_text') else parameters)
        self.assert_none(problem_of)
        for right in (['staged_a *a', 'const staged_b_options *options', 'int x', 'char **result'],
                      ['staged_a *a', 'char **answer', 'const char *format', '...'],
                      ['const staged_b_options *options', 'const char *text']):
            self.assertIsNone(order_of(right))
        for wrong in (['staged_a *a', 'int x', 'const staged_b_options *options'],
                      ['staged_a *a', 'size_t *count', 'int x'],
                      ['staged_a *a', 'const char *stage', PLACE],
                      ['staged_a *a', 'const char *format', '...', 'int x']):
            self.assertIsNotNone(order_of(wrong))

    def test_ownership(self):
        """the name of a function that takes a renderable over says so"""
        self.assert_none(lambda name, parameters: takes_over_unsaid(name, parameters) and
                         'ends in neither _new, _add nor _take')
        self.assertTrue(takes_over_unsaid('staged_a_update', ['staged_a *a', 'staged_renderable *b']))

    def test_callbacks(self):
        """callbacks are handed an object first and their context last, or their context first"""
        types = objects()
        for text, parameters in callbacks():
            with self.subTest(callback=text):
                first = re.sub(r'^const | \*\w+$', '', parameters[0])
                expected = len(parameters) - 1 if first in types else 0
                self.assertEqual(parameters.index('void *context'), expected)

    def test_forms(self):
        """every printf-like function has a form with a va_list, and one for a text that is ready"""
        names = {name for name, _ in public_api.functions()}

        def problem_of(name, parameters):
            return ', '.join(f'there is no {form}'
                             for form in forms_missing(names, name, parameters))
        self.assert_none(problem_of)
        self.assertEqual(forms_missing({'staged_x_v'}, 'staged_x_at', ['...']), ['staged_x_text'])

    def test_units(self):
        """no time is in milliseconds: settings are in seconds"""
        in_milliseconds = re.compile(r'\b\w+_ms\b')
        for header in public_api.headers():
            found = in_milliseconds.findall(public_api.text_without_comments(header))
            self.assertFalse(found, f'{header.name}: {", ".join(found)}')


tap.main()
