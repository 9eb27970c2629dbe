/** Setting a gateway up: the header, the questions asked, the configuration written, wires looked at while they are wiggled. */
@NullMarked
package io.github.reedgate.setup;

import org.jspecify.annotations.NullMarked;
