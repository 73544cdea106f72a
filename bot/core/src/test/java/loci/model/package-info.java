/** Image counts under test: the worked examples of those who make the models. */
@NullMarked
package loci.model;

import org.jspecify.annotations.NullMarked;
