/** Reads what others wrote: the only places where such text meets a parser that throws what it does not declare. */
@NullMarked
package io.github.reedgate.text;

import org.jspecify.annotations.NullMarked;
