package loci.app.config;

/** Where a value comes from. {@link #place} is how people are told. */
public sealed interface Origin {

    /** Returns the place as people can find it: {@code file:line:column}, a variable's or an option's name. */
    String place();

    /** The packaged {@code loci.yaml}. */
    record Default() implements Origin {

        @Override
        public String place() {
            return "default";
        }
    }

    /**
     * A place in the user's file.
     *
     * @param line counted from 1
     * @param column counted from 1
     */
    record InFile(String file, int line, int column) implements Origin {

        @Override
        public String place() {
            return file + ":" + line + ":" + column;
        }
    }

    /** An environment variable. */
    record Variable(String name) implements Origin {

        @Override
        public String place() {
            return name;
        }
    }

    /** An option of the command line, with its dashes. */
    record Option(String name) implements Origin {

        @Override
        public String place() {
            return name;
        }
    }
}
