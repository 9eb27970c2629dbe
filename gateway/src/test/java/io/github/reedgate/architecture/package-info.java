/** What the packages may know of each other, and proof that breaking it would be seen. */
@NullMarked
package io.github.reedgate.architecture;

import org.jspecify.annotations.NullMarked;
