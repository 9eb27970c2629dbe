/** Helps the fuzz targets, which lie beside the parsers that they try, and replays their stored inputs. */
@NullMarked
package io.github.reedgate.fuzz;

import org.jspecify.annotations.NullMarked;
