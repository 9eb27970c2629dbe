/** Decides who is told what and when beside the broker: values and pure functions, without I/O, threads or clock. */
@NullMarked
package io.github.reedgate.notice;

import org.jspecify.annotations.NullMarked;
