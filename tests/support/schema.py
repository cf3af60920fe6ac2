# SPDX-License-Identifier: BSD-3-Clause
"""The schema of records."""
import json

from support import tap


def validator(case):
    """What checks events against docs/run-record.schema.json; where it cannot be had, the test is skipped."""
    try:
        import jsonschema
    except ImportError:
        case.skipTest('jsonschema is missing')
    text = (tap.SOURCE / 'docs' / 'run-record.schema.json').read_text(encoding='utf-8')
    return jsonschema.Draft202012Validator(json.loads(text))
