/** Tests of what passes between the program and the service manager. */
@NullMarked
package io.github.reedgate.service;

import org.jspecify.annotations.NullMarked;
