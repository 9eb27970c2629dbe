/** The configuration file: its keys, how it is read and what it becomes. */
@NullMarked
package io.github.reedgate.config;

import org.jspecify.annotations.NullMarked;
