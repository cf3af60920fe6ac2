/* SPDX-License-Identifier: BSD-3-Clause
 *
 * All of staged.  Each part's header can be included alone. */
#ifndef STAGED_STAGED_H
#define STAGED_STAGED_H

#include <staged/args.h>
#include <staged/argument.h>
#include <staged/bridge.h>
#include <staged/choice.h>
#include <staged/class.h>
#include <staged/clock.h>
#include <staged/command.h>
#include <staged/console.h>
#include <staged/each.h>
#include <staged/events.h>
#include <staged/export.h>
#include <staged/family.h>
#include <staged/kept.h>
#include <staged/live.h>
#include <staged/location.h>
#include <staged/place.h>
#include <staged/process.h>
#include <staged/progress.h>
#include <staged/pty.h>
#include <staged/question.h>
#include <staged/retry.h>
#include <staged/script.h>
#include <staged/secrets.h>
#include <staged/signals.h>
#include <staged/status.h>
#include <staged/version.h>
#include <staged/waiting.h>
#include <staged/words.h>

#endif
