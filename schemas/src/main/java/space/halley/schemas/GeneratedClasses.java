package space.halley.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/** Avro loads only classes that it is told to trust; of Halley's, these are the generated ones. */
final class GeneratedClasses {
    private static final String PACKAGE = "space.halley.schemas.avro.";

    static {
        var before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, new Ours()));
    }

    private GeneratedClasses() {}

    /** Has Avro trust them. Called before the first of them is used; again does nothing. */
    static void trust() {
        // Loading this class is all there is to do.
    }

    private static final class Ours implements ClassSecurityValidator.ClassSecurityPredicate {
        @Override
        public boolean isTrusted(Class<?> type) {
            return type.getName().startsWith(PACKAGE);
        }
    }
}
