/** What holds for the project as a whole. */
@NullMarked
package io.github.reedgate;

import org.jspecify.annotations.NullMarked;
