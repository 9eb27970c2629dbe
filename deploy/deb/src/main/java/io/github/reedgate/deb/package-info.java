/** Builds the Debian package: gathers what it installs, makes manual pages and completion from the program, writes the archive. */
@NullMarked
package io.github.reedgate.deb;

import org.jspecify.annotations.NullMarked;
