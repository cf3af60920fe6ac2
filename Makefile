# SPDX-License-Identifier: BSD-3-Clause
#
# The short names of what people do most; meson does the work.
#   make            build the library, the program, the examples, and tests where their libraries are
#   make demo       run the first example, a shell script
#   make check      run all tests
#   make coverage   how much of each source file the tests run
#   make install    install the library and the program; PREFIX and DESTDIR are heeded
#   make uninstall  remove what was installed from the build folder the last time
#   make tidy       run clang-tidy over the library
#   make pictures   draw the pictures of the documentation
#   make clean      remove the build folder
#   make help       show this
# BUILD=FOLDER builds in another folder than build.  Missing packages are installed first, or named
# where there is no right to install them; SETUP=true leaves that out.  `make install` only names them.
BUILD = build
SETUP = tools/setup
DEMO = ex_0_the_basics

all:
	@$(SETUP) build
	@tools/build "$(BUILD)"

demo:
	@$(SETUP) build
	@tools/build "$(BUILD)" src/tool/staged examples/$(DEMO)
	@echo '$$ $(BUILD)/src/tool/staged examples/shell/$(DEMO) --stage hello goodbye'
	@"$(BUILD)/src/tool/staged" examples/shell/$(DEMO) --stage hello goodbye
	@echo 'The same in C:  $(BUILD)/examples/$(DEMO) --stage hello goodbye'

check:
	@$(SETUP) build test
	@tools/check "$(BUILD)"

coverage:
	@$(SETUP) build test
	@tools/coverage "$(BUILD)-coverage"

install:
	@tools/install "$(BUILD)"

uninstall:
	@tools/uninstall "$(BUILD)"

tidy: all
	@tools/tidy "$(BUILD)"

pictures: all
	@ninja -C "$(BUILD)" pictures

clean:
	rm -rf "$(BUILD)"

help:
	@sed -n 's/^#   //p; /^# BUILD/,/^[^#]/s/^# //p' Makefile

.PHONY: all demo check coverage install uninstall tidy pictures clean help
