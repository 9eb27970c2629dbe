/** What others may order the gateway to do, how an order is read, and when it is refused. */
@NullMarked
package io.github.reedgate.command;

import org.jspecify.annotations.NullMarked;
