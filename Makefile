# SPDX-License-Identifier: BSD-3-Clause
#
# The short names of what people do most; meson does the work.
#   make          build the library and the examples (and the tests, if their libraries are there)
#   make demo     run the first example
#   make check    run all tests
#   make install  install the library; PREFIX and DESTDIR are heeded
#   make tidy     run clang-tidy over the library
#   make pictures  draw the pictures of the documentation
#   make clean    remove the build folder
# Missing packages are installed first, or named: SETUP=true leaves that out.
BUILD = build
SETUP = tools/setup
DEMO = $(BUILD)/examples/ex_0_the_basics --stage hello goodbye

all:
	@$(SETUP) build
	@tools/build $(BUILD)

demo:
	@$(SETUP) build
	@tools/build $(BUILD) examples/ex_0_the_basics
	@echo '$$ $(DEMO)'
	@$(DEMO)

check:
	@$(SETUP) build test
	@tools/check $(BUILD)

install:
	@$(SETUP) build
	@tools/install $(BUILD)

tidy: all
	@tools/tidy $(BUILD)

pictures: all
	@ninja -C $(BUILD) pictures

clean:
	rm -rf $(BUILD)

.PHONY: all demo check install tidy pictures clean
