/** GPIO lines through Pi4J 2.8: the one package that knows the library. */
@NullMarked
package io.github.reedgate.line.pi4j;

import org.jspecify.annotations.NullMarked;
