/**
 * Files that others may have a hand in: read within bounds, written whole, given to their owner without following a link; and
 * which process has them open.
 */
@NullMarked
package io.github.reedgate.file;

import org.jspecify.annotations.NullMarked;
