/** Tests of the Debian package and of what makes it. */
@NullMarked
package io.github.reedgate.deb;

import org.jspecify.annotations.NullMarked;
